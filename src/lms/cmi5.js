// The link to an LMS by cmi5, or by the plain xAPI launch that came before it: the address says where its records are and
// who learns; what is achieved goes there as statements, one after the other, and progress as a document.
//
// Who learns and by what right is known to this page while it lasts, and to nobody after: both go out of the address at
// once, and neither is kept. What was answered and has not got through is kept without them, and is told at the next launch.
import { show, showRoom } from './bar.js';
import { summary } from './report.js';
import { mark, pack } from './state.js';
import { answered, due, resultOf, statement } from './statements.js';

const VERSION = '1.0.3';
/** The documents: what the LMS says of the launch, what learners prefer, and what is ours. */
const LAUNCH = 'LMS.LaunchData';
const PREFERENCES = 'cmi5LearnerPreferences';
const OURS = 'kurso';
/** After how many milliseconds a request counts as lost. */
const PATIENCE = 10_000;
/** In how many characters progress has to fit. What is sent while a page goes away, browsers limit to 64 KiB in all. */
const ROOM = 32_000;
const LAST_ROOM = 30_000;

/**
 * The link, if this page was launched. A page that was, and was then loaded anew, has lost what it needs to go on: it is
 * told so, and keeps progress where it did.
 */
export function find(_standard, page, key) {
  const launch = taken();
  if (launch) return new Launched(launch, page, key);
  const whose = remembered(key);
  return whose && { whose, silent: 'over', join: () => false };
}

