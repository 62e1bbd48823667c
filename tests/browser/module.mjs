// What a learner must know to play the shipped module, how they play it, and what is kept of that: the same for every
// hand and every engine, so it knows no browser. A learner `me` finds their way and answers, see `learner.mjs` and
// `engines.mjs`.
import assert from 'node:assert/strict';

/** The key under which the player keeps progress in the shipped course. */
export const KEY = 'kurso:clf-c02:1';

/** The titles of the steps, in order. */
export const TITLES = [
  'Why security and compliance matter',
  'Security of the cloud, security in the cloud',
  'How the line moves with the service',
  'Whose job is it?',
  'Identity and least privilege',
  'Reading an IAM policy',
  'Encryption and network protection',
  'Match the control to the risk',
  'Compliance is shared too',
  'A question in the style of the exam',
  'Key terms to know by heart',
  'Wrap-up',
];

/** The six duties, and who carries them. */
export const DUTIES = [
  [/hard drive/, 'AWS'],
  [/S3 bucket full of medical records/, 'Customer'],
  [/needs its patches/, 'Customer'],
  [/ISO 27001/, 'AWS'],
  [/password policy/, 'Customer'],
  [/AWS Region that fits/, 'Customer'],
];

/** IAM's questions, in the order in which they decide. */
export const EVALUATION = [/say `?Deny`?/, /organization leave/, /policy of the analyst/, /Has nothing allowed/];

/** The four risks, and the letters of their controls. */
export const RISKS = [
  [/listens in/, 'A'],
  [/makes an S3 bucket/, 'E'],
  [/drive with your backups/, 'D'],
  [/broken into/, 'C'],
];

/** The question, the statement that is right, and one that is not. */
export const QUESTION = { stem: /A healthcare company builds/, right: /AWS secures the data centers/, wrong: /AWS encrypts the patient data/ };

/** How many cards there are. */
export const CARDS = 10;

/** The module from its first step to the last, with a mistake in most exercises. */
export async function play(me) {
  await me.shows(TITLES[0]);
  await goOn(me, 1, 3);
  await sort(me);
  await goOn(me, 4, 5);
  await me.arrange(EVALUATION);
  await me.press('Check');
  await me.told('All 4 correct.');
  await goOn(me, 6, 7);
  await match(me);
  await goOn(me, 8, 9);
  await choose(me);
  await goOn(me, 10, 10);
  await turnCards(me);
  await me.press('Done');
  await me.arrived(TITLES[11]);
  await me.reads('Steps done: 12 of 12. Correct in the exercises: 15 of 15.');
  for (const outcome of ['6 of 6 correct, 2 tries', '4 of 4 correct, 1 try', '1 of 1 correct, 2 tries', '10 cards known']) {
    await me.reads(outcome);
  }
}

/** From each step to the next, for those of that many titles. */
async function goOn(me, first, last) {
  for (const title of TITLES.slice(first, last + 1)) {
    await me.next();
    await me.arrived(title);
  }
}

/** Checks too early, then with one mistake, then without. */
async function sort(me) {
  await me.press('Check');
  await me.told('Choose an answer for 6 more items');
  for (const [item, side] of DUTIES) {
    await me.choose(me.row(item), item === DUTIES[0][0] ? 'Customer' : side);
  }
  await me.reads('6 of 6 sorted');
  await me.press('Check');
  await me.told('5 of 6 correct. 1 item needs another look. Try again or show the solution.');
  await me.press('Try again');
  await me.told('5 correct items are kept');
  await me.choose(me.row(DUTIES[0][0]), 'AWS');
  await me.press('Check');
  await me.told('All 6 correct.');
}

/** Gives one control to two risks, which moves it, and mends that. */
async function match(me) {
  const [[listening, tls], [bucket, blockPublicAccess], ...others] = RISKS;
  await me.pick(listening, blockPublicAccess);
  await me.pick(bucket, blockPublicAccess);
  await me.told('Moved from 1. 1 is now empty.');
  for (const [risk, control] of others) await me.pick(risk, control);
  await me.reads('3 of 4 matched');
  await me.pick(listening, tls);
  await me.press('Check');
  await me.told('All 4 correct.');
}

/** Chooses wrongly, then rightly. */
async function choose(me) {
  const question = me.row(QUESTION.stem);
  await me.choose(question, QUESTION.wrong);
  await me.press('Check');
  await me.told('Not correct this time. Try again or show the solution.');
  await me.press('Try again');
  await me.told('Ready for another try');
  await me.choose(question, QUESTION.right);
  await me.press('Check');
  await me.told('Correct.');
}

/** Misses the first card once, which brings it back. */
async function turnCards(me) {
  for (let turned = 0; turned <= CARDS; turned += 1) {
    await me.press('Show answer');
    await me.headed('Answer');
    await me.press(turned === 0 ? 'Again' : 'Got it');
  }
  await me.told('That was the last card.');
}

/** What is kept of an exercise in that progress, without counters and times. */
export function kept(progress, id) {
  const { answer, phase, attempts, first, best, kept = [] } = progress.exercises[id];
  return { answer: answer.map(([item, slot]) => `${item} ${slot}`), phase, attempts, first, best, kept };
}

/** Fails unless that progress is what whoever has played the module leaves. */
export function assertPlayed(progress) {
  assert.equal(progress.read.length, 11);
  assert.deepEqual(kept(progress, 'duties'), {
    answer: [
      'medical-records customer',
      'guest-patches customer',
      'certifications aws',
      'password-policy customer',
      'region customer',
      'failed-drive aws',
    ],
    phase: 'checked',
    attempts: 2,
    first: { right: 5, of: 6 },
    best: { right: 6, of: 6 },
    kept: ['medical-records', 'guest-patches', 'certifications', 'password-policy', 'region'],
  });
  const order = kept(progress, 'evaluation').answer;
  assert.deepEqual(order, ['deny position-1', 'scp position-2', 'allow position-3', 'silence position-4']);
  assert.deepEqual(kept(progress, 'controls'), {
    answer: [
      'public-bucket block-public-access',
      'stolen-drive disk-encryption',
      'lateral-move security-groups',
      'eavesdropping tls',
    ],
    phase: 'checked',
    attempts: 1,
    first: { right: 4, of: 4 },
    best: { right: 4, of: 4 },
    kept: [],
  });
  assert.deepEqual(kept(progress, 'patient-data'), {
    answer: ['split picked'],
    phase: 'checked',
    attempts: 2,
    first: { right: 0, of: 1 },
    best: { right: 1, of: 1 },
    kept: [],
  });
  const cards = kept(progress, 'key-term-cards');
  assert.deepEqual(cards.answer.slice(0, 2), ['shared-responsibility-model again', 'security-of-the-cloud got-it']);
  assert.equal(cards.answer.length, CARDS + 1);
  assert.deepEqual(cards.best, { right: CARDS, of: CARDS });
}
