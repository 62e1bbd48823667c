// What is kept of a course beside what the player keeps: what could not be read, or was set aside for another reason; what a
// newer build has saved, which this one cannot read; and what was kept while each module was a page of its own. None of it is
// ever written over. player.js loads this where anything is kept under another key than its own, and with data.js, so that
// the learner sees it.

/** What is said of it, by the language of the interface. The build puts it here. */
const WORDS = {};

/** Whether something of a module could not be read, and was not told yet. */
let unreadable = false;

export class Aside {
  #page;
  #key;
  #tools;
  #words;
  /** What the keys of the course begin with, and the version of what is kept that this build can read. */
  #course;
  #schema;
  /** How the keys end under which this learner's progress can be: that of the whole course, and those of the modules here. */
  #endings;

  /**
   * @param {{ key: string, plan: string, texts: Element }} page the page, and the key of its progress
   * @param {string} key the same key, but in an LMS that of this learner
   * @param tools what player.js has
   */
  constructor(page, key, tools) {
    [this.#page, this.#key, this.#tools] = [page, key, tools];
    this.#words = WORDS[page.texts.lang];
    const [app, course, schema] = page.key.split(':');
    this.#course = `${app}:${course}`;
    this.#schema = Number(schema);
    const learner = key.slice(page.key.length);
    this.#endings = ['', ...this.#modules.map((id) => `:${id}`)].map((part) => part + learner);
  }

  /** The ids of the modules in this page. */
  get #modules() {
    return JSON.parse(this.#page.plan).plan.modules.map(({ id }) => id);
  }

  /**
   * Before the player starts: brings together what was kept while the course was cut into pages in another way. Resolves with
   * what there is now, as JSON, where that is not saved.
   */
  async gather() {
    const [whole, ...parts] = this.#endings.map((ending) => `${this.#course}:${this.#schema}${ending}`);
    if (whole === this.#key) return parts.some((name) => stored(name)) ? this.#gatherFrom(parts) : undefined;
    if (!this.#page.texts.querySelector('[data-all]')) return undefined;
    const { inherit } = await import(new URL(`modules.js${new URL(import.meta.url).search}`, import.meta.url));
    return inherit(this.#page, this.#tools);
  }

  /** Merges what is kept under those names, each of a module, into what is kept of the course, and sets it aside. */
  async #gatherFrom(names) {
    const { isNew, journal } = this.#tools;
    const own = stored(this.#key);
    const isReadable = own === null || (await this.#joined(undefined, own));
    const [modules, broken] = [{}, []];
    let all = isReadable ? own : undefined;
    for (const [at, name] of names.entries()) {
      const texts = new Set([stored(name), await journal('readonly', (entries) => entries.get(name))].filter(Boolean));
      let module;
      for (const text of texts) {
        const joined = await this.#joined(module, text);
        if (joined) module = joined;
        else broken.push(text);
      }
      if (!module) continue;
      modules[this.#modules[at]] = JSON.parse(module);
      // Whoever begins anew in an LMS does not go on with what was done before.
      if (!isNew) all = await this.#joined(all, module);
    }
    // What is there and cannot be read is for the player to set aside, and to tell. Then the rest of this comes next time.
    if (!isReadable) return all;
    const aside = Object.keys(modules).length > 0 ? [JSON.stringify({ course: this.#course.split(':')[1], modules })] : [];
    const moved = [...aside, ...broken].map((text, at) => [`${this.#key}:set-aside:${Date.now() + at}`, text]);
    try {
      for (const [name, text] of moved) localStorage.setItem(name, text);
      if (all) localStorage.setItem(this.#key, all);
    } catch {
      // There is no room for both. So it stays where it is, and is brought together each time.
      moved.forEach(([name]) => localStorage.removeItem(name));
      return all;
    }
    names.forEach((name) => localStorage.removeItem(name));
    await journal('readwrite', (entries) => names.map((name) => entries.delete(name)).at(-1));
    unreadable = broken.length > 0;
    return undefined;
  }

  /** The progress in two texts, of which there may be only the second; nothing if that is no progress in this course. */
  async #joined(kept, text) {
    const [{ Player, loaded }, found] = [this.#tools, parsed(text)];
    if (found?.course !== this.#course.split(':')[1] || !(await loaded())) return undefined;
    const joined = parsed(Player.ask(JSON.stringify({ kept: parsed(kept), found })));
    return joined && JSON.stringify(joined.progress);
  }

  /** Says above everything what the learner has to know of it. */
  tell(root) {
    const newer = this.#newer();
    const shown = root.querySelector('.newer');
    if (newer.length === 0) shown?.remove();
    else if (!shown) {
      const notice = this.#notice(root, this.#words.NewerFound);
      notice.classList.add('newer');
      notice.append(
        button(this.#words.NewerUse, loadNewer),
        button(this.#words.AsideDownload, () => this.#newer().forEach((name) => this.#save(name))),
      );
    }
    if (unreadable) this.#notice(root, this.#words.AsideModule);
    unreadable = false;
  }

  #notice(root, sentence) {
    const notice = document.createElement('aside');
    const text = notice.appendChild(document.createElement('span'));
    const { lang, dir } = this.#page.texts;
    Object.assign(notice, { className: 'update', lang, dir });
    root.prepend(notice);
    // What is there already when it is filled is read out.
    text.setAttribute('role', 'alert');
    text.textContent = sentence;
    return notice;
  }

  /** Lists it in the part of the page that shows what is kept, with the size of each, and what can be done with it. */
  show(data) {
    this.tell(data.getRootNode());
    const before = data.querySelector('.aside');
    before?.remove();
    const { locale } = data.querySelector('[role="status"]').dataset;
    const size = new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumSignificantDigits: 2 });
    const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    const names = [...this.#setAside(), ...this.#newer()];
    if (names.length === 0) return;
    const words = this.#words;
    const [details, summary, means, list] = ['details', 'summary', 'p', 'ul'].map((name) => document.createElement(name));
    Object.assign(details, { className: 'aside', open: before?.open ?? false });
    [summary.textContent, means.textContent] = [words.AsideTitle, words.AsideMeans];
    details.append(summary, means, list);
    for (const name of names) {
      const text = stored(name);
      const at = Number(name.split(':').pop());
      const what = words[this.#newer().includes(name) ? 'AsideNewer' : parsed(text)?.course ? 'AsideEarlier' : 'AsideUnreadable'];
      // The version of a key is no time.
      const [entry, line, actions] = ['li', 'p', 'p'].map((element) => document.createElement(element));
      line.textContent = `${at > 1e12 ? `${what}, ${time.format(at)}` : what}: ${size.format(new Blob([text]).size / 1000)}`;
      actions.className = 'actions';
      const act = (label, does) => {
        const made = button(label, does);
        made.ariaLabel = `${label}: ${line.textContent}`;
        actions.append(made);
      };
      act(words.AsideDownload, () => this.#save(name));
      const erase = ({ target }) => {
        if (target.textContent === words.AsideDelete) {
          target.textContent = words.AsideSure;
          target.ariaLabel = `${words.AsideSure}: ${line.textContent}`;
          return;
        }
        localStorage.removeItem(name);
        this.show(data);
        data.querySelector('[role="status"]').textContent = words.AsideDeleted;
        (data.querySelector('.aside') ?? data).querySelector('summary').focus();
      };
      act(words.AsideDelete, erase);
      entry.append(line, actions);
      list.append(entry);
    }
    data.querySelector('.reset').before(details);
  }

  /** The names under which something was set aside. */
  #setAside() {
    const beginnings = this.#endings.map((ending) => `${this.#course}:${this.#schema}${ending}:set-aside:`);
    return names().filter((name) => beginnings.some((beginning) => name.startsWith(beginning)));
  }

  /** The names under which a newer build has saved something. */
  #newer() {
    const isNewer = (name) => {
      const [, , schema] = name.split(':');
      return Number(schema) > this.#schema && this.#endings.some((ending) => name === `${this.#course}:${schema}${ending}`);
    };
    return names().filter(isNewer);
  }

  /** Saves what is under that name as a file, as it is. */
  #save(name) {
    const text = stored(name) ?? '';
    this.#tools.save(text, `set-aside.${parsed(text) ? 'json' : 'txt'}`, 'text/plain');
  }
}

/** Loads the page anew, past what keeps older ones. */
async function loadNewer() {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => {});
  await registration?.update().catch(() => {});
  const worker = registration?.waiting ?? registration?.installing;
  if (worker) {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    const activate = () => worker.state === 'installed' && worker.postMessage('activate');
    worker.addEventListener('statechange', activate);
    activate();
  } else {
    await fetch(location.href, { cache: 'reload' }).catch(() => {});
    location.reload();
  }
}

/** A button that says that, and does that. */
function button(label, act) {
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', className: 'plain', textContent: label, onclick: act });
  return button;
}

/** All names under which something is stored. */
function names() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** That JSON; nothing if it is none. */
function parsed(json) {
  try {
    return JSON.parse(json ?? null) ?? undefined;
  } catch {
    return undefined;
  }
}