/** Which learner's course was launched in this tab; with another value, remembers that. */
function remembered(key, whose) {
  const name = `${key}:launched`;
  try {
    if (whose) sessionStorage.setItem(name, whose);
    return sessionStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

/** What the address of this page says of a launch; it is taken out of there. */
function taken() {
  const url = new URL(location.href);
  const take = (name) => {
    const value = url.searchParams.get(name);
    url.searchParams.delete(name);
    return value;
  };
  const [endpoint, fetch, auth, actor, registration] = ['endpoint', 'fetch', 'auth', 'actor', 'registration'].map(take);
  const [cmi5Id, xapiId] = ['activityId', 'activity_id'].map(take);
  const activityId = cmi5Id ?? xapiId;
  if (!endpoint || !actor || !activityId || !(fetch || auth)) return undefined;
  history.replaceState(history.state, '', url);
  try {
    const learner = JSON.parse(actor);
    if (Object(learner) !== learner) throw new TypeError(actor);
    return { endpoint: new URL(endpoint).href.replace(/\/*$/, '/'), fetch, auth, actor: learner, registration, activityId, isCmi5: Boolean(fetch) };
  } catch (error) {
    console.warn('Kurso was launched with parameters that cannot be read:', error);
    return undefined;
  }
}

/** The LMS lets us in no more: the launch was used before, or its session has ended. */
class Over extends Error {}

class Launched {
  whose;
  state;
  silent;
  lacksAnswers = false;
  /** Called with progress, packed, that somebody else has saved there. */
  hear;
  #page;
  #key;
  #launch;
  /** The value of the header that lets us in. */
  #authorization;
  #began = performance.now();
  #latest = Date.now();
  /** Whether the LMS has taken our first statement. */
  #isInitialized = false;
  /** Answers that have not got through, as all of a statement that does not depend on the session. */
  #answers;
  /** What else is to be said, by its verb: it is the same however often it is sent. */
  #said = {};
  /** What is under way: it arrives even if the page goes away. */
  #sending;
  /** What this registration was told, and for how long it was learnt before, in milliseconds. */
  #told = {};
  #spent = 0;
  /** What the LMS has refused in this session, and is not asked again. */
  #refused = {};
  /** How many statements follow from what was done and are no answers. */
  #due = 0;
  /** By what the LMS tells one version of our document from another; whether it does; and our progress in it. */
  #tag;
  #isTagged = true;
  #saved;
  #line = Promise.resolve();

  constructor(launch, page, key) {
    this.#launch = { ...launch, began: this.#latest };
    this.#page = page;
    this.#key = key;
    this.#authorization = launch.auth ?? undefined;
    this.whose = this.#mark('');
    this.#answers = this.#kept();
  }

  /** Tells progress in this registration from all others. What is only looked at is kept apart, and so is never reported. */
  #mark(mode) {
    const { actor, registration } = this.#launch;
    const { account, mbox, mbox_sha1sum: sum, openid } = actor;
    return mark(JSON.stringify([account?.homePage, account?.name, mbox, sum, openid, registration, mode]));
  }

  async join() {
    try {
      this.#authorization ??= await this.#token();
      const { isCmi5, actor } = this.#launch;
      const preferences = { profileId: PREFERENCES, agent: JSON.stringify(actor) };
      const [given, ours] = await Promise.all([
        isCmi5 && this.#document(LAUNCH),
        this.#document(OURS, true),
        // It has to be asked for. There is no sound to turn off, and one language.
        isCmi5 && this.#ask('GET', 'agents/profile', preferences),
      ]);
      if (isCmi5 && !given) throw new Error('the learning platform says nothing of the launch');
      const { launchMode, masteryScore, contextTemplate, returnURL } = given || {};
      Object.assign(this.#launch, { masteryScore: masteryScore ?? undefined, contextTemplate: contextTemplate ?? {}, returnURL });
      if (launchMode === 'Browse' || launchMode === 'Review') {
        this.silent = 'closed';
        this.whose = this.#mark(launchMode);
      }
      remembered(this.#key, this.whose);
      this.#takeOurs(ours);
      this.state = ours?.progress;
      await this.#deliver(this.#sayOnce('initialized'));
      this.#isInitialized = true;
      return true;
    } catch (error) {
      return this.#failed(error);
    }
  }

  /** Asks for the token, which the LMS gives once. */
  async #token() {
    const response = await fetch(this.#launch.fetch, { method: 'POST', cache: 'no-store', ...patience() });
    if (response.status >= 500) throw new Error(response.statusText);
    const { 'auth-token': token, 'error-code': code, 'error-text': text } = await response.json().catch(() => ({}));
    if (token) return `Basic ${token}`;
    if (String(code) === '3') throw new Error(text);
    throw new Over(text);
  }

  note(progress, answers) {
    for (const answer of answers) {
      const said = { id: uuid(), at: this.#at(answer.at.getTime()), ...answered(this.#page, progress, answer) };
      this.#answers.push(said);
      this.#keep(said);
    }
    this.#due = due(this.#summary(progress), this.#told, false).length;
  }

  tell(progress, counter) {
    const telling = this.#line.then(() => this.#tell(progress, counter));
    this.#line = telling;
    return telling;
  }

  async #tell(progress, counter) {
    try {
      while (this.#answers.length > 0) {
        const [said] = this.#answers;
        await this.#deliver(said);
        this.#forget(said);
      }
      const now = this.#summary(progress);
      for (const verb of due(now, { ...this.#told, ...this.#refused }, false)) {
        if (await this.#deliver(this.#sayOnce(verb, now))) this.#told[verb] = true;
        else this.#refused[verb] = true;
      }
      this.#due = 0;
      await this.#save(progress, counter);
      return true;
    } catch (error) {
      return this.#failed(error);
    }
  }

  async leave(progress, counter) {
    if (!this.#isInitialized || this.silent === 'over') return;
    const said = [];
    if (progress) {
      said.push(...this.#answers);
      const now = this.#summary(progress);
      for (const verb of due(now, { ...this.#told, ...this.#refused }, true)) {
        said.push(this.#sayOnce(verb, now));
        this.#told[verb] = verb === 'failed' ? now.checked : true;
      }
    }
    said.push(this.#sayOnce('terminated'));
    const rest = said.filter((one) => one !== this.#sending);
    // What does not fit is told at the next launch.
    const fitting = size(this.#written(rest)) <= LAST_ROOM ? rest : rest.filter(({ exercise }) => !exercise);
    // After the last statement nothing more may be said.
    const saving = progress && this.#put(progress, counter);
    const [told] = await Promise.allSettled([this.#ask('POST', 'statements', {}, this.#written(fitting)), saving]);
    if (told.value?.ok) for (const one of fitting) if (one.exercise) this.#forget(one);
  }

  show(root, how, act) {
    const unsent = how === 'unsent' || how === 'over' ? this.#answers.length + this.#due : 0;
    showRoom(root, this.#page, this.lacksAnswers);
    show(root, this.#page, { unsent, exit: this.#launch.returnURL, canRetry: how === 'unsent' }, act);
  }

  #summary(progress) {
    const { masteryScore } = this.#launch;
    return summary(this.#page, progress, masteryScore === undefined ? undefined : masteryScore * 100);
  }

  /** What was to be said of that verb, or is now. */
  #sayOnce(verb, now) {
    const here = performance.now() - this.#began;
    const spent = verb === 'terminated' ? here : this.#spent + here;
    return (this.#said[verb] ??= { id: uuid(), verb, at: this.#at(verb === 'initialized' ? this.#launch.began : Date.now()), result: resultOf(verb, now, spent) });
  }

  /** That time, but never before what was said already, whatever the clock says. */
  #at(time) {
    this.#latest = Math.max(this.#latest, time);
    return this.#latest;
  }

  #written(said) {
    return JSON.stringify(said.map((one) => statement(this.#page, one, this.#launch)));
  }

  /**
   * Sends a statement. Returns whether the LMS has taken it, rather than refused it for good. It goes to the same address as
   * the last ones: a browser that has asked there whether it may send need not ask again when the page goes away, which
   * Firefox would not.
   */
  async #deliver(said) {
    this.#sending = said;
    try {
      const response = await this.#ask('POST', 'statements', {}, this.#written([said]));
      // It has one of that id: an answer got through before, and we did not hear of it.
      if (response.ok || response.status === 409) return true;
      if (isPassing(response)) throw new Error(response.statusText);
      // Does it refuse that, or us?
      await this.#document(this.#launch.isCmi5 ? LAUNCH : OURS);
      if (said.verb === 'initialized') throw new Over(response.statusText);
      console.warn(`Kurso's statement "${said.verb}" was refused:`, await response.text());
      return false;
    } finally {
      this.#sending = undefined;
    }
  }

  /** A document of this learner in this registration; nothing if there is none. */
  async #document(name, isOurs = false) {
    const response = await this.#ask('GET', 'activities/state', this.#place(name));
    if (isOurs) this.#tag = response.headers.get('ETag') ?? undefined;
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(response.statusText);
    if (isOurs) this.#isTagged = Boolean(this.#tag);
    return response.json().catch(() => undefined);
  }

  #place(stateId) {
    const { activityId, actor, registration } = this.#launch;
    return { activityId, agent: JSON.stringify(actor), ...(registration && { registration }), stateId };
  }

  #takeOurs({ told = {}, spent = 0, progress } = {}) {
    this.#told = { ...this.#told, ...told };
    this.#spent = Math.max(this.#spent, Number(spent) || 0);
    this.#saved = progress;
  }

  /** Saves progress. What another device has saved meanwhile becomes a part of it, and is then saved again. */
  async #save(progress, counter) {
    // An LMS does not tell the tag of what it has just been given.
    if (this.#isTagged && !this.#tag && this.#saved) await this.#look();
    let response = await this.#put(progress, counter);
    if (response.status === 412) {
      await this.#look();
      response = await this.#put(progress, counter);
    }
    if (!response.ok) throw new Error(response.statusText);
    this.#tag = response.headers.get('ETag') ?? undefined;
  }

  /** Looks whether somebody else has saved progress. */
  async #look() {
    const before = this.#saved;
    const ours = await this.#document(OURS, true);
    this.#takeOurs(ours);
    if (ours?.progress && ours.progress !== before) this.hear(ours.progress);
  }

  async #put(progress, counter) {
    const { packed, lacksAnswers } = pack(progress, counter, ROOM);
    this.#saved = packed;
    const spent = Math.round(this.#spent + performance.now() - this.#began);
    const response = await this.#ask('PUT', 'activities/state', this.#place(OURS), JSON.stringify({ progress: packed, told: this.#told, spent }), this.#tag);
    if (response.ok) this.lacksAnswers = lacksAnswers;
    return response;
  }

  /** Asks the LMS for something, so that it arrives even if the page goes away. */
  async #ask(method, path, query, body, tag) {
    const url = new URL(path, this.#launch.endpoint);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const response = await fetch(url, {
      method,
      body,
      headers: {
        Authorization: this.#authorization,
        'X-Experience-API-Version': VERSION,
        ...(body && { 'Content-Type': 'application/json' }),
        ...(tag && { 'If-Match': tag }),
      },
      cache: 'no-store',
      keepalive: Boolean(body),
      ...patience(),
    });
    if (response.status === 401 || (response.status === 403 && path === 'activities/state')) throw new Over(response.statusText);
    return response;
  }

  /** Says that something has not got through: for now, or for good. */
  #failed(error) {
    if (error instanceof Over) this.silent = 'over';
    console.warn('Kurso has not reached the learning platform:', error);
    return false;
  }

  /** Answers that have not got through, each under a key of its own, so that no two tabs overwrite each other's. */
  get #prefix() {
    return `${this.#key}:${this.#mark('')}:unsent:`;
  }

  #kept() {
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(this.#prefix));
      const known = new Set(Object.keys(this.#page.lms.marks));
      const said = names.map((name) => JSON.parse(localStorage.getItem(name))).filter(({ exercise }) => known.has(exercise));
      return said.sort((one, other) => one.at - other.at);
    } catch {
      return [];
    }
  }

  #keep(said) {
    try {
      localStorage.setItem(this.#prefix + said.id, JSON.stringify(said));
    } catch {
      // Then it is told as long as this page lasts.
    }
  }

  #forget(said) {
    this.#answers = this.#answers.filter((other) => other !== said);
    try {
      localStorage.removeItem(this.#prefix + said.id);
    } catch {
      // It is told again, and the LMS knows it by its id.
    }
  }
}

/** Whether what was asked for may be had later. */
function isPassing({ status }) {
  return status >= 500 || status === 408 || status === 429;
}

function patience() {
  return AbortSignal.timeout ? { signal: AbortSignal.timeout(PATIENCE) } : {};
}

function size(text) {
  return new TextEncoder().encode(text).length;
}

/** A random one. Where a page is not secure, browsers offer none. */
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
