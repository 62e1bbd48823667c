// A session with an LMS: takes the learner's progress from it, and tells it what they achieve. player.js loads this where
// the page says that it is a package for one (`lms`), and nobody else does.
//
// How an LMS is spoken to is not known here, but by a link, of which there is one for each standard (`LINKS`). It has
//
// - `join()`, whether the LMS has begun; after that it knows
//   - `whose`: a hash that tells this learner's progress from that of others in the same browser; nothing if the LMS does not say
//   - `state`: the progress that the LMS has, packed
//   - `isNew`: whether this attempt has only just begun
//   - `silent`: why nothing may be told, `closed` by the LMS or `over`; nothing while all is well
//   - `lacksAnswers`: whether it had no room for all that was told last, so that answers are only here
// - `note(progress, answers)`, which takes answers that were checked, to be told with what is told next
// - `tell(progress, counter, isAgain)`, whether that has got there, or as much as there is room for; `isAgain`, if something
//   was told that has not
// - `leave(progress, counter, isAgain)`, which ends the session at once; without progress, where nothing may be told
// - `show(root, how, act)`, if it has something to say or to offer to the learner itself, whenever that may have changed
// - `hear`, which it calls with the progress that the LMS has got from elsewhere meanwhile
//
// What is kept in the browser is a mirror, under a key of its own for each learner; the LMS's copy is merged with it and
// neither is preferred.
import { summary } from './report.js';
import { isNewer, unpack } from './state.js';

/** How long after a change that is no checked answer it is sent, in milliseconds: an LMS may stop the page while it is told. */
const SOON = 1500;
/** How many times as long as the page was stopped the last time. */
const AT_LEAST = 10;
/** After how many milliseconds what failed is tried again, at first and at most. */
const AGAIN = 5000;
const AT_LAST = 60_000;
/** The script that speaks each standard. */
const LINKS = { scorm12: './scorm.js', scorm2004: './scorm.js', cmi5: './cmi5.js' };

let session;

/**
 * Begins the session of this page, once, or finds that there is no LMS: then the page is one as everywhere.
 *
 * @param {string} standard as in the name of the package
 * @param {object} page what the player knows of the course (`plan`), and what only an LMS needs to (`lms`)
 * @param {string} key under which its progress is kept where there is no LMS
 * @param {HTMLElement} element what tells of answers
 */
export function begin(standard, page, key, element) {
  session ??= joined(standard, page, key, element);
  return session;
}

async function joined(standard, page, key, element) {
  const { find } = await import(LINKS[standard]);
  const link = await find(standard, page, key);
  if (!link) return undefined;
  const session = new Session(link, page, element);
  await session.join(key);
  return session;
}

class Session {
  /** Where the progress of this learner is kept in the browser; nothing if the LMS does not say who it is. */
  key;
  /** The progress that the LMS had, as JSON. */
  progress;
  /** Whether this attempt has only just begun: then the player is to begin with nothing. */
  isNew = false;
  #link;
  #page;
  #element;
  #player;
  #latest;
  #answers = [];
  #counter = 0;
  #checked = 0;
  #timer;
  #wait = SOON;
  #again = AGAIN;
  #attempts = 0;
  #open = false;
  /** Why nothing is told any more: `closed` by the LMS, or `over`. */
  #silent;

