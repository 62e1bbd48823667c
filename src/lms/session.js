// A session with an LMS: takes the learner's progress from it, and tells it what they achieve. player.js loads this where
// the page says that it is a package for one (`lms`), and nobody else does.
//
// What is kept in the browser is a mirror, under a key of its own for each learner; the LMS's copy is merged with it and
// neither is preferred. An LMS that says "true" may have kept nothing, so after each commit a file beside this script is
// asked for: where that does not come, nothing has got through, and it is sent again with another counter.
import { exercisesOf, interaction, objectives, span, STATUSES, summary, time } from './report.js';
import { find, STANDARDS } from './scorm.js';
import { checksum, pack, unpack } from './state.js';

/** How long after a change that is no checked answer it is sent, in milliseconds: a commit stops the page while it lasts. */
const SOON = 1500;
/** How many times as long as the last commit took. */
const AT_LEAST = 10;
/** After how many milliseconds what failed is tried again, at first and at most. */
const AGAIN = 5000;
const AT_LAST = 60_000;
/** In how few characters the state is tried in an LMS that has refused more. */
const LESS_ROOM = [1, 1 / 2, 1 / 4];

let session;

/**
 * Begins the session of this page, once, or finds that there is no LMS: then the page is one as everywhere.
 *
 * @param {'scorm12' | 'scorm2004'} standard
 * @param {object} plan what the player knows of the course
 * @param {string} key under which its progress is kept where there is no LMS
 * @param {EventTarget} element what tells of answers
 */
export function begin(standard, plan, key, element) {
  session ??= find(STANDARDS[standard]).then((runTime) => runTime && new Session(standard, runTime, plan, key, element));
  return session;
}

class Session {
  /** Where the progress of this learner is kept in the browser; nothing if the LMS does not say who it is. */
  key;
  #standard;
  #runTime;
  #names;
  #plan;
  #player;
  /** The progress that the LMS had, as JSON. */
  progress;
  #isNewAttempt = false;
  #latest;
  #answers = [];
  #began = performance.now();
  #counter = 0;
  /** What the LMS has for certain. */
  #status = '';
  #score;
  /** What it was told, and may have lost. */
  #told = {};
  #checked = 0;
  #timer;
  #wait = SOON;
  #again = AGAIN;
  #attempts = 0;
  #open = false;
  /** Why nothing is told any more: `closed` by the LMS, or `over`. */
  #silent;
  /** Whether the file beside this script could be had at first. Where not, it says nothing later, either. */
  #isTelling = reached();

