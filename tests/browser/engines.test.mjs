// What a learner does, in each of the three engines that browsers are made of: all of them do the same with it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ENGINES, HANDS, learner, open, start } from './engines.mjs';
import { DUTIES, KEY, QUESTION, RISKS, TITLES, assertPlayed, play } from './module.mjs';

const MOUSE = HANDS['mouse clicks'];
const KEYBOARD = HANDS['the keyboard alone'];
const TAPS = HANDS['single taps on a small phone'];

/** What is done on a board, too. */
const BOARD_HANDS = { 'by keys': KEYBOARD, 'by taps': TAPS };

const JOURNEYS = {
  async 'G3 Check with answers missing says so, leads to the first of them, and is no attempt'(t, session) {
    const me = await begin(t, session, 'whose-job', KEYBOARD);
    await me.choose(me.row(DUTIES[0][0]), 'AWS');
    await me.press('Check');
    await me.told('Choose an answer for 5 more items');
    await me.isAt(me.row(DUTIES[1][0]));
    assert.equal((await me.kept('duties')).attempts, 0);
  },

  async 'G4 G5 the verdict is told, and the focus is on what took the place of Check'(t, session) {
    const me = await begin(t, session, 'exam-question', KEYBOARD);
    await me.choose(me.row(QUESTION.stem), QUESTION.wrong);
    await me.press('Check');
    await me.told('Not correct this time');
    await me.isAt(me.button('Try again'));
  },

  async 'G11 a reload in the middle keeps answers and the verdict'(t, session) {
    const me = await begin(t, session, 'whose-job', MOUSE);
    const [[drive], ...others] = DUTIES;
    await me.choose(me.row(drive), 'Customer');
    await me.choose(me.row(others[0][0]), 'Customer');
    await me.reads('2 of 6 sorted');
    await me.reload();
    await me.chose(drive, 'Customer');
    await me.chose(others[0][0], 'Customer');
    await me.reads('2 of 6 sorted');
    for (const [item, side] of others.slice(1)) await me.choose(me.row(item), side);
    await me.press('Check');
    await me.told('5 of 6 correct');
    await me.reload();
    await me.reads('5 of 6 correct');
    await me.reads('You cannot enter an AWS data center');
    await me.press('Try again');
    await me.chose(others[0][0], 'Customer');
  },

  async 'FC4 an answer of a review stays after a reload, and can be taken back then'(t, session) {
    const me = await begin(t, session, 'wrap-up', KEYBOARD);
    await session.run('location.hash = "#/review"');
    await me.press('Review 10 questions');
    await me.reads('0 of 10 done · A new term');
    await me.choose(me.row('What does “AWS Artifact” mean?'), 'The AWS service where you help yourself');
    await me.press('Check');
    await me.told('Correct.');
    await me.isAt(me.button('Next question'));
    await me.press('Next question');
    await me.reads('1 of 10 done');
    await me.reload();
    await me.reads('1 of 10 done');
    await me.press('Undo');
    await me.told('The last rating was taken back.');
    await me.reads('0 of 10 done');
  },

  async 'EM7 what is answered before the player runs is adopted'(t, session) {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    const me = await begin(t, session, 'whose-job', MOUSE, { held });
    const [[drive], [records]] = DUTIES;
    await me.choose(me.row(drive), 'AWS');
    await me.choose(me.row(records), 'Customer');
    assert(await session.run('return !base'), 'the player runs already');
    release();
    await session.started();
    await me.chose(drive, 'AWS');
    await me.chose(records, 'Customer');
    await me.reads('2 of 6 sorted');
    assert.deepEqual((await me.kept('duties')).answer.toSorted(), ['failed-drive aws', 'medical-records customer']);
  },

  async 'CL3 CL4 Tab never drops, Escape puts back, and an item that is placed can be taken out'(t, session) {
    const me = await begin(t, session, 'whose-job', KEYBOARD);
    await me.press('Use a board');
    const [drive, records] = DUTIES.map(([item]) => me.chip(item));
    await me.press(drive);
    await me.told('picked up. 2 groups. Use arrows, Enter to place, Escape to cancel.');
    await session.key('ArrowRight');
    await me.told('AWS, 1 of 2, contains 0 items');
    await session.key('Tab');
    await me.isAt(records);
    assert(!(await session.stored())[KEY]?.includes('failed-drive'), 'Tab drops');
    await session.key('Escape');
    await me.told('Cancelled.');
    await session.gone({ css: '.chip[aria-pressed="true"]' });

    await me.press(drive);
    await me.told('picked up.');
    await session.key('ArrowRight');
    await session.key('ArrowRight');
    await me.told('Customer, 2 of 2');
    await session.key('ArrowLeft');
    await me.told('AWS, 1 of 2');
    await session.key('Enter');
    await me.told('Placed in AWS. 1 of 6 sorted.');
    await me.isAt(drive);
    await session.key('Enter');
    await me.told('picked up');
    await me.press('Back to the list');
    await me.told('Back in the list. 0 of 6 sorted.');
    assert.deepEqual((await me.kept('duties')).answer, []);
  },

  async 'GL1 GL2 a key term opens and closes by clicks'(t, session) {
    const me = await begin(t, session, 'compliance', MOUSE);
    await me.press(HIPAA);
    await session.there(DEFINITION);
    await session.so(HIPAA, "element.ariaExpanded === 'true'");
    await me.press(HIPAA);
    await session.gone(DEFINITION);
    await session.so(HIPAA, "element.ariaExpanded === 'false'");
    await me.press(HIPAA);
    await session.there(DEFINITION);
    await me.press({ css: 'h1' });
    await session.gone(DEFINITION);
  },

  async 'GL1 GL2 Enter opens a key term, Escape closes it, and the focus is back'(t, session) {
    const me = await begin(t, session, 'compliance', KEYBOARD);
    await me.press(HIPAA);
    await session.there(DEFINITION);
    await session.key('Escape');
    await session.gone(DEFINITION);
    await me.isAt(HIPAA);
    await me.press(HIPAA);
    await session.there(DEFINITION);
    await session.reach({ css: 'button', label: 'Close', within: DEFINITION });
    await session.key('Escape');
    await session.gone(DEFINITION);
    await me.isAt(HIPAA);
  },

  async 'G17 single keys rate a card only in the deck, and can be turned off'(t, session) {
    const me = await begin(t, session, 'key-terms', KEYBOARD);
    const display = me.button('Display');
    await me.press('Show answer');
    await me.headed('Answer');
    await session.reach(display);
    await session.key('2');
    await session.reach(me.button('Got it'));
    await me.headed('Card 1 of 10');
    await session.key('2');
    await me.headed('Card 2 of 10');
    await session.key('u');
    await me.headed('Card 1 of 10');

    await me.press(display);
    const shortcuts = { css: '.display input[type="checkbox"]' };
    await session.reach(shortcuts);
    await session.key('Space');
    await session.so(shortcuts, '!element.checked');
    await session.key('Escape');
    await session.gone(shortcuts);
    await session.reach(me.button('Show answer'));
    await session.key('Space');
    await me.headed('Answer');
    await session.reach(me.button('Got it'));
    for (const key of ['1', '2', 'u']) await session.key(key);
    await session.key('Enter');
    await me.headed('Card 2 of 10');
    assert.equal((await me.kept('key-term-cards')).answer.length, 1);
  },

  async 'PR3 a link holds progress, and who opens it is asked before that is added'(t, session) {
    const me = await begin(t, session, 'whose-job', MOUSE);
    const [item, side] = DUTIES[0];
    await me.choose(me.row(item), side);
    for (const label of ['Your data', 'Move to another device…']) await me.press({ css: 'summary', label });
    await session.there({ css: '.code svg' });
    const link = await session.of({ css: '.transfer input' }, 'element.value');
    await me.press({ css: 'summary', label: 'Reset everything…' });
    await me.press('Delete all progress');
    await me.told('All progress was deleted.');
    await session.run('location.hash = arguments[0]', new URL(link).hash);
    await session.there(me.button('Add them'));
    assert(!(await session.run('return location.hash')).includes('progress'));
    assert(!(await session.stored())[KEY]?.includes('failed-drive'), 'it is added already');
    await me.press('Add them');
    await session.run('location.hash = "#/whose-job"');
    await me.chose(item, side);
  },

  async 'G14 nothing scrolls sideways in the narrowest window that there is'(t, session) {
    // A phone's window, but a click is enough to go on.
    const me = await begin(t, session, '', MOUSE, { phone: true });
    const found = [];
    for (const [at, title] of TITLES.entries()) {
      if (at > 0) await me.next();
      await me.shows(title);
      found.push(...(await session.sidewaysScroll()).map((what) => `${title}: ${what}`));
    }
    assert.deepEqual(found, []);
  },

  async 'an exercise is accessible before and after Check'(t, session) {
    const me = await begin(t, session, 'whose-job', MOUSE);
    assert.deepEqual(await session.accessibilityProblems(), []);
    for (const [item] of DUTIES) await me.choose(me.row(item), 'AWS');
    await me.press('Check');
    await me.told('2 of 6 correct');
    assert.deepEqual(await session.accessibilityProblems(), []);
  },
};

