// A course in parts: each module is a page of its own and keeps its own progress, so an answer saves no more than its
// module. Here they are one course again: what is kept of all of them, to be taken along, added to and deleted; how each of
// them stands; what is due in any of them; and how much the learner wants to know when asked, which is one choice for all.
// player.js loads this where a page is a part, and on the page that lists all.
//
// How a module stands follows from what is kept of it and from its plan, which is in its page. That is worked out once for
// each state and remembered, so the pages of other modules are asked for only when something was done in them since.

/** No progress is larger, in bytes: that is what browsers keep. */
const LARGEST = 5_000_000;
/** How long saving must rest until what is due is counted anew, in milliseconds. */
const REST = 300;
/** The build, as files are asked for by it: another one may have another plan. */
const BUILD = new URL(import.meta.url).search;
/** The address of the place in the page of the review for what is due in other modules. */
const ELSEWHERE = 'head/review';
/** How the key ends under which it is remembered how modules stand. Tabs of two builds must not go on correcting each other. */
const REMEMBERED = ':standings';
/** Where it is kept, as long as a page is on its way, in which module the review is to go on. */
const GOES_ON = 'kurso:goes-on';
/** Milliseconds in a day. */
const DAY = 86_400_000;
/** Within so many milliseconds what comes again is of today: the ten minutes after a miss, and what whole minutes add. */
const SOON = 660_000;
/** What can be the id of a module, and so a part of a key. */
const ID = /^[a-z][a-z0-9-]*$/;

/** What player.js lends to all of this. */
let made, namesOf, read, stored;

/** What is kept of a course in parts; to whoever manages that, the same as a player has of a course that is one page. */
export class Whole {
  largest = LARGEST;
  #tools;
  #player;
  #page;
  #course;
  #own;
  #listed;
  #ask;
  #end = new AbortController();

