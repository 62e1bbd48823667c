// A course in parts: each module is a page of its own and keeps its own progress, so an answer saves no more than its
// module. Here they are one course again: what is kept of all of them, to be taken along, added to and deleted; how each of
// them stands; and what is due in any of them. player.js loads this where a page is a part, and on the page that lists all.
//
// How a module stands follows from what is kept of it and from its plan, which is in its page. That is worked out once for
// each state and remembered, so the pages of other modules are asked for only when something was done in them since.

/** No progress is larger, in bytes: that is what browsers keep. */
const LARGEST = 5_000_000;
/** How long saving must rest until what is due is counted anew, in milliseconds. */
const REST = 300;
/** The build, as files are asked for by it: another one may have another plan. */
const BUILD = new URL(import.meta.url).search;
/** How the key ends under which it is remembered how modules stand. Tabs of two builds must not go on correcting each other. */
const REMEMBERED = ':standings';
/** What can be the id of a module, and so a part of a key. */
const ID = /^[a-z][a-z0-9-]*$/;

/** What is kept of a course in parts; to whoever manages that, the same as a player has of a course that is one page. */
export class Whole {
  largest = LARGEST;
  #player;
  #page;
  #course;
  #own;
  #source;
  #listed;
  #journal;
  #ask;

  /**
   * @param player that of the page
   * @param {{ key: string, plan: string, texts: Element }} page the page, which is a part
   * @param tools what player.js has, and the address from which the page came, `source`
   */
  constructor(player, page, tools) {
    this.#player = player;
    this.#page = page;
    [, this.#course, this.#own] = page.key.match(/^(.*):([^:]*)$/);
    this.#source = tools.source;
    this.#journal = tools.journal;
    this.#ask = asker(tools);
  }

  /** All progress in the course as JSON: that of each module by its id, in a line of its own. */
  export() {
    const modules = new Map([...keptIn(this.#course)].filter(([, json]) => parsed(json)));
    modules.set(this.#own, JSON.stringify(parsed(this.#player.export())));
    const lines = [...modules].map(([id, json]) => `    ${JSON.stringify(id)}: ${json}`);
    return `{\n  "course": ${JSON.stringify(this.#id)},\n  "modules": {\n${lines.join(',\n')}\n  }\n}\n`;
  }

  /** What adding that would bring, in numbers of exercises: see the player's. */
  async preview(text) {
    const sum = [0, 0];
    for (const [id, found] of await this.#foundIn(text)) {
      if (!ID.test(id) || found?.course !== this.#id) return undefined;
      const joined = id === this.#own ? undefined : await this.#joined(id, found);
      const news = joined ? [joined.added, joined.newer] : id === this.#own && this.#player.preview(JSON.stringify(found));
      if (!news) return undefined;
      news.forEach((number, at) => (sum[at] += number));
    }
    return sum;
  }

  /** Adds that. */
  async add(text) {
    for (const [id, found] of await this.#foundIn(text)) {
      if (id === this.#own) {
        this.#player.add(JSON.stringify(found));
        continue;
      }
      const key = `${this.#course}:${id}`;
      const json = JSON.stringify((await this.#joined(id, found)).progress);
      localStorage.setItem(key, json);
      this.#journal('readwrite', (entries) => entries.put(json, key));
    }
    dispatchEvent(new Event('kurso-saved'));
  }

  /** What a text has of each module: one of the whole course, or one of when that was a single page. */
  async #foundIn(text) {
    const found = parsed(text);
    if (found?.modules) return Object.entries(found.modules);
    const parts = await Promise.all((await this.#modules()).map(async ({ id, href }) => {
      const plan = id === this.#own ? this.#page.plan : await planAt(href);
      const { progress } = (await this.#ask({ page: parsed(plan), found })) ?? {};
      return [id, progress];
    }));
    // Nothing at all was found where nothing was done.
    const has = (progress) => Object.keys({ ...progress.exercises, ...progress.reviews }).length + progress.opened.length > 0;
    return parts.every(([, progress]) => progress) ? parts.filter(([, progress]) => has(progress)) : parts;
  }

  /** Forgets everything, and has players of other modules, in other tabs, forget it, too. */
  reset(byLearner) {
    for (const [id, json] of keptIn(this.#course)) {
      const { resets = 0 } = parsed(json) ?? {};
      const empty = { course: this.#id, resets: resets + 1, opened: [], read: [], exercises: {} };
      if (id !== this.#own) localStorage.setItem(`${this.#course}:${id}`, JSON.stringify(empty));
    }
    this.#player.reset(byLearner);
  }

  /** Has the header offer what is due in the course, as long as more modules than this one were begun. */
  watch(root) {
    let timer;
    const soon = (event) => {
      if (event?.key?.endsWith(REMEMBERED)) return;
      clearTimeout(timer);
      timer = setTimeout(() => this.#offer(root).catch((error) => console.warn('Kurso could not count what is due:', error)), REST);
    };
    // A click may lead to another place.
    for (const event of ['kurso-saved', 'storage', 'click', 'hashchange', 'pageshow']) addEventListener(event, soon);
    soon();
  }

  async #offer(root) {
    const link = root.querySelector('.top [data-all]');
    if (!link) return;
    const isWhole = [...keptIn(this.#course).keys()].some((id) => id !== this.#own);
    // The player's own link counts this module only.
    this.#hideOwn(root, isWhole);
    const next = isWhole && (await this.#next());
    link.hidden = !next;
    if (!next) return;
    const { due, locale } = link.dataset;
    link.textContent = due.replace('{n}', new Intl.NumberFormat(locale).format(next.sum));
    link.href = next.href;
  }

  /** How much is due in the course, and where to go on with that; nothing, if nothing is. */
  async #next() {
    const modules = await this.#modules();
    const standings = await standingsOf(this.#course, modules, this.#ask, { [this.#own]: this.#page.plan });
    const own = modules.findIndex(({ id }) => id === this.#own);
    // What is due here comes first, then the next module; where this one is reviewed already, only the others.
    const from = location.hash === '#/review' ? own + 1 : own;
    const inTurn = [...modules.slice(from), ...modules.slice(0, own)];
    const counts = inTurn.map(({ id }) => dueIn(standings.get(id)));
    const next = inTurn[counts.findIndex((count) => count > 0)];
    const sum = counts.reduce((sum, count) => sum + count, 0);
    return next && { sum, href: `${next.id === this.#own ? '' : next.href}#/review` };
  }

  #hideOwn(root, is) {
    root.ofModule ??= new CSSStyleSheet();
    root.ofModule.replaceSync(is ? '.top > .due { display: none }' : '');
    if (!root.adoptedStyleSheets.includes(root.ofModule)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, root.ofModule];
  }

  /** All modules of the course, as the page that lists them has them. */
  async #modules() {
    const { all } = this.#page.texts.querySelector('[data-all]').dataset;
    const address = new URL(all, this.#source);
    return (this.#listed ??= modulesIn(await documentAt(address), address));
  }

  /** The id of the course. */
  get #id() {
    return this.#course.split(':')[1];
  }

  /** What there is of another module, together with what was found of it. */
  #joined(id, found) {
    return this.#ask({ kept: parsed(keptIn(this.#course).get(id)), found });
  }
}

/** Has the page that lists all modules say how each of them stands, and what is due. */
export async function survey(list, tools) {
  const { course, due, total, locale } = list.dataset;
  const digits = new Intl.NumberFormat(locale);
  const fill = (pattern, numbers) => pattern.replace(/\{(\w+)\}/g, (_, name) => digits.format(numbers[name]));
  const show = async () => {
    const modules = modulesIn(document, location);
    const standings = await standingsOf(course, modules, asker(tools), {});
    let sum = 0;
    let first;
    for (const { id, href, entry } of modules) {
      const [place] = entry.querySelectorAll('.field');
      const standing = standings.get(id);
      place.hidden = !standing;
      if (!standing) continue;
      const [bar, words, link] = place.children;
      [bar.max, bar.value] = [standing.steps, standing.done];
      words.textContent = fill(total, standing);
      const n = dueIn(standing);
      link.hidden = n === 0;
      link.textContent = fill(due, { n });
      link.href = `${href}#/review`;
      sum += n;
      if (n > 0) first ??= link.href;
    }
    const all = list.parentElement.querySelector('.lead');
    all.hidden = !first;
    const [link] = all.children;
    link.textContent = fill(due, { n: sum });
    if (first) link.href = first;
  };
  addEventListener('storage', ({ key }) => key?.endsWith(REMEMBERED) || show());
  addEventListener('pageshow', ({ persisted }) => persisted && show());
  await show();
}

/** The modules that a page lists, in order. */
function modulesIn(page, address) {
  return [...page.querySelectorAll('.modules > li')].map((entry) => {
    return { id: entry.dataset.module, href: new URL(entry.querySelector('a').getAttribute('href'), address).href, entry };
  });
}

/**
 * How each of those modules stands of which something is kept, by its id.
 *
 * @param {string} course the key of the course
 * @param {object[]} modules the modules
 * @param ask asks the wasm
 * @param {object} plans those that are here already, by the ids of their modules
 */
async function standingsOf(course, modules, ask, plans) {
  const key = course.split(':').slice(0, 2).join(':') + REMEMBERED;
  const before = parsed(stored(key)) ?? {};
  const kept = keptIn(course);
  const standings = new Map();
  await Promise.all(modules.filter(({ id }) => kept.has(id)).map(async ({ id, href }) => {
    const from = BUILD + digest(id, kept.get(id));
    const known = before[id];
    const fresh = known?.from === from ? known : await standingOf(kept.get(id), from, ask, () => plans[id] ?? planAt(href));
    // An old one, if there is no network to ask for the plan.
    if (fresh ?? known) standings.set(id, fresh ?? known);
  }));
  const after = JSON.stringify(Object.fromEntries(standings));
  try {
    if (after !== stored(key)) localStorage.setItem(key, after);
  } catch {
    // Then it is worked out again next time.
  }
  return standings;
}

async function standingOf(kept, from, ask, plan) {
  try {
    const standing = await ask({ page: parsed(await plan()), kept: parsed(kept) });
    return standing && { from, ...standing };
  } catch {
    return undefined;
  }
}

/** How many questions of a module are due by now. */
function dueIn(standing) {
  return standing?.due.filter((minute) => minute * 60_000 <= Date.now()).length ?? 0;
}

/** What asks the wasm, and has it complete first. */
function asker({ loaded, Player }) {
  return async (asks) => {
    if (!(await loaded())) throw new Error('the rest of the player could not be loaded');
    return parsed(Player.ask(JSON.stringify(asks)));
  };
}

/** What is kept of each module of that course, as JSON. */
function keptIn(course) {
  const kept = new Map();
  try {
    for (const name of Object.keys(localStorage)) {
      const id = name.startsWith(`${course}:`) && name.slice(course.length + 1);
      if (id && ID.test(id)) kept.set(id, localStorage.getItem(name));
    }
  } catch {
    // Where the browser keeps nothing, nothing is kept of the others.
  }
  return kept;
}

function stored(key) {
  try {
    return localStorage.getItem(key);
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

/** What was told from others last, by module: it takes a while to go through what is kept of a whole course. */
const digests = new Map();

/** A number that tells what is kept of that module from others: its length, and 32-bit FNV-1a of its letters. */
function digest(id, text) {
  const known = digests.get(id);
  if (known?.text === text) return known.digest;
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  const digest = `${text.length} ${hash >>> 0}`;
  digests.set(id, { text, digest });
  return digest;
}

/** The plan in that page, as JSON. */
async function planAt(href) {
  return (await documentAt(href)).querySelector('kurso-player > script').textContent;
}

/** That page as a document. */
async function documentAt(href) {
  const { page } = await import(new URL(`embed.js${BUILD}`, import.meta.url));
  return page(href);
}
