// What an LMS is told, without an LMS: the state that it keeps, and how answers read in the words of the standards.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { deflate, inflate } from '../../src/lms/deflate.js';
import { interaction, span, summary, time } from '../../src/lms/report.js';
import { pack, unpack } from '../../src/lms/state.js';
import { answered, due, resultOf, statement } from '../../src/lms/statements.js';

const ROOM = 4096;
const LARGEST = 1_000_000;
const DAY = 86_400_000;
const EXERCISES = [
  { id: 'q', title: 'Q', kind: { choice: { select: 1 } }, items: [{ id: 'yes', accepts: ['picked'] }, { id: 'no' }], slots: [{ id: 'picked' }] },
  { id: 'sort', title: 'Sort', kind: 'classification', items: [{ id: 'one', accepts: ['a'] }, { id: 'two', accepts: ['b', 'a'] }], slots: [{ id: 'a' }, { id: 'b' }] },
  {
    id: 'order',
    title: 'Order',
    kind: 'ordering',
    items: [{ id: 'first', accepts: ['position-1'] }, { id: 'then', accepts: ['position-2'] }],
    slots: [{ id: 'position-1' }, { id: 'position-2' }],
  },
  { id: 'cards', title: 'Cards', kind: 'flashcards', items: [{ id: 'term', accepts: ['got-it'] }], slots: [{ id: 'again' }, { id: 'got-it' }] },
];
const PAGE = {
  plan: { modules: [{ steps: [{ id: 's', blocks: [...EXERCISES.map((exercise) => ({ exercise })), 'results'] }] }] },
  lms: {
    mastery: 80,
    marks: { q: 1, sort: 2, order: 2, cards: 0 },
    language: 'en',
    texts: Object.fromEntries(EXERCISES.map(({ id, items, slots }) => [id, { prompt: `${id}?`, items: items.map(({ id }) => `Item ${id}`), slots: slots.map(() => '') }])),
  },
};

/** Numbers between 0 and 1 that look like chance, and are the same each time. */
function* chance(seed) {
  for (let x = seed; ; yield (x >>> 0) / 2 ** 32) x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) + 0x6d2b79f5;
}

/** A record of that many answers with the marks of one of them. */
const record = (right, of, answer = [['yes', 'picked']]) => ({
  answer,
  phase: 'checked',
  attempts: 2,
  first: { right: 0, of },
  best: { right, of },
  key_version: 3_141_592_653,
  questions: ['2718281828'],
  seq: 9,
  at: 1_795_643_991_956,
});

/** Progress with so many exercises, each with that many answers in its log. */
function progress(exercises, answers) {
  const random = chance(exercises * 1000 + answers);
  const id = (at) => `exercise-${at}-${Math.floor(random.next().value * 1e9).toString(36)}`;
  const ids = Array.from({ length: exercises }, (_, at) => id(at));
  const hash = () => Math.floor(random.next().value * 2 ** 32);
  const log = () => {
    let at = 1_764_000_000_000;
    return Array.from({ length: answers }, () => [(at += Math.floor(random.next().value * 30 * DAY)), 1 + Math.floor(random.next().value * 4)]);
  };
  return {
    course: 'large',
    step: 'end',
    opened: ['end'],
    read: [],
    exercises: Object.fromEntries(ids.map((id, at) => [id, { ...record(at % 2, 1), key_version: hash(), questions: [String(hash())] }])),
    reviews: Object.fromEntries(ids.map((id) => [id, log()])),
  };
}

test('what is deflated here, any inflater reads', () => {
  const random = chance(7);
  for (let round = 0; round < 200; round += 1) {
    const values = round % 3 ? 256 : 3;
    const bytes = Uint8Array.from({ length: round * 7 }, () => random.next().value * values);
    const deflated = deflate(bytes);
    assert.deepEqual(new Uint8Array(inflateRawSync(deflated)), bytes);
    assert.deepEqual(inflate(deflated, LARGEST), bytes);
  }
});

