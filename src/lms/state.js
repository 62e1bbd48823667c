// Progress as an LMS keeps it, in `suspend_data`: few characters, all of them ASCII that no LMS mangles.
//
//     v1.<counter>.<the progress as JSON, deflated, in base64url>.<checksum of all before>
//
// The counter tells one from another where the progress is the same: an LMS that has failed to keep something may take the
// same once more for nothing new. SCORM 1.2 has room for 4,096 characters. What does not fit becomes less in a stated
// order, see `lesser`. Marks and status are reported beside it, whatever fits.
import { fromLetters, inLetters } from '../data.js';
import { deflate, inflate } from './deflate.js';

const VERSION = 'v1';
/** No progress is larger, in bytes. */
const LARGEST = 1_000_000;
/** So many answers of each question stay in the log of the review, as there is less and less room. */
const LOGS = [32, 16, 8, 4, 2, 1, 0];
/** Of what does not fit, so much is tried next. */
const FEWER = 0.9;

/**
 * As much of that progress as fits into so many characters.
 *
 * @returns {{ packed?: string, lacksAnswers: boolean }} nothing, if there is no room at all; and whether answers in exercises had to go
 */
export function pack(progress, counter, room) {
  for (const [less, lacksAnswers] of lesser(progress)) {
    const body = `${VERSION}.${counter}.${inLetters(deflate(new TextEncoder().encode(JSON.stringify(less))))}`;
    const packed = `${body}.${checksum(body)}`;
    if (packed.length <= room) return { packed, lacksAnswers };
  }
  return { lacksAnswers: true };
}

/** The progress, as JSON, and the counter; nothing if it is another thing, or not whole. */
export function unpack(packed) {
  const [version, counter, body, sum, ...rest] = packed.split('.');
  if (version !== VERSION || rest.length > 0 || sum !== checksum(`${version}.${counter}.${body}`)) return undefined;
  try {
    const json = new TextDecoder().decode(inflate(fromLetters(body), LARGEST));
    JSON.parse(json);
    return { json, counter: Number(counter) || 0 };
  } catch {
    return undefined;
  }
}

/** Whether a newer build packed that: what this one would put in its place is less. */
export function isNewer(packed) {
  return /^v([2-9]|\d\d)/.test(packed);
}

/**
 * The progress whole, and then with less and less: first without the older answers of the review, then without the answers
 * in exercises, then without their first marks, and at last without those exercises that were answered longest ago. Of each
 * it is told whether answers in exercises are missing.
 */
function* lesser(progress) {
  yield [progress, false];
  const { reviews = {}, ...rest } = progress;
  for (const length of LOGS) {
    const logs = Object.entries(reviews).map(([question, log]) => [question, log.slice(-length)]);
    yield [length ? { ...progress, reviews: Object.fromEntries(logs) } : rest, false];
  }
  const latest = Object.entries(rest.exercises).sort(([, one], [, other]) => other.at - one.at);
  const only = (records) => [{ ...rest, exercises: Object.fromEntries(records) }, true];
  yield only(latest.map(([exercise, record]) => [exercise, marks(record)]));
  const bests = latest.map(([exercise, record]) => [exercise, best(record)]);
  for (let count = bests.length; count > 0; count = Math.floor(count * FEWER)) yield only(bests.slice(0, count));
}

/** The marks of a record, and what they are marks of. It counts as the oldest, so that an answer kept elsewhere stands. */
function marks({ attempts, first, best, solution_seen, key_version, questions, corrected }) {
  return { answer: [], phase: 'open', attempts, first, best, solution_seen, key_version, questions, corrected, seq: 0, at: 0 };
}

/** Only the best of them. What they are marks of is known as long as the exercise is the same. */
function best(record) {
  const { first, questions, ...rest } = marks(record);
  return record.corrected ? { ...rest, questions } : rest;
}

/** What tells that learner from others, and nothing else of them. */
export function mark(learner) {
  return checksum(learner) + checksum([...learner].reverse().join(''));
}

/** 32-bit FNV-1a, in letters and digits. */
function checksum(text) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}