for (const [name, hand] of Object.entries(HANDS)) {
  JOURNEYS[`G1 the whole module with ${name}`] = async (t, session) => {
    const me = await begin(t, session, '', hand);
    await play(me);
    assertPlayed(await session.progress());
  };
}

for (const [name, hand] of Object.entries(BOARD_HANDS)) {
  JOURNEYS[`CL4 items are sorted on a board ${name}`] = async (t, session) => {
    const me = await begin(t, session, 'whose-job', hand);
    await me.press('Use a board');
    for (const [at, [item, side]] of DUTIES.slice(0, 2).entries()) {
      await me.place(me.chip(item), me.slot(side), { at: side === 'AWS' ? 1 : 2, groupFirst: at === 1 });
      await me.told(`Placed in ${side}. ${at + 1} of 6 sorted.`);
    }
    assert.deepEqual((await me.kept('duties')).answer.toSorted(), ['failed-drive aws', 'medical-records customer']);
  };

  JOURNEYS[`MA4 pairs are made ${name}`] = async (t, session) => {
    const me = await begin(t, session, 'risks-and-controls', hand);
    await me.press('Use a board');
    const [listening, bucket] = RISKS.map(([risk]) => me.chip(risk));
    await me.place(listening, me.slot('HTTPS'), { at: 1 });
    await me.told('matched with HTTPS (TLS)');
    await me.place(bucket, me.slot('HTTPS'), { at: 1 });
    await me.told('Moved from 1. 1 is now empty.');
    assert.deepEqual((await me.kept('controls')).answer, ['public-bucket tls']);
  };
}

