// Progress as an LMS keeps it, in `suspend_data`: few characters, all of them ASCII that no LMS mangles.
//
//     v1.<counter>.<the progress as JSON, deflated, in base64url>.<checksum of all before>
//
// The counter tells one from another where the progress is the same: an LMS that has failed to keep something may take the
// same once more for nothing new. SCORM 1.2 has room for 4,096 characters. What does not fit becomes less in a stated
// order, see `lesser`; the marks never go.
import { fromLetters, inLetters } from '../data.js';
import { deflate, inflate } from './deflate.js';

const VERSION = 'v1';
/** No progress is larger, in bytes. */
const LARGEST = 1_000_000;
/** So many answers of each question stay in the log of the review, as there is less and less room. */
const LOGS = [32, 16, 8, 4, 2, 1, 0];

/** That progress in so many characters at most; nothing if not even its marks fit. */
export function pack(progress, counter, room) {
  for (const less of lesser(progress)) {
    const body = `${VERSION}.${counter}.${inLetters(deflate(new TextEncoder().encode(JSON.stringify(less))))}`;
    const packed = `${body}.${checksum(body)}`;
    if (packed.length <= room) return packed;
  }
  return undefined;
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

/** The progress whole, and then with less and less: first the older answers of the review, then the answers in exercises, then their first marks. */
function* lesser(progress) {
  yield progress;
  const { reviews = {}, ...rest } = progress;
  for (const length of LOGS) {
    const logs = Object.entries(reviews).map(([question, log]) => [question, log.slice(-length)]);
    yield length ? { ...progress, reviews: Object.fromEntries(logs) } : rest;
  }
  for (const less of [marks, best]) {
    const records = Object.entries(rest.exercises).map(([exercise, record]) => [exercise, less(record)]);
    yield { ...rest, exercises: Object.fromEntries(records) };
  }
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
