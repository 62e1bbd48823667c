// The run-time of a SCORM LMS: an object in a window around ours, whose functions take and give strings. Nothing of it is
// trusted: it may be missing or come late, throw, answer with anything, and say "true" of what it then loses.
import { showRoom } from './bar.js';
import { exercisesOf, interaction, objectives, span, STATUSES, summary, time } from './report.js';
import { isNewer, mark, pack } from './state.js';

/** How long the LMS may take to put its run-time there, and how often to look, in milliseconds. */
const PATIENCE = 2000;
const PAUSE = 100;
/** No LMS nests its windows deeper. */
const DEEPEST = 500;

/** What the two versions call things, and how much they hold. */
const STANDARDS = {
  scorm12: {
    object: 'API',
    prefix: 'LMS',
    end: 'Finish',
    learner: 'cmi.core.student_id',
    mode: 'cmi.core.lesson_mode',
    entry: 'cmi.core.entry',
    exit: 'cmi.core.exit',
    location: 'cmi.core.lesson_location',
    state: 'cmi.suspend_data',
    time: 'cmi.core.session_time',
    completion: 'cmi.core.lesson_status',
    score: 'cmi.core.score',
    room: 4096,
    longestLocation: 255,
  },
  scorm2004: {
    object: 'API_1484_11',
    prefix: '',
    end: 'Terminate',
    learner: 'cmi.learner_id',
    mode: 'cmi.mode',
    entry: 'cmi.entry',
    exit: 'cmi.exit',
    location: 'cmi.location',
    state: 'cmi.suspend_data',
    time: 'cmi.session_time',
    completion: 'cmi.completion_status',
    success: 'cmi.success_status',
    score: 'cmi.score',
    scaled: 'cmi.score.scaled',
    progress: 'cmi.progress_measure',
    // The standard has room for 64,000; what is sent while a page goes away, browsers limit to 64 KiB in all.
    room: 32_000,
    longestLocation: 1000,
  },
};

/** The link to the LMS of that standard, once its run-time is there; nothing if none comes. */
export async function find(standard, page) {
  const runTime = await runTimeOf(STANDARDS[standard]);
  return runTime && new Scorm(standard, runTime, page);
}

async function runTimeOf(standard) {
  const alone = parent === self && !opener;
  for (let waited = 0; ; waited += PAUSE) {
    const api = around(standard.object);
    if (api) return new RunTime(api, standard);
    if (alone || waited >= PATIENCE) return undefined;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** The object of that name in the nearest window: those around this one, then those that opened them. */
function around(name) {
  for (const start of [() => self, () => opener, () => top.opener]) {
    try {
      const found = inParents(start(), name);
      if (found) return found;
    } catch {
      // Of a window of another origin it is not told who opened it.
    }
  }
  return undefined;
}

function inParents(start, name) {
  let at = start;
  for (let hops = 0; at && hops < DEEPEST; hops++) {
    try {
      if (at[name]) return at[name];
    } catch {
      // A window of another origin tells nothing, but those around it may.
    }
    if (at.parent === at) return undefined;
    at = at.parent;
  }
  return undefined;
}

/** What a call that has thrown returns. */
const FAILED = Symbol('failed');

/** A run-time that was found. Each of its calls fails softly: in what it returns. */
class RunTime {
  #api;

  constructor(api, standard) {
    this.#api = api;
    this.standard = standard;
  }

  /** Whether it has begun. Who cannot be asked what is known would be told less. */
  begin() {
    return this.#did('Initialize', '') && this.#call('GetValue', this.standard.mode) !== FAILED;
  }

  /** What stands there; nothing where there is nothing or it cannot be read. */
  get(name) {
    const value = this.#call('GetValue', name);
    return value === null || value === undefined || value === FAILED ? '' : String(value);
  }

  /** Whether it took that value. */
  set(name, value) {
    return this.#did('SetValue', name, String(value));
  }

  /** Whether it says that all is kept. */
  commit() {
    return this.#did('Commit', '');
  }

  end() {
    return this.#did(this.standard.end, '');
  }

  /** Some answer `true`, `"true"`, nothing or anything: an error or a plain no is a failure. */
  #did(name, ...values) {
    const answer = this.#call(name, ...values);
    if (answer === FAILED || String(answer) === 'false') return false;
    const error = this.#call('GetLastError');
    return error === FAILED ? String(answer) === 'true' : Number(error || 0) === 0;
  }

  #call(name, ...values) {
    try {
      return this.#api[this.standard.prefix + name](...values);
    } catch {
      return FAILED;
    }
  }
}

/** In how few characters the state is tried in an LMS that has refused more. */
const LESS_ROOM = [1, 1 / 2, 1 / 4];

/**
 * The link to a SCORM LMS. One that says "true" may have kept nothing, so after each commit a file beside this script is
 * asked for: where that does not come, nothing has got through, and it is sent again with another counter.
 */
class Scorm {
  whose;
  state;
  isNew = false;
  silent;
  lacksAnswers = false;
  #standard;
  #runTime;
  #names;
  #page;
  #began = performance.now();
  #answers = [];
  /** What the LMS has for certain. */
  #status = '';
  #score;
  /** What it was told, and may have lost. */
  #told = {};
  /** Whether the file beside this script could be had at first. Where not, it says nothing later, either. */
  #isTelling = reached();

  constructor(standard, runTime, page) {
    this.#standard = standard;
    this.#runTime = runTime;
    this.#names = runTime.standard;
    this.#page = page;
  }

