// The run-time of a SCORM LMS: an object in a window around ours, whose functions take and give strings. Nothing of it is
// trusted: it may be missing or come late, throw, answer with anything, and say "true" of what it then loses.

/** How long the LMS may take to put its run-time there, and how often to look, in milliseconds. */
const PATIENCE = 2000;
const PAUSE = 100;
/** No LMS nests its windows deeper. */
const DEEPEST = 500;

/** What the two versions call things, and how much they hold. */
export const STANDARDS = {
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

/** The run-time of that standard, once it is there; nothing if none comes. */
export async function find(standard) {
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
