// Which xAPI statements follow from what a learner has done, and how each of them reads by the cmi5 profile. Nothing here
// knows a network or a clock.
//
// The addresses are names: they say what is meant, and nobody loads them.
import { exercisesOf, interaction, span } from './report.js';

const VERBS = 'http://adlnet.gov/expapi/verbs/';
const INTERACTION = 'http://adlnet.gov/expapi/activities/cmi.interaction';
const CMI5 = { id: 'https://w3id.org/xapi/cmi5/context/categories/cmi5' };
const MOVE_ON = { id: 'https://w3id.org/xapi/cmi5/context/categories/moveon' };
const MASTERY = 'https://w3id.org/xapi/cmi5/context/extensions/masteryscore';
/** More patterns than that tell nobody anything. */
const MOST_PATTERNS = 10;

/**
 * What is to be said of a registration now.
 *
 * A session may say one of passed and failed, once, and nothing after passed. So a failure is said at the end: until then
 * it may become a pass.
 *
 * @param now what the work comes to, see `summary`
 * @param told what was said before: `completed` and `passed`, and at how many checked answers `failed`
 * @param isEnd whether the session ends
 */
export function due(now, told, isEnd) {
  const verbs = [];
  if (now.status === 'incomplete') return verbs;
  if (!told.completed) verbs.push('completed');
  // Where nothing is marked, nothing is judged.
  if (now.of === 0 || told.passed) return verbs;
  if (now.status === 'passed') verbs.push('passed');
  else if (isEnd && !(told.failed >= now.checked)) verbs.push('failed');
  return verbs;
}

/** What the result of such a verb is, after so many milliseconds of work. */
export function resultOf(verb, now, spent) {
  const duration = span('xapi', spent);
  if (verb === 'initialized') return undefined;
  if (verb === 'terminated') return { duration };
  if (verb === 'completed') return { completion: true, duration };
  return { success: verb === 'passed', score: score(now), duration };
}

/** An answer that was checked, as all of a statement that does not depend on the session. */
export function answered(page, progress, { exercise: id, score: marks }) {
  const exercise = exercisesOf(page).find((exercise) => exercise.id === id);
  const { response, right } = interaction('xapi', exercise, progress.exercises[id], marks);
  return { verb: 'answered', exercise: id, result: { success: right, response, score: score(marks) } };
}

function score({ right, of }) {
  return { scaled: of > 0 ? right / of : 0, raw: right, min: 0, max: of };
}

/**
 * The whole statement.
 *
 * @param said its `id`, `verb`, `result`, `exercise` if it is about one, and `at`: when, in milliseconds
 * @param launch what the LMS has given: `actor`, `registration`, `activityId`, `contextTemplate`, `masteryScore`, `began`;
 * and `isCmi5`, whether that was by cmi5
 */
export function statement(page, { id, verb, result, exercise, at }, launch) {
  const { actor, registration, activityId } = launch;
  return {
    id,
    actor,
    verb: { id: VERBS + verb, display: { en: verb } },
    object: exercise ? question(page, exercise, activityId) : { objectType: 'Activity', id: activityId },
    ...(result && { result }),
    context: { ...context(verb, Boolean(exercise), result, launch), ...(registration && { registration }) },
    // What was answered in a session before belongs to this one, and nothing may be before its beginning.
    timestamp: new Date(Math.max(at, launch.began)).toISOString(),
  };
}

/** The context that the LMS wants, with what has to be added; nothing that stands in it is changed. */
function context(verb, isAllowed, result, { activityId, contextTemplate = {}, masteryScore, isCmi5 }) {
  const { contextActivities = {}, extensions = {} } = contextTemplate;
  const added = (list = [], ...activities) => list.concat(activities.filter(({ id }) => !list.some((known) => known.id === id)));
  const activities = { ...contextActivities };
  if (isAllowed) activities.parent = added(activities.parent, { objectType: 'Activity', id: activityId });
  else if (isCmi5) {
    const isJudged = result && ('success' in result || 'completion' in result);
    activities.category = added(activities.category, CMI5, ...(isJudged ? [MOVE_ON] : []));
  }
  const isByMastery = isCmi5 && masteryScore !== undefined && (verb === 'passed' || verb === 'failed');
  return {
    ...contextTemplate,
    contextActivities: activities,
    extensions: { ...extensions, ...(isByMastery && { [MASTERY]: masteryScore }) },
  };
}

/** An exercise as an interaction, with what it says and what is right. */
function question(page, id, activityId) {
  const exercise = exercisesOf(page).find((exercise) => exercise.id === id);
  const { kind } = exercise;
  const { language, texts } = page.lms;
  const { prompt, items, slots } = texts[id];
  const said = (text) => ({ [language]: text });
  const components = (list, texts) => list.map(({ id }, at) => ({ id, ...(texts[at] && { description: said(texts[at]) }) }));
  const sources = components(exercise.items, items);
  const parts = () => {
    if (kind.choice) return { interactionType: 'choice', choices: sources };
    if (kind === 'ordering') return { interactionType: 'sequencing', choices: sources };
    if (kind === 'flashcards') return { interactionType: 'other' };
    return { interactionType: 'matching', source: sources, target: components(exercise.slots, slots) };
  };
  return {
    objectType: 'Activity',
    id: `${activityId}/${id}`,
    definition: {
      type: INTERACTION,
      name: said(exercise.title),
      ...(prompt && { description: said(prompt) }),
      ...parts(),
      ...(kind !== 'flashcards' && { correctResponsesPattern: patterns(exercise) }),
    },
  };
}

/** Every response that is right. An item may be right in several slots. */
function patterns(exercise) {
  const pattern = (accepts) => {
    const items = exercise.items.map((item, at) => ({ ...item, accepts: accepts[at] }));
    return interaction('xapi', { ...exercise, items }, { answer: [] }, { right: 0, of: 0 }).pattern;
  };
  const one = exercise.items.map(({ accepts = [] }) => accepts.slice(0, 1));
  let all = [[]];
  for (const { accepts = [] } of exercise.items) {
    all = all.flatMap((before) => (accepts.length ? accepts.map((slot) => [...before, [slot]]) : [[...before, []]]));
    if (all.length > MOST_PATTERNS) return [pattern(one)];
  }
  return all.map(pattern);
}