test('what is no whole state is none, and takes no time or room', () => {
  const { packed } = pack(progress(3, 0), 1, ROOM);
  assert.equal(unpack(packed).json, JSON.stringify(progress(3, 0)));
  for (let length = 0; length < packed.length; length += 1) assert.equal(unpack(packed.slice(0, length)), undefined, `cut at ${length}`);
  for (const broken of ['', 'v1', 'v1...', 'v2' + packed.slice(2), `${packed}.`, packed.replace(/.$/, '~'), '{"course":1}', 'null']) {
    assert.equal(unpack(broken), undefined, broken);
  }
  const bomb = deflate(new Uint8Array(2 * LARGEST));
  assert.throws(() => inflate(bomb, LARGEST), /too much/);
  for (const bytes of [[], [5], [0b010], [3], [0xff, 0xff, 0xff]]) assert.throws(() => inflate(Uint8Array.from(bytes), LARGEST), RangeError);
});

test('the state is ASCII, and another one each time it is sent', () => {
  const packed = [1, 2].map((counter) => pack(progress(5, 5), counter, ROOM).packed);
  assert.match(packed[0], /^v1\.1\.[\w-]+\.[0-9a-z]+$/);
  assert.notEqual(packed[0], packed[1]);
  assert.deepEqual(packed.map((state) => unpack(state).counter), [1, 2]);
});

test('EM5 what does not fit goes in order: the older answers of the review, the answers in exercises, their first marks, never the best', () => {
  const kept = (exercises, answers, room = ROOM) => {
    const all = progress(exercises, answers);
    const { packed, lacksAnswers } = pack(all, 1, room);
    assert(packed.length <= room, `${packed.length} characters`);
    const state = JSON.parse(unpack(packed).json);
    const records = Object.entries(state.exercises);
    assert.equal(records.length, exercises);
    for (const [id, { attempts, best, first, key_version }] of records) {
      const { [id]: whole } = all.exercises;
      assert.deepEqual([attempts, best, key_version], [whole.attempts, whole.best, whole.key_version]);
      assert.deepEqual(first ?? whole.first, whole.first);
    }
    const logs = Object.values(state.reviews ?? {});
    if (logs.length > 0) assert.deepEqual(logs[0], Object.values(all.reviews)[0].slice(-logs[0].length), 'the newest ones stay');
    const [[, { answer, first, questions }]] = records;
    assert.equal(Boolean(first), Boolean(questions));
    assert.equal(lacksAnswers, answer.length === 0);
    return [logs[0]?.length ?? 0, answer.length, Boolean(first)];
  };
  assert.deepEqual(kept(5, 10), [10, 1, true], 'all of it fits');
  assert.deepEqual(kept(30, 64), [4, 1, true], 'a year of reviews');
  assert.deepEqual(kept(80, 64), [0, 1, true], 'no review');
  assert.deepEqual(kept(90, 64), [0, 0, true], 'nothing but marks');
  assert.deepEqual(kept(130, 64), [0, 0, false], 'the best of them');
});

test('EM5 where not even the best marks of all exercises fit, those of the exercises that were answered last do', () => {
  const all = progress(250, 0);
  const ids = Object.keys(all.exercises);
  ids.forEach((id, at) => (all.exercises[id].at += (at * 7) % 250));
  const { packed, lacksAnswers } = pack(all, 1, ROOM);
  assert(packed.length <= ROOM && lacksAnswers, `${packed.length} characters`);
  const { exercises } = JSON.parse(unpack(packed).json);
  const kept = Object.keys(exercises);
  assert(kept.length > 100 && kept.length < 250, `${kept.length} exercises`);
  const latest = ids.sort((one, other) => all.exercises[other].at - all.exercises[one].at);
  assert.deepEqual(kept, latest.slice(0, kept.length));
  for (const id of kept) assert.deepEqual([exercises[id].attempts, exercises[id].best], [2, all.exercises[id].best]);
  assert.deepEqual(pack(all, 1, 20), { lacksAnswers: true }, 'there is no room at all');
});

test('EM5 the questions of an exercise that was corrected stay with its marks', () => {
  const all = progress(120, 0);
  const [[corrected], [other]] = Object.entries(all.exercises);
  all.exercises[corrected].corrected = true;
  const { exercises } = JSON.parse(unpack(pack(all, 1, ROOM).packed).json);
  assert.deepEqual([exercises[corrected].questions, exercises[other].questions], [all.exercises[corrected].questions, undefined]);
});

test('EM5 marks that came alone give way to an answer that was kept elsewhere', () => {
  const state = JSON.parse(unpack(pack(progress(90, 64), 1, ROOM).packed).json);
  for (const { seq, at } of Object.values(state.exercises)) assert.deepEqual([seq, at], [0, 0]);
});