  constructor(link, page, element) {
    this.#link = link;
    this.#page = page;
    this.#element = element;
    link.hear = (state) => this.#hear(state);
    element.addEventListener('kurso-answer', ({ detail }) => this.#answers.push({ ...detail, at: new Date() }));
    addEventListener('online', () => this.#retry());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.#send());
    addEventListener('pagehide', () => this.#end());
    addEventListener('pageshow', ({ persisted }) => persisted && this.#say());
  }

  /** Begins, if the LMS does. The key is that of the course, and becomes the learner's as long as no player runs. */
  async join(key) {
    this.#open = Boolean(await this.#link.join());
    const { whose, state, isNew, silent } = this.#link;
    if (key && whose) this.key = `${key}:${whose}`;
    this.#silent ??= silent;
    if (!this.#open) return;
    this.#take(state);
    this.isNew = Boolean(isNew && !state && this.#kept('sent'));
    // Nothing is thrown away.
    if (this.isNew) this.#keep(this.#kept() ?? '', `set-aside:${Date.now()}`);
  }

  /** Takes in what the LMS has of the progress, or sets it aside. */
  #take(packed) {
    if (!packed) return;
    const unpacked = unpack(packed);
    if (unpacked) {
      this.progress = unpacked.json;
      this.#counter = Math.max(this.#counter, unpacked.counter);
      // Where nothing is kept yet, the player begins where the learner was.
      if (!this.#kept()) this.#keep(unpacked.json);
    } else if (isNewer(packed)) this.#silent ??= 'closed';
    else this.#keep(packed, 'set-aside:lms');
  }

  /** Hands in what another device has told the LMS meanwhile. */
  #hear(packed) {
    this.#take(packed);
    this.#handIn();
  }

  /** Has the player take in what the LMS had, or sets that aside. */
  #handIn() {
    if (!this.progress || !this.#player) return;
    if (!this.#player.found(this.progress)) this.#keep(this.progress, 'set-aside:lms');
    this.progress = undefined;
  }

  /** Goes on with that player, or without one: has it know what the LMS knows, and tell what becomes of that. */
  attach(player) {
    this.#player = player;
    if (!player) return;
    this.isNew = false;
    // It has begun with what the LMS had, but can only be asked whether it could read that once it runs.
    setTimeout(() => this.#handIn());
    if (!this.#open && !this.#silent) this.#retryLater();
    this.#say();
  }

  /** Takes all progress, as JSON, whenever it has changed. */
  saved(json) {
    if (json === this.#latest) return;
    this.#latest = json;
    if (this.#silent) return;
    const { checked } = summary(this.#page, JSON.parse(json));
    const isAnswer = checked !== this.#checked;
    this.#checked = checked;
    if (!this.#open) {
      // What follows from the same answer is noted first.
      setTimeout(() => this.#note());
      return;
    }
    // What is to be sent anyway takes this along. What follows from the same answer is told first.
    if (isAnswer || !this.#timer) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#send(), isAnswer ? 0 : this.#wait);
    }
    if (!this.#lost) this.#say('');
  }

  /** How it stands once all was told: progress is there, or what there is no room for is kept here. */
  get #told() {
    return this.#link.lacksAnswers ? '' : 'recorded';
  }

  get #lost() {
    return this.#attempts > 0 || !this.#open;
  }

  /** Hands on what was answered, whether or not it can be told now. */
  #note() {
    if (!this.#silent && this.#latest) this.#link.note(JSON.parse(this.#latest), this.#answers.splice(0));
  }

  /** Tells the LMS everything, makes sure that it has got there, and says so. Returns whether it has. */
  async #send() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#silent || !this.#latest) return false;
    this.#note();
    if (!this.#open) return false;
    const sent = this.#latest;
    const before = performance.now();
    const telling = this.#link.tell(JSON.parse(sent), ++this.#counter, this.#lost);
    this.#wait = Math.max(SOON, AT_LEAST * (performance.now() - before));
    const here = await telling;
    if (this.#silent) return here;
    this.#silent = this.#link.silent;
    if (this.#silent) this.#say();
    else if (!here) this.#retryLater();
    else {
      this.#attempts = 0;
      this.#again = AGAIN;
      this.#keep(this.#counter, 'sent');
      // Meanwhile there may be something newer to send.
      this.#say(sent === this.#latest ? this.#told : '');
    }
    return here;
  }

  #retryLater() {
    this.#attempts += 1;
    this.#say('unsent');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#retry(), this.#again);
    this.#again = Math.min(2 * this.#again, AT_LAST);
  }

  async #retry() {
    if (this.#silent || !this.#lost) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#open) {
      await this.join();
      if (this.#silent) return this.#say();
      if (!this.#open) return this.#retryLater();
      this.#handIn();
    }
    if (this.#latest) await this.#send();
    else this.#say();
  }

  /** Has the player say how the LMS stands. */
  #say(how = this.#silent ?? (this.#lost ? 'unsent' : this.#told)) {
    queueMicrotask(() => this.#player?.reported(how));
    if (!this.#player) return;
    const act = { retry: () => this.#retry(), leave: (address) => this.#leave(address) };
    this.#link.show?.(this.#element.shadowRoot, how, act);
  }

  /** Remembers the progress of this learner, or something of that name beside it. */
  #keep(value, ...name) {
    try {
      if (this.key) localStorage.setItem([this.key, ...name].join(':'), value);
    } catch {
      // Then it is only with the LMS.
    }
  }

  #kept(...name) {
    try {
      return this.key && localStorage.getItem([this.key, ...name].join(':'));
    } catch {
      return undefined;
    }
  }

  /** Ends the session and goes to that address. Where not all has got there, only if the learner asks for that again. */
  async #leave(address) {
    const isInsisting = this.#lost;
    if (!this.#silent && this.#latest && !(await this.#send()) && !this.#silent && !isInsisting) return;
    await this.#end();
    location.assign(address);
  }

  /** Ends the session, once. A page that comes back from the browser's cache has none: the LMS would give it old data. */
  async #end() {
    if (this.#silent === 'over') return;
    this.#note();
    const progress = this.#silent || !this.#latest ? undefined : JSON.parse(this.#latest);
    clearTimeout(this.#timer);
    this.#silent = 'over';
    if (this.#open) await this.#link.leave(progress, ++this.#counter, this.#attempts > 0);
  }
}
