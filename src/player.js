// <kurso-player>: the custom element. It starts the wasm once for all players of a page, gives each of them a shadow
// root, and says so calmly if the start fails; what was saved is not touched by that.
//
// Until the player runs, and if it never can, the element shows its own children. In a page made by Kurso they are the
// whole course, made by the same views: what is answered and pressed there early is handed to the player when it takes
// their place, in one go, with the focus where it was. The player itself has no texts: it leaves places for them, which
// are filled from the page. An element elsewhere, which has no course in it, takes the one that `src` names, or of the page
// beside this script.
import init, { Player } from './kurso.js';

let started;
let rest;
/** What the rest of the wasm says in each language, if that is there. */
let whole;
let rehearsed;

/** The attributes that say what shows and how, and are properties, too. docs/embedding.md tells what each of them means. */
const ATTRIBUTES = ['src', 'step', 'exercise', 'theme', 'storage'];
/** What the page around is told of what happened: the event's name, and how its detail follows from what the player says. */
const TOLD = {
  start: () => ['start', {}],
  step: (step) => ['step', { step }],
  answer: (exercise, score, attempt) => ['answer', { exercise, correct: score.right === score.of, score, attempt }],
  complete: (step) => ['complete', { step }],
  pass: (module, score) => ['complete', { module, score, passed: true }],
  fail: (module, score) => ['complete', { module, score, passed: false }],
};
/** What to say where not even what else there is to say can be loaded. */
const LOST = { stalled: 'The course cannot be loaded.', again: 'Try again', lang: 'en', dir: 'ltr' };
/** What the address of a page in a frame may ask for. Another course is not among it: that would run as ours. */
const ASKED = ['exercise', 'theme', 'storage', 'no-header', 'no-outline', 'no-foot'];
/** What the learner may choose of how the player shows: the values of each, the usual one first. */
const CHOICES = { theme: ['auto', 'light', 'dark'], size: ['1', '0.875', '1.25', '1.5'], shortcuts: ['on', 'off'] };
/** Where that is kept, for all courses of this site. It is no progress, and stays when that is deleted. */
const DISPLAY = 'kurso:display';
/** The page, and the shadow root of each player on it. */
const trees = new Set([document]);
let display = remembered();
/** How many key terms have been asked for. */
let meanings = 0;
/** What the rest of the wasm, once it is there, adds to the style. */
let more = '';
/** Progress from another device, packed as data.js does it, until it was looked at. */
let brought;

class KursoPlayer extends HTMLElement {
  static observedAttributes = [...ATTRIBUTES, 'lang'];
  /** One start of the player; none while it is out of the page. */
  #run;
  #player;
  #page;
  /** What an LMS around takes and tells, if the page is in one. */
  #session;
  /** The progress as it was last heard of: the only place where it is, if nothing can be kept. */
  #latest;
  #whole;
  #board;
  #loading;