test('EM5 score and status follow from what was checked', () => {
  const check = (exercises, expect) => {
    const { score, status, done, checked } = summary(PAGE, { opened: ['s'], exercises });
    assert.deepEqual([score, status, done, checked], expect);
  };
  const open = { ...record(0, 1), attempts: 0, phase: 'open', best: undefined };
  const all = (right) => ({ q: record(right, 1), sort: record(2, 2), order: record(2, 2), cards: record(1, 1) });
  check({}, [undefined, 'incomplete', 0, 0]);
  check({ q: open }, [undefined, 'incomplete', 0, 0]);
  check({ cards: record(1, 1) }, [undefined, 'incomplete', 0.25, 2]);
  check({ q: record(0, 1) }, [0, 'incomplete', 0.25, 2]);
  check({ q: record(1, 1) }, [20, 'incomplete', 0.25, 2]);
  check(all(1), [100, 'passed', 1, 8]);
  check(all(0), [80, 'passed', 1, 8]);
  check({ ...all(0), sort: record(1, 2) }, [60, 'failed', 1, 8]);
  const other = { ...all(0), sort: record(1, 2) };
  assert.equal(summary(PAGE, { opened: [], exercises: other }, 60).status, 'passed');
  const reading = { plan: { modules: [{ steps: [{ id: 'a', blocks: [] }, { id: 'b', blocks: [] }] }] }, lms: { mastery: 80, marks: {} } };
  assert.equal(summary(reading, { opened: ['a'], exercises: {} }).status, 'incomplete');
  assert.equal(summary(reading, { opened: ['a', 'b'], exercises: {} }).status, 'passed');
});

test('EM5 answers read as each standard writes them', () => {
  const full = { right: 1, of: 1 };
  const check = (at, answer, scorm12, scorm2004) => {
    const told = ['scorm12', 'scorm2004'].map((standard) => {
      const told = interaction(standard, EXERCISES[at], record(1, 1, answer), full);
      return told && [told.type, told.response, told.pattern];
    });
    assert.deepEqual(told, [scorm12, scorm2004]);
  };
  check(0, [['no', 'picked']], ['choice', 'b', 'a'], ['choice', 'no', 'yes']);
  check(1, [['two', 'a'], ['one', 'a']], ['matching', 'b.a,a.a', 'a.a,b.b'], ['matching', 'two[.]a[,]one[.]a', 'one[.]a[,]two[.]b']);
  check(2, [['first', 'position-2'], ['then', 'position-1']], ['sequencing', 'b,a', 'a,b'], ['sequencing', 'then[,]first', 'first[,]then']);
  check(3, [['term', 'got-it']], undefined, ['other', 'term[.]got-it', '']);
});

test('times are valid in each standard, whatever the clock says', () => {
  const check = (milliseconds, scorm12, scorm2004) =>
    assert.deepEqual([span('scorm12', milliseconds), span('scorm2004', milliseconds)], [scorm12, scorm2004]);
  check(0, '0000:00:00.00', 'PT0H0M0.00S');
  check(-5, '0000:00:00.00', 'PT0H0M0.00S');
  check(3_906_129, '0001:05:06.12', 'PT1H5M6.12S');
  check(59_999.9, '0000:00:59.99', 'PT0H0M59.99S');
  check(40_000_000_000, '9999:06:40.00', 'PT11111H6M40.00S');
  const date = new Date('2026-11-23T20:00:00.123Z');
  assert.equal(time('scorm2004', date), '2026-11-23T20:00:00.0Z');
  assert.match(time('scorm12', date), /^\d\d:\d\d:\d\d$/);
});

test('EM4 cmi5: a failure waits for the end, and nothing is said twice', () => {
  const check = (now, told, isEnd, expect) => assert.deepEqual(due({ of: 5, checked: 8, ...now }, told, isEnd), expect);
  const [incomplete, passed, failed] = ['incomplete', 'passed', 'failed'].map((status) => ({ status }));
  for (const isEnd of [false, true]) {
    check(incomplete, {}, isEnd, []);
    check(passed, {}, isEnd, ['completed', 'passed']);
    check(passed, { completed: true, passed: true }, isEnd, []);
    check(passed, { completed: true, failed: 7 }, isEnd, ['passed']);
    check(failed, { completed: true, passed: true }, isEnd, []);
    check({ ...passed, of: 0 }, {}, isEnd, ['completed']);
  }
  check(failed, {}, false, ['completed']);
  check(failed, {}, true, ['completed', 'failed']);
  check(failed, { completed: true, failed: 8 }, true, []);
  check(failed, { completed: true, failed: 7 }, true, ['failed']);
});