for (const [name, hand] of Object.entries({ clicks: MOUSE, keys: KEYBOARD })) {
  JOURNEYS[`things are put in order by ${name}, up and down, and the focus goes along`] = async (t, session) => {
    const me = await begin(t, session, 'reading-a-policy', hand);
    const words = () => session.run("return findAll({ css: '.order .words' }).map(words)");
    const [first, ...others] = await words();
    const move = (way) => ({ css: 'button', label: `Move ${way}: ${first}` });
    for (const at of [2, 3, 4]) {
      await me.press(move('down'));
      await me.told(`is now at position ${at} of 4.`);
      await me.isAt(move('down'));
    }
    assert.deepEqual(await words(), [...others, first]);
    await me.press(move('up'));
    await me.told('is now at position 3 of 4.');
    await me.reload();
    assert.deepEqual(await words(), [...others.slice(0, 2), first, others[2]]);
  };
}

const REFUSALS = {
  'whose getter throws': () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } }),
  'that is full': () => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; },
};

for (const [name, first] of Object.entries(REFUSALS)) {
  JOURNEYS[`PR1 with a storage ${name} the lesson says so and goes on`] = async (t, session) => {
    const me = await begin(t, session, 'exam-question', MOUSE, { first });
    await me.reads('Progress cannot be saved');
    await me.choose(me.row(QUESTION.stem), QUESTION.right);
    await me.press('Check');
    await me.told('Correct.');
    await me.next();
    await me.arrived(TITLES[10]);
    await me.reads('Progress cannot be saved');
  };
}

const HIPAA = { css: 'button.term', label: 'HIPAA', nth: 0 };
const DEFINITION = { css: '.definition:popover-open', name: 'The US law' };

/** A learner with that hand at that step. */
async function begin(t, session, step, hand, options) {
  const path = step && `#/${step}`;
  return { ...learner(session, hand), ...(await open(t, session, { path, ...hand.options, ...options })) };
}

// Most of the time goes into waiting, as a hand does, so the engines wait together.
describe('every engine', { concurrency: Object.keys(ENGINES).length }, () => {
  for (const engine of Object.keys(ENGINES)) {
    describe(engine, { concurrency: 1 }, () => {
      let session;
      before(async () => (session = await start(engine)));
      after(() => session?.end());

      for (const [name, journey] of Object.entries(JOURNEYS)) test(`${name} in ${engine}`, (t) => journey(t, session));
    });
  }
});