  constructor(standard, runTime, plan, key, element) {
    this.#standard = standard;
    this.#runTime = runTime;
    this.#names = runTime.standard;
    this.#plan = plan;
    this.#start(key);
    element.addEventListener('kurso-answer', ({ detail }) => this.#answers.push({ ...detail, at: new Date() }));
    addEventListener('online', () => this.#retry());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.#send());
    addEventListener('pagehide', () => this.#end());
    addEventListener('pageshow', ({ persisted }) => persisted && this.#say());
  }

  /** Whether the LMS has begun, and what it knows. */
  #start(key) {
    const { learner, mode, entry, state, exit, completion } = this.#names;
    const get = (name) => this.#runTime.get(name);
    // Where somebody else has begun, it says no, but it tells.
    if (!this.#runTime.begin() && !get(mode)) return;
    this.#open = true;
    const id = get(learner);
    if (key && id) this.key = `${key}:${checksum(id)}${checksum([...id].reverse().join(''))}`;
    if (get(mode) === 'review' || get(mode) === 'browse') this.#silent = 'closed';
    this.#status = this.#knownStatus();
    const raw = get(`${this.#names.score}.raw`);
    if (raw !== '') this.#score = Number(raw);
    this.#take(get(state));
    const isNew = rank(this.#status) < rank('incomplete');
    this.#isNewAttempt = isNew && get(entry) === 'ab-initio' && !get(state) && Boolean(this.#kept('sent'));
    if (this.#silent) return;
    if (isNew) {
      this.#runTime.set(completion, 'incomplete');
      this.#status = 'incomplete';
    }
    // Now and not at the end: a tab that is killed has no end.
    this.#runTime.set(exit, 'suspend');
    this.#runTime.commit();
  }

  #knownStatus() {
    const { completion, success } = this.#names;
    const judged = success ? this.#runTime.get(success) : '';
    return judged === 'passed' || judged === 'failed' ? judged : this.#runTime.get(completion);
  }

  /** Takes in what the LMS has of the progress, or sets it aside. */
  #take(packed) {
    if (!packed) return;
    const unpacked = unpack(packed);
    if (unpacked) {
      this.progress = unpacked.json;
      this.#counter = unpacked.counter;
      // Where nothing is kept yet, the player begins where the learner was.
      if (!this.#kept()) this.#keep(unpacked.json);
    } else if (/^v([2-9]|\d\d)/.test(packed)) {
      // A newer build wrote it: what this one would write in its place is less.
      this.#silent = 'closed';
    } else this.#keep(packed, 'set-aside:lms');
  }

  /** Goes on with that player, or without one: has it know what the LMS knows, and tell what becomes of that. */
  attach(player) {
    this.#player = player;
    if (!player) return;
    if (this.#isNewAttempt) {
      this.#isNewAttempt = false;
      // A new attempt begins with nothing, but nothing is thrown away.
      this.#keep(this.#kept() ?? '', `set-aside:${Date.now()}`);
      player.reset(false);
    }
    if (this.progress && !player.found(this.progress)) this.#keep(this.progress, 'set-aside:lms');
    this.progress = undefined;
    if (!this.#open) this.#retryLater();
    this.#say();
  }

  /** Takes all progress, as JSON, whenever it has changed. */
  saved(json) {
    if (json === this.#latest) return;
    this.#latest = json;
    if (this.#silent) return;
    const { checked } = summary(this.#plan, JSON.parse(json));
    const isAnswer = checked !== this.#checked;
    this.#checked = checked;
    if (!this.#open) return;
    // What is to be sent anyway takes this along. What follows from the same answer is told first.
    if (isAnswer || !this.#timer) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#send(), isAnswer ? 0 : this.#wait);
    }
    if (!this.#lost) this.#say('');
  }

  get #lost() {
    return this.#attempts > 0 || !this.#open;
  }

  /** Tells the LMS everything, and makes sure that it has got there. */
  #send() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#silent || !this.#open || !this.#latest) return;
    const before = performance.now();
    const sent = this.#write();
    this.#wait = Math.max(SOON, AT_LEAST * (performance.now() - before));
    this.#verify(sent);
  }

  /** Writes everything. Status and score go by commits of their own: some LMSs overlook one of them otherwise. */
  #write() {
    const runTime = this.#runTime;
    const names = this.#names;
    const progress = JSON.parse(this.#latest);
    const now = summary(this.#plan, progress);
    let fine = this.#writeState(progress);
    if (progress.step) runTime.set(names.location, progress.step.slice(0, names.longestLocation));
    runTime.set(names.time, span(this.#standard, performance.now() - this.#began));
    if (names.progress) runTime.set(names.progress, Math.round(now.done * 100) / 100);
    this.#writeObjectives(progress);
    this.#writeAnswers(progress);
    if (rank(now.status) > rank(this.#status)) fine = this.#writeStatus(now.status) && fine;
    fine = runTime.commit() && fine;
    if (now.score !== undefined && !(now.score <= this.#score)) {
      fine = this.#writeScore(now.score) && fine;
      fine = runTime.commit() && fine;
    }
    return fine && { status: now.status, score: now.score, json: this.#latest };
  }

  #writeState(progress) {
    this.#counter += 1;
    return LESS_ROOM.some((part) => {
      const packed = pack(progress, this.#counter, this.#names.room * part);
      return packed && this.#runTime.set(this.#names.state, packed);
    });
  }

  #writeStatus(status) {
    const { completion, success } = this.#names;
    // What was told before and lost, most LMSs do not send again unless it was something else meanwhile.
    if (this.#lost && this.#told.status === status) {
      this.#runTime.set(completion, 'incomplete');
      this.#runTime.commit();
    }
    this.#told.status = status;
    if (!success) return this.#runTime.set(completion, status);
    const judged = status === 'passed' || status === 'failed';
    const fine = this.#runTime.set(completion, judged ? 'completed' : status);
    return judged ? this.#runTime.set(success, status) && fine : fine;
  }

  #writeScore(score) {
    const { score: name, scaled } = this.#names;
    // The same number in another notation is something new to send.
    const again = this.#lost && this.#told.score === String(score);
    this.#told.score = again ? score.toFixed(3) : String(score);
    const values = [['raw', this.#told.score], ['min', '0'], ['max', '100']];
    const fine = values.map(([part, value]) => this.#runTime.set(`${name}.${part}`, value)).every(Boolean);
    return scaled ? this.#runTime.set(scaled, String(Math.round(score * 100) / 10_000)) && fine : fine;
  }

  #writeObjectives(progress) {
    const count = Number(this.#runTime.get('cmi.objectives._count'));
    const known = Array.from({ length: count || 0 }, (_, at) => this.#runTime.get(`cmi.objectives.${at}.id`));
    for (const { id, begun, done, mastered, score } of objectives(this.#plan, progress)) {
      if (!begun) continue;
      if (!known.includes(id)) known.push(id);
      const at = `cmi.objectives.${known.indexOf(id)}`;
      const set = (name, value) => this.#runTime.set(`${at}.${name}`, value);
      if (!set('id', id)) return;
      if (this.#standard === 'scorm12') set('status', !done ? 'incomplete' : mastered ? 'passed' : 'completed');
      else {
        set('completion_status', done ? 'completed' : 'incomplete');
        if (done && mastered) set('success_status', 'passed');
      }
      if (score === undefined) continue;
      for (const [part, value] of [['raw', score], ['min', 0], ['max', 100]]) set(`score.${part}`, value);
      if (this.#standard === 'scorm2004') set('score.scaled', Math.round(score * 100) / 10_000);
    }
  }

  #writeAnswers(progress) {
    const is2004 = this.#standard === 'scorm2004';
    for (const { exercise: id, score, at } of this.#answers.splice(0)) {
      const exercise = exercisesOf(this.#plan).find((exercise) => exercise.id === id);
      const told = interaction(this.#standard, exercise, progress.exercises[id], score);
      if (!told) continue;
      const prefix = `cmi.interactions.${Number(this.#runTime.get('cmi.interactions._count')) || 0}`;
      const set = (name, value) => this.#runTime.set(`${prefix}.${name}`, value);
      if (!set('id', id)) return;
      set('type', told.type);
      set('objectives.0.id', id);
      set(is2004 ? 'timestamp' : 'time', time(this.#standard, at));
      if (told.pattern) set('correct_responses.0.pattern', told.pattern);
      set(is2004 ? 'learner_response' : 'student_response', told.response);
      set('result', told.right ? 'correct' : is2004 ? 'incorrect' : 'wrong');
      if (is2004) set('description', exercise.title.slice(0, 250));
    }
  }

  /** Finds out whether what was sent has got there, and says so. */
  async #verify(sent) {
    const here = sent && (!(await this.#isTelling) || (await reached()));
    if (this.#silent) return;
    if (!here) return this.#retryLater();
    this.#attempts = 0;
    this.#again = AGAIN;
    if (rank(sent.status) > rank(this.#status)) this.#status = sent.status;
    if (sent.score !== undefined && !(sent.score <= this.#score)) this.#score = sent.score;
    this.#keep(this.#counter, 'sent');
    // Meanwhile there may be something newer to send.
    if (sent.json === this.#latest) this.#say('recorded');
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
    if ((await this.#isTelling) && !(await reached())) return this.#retryLater();
    if (!this.#open) {
      this.#start();
      if (!this.#open) return this.#retryLater();
      if (this.progress) this.#player?.found(this.progress);
    }
    this.#send();
  }

  /** Has the player say how the LMS stands. */
  #say(how = this.#silent ?? (this.#lost ? 'unsent' : 'recorded')) {
    queueMicrotask(() => this.#player?.reported(how));
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

  /** Ends the session, once. A page that comes back from the browser's cache has none: the LMS would give it old data. */
  #end() {
    if (this.#silent === 'over') return;
    if (this.#open) {
      if (!this.#silent && this.#latest) this.#write();
      this.#runTime.end();
    }
    clearTimeout(this.#timer);
    this.#silent = 'over';
  }
}

function rank(status) {
  return STATUSES.indexOf(status);
}

/** Whether the server can be reached, and answers as somebody who may use the course. */
async function reached() {
  try {
    const url = new URL('reached.txt', import.meta.url);
    url.search = Date.now().toString(36);
    const answer = await fetch(url, { cache: 'no-store' });
    return answer.ok && (await answer.text()).trim() === 'reached';
  } catch {
    return false;
  }
}