  join() {
    const { learner, mode, entry, state, exit, completion, score } = this.#names;
    const get = (name) => this.#runTime.get(name);
    // Where somebody else has begun, it says no, but it tells.
    if (!this.#runTime.begin() && !get(mode)) return false;
    const id = get(learner);
    if (id) this.whose = mark(id);
    this.state = get(state);
    if (get(mode) === 'review' || get(mode) === 'browse' || isNewer(this.state)) this.silent = 'closed';
    this.#status = this.#knownStatus();
    const raw = get(`${score}.raw`);
    if (raw !== '') this.#score = Number(raw);
    const hasBegun = rank(this.#status) >= rank('incomplete');
    this.isNew = !hasBegun && get(entry) === 'ab-initio';
    if (this.silent) return true;
    if (!hasBegun) {
      this.#runTime.set(completion, 'incomplete');
      this.#status = 'incomplete';
    }
    // Now and not at the end: a tab that is killed has no end.
    this.#runTime.set(exit, 'suspend');
    this.#runTime.commit();
    return true;
  }

  #knownStatus() {
    const { completion, success } = this.#names;
    const judged = success ? this.#runTime.get(success) : '';
    return judged === 'passed' || judged === 'failed' ? judged : this.#runTime.get(completion);
  }

  note(progress, answers) {
    for (const { exercise: id, score, at } of answers) {
      const exercise = exercisesOf(this.#page).find((exercise) => exercise.id === id);
      const told = interaction(this.#standard, exercise, progress.exercises[id], score);
      if (told) this.#answers.push({ id, title: exercise.title, at, ...told });
    }
  }

  async tell(progress, counter, isAgain) {
    if (isAgain && (await this.#isTelling) && !(await reached())) return false;
    const sent = this.#write(progress, counter, isAgain);
    if (!sent || ((await this.#isTelling) && !(await reached()))) return false;
    if (rank(sent.status) > rank(this.#status)) this.#status = sent.status;
    if (sent.score !== undefined && !(sent.score <= this.#score)) this.#score = sent.score;
    return true;
  }

  leave(progress, counter, isAgain) {
    if (progress) this.#write(progress, counter, isAgain);
    this.#runTime.end();
  }

  show(root) {
    showRoom(root, this.#page, this.lacksAnswers);
  }

  /** Writes everything. Status and score go by commits of their own: some LMSs overlook one of them otherwise. */
  #write(progress, counter, isAgain) {
    const runTime = this.#runTime;
    const names = this.#names;
    const now = summary(this.#page, progress);
    let fine = this.#writeState(progress, counter);
    if (progress.step) runTime.set(names.location, progress.step.slice(0, names.longestLocation));
    runTime.set(names.time, span(this.#standard, performance.now() - this.#began));
    if (names.progress) runTime.set(names.progress, Math.round(now.done * 100) / 100);
    this.#writeObjectives(progress);
    this.#writeAnswers();
    if (rank(now.status) > rank(this.#status)) fine = this.#writeStatus(now.status, isAgain) && fine;
    fine = runTime.commit() && fine;
    if (now.score !== undefined && !(now.score <= this.#score)) {
      fine = this.#writeScore(now.score, isAgain) && fine;
      fine = runTime.commit() && fine;
    }
    return fine && { status: now.status, score: now.score };
  }

  #writeState(progress, counter) {
    return LESS_ROOM.some((part) => {
      const { packed, lacksAnswers } = pack(progress, counter, this.#names.room * part);
      const isThere = packed && this.#runTime.set(this.#names.state, packed);
      if (isThere) this.lacksAnswers = lacksAnswers;
      return isThere;
    });
  }

  #writeStatus(status, isAgain) {
    const { completion, success } = this.#names;
    // What was told before and lost, most LMSs do not send again unless it was something else meanwhile.
    if (isAgain && this.#told.status === status) {
      this.#runTime.set(completion, 'incomplete');
      this.#runTime.commit();
    }
    this.#told.status = status;
    if (!success) return this.#runTime.set(completion, status);
    const judged = status === 'passed' || status === 'failed';
    const fine = this.#runTime.set(completion, judged ? 'completed' : status);
    return judged ? this.#runTime.set(success, status) && fine : fine;
  }

  #writeScore(score, isAgain) {
    const { score: name, scaled } = this.#names;
    // The same number in another notation is something new to send.
    const again = isAgain && this.#told.score === String(score);
    this.#told.score = again ? score.toFixed(3) : String(score);
    const values = [['raw', this.#told.score], ['min', '0'], ['max', '100']];
    const fine = values.map(([part, value]) => this.#runTime.set(`${name}.${part}`, value)).every(Boolean);
    return scaled ? this.#runTime.set(scaled, String(Math.round(score * 100) / 10_000)) && fine : fine;
  }

  #writeObjectives(progress) {
    const count = Number(this.#runTime.get('cmi.objectives._count'));
    const known = Array.from({ length: count || 0 }, (_, at) => this.#runTime.get(`cmi.objectives.${at}.id`));
    for (const { id, begun, done, mastered, score } of objectives(this.#page, progress)) {
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

  #writeAnswers() {
    const is2004 = this.#standard === 'scorm2004';
    for (const { id, title, at, type, response, pattern, right } of this.#answers.splice(0)) {
      const prefix = `cmi.interactions.${Number(this.#runTime.get('cmi.interactions._count')) || 0}`;
      const set = (name, value) => this.#runTime.set(`${prefix}.${name}`, value);
      if (!set('id', id)) return;
      set('type', type);
      set('objectives.0.id', id);
      set(is2004 ? 'timestamp' : 'time', time(this.#standard, at));
      if (pattern) set('correct_responses.0.pattern', pattern);
      set(is2004 ? 'learner_response' : 'student_response', response);
      set('result', right ? 'correct' : is2004 ? 'incorrect' : 'wrong');
      if (is2004) set('description', title.slice(0, 250));
    }
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