  constructor() {
    super();
    // In a page of ours the parser has made it.
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    for (const tree of [this, root]) {
      for (const name of ['beforetoggle', 'toggle']) tree.addEventListener(name, toggled, true);
      for (const name of ['pointerdown', 'keydown', 'click']) tree.addEventListener(name, (event) => this.#explain(event), true);
      tree.addEventListener('change', choose);
    }
    root.addEventListener('keydown', hush, true);
    root.addEventListener('click', async ({ target }) => {
      const main = target.closest('.main');
      const row = main?.parentElement;
      // Whoever goes back in the browser comes to where they were.
      if (this.hasAttribute('hash') && (main ?? target.closest('a'))) history.replaceState(scrollY, '');
      // What became of a press, and what there is to press next, may have been pushed out of the window, or is gone.
      if (row) requestAnimationFrame(() => {
        const [at, told] = [root.activeElement ?? main, row.previousElementSibling];
        if (at === main) see(row.lastElementChild, told, main);
        else if (told?.contains(at)) see(row.lastElementChild, at);
      });
      if (target.closest('.download')) this.#save((await this.#kept()).export(), 'json', 'application/json');
      if (target.closest('.anki')) (await import(beside('anki.js'))).saveCards(this.#tools);
    }, true);
    // What manages data or shares the course is loaded by whoever looks at it; what searches, by whoever searches.
    root.addEventListener('toggle', async ({ target }) => {
      // What is opened before the player runs comes by here, too.
      if (!target.open || !this.#page) return;
      try {
        if (target.matches('.data')) await this.#manage(target);
        if (target.matches('.share')) (await import(beside('share.js'))).share(target, this.#tools);
      } catch {
        const status = target.querySelector('[role="status"]');
        status.textContent = status.dataset.missing;
      }
    }, true);
    root.addEventListener('focusin', async ({ target }) => {
      if (target.type === 'search') (await import(beside('search.js'))).searchFrom(target, this.#tools);
    });
  }

  async connectedCallback() {
    // What was set before this script ran stands in the way of the properties.
    for (const name of ATTRIBUTES.filter((name) => Object.hasOwn(this, name))) {
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    if (this.#run) return;
    this.classList.remove('stalled');
    if (this.hasAttribute('hash')) take(location.pathname + location.search);
    const framed = this.#obeyAddress();
    const run = (this.#run = {});
    const root = this.shadowRoot;
    const waiting = root.querySelector('slot') ?? root.appendChild(made('slot'));
    trees.add(root);
    showAlone(root, this.exercise);
    const stopWaiting = this.#showPlace();
    const press = (event) => {
      const button = event.target.closest('.exercise .main');
      if (button) button.dataset.pending = button.ariaBusy = 'true';
    };
    this.addEventListener('click', press);
    let found;
    try {
      begin();
      const all = this.#needsAll() && loaded();
      found = Promise.resolve(this.#page ?? this.#found());
      const joined = found.then((page) => this.#join(page));
      // Where it can be had, it is there before something shows that needs it.
      const shows = found.then((page) => this.#opensWithRest(page) && loaded());
      const [page, session] = await Promise.all([found, joined, started, styled(root), framed, all, shows]);
      // Somebody else may have saved something just now.
      if (this.#needsAll() && !(await loaded())) throw new Error('what was saved cannot be read');
      // Meanwhile it may have been taken out, or told to show something else.
      if (this.#run !== run) return;
      this.#page = page;
      this.#session = session;
      this.#latest ??= await (await this.#aside())?.gather();
      if (this.#run !== run) return;
      await this.#play(root);
      if (this.#run !== run) return;
      waiting.remove();
      this.receive();
      this.look();
      this.#kept().then((kept) => kept?.watch?.(root), console.warn);
      if (this.hasAttribute('offline')) keepOffline(root, this.#tools);
      // Whoever is at work notices nothing of it, whatever becomes of it.
      rehearsed ??= rehearse(page).catch(console.warn);
    } catch (error) {
      if (this.#run !== run) return;
      console.warn('Kurso could not start:', error);
      this.classList.add('stalled');
      // In a page of ours the words are there; elsewhere they are loaded, if that can be.
      const { stalled, again, lang, dir } =
        pageIn(this)?.texts.dataset ?? (await import(beside('embed.js')).then(({ excuse }) => excuse(this, error, found), () => LOST));
      if (this.#run !== run) return;
      const message = tell(root, stalled);
      if (lang) Object.assign(message, { lang, dir });
      if (again) {
        message.append(' ', button(again, async () => {
          this.#stop();
          await this.connectedCallback();
          // The button is gone, and the focus is on what came in its place.
          root.querySelector('.stopped button, main')?.focus();
        }));
      }
      this.#tell('error', { reason: 'start', message: String(error) });
    } finally {
      this.removeEventListener('click', press);
      stopWaiting();
    }
  }

  disconnectedCallback() {
    // Moving an element disconnects and connects it at once; only one that stays away is stopped.
    queueMicrotask(() => this.isConnected || this.#stop());
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#run) return;
    if (name === 'theme') restyle(this.shadowRoot);
    else if (name === 'lang' && this.hasAttribute('hash')) return;
    else if (['src', 'storage', 'lang'].includes(name)) {
      if (name !== 'storage') this.#page = undefined;
      if (name === 'src') this.#latest = undefined;
      this.#stop();
      this.connectedCallback();
    } else {
      if (name === 'exercise') showAlone(this.shadowRoot, now);
      this.#player?.go(this.#address());
    }
  }

  #stop() {
    this.#run = undefined;
    this.#session?.attach(undefined);
    this.#whole?.stop();
    this.#player?.stop();
    this.#player = this.#whole = undefined;
    this.shadowRoot.replaceChildren();
    trees.delete(this.shadowRoot);
  }

  /** Takes the attributes that the address of the page asks for; in a frame, resolves when the page around can be told. */
  #obeyAddress() {
    const asked = new URLSearchParams(location.search);
    if (!this.hasAttribute('hash') || !asked.has('embed')) return undefined;
    for (const name of ASKED) if (asked.has(name)) this.setAttribute(name, asked.get(name));
    return parent !== self && import(beside('frame.js')).then(({ report }) => report(this, asked.get('origin'), LENT));
  }

  /**
   * Whether all of the wasm has to be there from the start: to read what was saved, and where a page or an LMS around hands
   * progress in and is told what is achieved. On a first visit to a page of our own there is nothing to read or to tell.
   */
  #needsAll() {
    const around = !this.hasAttribute('hash') || this.hasAttribute('lms') || new URLSearchParams(location.search).has('embed');
    return around || this.#latest !== undefined || namesOf(this.dataset.saved).length > 0;
  }

  /** Whether only the rest of the wasm can show the place at which that page opens. */
  #opensWithRest({ texts }) {
    const place = texts.querySelector(`[id="${CSS.escape(this.#address().slice(1))}"]`) ?? texts.querySelector('.sheet');
    return place.closest('[data-needs-rest]');
  }

  /** The course that shows here. */
  async #found() {
    await parsed();
    const own = pageIn(this);
    if (own) return own;
    const { correction, courseAt } = await import(beside('embed.js'));
    this.shadowRoot.correction = correction;
    restyle(this.shadowRoot);
    return courseAt(this.#source(), pageIn, this.lang);
  }

  /** Opens what a key term means, or closes it: until a script runs the term is a link, and from then on a button. */
  async #explain(event) {
    const term = event.target.closest('.term');
    if (!term || (event.key ?? ' ') !== ' ') return;
    // Before the click of a pointer comes, the browser has closed what was open.
    if (event.type === 'pointerdown') term.wasOpen = term.nextElementSibling?.matches(':popover-open');
    else {
      event.preventDefault();
      event.stopPropagation();
      // The entries stand at the end of the page.
      await parsed();
      if (!term.hasAttribute('aria-controls')) this.#define(term);
      const meaning = term.nextElementSibling;
      meaning.togglePopover(!(term.wasOpen ?? meaning.matches(':popover-open')));
      term.wasOpen = undefined;
    }
  }

  /** Puts what that key term means right after it: how the entry begins to which it leads. */
  #define(term) {
    const texts = this.#page?.texts ?? this;
    const title = texts.querySelector(`[id="${term.hash.slice(1)}"]`);
    const meaning = texts.querySelector('.definition').cloneNode(true);
    const [link, close] = meaning.children;
    meaning.id = `definition_${(meanings += 1)}`;
    term.setAttribute('aria-controls', meaning.id);
    close.setAttribute('popovertarget', meaning.id);
    link.href = term.hash;
    link.append(title.firstChild.cloneNode());
    meaning.append(...title.nextElementSibling.firstChild.cloneNode(true).childNodes);
    term.after(meaning);
  }

  /** Joins the LMS that the page is made for, if one is there. */
  async #join({ plan, key }) {
    const standard = this.getAttribute('lms');
    if (!standard) return undefined;
    const { begin } = await import(beside('lms/session.js'));
    return begin(standard, JSON.parse(plan), key, this);
  }

  /** The key under which progress is kept in this browser, if it is: in an LMS, that of this learner. */
  get #key() {
    // What a frame without credentials keeps is gone with the page around it.
    if (this.storage === 'none' || self.credentialless) return undefined;
    return this.#session ? this.#session.key : this.#page.key;
  }

  /** The address of the page that has it. */
  #source() {
    return this.hasAttribute('hash') ? location.href : new URL(this.src ?? beside('index.html'), document.baseURI).href;
  }

  /** The address of what shows first, or is to show now. */
  #address() {
    const place = this.exercise ?? this.step;
    if (place) return `#/${place}`;
    return this.hasAttribute('hash') ? location.hash : '';
  }

  /** Tells the page around that something has happened. */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`kurso-${name}`, { detail, bubbles: true, composed: true }));
  }

  /** Forgets all that was done in this course. */
  async reset() {
    (await this.#kept())?.reset(false);
  }

  /** All that was done in this course, as JSON. */
  async export() {
    return (await this.#kept())?.export() ?? '';
  }

  /** Adds what was exported elsewhere, and resolves with whether it can: it must be of this course. */
  async import(json) {
    const [{ add }, kept] = await Promise.all([import(beside('data.js')), this.#kept(), this.#load()]);
    return Boolean(kept) && add(json, kept, this.#page.key);
  }

  /** Puts the player in the place of the children, and resolves when it shows. */
  async #play(root) {
    const base = root.appendChild(made('div', { part: 'base', hidden: true }));
    const { plan, texts } = this.#page;
    let show;
    const shown = new Promise((resolve) => (show = resolve));
    const rendered = () => {
      fill(base, texts);
      // Not before what was rendered shows.
      if (base.querySelector('[data-needs-rest]')) painted().then(() => this.#load());
      if (base.querySelector('.board, .order')) this.#board ??= import(beside('board.js')).then(({ play }) => play(root));
      if (!base.hidden) return;
      // Somebody else's children are a fallback, and theirs to take out.
      const own = this.contains(texts) ? this : made('p');
      const focus = own.contains(document.activeElement) && path(document.activeElement);
      const open = [...own.querySelectorAll('details[open]')].map(path);
      const opener = base.querySelector(`[aria-controls="${own.querySelector(':popover-open')?.id}"]`);
      own.replaceChildren();
      base.hidden = false;
      for (const details of open) follow(base, details)?.setAttribute('open', '');
      // What closes gives the focus back to where it was when it opened.
      opener?.focus({ preventScroll: true });
      opener?.click();
      if (focus) follow(base, focus)?.focus({ preventScroll: true });
      this.#tell('ready', { course: this.#course });
      show();
    };
    // What was done early is told, too, but by a player that shows.
    const told = (name, id, right, of, attempt) => shown.then(() => this.#tell(...TOLD[name](id, { right, of }, attempt)));
    const key = this.#key;
    const saved = this.#recover(key);
    const shell = { address: this.#address(), key, last: this.#latest ?? this.#session?.progress, forgets: this.#session?.isNew, rest: spoken(whole, texts), rendered, saved, told };
    const player = (this.#player = new Player(base, plan, this.hasAttribute('hash'), shell));
    this.#session?.attach(player);
    // Reading the course takes a phone about as long as showing it. What is pressed in between is still done early.
    await self.scheduler?.yield?.();
    if (this.#player !== player) return undefined;
    const early = [...this.querySelectorAll('input:checked, select')].map(({ name, value }) => `${name}=${value}`);
    for (const button of this.querySelectorAll('[data-pending]')) {
      early.push(`check_${button.closest('[data-exercise]').dataset.exercise}=`);
    }
    player.show(early.join('\n'));
    return shown;
  }

  /** Loads the rest of the wasm, and tells the player. Resolves with whether it is there. */
  #load() {
    return (this.#loading ??= loaded().then((here) => {
      this.#loading = undefined;
      this.#player?.loaded(spoken(here, this.#page.texts));
      return here;
    }));
  }

  /**
   * Takes in what the journal has under that key and the storage has not, as after a crash. Returns what writes to it from
   * then on. Without a key there is no journal.
   */
  #recover(key) {
    const recovered = key && journal('readonly', (entries) => entries.get(key)).then(async (json) => {
      // What cannot be read is not written over.
      if (json === null || (json && !(await this.#load()))) return false;
      if (json) this.#player?.found(json);
      // The player takes it in, and then there is something else to write.
      return new Promise((resolve) => setTimeout(resolve, 0, true));
    });
    return async (json) => {
      this.#latest = json;
      this.#session?.saved(json);
      if ((await recovered) && this.#latest === json) journal('readwrite', (entries) => entries.put(json, key));
    };
  }

  /** The id of the course. */
  get #course() {
    return this.#page.key.split(':')[1];
  }

  /** What is kept of the course: of a module that is a page of its own, together with the others. */
  async #kept() {
    const player = this.#player;
    if (!player || !this.#page.texts.querySelector('[data-all]') || this.storage === 'none') return player;
    const { Whole } = await import(beside('modules.js'));
    return (this.#whole ??= new Whole(this.#tools));
  }

  /** What looks after what is kept of the course beside that, where there is any or it is asked for by all means. */
  async #aside(anyway) {
    const key = this.#key;
    if (!key || !(anyway || namesOf(key).some((name) => name !== key))) return undefined;
    const { Aside } = await import(beside('aside.js'));
    return new Aside(this.#tools);
  }

  /** Tells what the learner has to know of what is kept beside. */
  async look() {
    if (this.#player) (await this.#aside())?.tell(this.shadowRoot);
  }

  /** What is lent to scripts that are loaded later. */
  get #tools() {
    return {
      ...LENT,
      player: this.#player,
      page: this.#page,
      key: this.#key,
      source: this.#source(),
      isNew: this.#session?.isNew,
      loaded: () => this.#load(),
      save: this.#save.bind(this),
    };
  }

  /** Has the part of the page that shows what is kept do what it says. */
  async #manage(data) {
    const packed = brought;
    brought = undefined;
    const [{ manage }, kept, aside] = await Promise.all([import(beside('data.js')), this.#kept(), this.#aside(true), this.#load()]);
    // Meanwhile it may have been taken out.
    if (this.#player) manage(data, { ...this.#tools, kept, aside, packed });
  }

  /** Shows what a link has brought. */
  receive() {
    const data = brought && this.#player && this.shadowRoot.querySelector('.data');
    if (data?.open) this.#manage(data);
    else if (data) data.open = true;
  }

  /** Saves that text as a file. */
  #save(text, ending, type) {
    const href = URL.createObjectURL(new Blob([text], { type }));
    made('a', { href, download: `kurso-${this.#course}-${new Date().toISOString().slice(0, 10)}.${ending}` }).click();
    // The browser has taken hold of it by then.
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  }

  /** Says that the player has stopped. */
  tellStopped() {
    if (!this.#page || this.shadowRoot.querySelector('.stopped')) return;
    tell(this.shadowRoot, this.#page.texts.dataset.stopped);
    this.#tell('error', { reason: 'stopped' });
  }

  /** Shows all of the course for a printer, whatever the learner sees, with the answers on a page of their own. */
  layOut() {
    if (!this.#player) return;
    this.putAway();
    const paper = this.#page.texts.cloneNode(true);
    const key = made('section', { className: 'page answer-key' });
    for (const answers of paper.querySelectorAll('.answers-only')) {
      const [summary, ...rest] = answers.children;
      if (!key.hasChildNodes()) key.append(made('h1', {}, summary.textContent));
      key.append(made('h2', {}, answers.closest('.exercise').querySelector('h2').textContent), ...rest);
      answers.remove();
    }
    paper.querySelector('main').append(key);
    this.append(paper);
    this.shadowRoot.querySelector('[part]').hidden = true;
    this.shadowRoot.append(made('slot'));
  }

  /** Shows the player again. */
  putAway() {
    if (!this.#player) return;
    this.replaceChildren();
    this.shadowRoot.querySelector('slot')?.remove();
    this.shadowRoot.querySelector('[part]').hidden = false;
  }

  /**
   * Shows the step that the address names, or else the one where a returning learner was, and nothing that may not be so.
   * Returns how to end that.
   */
  #showPlace() {
    // Blocked or broken storage is for the player to tell.
    const saved = read(stored(this.dataset.saved));
    // What an LMS has is not known yet.
    if (saved || this.hasAttribute('lms')) this.classList.add('returning');
    // A browser knows where an address leads once all of the page has come, and may paint it before that.
    const where = this.hasAttribute('hash') && (location.hash.slice(1) || (saved && `/${saved.step}`));
    const stop = where && showOnly(where);
    return () => {
      this.classList.remove('returning');
      if (stop) stop();
    };
  }
}

/** Takes progress that a link brings out of the page's address, where it would stay in the history; that one takes its place. */
function take(address) {
  const [before, progress] = location.hash.split('#progress=');
  if (before || !progress) return;
  brought = progress;
  history.replaceState(null, '', address);
}

for (const name of ATTRIBUTES) {
  Object.defineProperty(KursoPlayer.prototype, name, {
    get() {
      return this.getAttribute(name);
    },
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
  });
}

/** Leaves nothing of the page of a step but that exercise; all of it, if none is named. The style does the rest. */
function showAlone(tree, exercise) {
  if (!exercise && !tree.alone) return;
  tree.alone ??= adopted(tree);
  tree.alone.replaceSync(exercise ? `.page > :not([data-exercise="${CSS.escape(exercise)}"]) { display: none }` : '');
}

/** A style of ours that comes after all others of a tree. */
function adopted(tree, options) {
  const sheet = new CSSStyleSheet(options);
  tree.adoptedStyleSheets.push(sheet);
  return sheet;
}

/** Says of the button before a popover, such as a key term, whether that is open, brings it into view, and takes the focus back. */
function toggled({ target, newState }) {
  const tree = target.getRootNode();
  const opener = target.previousElementSibling;
  if (!opener?.ariaExpanded) return;
  const open = newState === 'open';
  opener.ariaExpanded = open;
  reflect(tree);
  if (open) see(opener, target);
  // In a shadow root browsers lose it.
  else if (target.contains(tree.activeElement)) opener.focus();
}

/** Brings all of these into view, if there is room; the last of them in any case. */
function see(...elements) {
  for (const element of elements) element?.scrollIntoView({ block: 'nearest' });
}

/** How the player is to show. Whatever stands there, only what can be chosen counts. */
function remembered() {
  const saved = read(stored(DISPLAY));
  const entries = Object.entries(CHOICES).map(([name, values]) => [name, values.find((value) => value === saved?.[name]) ?? values[0]]);
  return Object.fromEntries(entries);
}

/** Does what was chosen, and remembers it. */
function choose({ target }) {
  if (!target.closest('.display')) return;
  show({ ...display, [target.name]: target.type === 'checkbox' && !target.checked ? 'off' : target.value });
  try {
    localStorage.setItem(DISPLAY, JSON.stringify(display));
  } catch {
    // Then it holds for this visit.
  }
}

/** Shows everything so. */
function show(wanted) {
  display = wanted;
  trees.forEach(restyle);
  trees.forEach(reflect);
}

/** Has the choices in a tree say what holds. */
function reflect(tree) {
  for (const input of tree.querySelectorAll('.display input')) input.checked = display[input.name] === input.value;
}

/**
 * Has the style of a tree follow what was chosen. The style asks the browser for its theme and measures in rem, so it is
 * said once more, with the answer in place of the question, and each rem as many times as long. That is still relative
 * to the browser's own size. A larger font of the root would be less to say, but around a shadow root the page is somebody
 * else's.
 */
function restyle(tree) {
  const link = tree.querySelector('[data-kurso]');
  if (!link?.sheet) {
    link?.addEventListener('load', () => restyle(tree), { once: true });
    return;
  }
  const { size } = display;
  // What the learner has not chosen is for the page around to say.
  const theme = display.theme === 'auto' && CHOICES.theme.includes(tree.host?.theme) ? tree.host.theme : display.theme;
  const times = size * (tree.correction?.() ?? 1);
  const usual = theme === 'auto' && times === 1;
  // Nothing of the rest shows in the page itself.
  const added = tree.host ? more : '';
  if (usual && !added && !tree.restyled) return;
  try {
    const text = usual ? added : [...link.sheet.cssRules].map(({ cssText }) => cssText).join('') + added;
    tree.restyled ??= adopted(tree);
    const answered = theme === 'auto' ? text : text.replace(/@media [^{]*prefers-color-scheme[^{]*/, theme === 'dark' ? '@media screen' : '@media not all');
    tree.restyled.replaceSync(answered.replace(/([\d.]+)rem/g, (_, rem) => `${rem * times}rem`));
    link.sheet.disabled = !usual;
  } catch {
    // A style that cannot be read or said again, as in an old browser, stays as it is.
  }
}

/** Where single keys are turned off, keeps them from everybody. Space, which presses buttons, is not one of them. */
function hush(event) {
  if (display.shortcuts === 'off' && event.key.length === 1 && event.key !== ' ') event.stopPropagation();
}

/** An element of that name with those properties, and that in it. */
function made(name, properties, ...inside) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...inside);
  return element;
}

/** Puts a sentence above everything, has it read out, and returns its element. */
function tell(root, sentence) {
  const message = made('p', { className: 'stopped', role: 'alert' }, sentence);
  root.prepend(message);
  return message;
}

/** A button that says that, and does that. */
function button(label, act) {
  return made('button', { type: 'button', className: 'plain', onclick: act }, label);
}

/** Says in every player that it has stopped, if it was ours that threw: after that the wasm must not be called again. */
function stopped({ error }) {
  // A page may run other wasm than ours.
  if (!(error instanceof WebAssembly.RuntimeError) || !/\/kurso(\.js|_\w+\.wasm)/.test(error.stack)) return;
  document.querySelectorAll('kurso-player').forEach((player) => player.tellStopped?.());
}

/** The text that is kept under that name, if there is one. */
function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    // Blocked storage keeps nothing.
    return null;
  }
}

/** What that JSON says; nothing if it is none. */
function read(json) {
  try {
    return JSON.parse(json) ?? undefined;
  } catch {
    return undefined;
  }
}

/** The keys under which something is kept of the course of that key. */
function namesOf(key) {
  try {
    const course = (name) => name.split(':', 2).join();
    return Object.keys(localStorage).filter((name) => course(name) === course(key));
  } catch {
    return [];
  }
}

/** Resolves with what the rest of the wasm says, if it is there. All players share it, and a first visit does not need it. */
function loaded() {
  rest ??= instance();
  return rest.then(
    (words) => (whole = words),
    (error) => {
      console.warn('Kurso could not be loaded in full:', error);
      rest = undefined;
    },
  );
}

/** Links the rest of the wasm to the first part, and resolves with what it says in each language. */
async function instance() {
  const compiled = async () => WebAssembly.compile(await (await fetch(beside('kurso_rest.wasm'))).arrayBuffer());
  // The first part is asked for now: once it cannot be had, it would be asked for anew.
  const [kurso, module] = await Promise.all([begin(), compiled()]);
  const said = (name) => new TextDecoder().decode(WebAssembly.Module.customSections(module, name)[0]);
  more = said('style');
  trees.forEach(restyle);
  await WebAssembly.instantiate(module, { kurso });
  return JSON.parse(said('words'));
}

/** Those words in the language of that page, or in English: the page may be of a build that speaks another. */
function spoken(words, { lang }) {
  return words && (words[lang] ?? words.en);
}

/**
 * Resolves with the first part of the wasm, which is loaded once. The end of a page of ours asks for it; a browser that has
 * not come there yet would ask for it twice.
 */
function begin() {
  return (started ??= parsed().then(() => init(fetch(beside('kurso_bg.wasm')))).catch((error) => {
    // Whoever tries again asks again.
    started = undefined;
    throw error;
  }));
}

/** A file beside this script, of the same build. */
function beside(name) {
  return new URL(name + new URL(import.meta.url).search, import.meta.url);
}

/** The course that an element holds: its texts, and what the player must know of it. */
function pageIn(element) {
  const texts = element.querySelector('.still');
  return texts && { texts, plan: element.querySelector(':scope > script').textContent, key: element.dataset.saved };
}

let database;

/**
 * Reads or writes a copy of all progress, which the browser has on its disk before it says so; a change in localStorage
 * may be lost for seconds when the browser is killed. Resolves with what `act` asked for; with null where there is no such
 * database, or it fails: then localStorage alone has to do.
 */
async function journal(mode, act) {
  try {
    database ??= asked(() => {
      const opening = indexedDB.open('kurso', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('journal');
      return opening;
    });
    const transaction = (await database).transaction('journal', mode, { durability: 'strict' });
    const done = asked(() => act(transaction.objectStore('journal')));
    // Otherwise the browser waits with it until this page, which may have to paint first, has heard that nothing else comes.
    transaction.commit();
    return await done;
  } catch {
    return null;
  }
}

/** Resolves with what that request brings. */
function asked(request) {
  return new Promise((resolve, reject) => {
    const asking = request();
    asking.onsuccess = () => resolve(asking.result);
    asking.onerror = () => reject(asking.error);
  });
}

/**
 * Answers an exercise that nobody sees, whenever there is nothing else to do: what runs for the first time takes a phone
 * several times as long, and so the first answer of the learner is as quick as the second.
 */
async function rehearse({ plan, texts }) {
  const idle = () => new Promise((resolve) => (self.requestIdleCallback ?? setTimeout)(resolve));
  const base = made('div');
  const address = `#${texts.querySelector('.exercise')?.closest('.sheet').id}`;
  await idle();
  const player = new Player(base, plan, false, { address, rendered: () => fill(base, texts), saved() {}, told() {} });
  await idle();
  player.show('');
  await idle();
  base.querySelector('.exercise input')?.dispatchEvent(new Event('change', { bubbles: true }));
  await idle();
  base.querySelector('.exercise .main')?.click();
  await idle();
  player.stop();
}

/** Fills each place for a text that does not hold it yet. */
function fill(base, texts) {
  // Looking through the page for each of them takes the longer, the larger the course is.
  texts.byAddress ??= new Map([...texts.querySelectorAll('[data-text]')].map((text) => [addressed(text), text]));
  for (const place of base.querySelectorAll('.text')) {
    const address = place.dataset.text;
    if (place.filledWith === address) continue;
    place.filledWith = address;
    place.replaceChildren(...(texts.byAddress.get(address)?.cloneNode(true).childNodes ?? []));
  }
}

/** The address of a text of the page, which says from now on of what exercise, term or step it is, also in each copy. */
function addressed(text) {
  const around = text.closest('[data-exercise], .terms dd, .sheet');
  const [id] = (around?.dataset.exercise ?? (around?.id || around?.previousElementSibling.id) ?? '').split('/').slice(-1);
  return (text.dataset.text += `/${id}`);
}

/**
 * Shows the sheet of the page that has that id or what has it, also while it is on its way, until the learner goes
 * elsewhere. Returns how to end that before, if there is anything to end.
 */
function showOnly(id) {
  if (!CSSStyleSheet.prototype.replaceSync) return undefined;
  const sheet = adopted(document, { media: 'screen' });
  const has = `[id="${CSS.escape(id)}"]`;
  const its = `main > .sheet:is(${has}, :has(${has}))`;
  sheet.replaceSync(`main > .sheet { display: none !important } ${its} { display: block !important }`);
  const stop = () => sheet.replaceSync('');
  const look = () => document.querySelector(its) || stop();
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', look);
  else look();
  // Whoever follows a link sees where it leads.
  addEventListener('hashchange', stop, { once: true });
  return stop;
}

/** Where an element of the page is: the nearest id around it, and its place among that one's elements of its name. */
function path(element) {
  const anchor = element.closest('[id]');
  return { id: anchor.id, name: element.localName, index: alike(anchor, element.localName).indexOf(element) };
}

/** The element at that place in the player. */
function follow(base, { id, name, index }) {
  const anchor = base.querySelector(`[id="${CSS.escape(id)}"]`);
  return anchor && (index < 0 ? anchor : alike(anchor, name)[index]);
}

/** The elements of that name which both the page and the player have. */
function alike(anchor, name) {
  return [...anchor.querySelectorAll(`${name}:not(.answers-only, .answers-only *)`)];
}

/** Resolves when all of the page is there. */
async function parsed() {
  if (document.readyState === 'loading') await new Promise((resolve) => addEventListener('DOMContentLoaded', resolve));
}

/** Resolves when what was rendered is painted, or would have been: where nobody looks, browsers paint nothing. */
function painted() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 100);
  });
}

/** Resolves when the style is there, or cannot be had. */
function styled(root) {
  return new Promise((resolve) => {
    const link = made('link', { rel: 'stylesheet', href: beside('kurso.css'), onload: resolve, onerror: resolve });
    link.dataset.kurso = '';
    // Otherwise nobody may read the style of another site.
    if (new URL(link.href).origin !== location.origin) link.crossOrigin = 'anonymous';
    root.append(link);
    restyle(root);
  });
}

/**
 * Keeps the page for when there is no network, and offers a newer one when it is there. Not in a frame: there the page is
 * somebody else's.
 */
async function keepOffline(root, tools) {
  if (top !== self || !navigator.serviceWorker) return;
  // The first answer comes first.
  await new Promise((resolve) => setTimeout(resolve, 2000));
  let registration;
  try {
    const { href } = new URL('sw.js', document.baseURI);
    // Where a policy asks for trusted types, an address of a script has to be one.
    const trusted = self.trustedTypes?.createPolicy('kurso', { createScriptURL: () => href }).createScriptURL('');
    registration = await navigator.serviceWorker.register(trusted ?? href, { scope: './' });
  } catch {
    // Without it the page works as long as there is a network.
    return;
  }
  const offer = async () => {
    // The very first one is no update.
    if (registration.waiting && navigator.serviceWorker.controller) (await import(beside('aside.js'))).offer(root, tools);
  };
  registration.addEventListener('updatefound', () => registration.installing.addEventListener('statechange', offer));
  offer();
}

/** What is lent to scripts that are loaded later. */
const LENT = { Player, loaded, journal, made, button, adopted, namesOf, stored, read };

// Whoever prints a page of ours wants the course; a page of somebody else's, what shows.
const ours = () => document.querySelectorAll('kurso-player[hash]');
addEventListener('beforeprint', () => ours().forEach((player) => player.layOut?.()));
addEventListener('afterprint', () => ours().forEach((player) => player.putAway?.()));
// Whoever goes back leaves what is open there behind. A link from another device may be opened where the course is open.
addEventListener('hashchange', ({ oldURL }) => {
  if (!ours().length) return;
  take(oldURL);
  // The player shows the top of what it goes to, and before that is painted it is where it was left.
  if (history.state) requestAnimationFrame(() => scrollTo(0, history.state));
  ours().forEach((player) => {
    for (const tree of [player, player.shadowRoot]) tree?.querySelector(':popover-open')?.hidePopover();
    player.receive?.();
  });
});
// What was chosen in another tab, or on the page that is gone back from.
addEventListener('storage', ({ key }) => {
  if (key === DISPLAY || key === null) show(remembered());
  else document.querySelectorAll('kurso-player').forEach((player) => player.look?.());
});
addEventListener('pageshow', ({ persisted }) => persisted && show(remembered()));
show(display);
// A panic in Rust is seen here, whether or not it could still say anything itself.
addEventListener('error', stopped);
const list = document.querySelector('ol.modules');
if (list) import(beside('modules.js')).then(({ survey }) => survey(list, LENT));
if (!customElements.get('kurso-player')) customElements.define('kurso-player', KursoPlayer);