  /** @param tools what player.js lends: the `player` of the `page`, which is a part and came from the address `source` */
  constructor(tools) {
    borrow(tools);
    this.#tools = tools;
    this.#player = tools.player;
    this.#page = tools.page;
    [this.#course, this.#own] = split(tools.page.key);
    this.#ask = asker(tools);
  }

  /** All progress in the course as JSON: that of each module by its id, in a line of its own. */
  export() {
    const lines = [...this.#kept()].map(([id, json]) => `    ${JSON.stringify(id)}: ${json}`);
    return `{\n  "course": ${JSON.stringify(this.#id)},\n  "modules": {\n${lines.join(',\n')}\n  }\n}\n`;
  }

  /** What is kept of each module, as JSON, with the title of that. */
  async modules() {
    const listed = await this.#modules();
    const place = ([id]) => listed.findIndex((module) => module.id === id);
    const kept = [...this.#kept()].sort((one, other) => place(one) - place(other));
    return kept.map(([id, json]) => ({ title: listed.find((module) => module.id === id)?.title ?? id, json }));
  }

  /** All that can be read of what is kept, as JSON by the ids of modules; of this one, what the player has. */
  #kept() {
    const modules = new Map([...keptIn(this.#course)].filter(([, json]) => read(json)));
    return modules.set(this.#own, JSON.stringify(read(this.#player.export())));
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
      this.#tools.journal('readwrite', (entries) => entries.put(json, key));
    }
    dispatchEvent(new Event('kurso-saved'));
  }

  /** What a text has of each module: one of the whole course, or one of when that was a single page. */
  async #foundIn(text) {
    const found = read(text);
    if (found?.modules) return Object.entries(found.modules);
    const parts = await Promise.all((await this.#modules()).map(async ({ id, href }) => {
      const plan = id === this.#own ? this.#page.plan : await planAt(href);
      const { progress } = (await this.#ask({ page: read(plan), found })) ?? {};
      return [id, progress];
    }));
    // Nothing at all was found where nothing was done.
    const has = (progress) => Object.keys({ ...progress.exercises, ...progress.reviews }).length + progress.opened.length > 0;
    return parts.every(([, progress]) => progress) ? parts.filter(([, progress]) => has(progress)) : parts;
  }

  /** Forgets everything, and has players of other modules, in other tabs, forget it, too. */
  reset(byLearner) {
    this.#forgetWhole();
    for (const [id, json] of keptIn(this.#course)) {
      const { resets = 0 } = read(json) ?? {};
      const empty = { course: this.#id, resets: resets + 1, opened: [], read: [], exercises: {} };
      if (id !== this.#own) localStorage.setItem(`${this.#course}:${id}`, JSON.stringify(empty));
    }
    this.#player.reset(byLearner);
  }

  /**
   * Keeps this module at one with the others from now on: it asks as often as the learner wants in the course, and leads to
   * what is due in other modules, as long as more than this one were begun.
   */
  watch(root) {
    const failed = (error) => console.warn('Kurso could not look at the other modules:', error);
    const { signal } = this.#end;
    let timer;
    signal.onabort = () => clearTimeout(timer);
    const soon = ({ type, key } = {}) => {
      if (key?.endsWith(REMEMBERED)) return;
      // Before anything is done here that would be newer than what was chosen there.
      if (type === 'storage' || type === 'pageshow') this.#agree();
      clearTimeout(timer);
      timer = setTimeout(() => this.#look(root).catch(failed), REST);
    };
    // A click may lead to another place.
    for (const event of ['kurso-saved', 'storage', 'click', 'hashchange', 'pageshow']) addEventListener(event, soon, { signal });
    root.addEventListener('click', ({ target }) => this.#goOn(target.closest('.go-on')), { signal });
    if (goneOn() === this.#page.key) root.querySelector('.begin')?.click();
    this.#dealOut().catch(failed);
    soon();
  }

  /** Goes to the module that a button names, to go on with the review there. */
  #goOn(button) {
    if (!button) return;
    try {
      sessionStorage.setItem(GOES_ON, `${this.#course}:${button.name}`);
    } catch {
      // Then it waits there to be begun.
    }
    location.assign(button.value);
  }

  /** Hears nothing from then on: the player is taken out. */
  stop() {
    this.#end.abort();
  }

  async #look(root) {
    const isWhole = [...keptIn(this.#course).keys()].some((id) => id !== this.#own);
    if (isWhole && (await this.#tools.loaded())) this.#agree();
    // The pages of the others are somewhere else than that of somebody else's.
    if (root.host.hasAttribute('hash')) await this.#offer(root, isWhole);
  }

  /** Has this module ask as often as was chosen last, in whatever module. */
  #agree() {
    const wanted = retentionIn(keptIn(this.#course));
    const own = wanted === undefined ? undefined : read(this.#player.export());
    if (!own || own.retention === wanted) return;
    this.#player.add(JSON.stringify({ ...own, retention: wanted, at: Math.max(Date.now(), (own.at ?? 0) + 1) }));
  }

  /** Deals out what was kept while the course was one page, so that each module gets its own, and sets the whole aside. */
  async #dealOut() {
    const whole = stored(this.#course);
    if (whole === null) return;
    const journaled = await this.#tools.journal('readonly', (entries) => entries.get(this.#course));
    const texts = [whole, journaled].filter((text, at) => text && (at === 0 || text !== whole));
    for (const text of texts) if (await this.preview(text)) await this.add(text);
    texts.forEach((text, at) => localStorage.setItem(`${this.#course}:set-aside:${Date.now() + at}`, text));
    // Another tab may have done the same.
    if (stored(this.#course) === whole) this.#forgetWhole();
  }

  #forgetWhole() {
    try {
      localStorage.removeItem(this.#course);
    } catch {
      // Where nothing can be kept, it is not there either.
    }
    this.#tools.journal('readwrite', (entries) => entries.delete(this.#course));
  }

  /** Leads to what is due in the course: in the header to what is next, and in the page of the review to all others. */
  async #offer(root, isWhole) {
    const link = root.querySelector('.top [data-all]');
    if (!link) return;
    // The player's own link counts this module only.
    this.#hideOwn(root, isWhole);
    const due = isWhole ? await this.#due() : [];
    const { locale, due: pattern, elsewhere, on, course, all } = link.dataset;
    const fill = filler(locale);
    const say = (n) => fill(pattern, { n });
    const others = due.filter(({ id }) => id !== this.#own);
    // What is due here comes first; where this module is reviewed already, only the others.
    const ahead = location.hash === '#/review' ? others : due;
    const [next] = ahead;
    link.hidden = !next;
    link.textContent = say(ahead.reduce((sum, { n }) => sum + n, 0));
    if (next) link.href = next.id === this.#own ? '#/review' : next.href;
    // What is due here comes first there, too.
    const [nearest] = others.length < due.length ? [] : others;
    const [before, after] = nearest ? on.split('{title}').map((part) => fill(part, nearest)) : [];
    const list = others.map(({ title, href, n }) => ({ title, href, due: say(n) }));
    this.#list(root, { elsewhere, list, nearest, before, after, course: isWhole && course, all });
  }

  /** Shows that in the page of the review, and wherever that is rendered from now on: the others, and the way on to the nearest. */
  #list(root, { elsewhere, list, nearest, before, after, course, all }) {
    const { texts } = this.#page;
    const address = `[data-text="${ELSEWHERE}"]`;
    if (!texts.querySelector(address)) {
      const text = made('div');
      text.dataset.text = ELSEWHERE;
      texts.querySelector('[id="/review"]').append(text);
      texts.byAddress.set(ELSEWHERE, text);
    }
    // What is around is in the language of the author.
    const { lang, dir } = texts;
    const entry = ({ title, href, due }) =>
      made('li', {}, made('a', { href }, made('b', { textContent: title })), made('p', { className: 'eyebrow', textContent: due, lang, dir }));
    const content = [
      list.length > 0 && made('h2', { textContent: elsewhere, lang, dir }),
      nearest && made('p', {}, made('button', { type: 'button', className: 'main go-on', name: nearest.id, value: nearest.href },
        made('span', { lang, dir, textContent: before }), made('bdi', { textContent: nearest.title }), made('span', { lang, dir, textContent: after }))),
      list.length > 0 && made('ul', { className: 'modules' }, ...list.map(entry)),
      course && made('p', { lang, dir }, made('a', { href: all, textContent: course })),
    ].filter(Boolean);
    for (const place of [texts.querySelector(address), ...root.querySelectorAll(address)]) {
      // What stays the same keeps the focus.
      if (place.textContent !== content.map(({ textContent }) => textContent).join('')) {
        place.replaceChildren(...content.map((part) => part.cloneNode(true)));
      }
    }
  }

  /** How much is due in which module, this one first and then those after it; nothing of those where nothing is. */
  async #due() {
    const modules = await this.#modules();
    const standings = await standingsOf(this.#course, modules, this.#ask, { [this.#own]: this.#page.plan });
    const own = modules.findIndex(({ id }) => id === this.#own);
    const inTurn = [...modules.slice(own), ...modules.slice(0, own)];
    const due = ({ id, title, href }) => ({ id, title, href: `${href}#/review`, n: dueIn(standings.get(id)) });
    return inTurn.map(due).filter(({ n }) => n > 0);
  }

  #hideOwn(root, is) {
    root.ofModule ??= this.#tools.adopted(root);
    root.ofModule.replaceSync(is ? '.top > .due { display: none }' : '');
  }

  /** All modules of the course, as the page that lists them has them. */
  async #modules() {
    const { all } = this.#page.texts.querySelector('[data-all]').dataset;
    const address = new URL(all, this.#tools.source);
    return (this.#listed ??= modulesIn(await documentAt(address), address));
  }

  /** The id of the course. */
  get #id() {
    return this.#course.split(':')[1];
  }

  /** What there is of another module, together with what was found of it. */
  #joined(id, found) {
    return this.#ask({ kept: read(keptIn(this.#course).get(id)), found });
  }
}

/**
 * Before the player starts: a module of which nothing is kept begins with what was kept of it while the course was one page.
 * The other modules get theirs when it runs.
 */
export async function inherit(tools) {
  borrow(tools);
  const { key, plan } = tools.page;
  const whole = stored(split(key)[0]);
  if (whole === null || stored(key) !== null) return;
  const { progress } = (await asker(tools)({ page: read(plan), found: read(whole) })) ?? {};
  try {
    // What cannot be read is set aside by the player, and told.
    localStorage.setItem(key, progress ? JSON.stringify(progress) : whole);
  } catch {
    // Then the player has it as long as it runs, and tells that nothing can be kept.
  }
}

/** Has the page that lists all modules say how each of them stands, and what is due. */
export async function survey(list, tools) {
  borrow(tools);
  const { course, due, total, mastered, locale } = list.dataset;
  const fill = filler(locale);
  const ahead = list.parentElement.querySelector('[data-gist]');
  // As they are sent they are as high as can be.
  const bars = barsIn(ahead);
  const show = async () => {
    const modules = modulesIn(document, location);
    const standings = await standingsOf(course, modules, asker(tools), {});
    let sum = 0;
    let first;
    for (const { id, href, entry } of modules) {
      const [cells, place] = entry.querySelectorAll('.cells, .field');
      const standing = standings.get(id);
      place.hidden = cells.hidden = !standing;
      if (!standing) continue;
      const exercises = barsIn(cells);
      tell(cells, fill(mastered, { n: standing.mastered, of: exercises.length }));
      draw(cells, exercises.slice(0, standing.mastered), exercises.slice(standing.mastered));
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
    ahead.hidden = standings.size === 0;
    const days = daysAhead([...standings.values()], ahead.querySelectorAll('tbody td').length);
    tell(ahead, fill(ahead.dataset.gist, { today: days[0], n: days.reduce((before, n) => before + n, 0) }));
    const most = Math.max(...days);
    ahead.querySelector('.ends span').textContent = fill('{most}', { most });
    ahead.querySelectorAll('tbody td').forEach((cell, at) => (cell.textContent = fill('{n}', { n: days[at] })));
    const high = (bar, n) => (n > 0 ? bar.replace(/(v-?)(\d+)/g, (_, way, height) => way + Math.ceil((n * height) / most)) : '');
    draw(ahead, bars.map((bar, at) => high(bar, days[at])), []);
  };
  addEventListener('storage', ({ key }) => key?.endsWith(REMEMBERED) || show());
  addEventListener('pageshow', ({ persisted }) => persisted && show());
  await show();
}

function borrow(tools) {
  ({ made, namesOf, read, stored } = tools);
}

/** The modules that a page lists, in order. */
function modulesIn(page, address) {
  return [...page.querySelectorAll('.modules > li')].map((entry) => {
    const link = entry.querySelector('a');
    return { id: entry.dataset.module, title: link.textContent, href: new URL(link.getAttribute('href'), address).href, entry };
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
  const before = read(stored(key)) ?? {};
  const kept = keptIn(course);
  const retention = retentionIn(kept);
  const standings = new Map();
  await Promise.all(modules.filter(({ id }) => kept.has(id)).map(async ({ id, href }) => {
    const from = `${BUILD} ${retention} ${about(id, kept.get(id)).digest}`;
    // What another build has found may lack something.
    const known = before[id]?.from.startsWith(`${BUILD} `) ? before[id] : undefined;
    const asks = async () => ({ page: read(plans[id] ?? (await planAt(href))), kept: { ...read(kept.get(id)), retention } });
    const fresh = known?.from === from ? known : await standingOf(asks, from, ask);
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

async function standingOf(asks, from, ask) {
  try {
    const standing = await ask(await asks());
    return standing && { from, ...standing };
  } catch {
    return undefined;
  }
}

/** The bars of a picture, each as it is drawn, the filled ones first. */
function barsIn(picture) {
  return [...picture.querySelectorAll('path')].flatMap((path) => path.getAttribute('d').match(/[^z]+z/g) ?? []);
}

/** Has a picture show those bars filled, and those outlined. */
function draw(picture, ...bars) {
  picture.querySelectorAll('path').forEach((path, at) => path.setAttribute('d', bars[at].join('')));
}

/** Says in short what a picture shows, to whoever sees it and to whoever does not. */
function tell(picture, gist) {
  picture.querySelector('.total').textContent = gist;
  picture.querySelector('svg').setAttribute('aria-label', gist);
}

/** How many questions come on each of so many days, if all are known: as the page of the review counts them for a module. */
function daysAhead(standings, length) {
  const days = Array.from({ length }, () => 0);
  const add = (day, n) => day < length && (days[day] += n);
  for (const standing of standings) {
    for (const minute of standing.due) add(Math.max(0, Math.ceil((minute * 60_000 - SOON - Date.now()) / DAY)), 1);
    standing.new.forEach((n, day) => add(day, n));
  }
  return days;
}

/** What puts numbers, written as in that locale, into the places of a pattern. */
function filler(locale) {
  const digits = new Intl.NumberFormat(locale);
  return (pattern, numbers) => pattern.replace(/\{(\w+)\}/g, (_, name) => digits.format(numbers[name]));
}

/** The key of the module in which a review is to go on, if it is to; and forgets it. */
function goneOn() {
  try {
    const key = sessionStorage.getItem(GOES_ON);
    sessionStorage.removeItem(GOES_ON);
    return key;
  } catch {
    return null;
  }
}

/** How many questions of a module are due by now. */
function dueIn(standing) {
  return standing ? standing.due.filter((minute) => minute * 60_000 <= Date.now()).length + standing.new[0] : 0;
}

/** What asks the wasm, and has it complete first. */
function asker({ loaded, Player }) {
  return async (asks) => {
    if (!(await loaded())) throw new Error('the rest of the player could not be loaded');
    return read(Player.ask(JSON.stringify(asks)));
  };
}

/** What is kept of each module of that course, as JSON. */
function keptIn(course) {
  const names = namesOf(course).filter((name) => name.startsWith(`${course}:`) && ID.test(name.slice(course.length + 1)));
  return new Map(names.map((name) => [name.slice(course.length + 1), stored(name)]));
}

/** How much the learner wants to know when asked, in percent: what was chosen last, in whatever module; nothing as usual. */
function retentionIn(kept) {
  const chosen = [...kept].map(([id, json]) => about(id, json)).filter(({ retention }) => retention !== undefined);
  return chosen.sort((one, other) => other.at - one.at)[0]?.retention;
}

/** What is known of what is kept of each module: it takes a while to go through what is kept of a whole course. */
const facts = new Map();

/**
 * Of what is kept of that module: the retention that was chosen there and when that may have been, and the digest that tells
 * it from others, which is its length, and 32-bit FNV-1a of its letters.
 */
function about(id, text) {
  const before = facts.get(id);
  if (before?.text === text) return before;
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  const { retention, at = 0 } = read(text) ?? {};
  const now = { text, digest: `${text.length} ${hash >>> 0}`, retention, at };
  facts.set(id, now);
  return now;
}

/** The key of the course, and the id of the module, in the key of a module. */
function split(key) {
  const at = key.lastIndexOf(':');
  return [key.slice(0, at), key.slice(at + 1)];
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