test('EM4 cmi5: a statement has the context that the LMS wants, and what each verb adds to it', () => {
  const template = { contextActivities: { grouping: [{ id: 'urn:a' }], category: [{ id: 'urn:b' }] }, extensions: { 'urn:session': '1' }, platform: 'LMS' };
  const launch = { actor: { account: {} }, registration: 'r', activityId: 'https://lms.example/1', contextTemplate: template, masteryScore: 0.7, began: 5000, isCmi5: true };
  const now = { right: 3, of: 4 };
  const made = (verb, said = {}) => statement(PAGE, { id: 'i', verb, at: 6000, result: resultOf(verb, now, 61_000), ...said }, launch);
  const categories = ({ context }) => context.contextActivities.category.map(({ id }) => id.split('/').at(-1));
  assert.deepEqual(categories(made('initialized')), ['urn:b', 'cmi5']);
  assert.equal('result' in made('initialized'), false);
  assert.deepEqual([categories(made('completed')), made('completed').result], [['urn:b', 'cmi5', 'moveon'], { completion: true, duration: 'PT0H1M1.00S' }]);
  const passed = made('passed');
  assert.deepEqual(passed.result, { success: true, score: { scaled: 0.75, raw: 3, min: 0, max: 4 }, duration: 'PT0H1M1.00S' });
  assert.deepEqual(passed.context.extensions, { 'urn:session': '1', 'https://w3id.org/xapi/cmi5/context/extensions/masteryscore': 0.7 });
  assert.deepEqual([passed.context.platform, passed.context.registration, passed.timestamp], ['LMS', 'r', '1970-01-01T00:00:06.000Z']);
  assert.equal(made('failed').result.success, false);
  assert.deepEqual(made('terminated').result, { duration: 'PT0H1M1.00S' });
  const answer = answered(PAGE, { exercises: { q: record(1, 1) } }, { exercise: 'q', score: { right: 1, of: 1 } });
  const told = made('answered', { ...answer, at: 1000 });
  assert.deepEqual([categories(told), told.timestamp], [['urn:b'], '1970-01-01T00:00:05.000Z'], 'not before the session');
  const plain = statement(PAGE, { id: 'i', verb: 'passed', at: 6000, result: resultOf('passed', now, 0) }, { ...launch, isCmi5: false, registration: null, contextTemplate: undefined });
  assert.deepEqual(plain.context, { contextActivities: {}, extensions: {} });
  assert.deepEqual(template.contextActivities.category, [{ id: 'urn:b' }], 'the template stands');
});

test('EM4 cmi5: exercises read as interactions of xAPI', () => {
  const launch = { actor: {}, activityId: 'https://lms.example/1', began: 0 };
  const check = (id, answer, response, definition) => {
    const said = { id: 'i', at: 0, ...answered(PAGE, { exercises: { [id]: record(1, 1, answer) } }, { exercise: id, score: { right: 1, of: 2 } }) };
    const { object, result } = statement(PAGE, said, launch);
    assert.equal(result.response, response);
    const { type, name, description, ...rest } = object.definition;
    assert.deepEqual([description, rest], [{ en: `${id}?` }, definition]);
  };
  const items = (...ids) => ids.map((id) => ({ id, description: { en: `Item ${id}` } }));
  check('q', [['no', 'picked']], 'no', { interactionType: 'choice', choices: items('yes', 'no'), correctResponsesPattern: ['yes'] });
  check('sort', [['two', 'a'], ['one', 'a']], 'two[.]a[,]one[.]a', {
    interactionType: 'matching',
    source: items('one', 'two'),
    target: [{ id: 'a' }, { id: 'b' }],
    correctResponsesPattern: ['one[.]a[,]two[.]b', 'one[.]a[,]two[.]a'],
  });
  check('order', [['first', 'position-2'], ['then', 'position-1']], 'then[,]first', { interactionType: 'sequencing', choices: items('first', 'then'), correctResponsesPattern: ['first[,]then'] });
  check('cards', [['term', 'got-it']], 'term[.]got-it', { interactionType: 'other' });
});
