// What an LMS is told of a learner's work, from the page of the course and the progress in it. What there is to earn and
// what is a pass stand in the page (`lms`), as the course counts them. It knows no run-time, only the words of the standards.

/** How a status counts against another: none is ever replaced by one before it. */
export const STATUSES = ['', 'unknown', 'not attempted', 'browsed', 'incomplete', 'failed', 'completed', 'passed'];

/** The exercises of a course, in order. */
export function exercisesOf({ plan }) {
  const blocks = plan.modules.flatMap(({ steps }) => steps).flatMap((step) => step.blocks);
  return blocks.flatMap((block) => block.exercise ?? []);
}

/**
 * How far the learner is and how well they did.
 *
 * @param mastery how many marks out of a hundred are a pass
 * @returns `right` marks `of` all; the same as `score`, out of 100, if anything was marked; `done`, from 0 to 1; `status` in
 * the words of SCORM 1.2; and `checked`, which grows with every answer that is checked
 */
export function summary(page, progress, mastery = page.lms.mastery) {
  const exercises = exercisesOf(page);
  const records = exercises.map(({ id }) => progress.exercises[id]);
  const done = records.filter(isDone).length;
  const steps = page.plan.modules.flatMap(({ steps }) => steps);
  const opened = steps.filter(({ id }) => progress.opened.includes(id)).length;
  const all = exercises.length ? done === exercises.length : opened === steps.length;
  const marks = exercises.map(({ id }) => marksOf(page, id, progress.exercises[id]));
  const sum = (key) => marks.reduce((total, mark) => total + mark[key], 0);
  const [right, of] = [sum('right'), sum('of')];
  const score = records.some((record, at) => marks[at].of > 0 && isDone(record)) ? round((100 * right) / of) : undefined;
  const passed = right * 100 >= of * mastery;
  return {
    right,
    of,
    score,
    done: exercises.length ? done / exercises.length : opened / steps.length,
    status: !all ? 'incomplete' : passed ? 'passed' : 'failed',
    checked: records.reduce((total, record) => total + (record?.attempts ?? 0), 0),
  };
}

/** The same of each exercise, as an objective. */
export function objectives(page, progress) {
  return exercisesOf(page).map(({ id }) => {
    const record = progress.exercises[id];
    const { right, of } = marksOf(page, id, record);
    return {
      id,
      begun: Boolean(record),
      done: isDone(record),
      mastered: of > 0 ? right === of : isDone(record),
      score: of > 0 && isDone(record) ? round((100 * right) / of) : undefined,
    };
  });
}

/** Whether it was answered, or its solution was looked at. */
function isDone(record) {
  return Boolean(record && (record.attempts > 0 || record.solution_seen));
}

/** The best marks in that exercise. In cards, where learners rate themselves, there are none. */
function marksOf({ lms }, exercise, record) {
  const of = lms.marks[exercise];
  return { right: Math.min(record?.best?.right ?? 0, of), of };
}

function round(number) {
  return Math.round(number * 100) / 100;
}

/**
 * An answer as an interaction: the standard's `type`, the learner's `response`, the `pattern` that is right, and whether
 * it is. SCORM 1.2 knows options by single characters, so there they are told by their place; 2004 and xAPI, which writes
 * them as 2004 does, have room for their ids.
 */
export function interaction(standard, exercise, record, score) {
  const is2004 = standard !== 'scorm12';
  const name = (list, id) => {
    if (is2004) return id;
    return LETTERS[list.findIndex((entry) => entry.id === id)];
  };
  const [between, within] = is2004 ? ['[,]', '[.]'] : [',', '.'];
  const item = (id) => name(exercise.items, id);
  const pairs = (placed) => placed.map(([from, to]) => `${item(from)}${within}${name(exercise.slots, to)}`).join(between);
  const items = (ids) => ids.map(item).join(between);
  const placed = record.answer;
  const wanted = exercise.items.flatMap(({ id, accepts }) => (accepts?.length ? [[id, accepts[0]]] : []));
  const inOrder = (placed) => {
    const at = ([, slot]) => exercise.slots.findIndex(({ id }) => id === slot);
    return [...placed].sort((one, other) => at(one) - at(other)).map(([item]) => item);
  };
  const right = score.right === score.of;
  const told = (type, response, pattern) => ({ type, response, pattern, right });
  const first = ([id]) => id;
  if (exercise.kind.choice) return told('choice', items(placed.map(first)), items(wanted.map(first)));
  if (exercise.kind === 'ordering') return told('sequencing', items(inOrder(placed)), items(inOrder(wanted)));
  if (exercise.kind === 'flashcards') {
    // Learners rate themselves: SCORM 1.2 has no word for that.
    return is2004 ? told('other', pairs(placed), '') : undefined;
  }
  return told('matching', pairs(placed), pairs(wanted));
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A time span, as each of the standards has it. */
export function span(standard, milliseconds) {
  const hundredths = Math.max(0, Math.floor(milliseconds / 10));
  const [hours, minutes, seconds] = [Math.floor(hundredths / 360_000), Math.floor(hundredths / 6000) % 60, (hundredths % 6000) / 100];
  if (standard !== 'scorm12') return `PT${hours}H${minutes}M${seconds.toFixed(2)}S`;
  const two = (number) => String(number).padStart(2, '0');
  return `${String(Math.min(hours, 9999)).padStart(4, '0')}:${two(minutes)}:${seconds.toFixed(2).padStart(5, '0')}`;
}

/** A time of day, as each of the standards has it: Moodle takes none with thousandths. */
export function time(standard, date) {
  const iso = date.toISOString();
  return standard !== 'scorm12' ? `${iso.slice(0, 19)}.0Z` : date.toTimeString().slice(0, 8);
}
