// What is kept of a course beside what the player keeps: what could not be read, or was set aside for another reason; what a
// newer build has saved, which this one cannot read; and what was kept while each module was a page of its own. None of it is
// ever written over. player.js loads this where anything is kept under another key than its own, and with data.js, so that
// the learner sees it; and where a newer build is ready, which is offered here.

/** What is said of it, by the language of the interface. The build puts it here. */
const WORDS = {};

/** Whether something of a module could not be read, and was not told yet. */
let unreadable = false;

export class Aside {
  #tools;
  #words;
  /** What the keys of the course begin with, and the version of what is kept that this build can read. */
  #course;
  #schema;
  /** How the keys end under which this learner's progress can be: that of the whole course, and those of the modules here. */
  #endings;

  /**
   * @param tools what player.js lends: the `page`, with the key of its progress, and a `key` that is the same, but in an LMS
   * that of this learner
   */
  constructor(tools) {
    this.#tools = tools;
    const { page, key } = tools;
    this.#words = WORDS[page.texts.lang];
    const [app, course, schema] = page.key.split(':');
    this.#course = `${app}:${course}`;
    this.#schema = Number(schema);
    const learner = key.slice(page.key.length);
    this.#endings = ['', ...this.#modules.map((id) => `:${id}`)].map((part) => part + learner);
  }

  /** The ids of the modules in this page. */
  get #modules() {
    return JSON.parse(this.#tools.page.plan).plan.modules.map(({ id }) => id);
  }

  /**
   * Before the player starts: brings together what was kept while the course was cut into pages in another way. Resolves with
   * what there is now, as JSON, where that is not saved.
   */
  async gather() {
    const { page, key, stored } = this.#tools;
    const [whole, ...parts] = this.#endings.map((ending) => `${this.#course}:${this.#schema}${ending}`);
    if (whole === key) return parts.some((name) => stored(name)) ? this.#gatherFrom(parts) : undefined;
    if (!page.texts.querySelector('[data-all]')) return undefined;
    const { inherit } = await import(new URL(`modules.js${new URL(import.meta.url).search}`, import.meta.url));
    return inherit(this.#tools);
  }

  /** Merges what is kept under those names, each of a module, into what is kept of the course, and sets it aside. */
  async #gatherFrom(names) {
    const { isNew, journal, key, stored } = this.#tools;
    const own = stored(key);
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
    const moved = [...aside, ...broken].map((text, at) => [`${key}:set-aside:${Date.now() + at}`, text]);
    try {
      for (const [name, text] of moved) localStorage.setItem(name, text);
      if (all) localStorage.setItem(key, all);
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
    const { Player, loaded, read } = this.#tools;
    const found = read(text);
    if (found?.course !== this.#course.split(':')[1] || !(await loaded())) return undefined;
    const joined = read(Player.ask(JSON.stringify({ kept: read(kept), found })));
    return joined && JSON.stringify(joined.progress);
  }

  /** Says above everything what the learner has to know of it. */
  tell(root) {
    const newer = this.#newer();
    const shown = root.querySelector('.newer');
    if (newer.length === 0) shown?.remove();
    else if (!shown) {
      const { button } = this.#tools;
      const actions = [
        button(this.#words.NewerUse, loadNewer),
        button(this.#words.AsideDownload, () => this.#newer().forEach((name) => this.#save(name))),
      ];
      notify(root, this.#tools, 'alert', this.#words.NewerFound, actions).classList.add('newer');
    }
    if (unreadable) notify(root, this.#tools, 'alert', this.#words.AsideModule);
    unreadable = false;
  }

  /** Lists it in the part of the page that shows what is kept, with how large each is (`sized`), and what can be done with it. */
  show(data, sized) {
    this.tell(data.getRootNode());
    const before = data.querySelector('.aside');
    before?.remove();
    const { locale } = data.querySelector('[role="status"]').dataset;
    const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    const names = [...this.#setAside(), ...this.#newer()];
    if (names.length === 0) return;
    const words = this.#words;
    const { made, button, read, stored } = this.#tools;
    const list = made('ul');
    for (const name of names) {
      const text = stored(name);
      const at = Number(name.split(':').pop());
      const what = words[this.#newer().includes(name) ? 'AsideNewer' : read(text)?.course ? 'AsideEarlier' : 'AsideUnreadable'];
      // The version of a key is no time.
      const line = `${at > 1e12 ? `${what}, ${time.format(at)}` : what}: ${sized(text)}`;
      const act = (label, does) => Object.assign(button(label, does), { ariaLabel: `${label}: ${line}` });
      const erase = ({ target }) => {
        if (target.textContent === words.AsideDelete) {
          target.textContent = words.AsideSure;
          target.ariaLabel = `${words.AsideSure}: ${line}`;
          return;
        }
        localStorage.removeItem(name);
        this.show(data, sized);
        data.querySelector('[role="status"]').textContent = words.AsideDeleted;
        (data.querySelector('.aside') ?? data).querySelector('summary').focus();
      };
      const actions = [act(words.AsideDownload, () => this.#save(name)), act(words.AsideDelete, erase)];
      list.append(made('li', {}, made('p', {}, line), made('p', { className: 'actions' }, ...actions)));
    }
    const details = made('details', { className: 'aside', open: before?.open ?? false }, made('summary', {}, words.AsideTitle));
    details.append(made('p', {}, words.AsideMeans), list);
    data.querySelector('.reset').before(details);
  }

  /** The names under which something was set aside. */
  #setAside() {
    const beginnings = this.#endings.map((ending) => `${this.#course}:${this.#schema}${ending}:set-aside:`);
    return this.#names.filter((name) => beginnings.some((beginning) => name.startsWith(beginning)));
  }

  /** The names under which a newer build has saved something. */
  #newer() {
    const isNewer = (name) => {
      const [, , schema] = name.split(':');
      return Number(schema) > this.#schema && this.#endings.some((ending) => name === `${this.#course}:${schema}${ending}`);
    };
    return this.#names.filter(isNewer);
  }

  /** All names under which something of the course is stored. */
  get #names() {
    return this.#tools.namesOf(this.#course);
  }

  /** Saves what is under that name as a file, as it is. */
  #save(name) {
    const { read, save, stored } = this.#tools;
    const text = stored(name) ?? '';
    save(text, `set-aside.${read(text) ? 'json' : 'txt'}`, 'text/plain');
  }
}

/** Offers the newer build that is ready, to be used when the learner says so. */
export function offer(root, tools) {
  if (root.querySelector('.update')) return;
  const words = WORDS[tools.page.texts.lang];
  notify(root, tools, 'status', words.Update, [tools.button(words.UpdateNow, loadNewer)]);
}

/** Puts a sentence of that role above everything, and what can be done about it. */
function notify(root, { made, page }, role, sentence, actions = []) {
  const { lang, dir } = page.texts;
  const text = made('span', { role });
  const notice = made('aside', { className: 'update', lang, dir }, text, ...actions);
  root.prepend(notice);
  // What is there already when it is filled is read out.
  text.textContent = sentence;
  return notice;
}

/** Loads the page anew, past what keeps older ones. */
async function loadNewer() {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => {});
  if (!registration?.waiting) await registration?.update().catch(() => {});
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
