// Prompts and their answers: as lists, and as pairs.
import assert from 'node:assert/strict';
import { HANDS } from '../engines.mjs';
import { RISKS } from '../module.mjs';
import { OPTIONS } from '../page.mjs';

const { clicks: CLICKS, keys: KEYBOARD, taps: TAPS } = HANDS;
const [[LISTENING, TLS], [BUCKET, BLOCK], [DRIVE, DISK], [BREACH, GROUPS]] = RISKS;

/** The prompts, and what each of them can be given. */
const lists = (session) =>
  session.run(`return findAll({ css: '.rows select' }).map((select) => ({
    prompt: words(select.labels[0]),
    value: select.value,
    options: [...select.options].map(words),
    barred: [...select.options].some((option) => option.disabled || option.hidden),
  }))`);

export const MATCHING = {
  async 'MA1 MA2 each prompt is the label of a native list, nothing is chosen, and two answers fit nothing'(begin, session) {
    await begin('risks-and-controls', CLICKS);
    const found = await lists(session);
    assert.equal(found.length, RISKS.length);
    for (const [at, { prompt, value, options }] of found.entries()) {
      assert.match(prompt, RISKS[at][0]);
      assert.deepEqual([value, options[0], options.length], ['', 'Choose an answer…', 1 + RISKS.length + 2]);
    }
  },

  async 'MA2 where an author lets an answer fit twice, it does'(begin, session) {
    const me = await begin('match', CLICKS, { folder: OPTIONS });
    for (const prompt of [/guessed/, /stolen/]) await me.pick(prompt, 'A');
    assert.deepEqual((await lists(session)).map(({ value }) => value), ['mfa', 'mfa']);
    await me.press('Check');
    await me.told('All 2 correct.');
  },

  async 'MA3 an answer that is used elsewhere says so, and moves to who chooses it'(begin, session) {
    const me = await begin('risks-and-controls', CLICKS);
    await me.pick(LISTENING, TLS);
    const [, bucket] = await lists(session);
    assert.match(bucket.options[1], /^A\. HTTPS.* \(used for 1\)$/);
    assert(!bucket.barred, 'it can still be chosen');
    await me.pick(BUCKET, TLS);
    await me.told('Moved from 1. 1 is now empty.');
    assert.deepEqual((await lists(session)).map(({ value }) => value), ['', 'tls', '', '']);
  },

  async 'MA4 on a small phone the answers come up as a sheet, and the prompt stays in view'(begin, session) {
    const me = await begin('risks-and-controls', TAPS);
    await me.press('Use a board');
    for (const [at, [risk]] of RISKS.slice(0, 2).entries()) {
      await me.press(me.chip(risk));
      await session.until('prompt and answers in view', `const held = find({ css: '.chip[aria-pressed="true"]' })?.getBoundingClientRect();
        const sheet = find({ css: '.pairs.holding .slots' })?.getBoundingClientRect();
        return held && held.top >= 0 && held.top < sheet.top && sheet.bottom <= innerHeight + 1`);
      assert.deepEqual(await session.misfits(), []);
      await me.press({ css: '.take', nth: at });
      await me.told(`${at + 1} of 4 matched`);
      await session.gone({ css: '.pairs.holding' });
    }
  },

  async 'MA4 in one column another prompt is chosen instead, and Escape lets it go'(begin, session) {
    const me = await begin('risks-and-controls', KEYBOARD);
    await me.press('Use a board');
    await me.press(me.chip(LISTENING));
    await me.press(me.chip(BUCKET));
    await session.so(me.chip(LISTENING), "element.ariaPressed === 'false'");
    await session.so(me.chip(BUCKET), "element.ariaPressed === 'true'");
    await session.key('Escape');
    await me.told('Cancelled.');
    await session.gone({ css: '[aria-pressed="true"]' });
  },

  async 'MA5 a pair is told by its names, and how many there are'(begin, session) {
    const me = await begin('risks-and-controls', KEYBOARD);
    await me.press('Use a board');
    const name = await session.of({ css: '.words', within: me.chip(LISTENING) }, 'words(element)');
    await me.place(me.chip(LISTENING), me.slot('HTTPS'), { at: 1 });
    await me.told('matched with');
    assert.equal((await session.said()).at(-1), `${name} matched with HTTPS (TLS) on an Application Load Balancer or CloudFront. 1 of 4 matched.`);
  },

  async 'MA7 each pair is marked, a wrong one with its own reason, and a new try keeps the right ones'(begin, session) {
    const me = await begin('risks-and-controls', CLICKS);
    for (const [risk, letter] of [[LISTENING, DISK], [BUCKET, BLOCK], [BREACH, GROUPS], [DRIVE, TLS]]) await me.pick(risk, letter);
    await me.press('Check');
    await me.told('2 of 4 correct. 2 items need another look.');
    const marks = await session.run("return findAll({ css: '.rows .feedback' }).map((feedback) => [words(feedback.querySelector('.mark')), words(feedback.lastElementChild)])");
    assert.deepEqual(marks.map(([mark]) => mark), ['Incorrect', 'Correct', 'Incorrect', 'Correct']);
    assert.match(marks[0][1], /That protects data at rest\./);
    assert.match(marks[2][1], /TLS protects data while it travels\./);
    await me.press('Try again');
    await me.told('2 correct items are kept');
    assert.deepEqual((await lists(session)).map(({ value }) => value), ['', 'block-public-access', '', 'security-groups']);
  },

  async 'MA8 a race is there for who asks, can be run with the keyboard, and changes no marks'(begin, session) {
    const me = await begin('risks-and-controls', KEYBOARD);
    const race = me.button('Race the clock');
    // By what they are: a new try gives them other letters.
    const answers = ['HTTPS', 'S3 Block', 'Disk encryption', 'Security groups'];
    const match = async () => {
      for (const [at, [prompt]] of RISKS.entries()) {
        const { options } = (await lists(session))[at];
        await me.pick(prompt, options.find((option) => option.slice(3).startsWith(answers[at]))[0]);
      }
      await me.press('Check');
    };
    assert(!(await session.run('return find(arguments[0])', race)), 'not before it was practised');
    await match();
    await me.told('All 4 correct.');
    const { best, attempts } = await me.kept('controls');
    await me.press('Race the clock');
    await me.told('The clock runs.');
    await me.isAt({ css: 'select', nth: 0 });
    await session.run('window.later = 7000');
    await match();
    await me.told(/All 4 correct\. The last race took \d+ seconds, the fastest \d+ seconds\./);
    const after = await me.kept('controls');
    assert.deepEqual([after.best, after.attempts], [best, attempts]);
  },
};

for (const hand of [KEYBOARD, TAPS, CLICKS]) {
  MATCHING[`MA4 pairs are made with ${hand.name}`] = async (begin, session) => {
    const me = await begin('risks-and-controls', hand);
    await me.press('Use a board');
    const [listening, bucket] = [LISTENING, BUCKET].map(me.chip);
    await me.place(listening, me.slot('HTTPS'), { at: 1 });
    await me.told('matched with HTTPS (TLS)');
    await session.so(listening, 'words(element).endsWith("A. HTTPS (TLS) on an Application Load Balancer or CloudFront")');
    await me.place(bucket, me.slot('HTTPS'), { at: 1 });
    await me.told('Moved from 1. 1 is now empty.');
    assert.deepEqual((await me.kept('controls')).answer, ['public-bucket tls']);
  };
}
