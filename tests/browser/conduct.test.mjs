// How exercises behave towards a learner: what marks say, how things are laid out, that nothing moves or hurries.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from './browser.mjs';
import { DUTIES, HANDS, RISKS, learner, progress } from './learner.mjs';

const MOUSE = HANDS['a mouse'];

test('G6 MC4 each option carries one of four texts beside an icon of its own', async (t) => {
  const { page } = await open(t, { path: '#/exam-question' });
  const me = learner(page, MOUSE);
  await page.getByRole('radio').first().check();
  await me.press('Check');
  const marks = page.locator('.option .mark');
  assert.deepEqual((await marks.allInnerTexts()).map((text) => text.trim()).sort(), ['Correct, you missed it', 'Incorrect, not chosen', 'Incorrect, not chosen', 'Incorrect, you chose it']);
  const drawings = await marks.evaluateAll((marks) => marks.map((mark) => mark.querySelector('svg path').getAttribute('d')));
  assert.equal(new Set(drawings).size, 3, 'each outcome has a drawing of its own');
  // What was not chosen is folded, and there for who wants it.
  const folded = page.locator('details.feedback');
  assert.equal(await folded.count(), 2);
  await folded.first().locator('summary').click();
  assert.notEqual(await folded.first().locator('.text').innerText(), '');
});

test('G6 each item that was sorted carries a text beside an icon', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  const me = learner(page, MOUSE);
  for (const [item] of DUTIES) await me.choose(me.row(item), 'AWS');
  await me.press('Check');
  const marks = page.locator('.rows .mark');
  const right = DUTIES.filter(([, side]) => side === 'AWS').length;
  const texts = (await marks.allInnerTexts()).map((text) => text.trim());
  assert.equal(texts.filter((text) => text.startsWith('Correct: AWS')).length, right);
  assert.equal(texts.filter((text) => text.startsWith('Incorrect. Belongs to: Customer')).length, DUTIES.length - right);
  assert.equal(await marks.locator('svg').count(), DUTIES.length);
});

test('G12 time changes nothing: a day later the answer is as it was, and nobody was hurried', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  const me = learner(page, MOUSE);
  await me.choose(me.row(DUTIES[0][0]), DUTIES[0][1]);
  const before = await page.getByRole('main').innerText();
  await page.clock.install();
  await page.clock.fastForward('24:00:00');
  assert.equal(await page.getByRole('main').innerText(), before);
  await me.press('Check');
  await me.told('Choose an answer for 5 more items.');
  assert.equal((await progress(page)).exercises.duties.attempts, 0);
  assert.doesNotMatch(before, /streak|hurry|seconds left|lives|hearts/i);
});

/** The transitions and animations of everything in the player, that take any time. */
const motions = (page) => page.getByRole('main').evaluate((main) => {
  const long = (times) => times.split(', ').some((time) => parseFloat(time) > 0.001);
  return [...main.getRootNode().querySelectorAll('*')].filter((element) => {
    const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(element);
    return long(transitionDuration) || (animationName !== 'none' && long(animationDuration)) || scrollBehavior === 'smooth';
  }).map((element) => `<${element.localName} class="${element.getAttribute('class')}">`);
});

test('G15 who wants less motion gets none', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  for (const step of ['service-types', 'exam-question', 'key-terms', 'wrap-up', 'whose-job']) {
    await page.evaluate((step) => (location.hash = `#/${step}`), step);
    await page.locator(`.sheet[id="/${step}"]`).waitFor();
    assert.deepEqual(await motions(page), [], step);
  }
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  assert.notDeepEqual(await motions(page), [], 'otherwise there is some, so this test can fail');
});

test('CL2 CL8 wide, items and categories are a table; narrow, the categories are below their item; counted in words', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  const me = learner(page, MOUSE);
  const boxes = () => page.locator('.rows .row').evaluateAll((rows) => rows.map((row) => {
    const [item, categories] = ['legend', '.segments'].map((part) => row.querySelector(part).getBoundingClientRect());
    return { beside: categories.top < item.bottom && categories.left >= item.right - 1, below: categories.top >= item.bottom - 1, left: categories.left };
  }));
  const wide = await boxes();
  assert(wide.every(({ beside }) => beside), JSON.stringify(wide));
  assert.equal(new Set(wide.map(({ left }) => Math.round(left))).size, 1, 'the categories are columns');
  await me.choose(me.row(DUTIES[0][0]), DUTIES[0][1]);
  await page.getByText('1 of 6 sorted', { exact: true }).waitFor();
  await page.setViewportSize({ width: 320, height: 568 });
  assert((await boxes()).every(({ below }) => below));
  assert.equal(await me.row(DUTIES[0][0]).getByRole('radio', { checked: true }).count(), 1, 'it is the same row');
});

test('FC1 a card is a heading and one side; the other side is not there until it is asked for', async (t) => {
  const { page } = await open(t, { path: '#/key-terms' });
  const deck = page.locator('.deck');
  await deck.getByRole('heading', { name: 'Card 1 of 10' }).waitFor();
  assert.equal(await deck.locator('.back').count(), 0);
  await deck.getByRole('button', { name: 'Show answer' }).focus();
  await page.keyboard.press('Space');
  await deck.getByRole('heading', { name: 'Answer' }).waitFor();
  assert.match(await deck.locator('.back').innerText(), /split the work of security/);
  assert.doesNotMatch(await page.getByRole('status').first().innerText(), /split the work/, 'it is not said twice');
});

test('FC5 a swipe does nothing, and the buttons are always there', async (t) => {
  const { page } = await open(t, { path: '#/key-terms', viewport: { width: 320, height: 568 }, hasTouch: true });
  const me = learner(page, HANDS['single taps at 320 × 568']);
  await me.press('Show answer');
  const before = (await progress(page)).exercises['key-term-cards'];
  const card = await page.locator('.deck .card').boundingBox();
  const session = await page.context().newCDPSession(page);
  const y = Math.min(card.y + 40, 400);
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: 280, y }] });
  for (const x of [200, 120, 40]) await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y }] });
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  assert.deepEqual((await progress(page)).exercises['key-term-cards'], before);
  for (const name of ['Again', 'Got it']) assert(await me.button(name).isVisible(), name);
});

test('MA8 a race is there for who asks, can be run with the keyboard, and changes no marks', async (t) => {
  const { page } = await open(t, { path: '#/risks-and-controls' });
  const me = learner(page, HANDS['the keyboard alone']);
  const race = me.button('Race the clock');
  assert.equal(await race.count(), 0, 'not before it was practised');
  const match = async () => {
    // By what they are: a new try gives them other letters.
    const answers = ['tls', 'block-public-access', 'disk-encryption', 'security-groups'];
    for (const [at, [prompt]] of RISKS.entries()) await page.getByRole('combobox', { name: prompt }).selectOption(answers[at]);
    await me.press('Check');
  };
  await match();
  await me.told('All 4 correct.');
  const { best, attempts } = (await progress(page)).exercises.controls;
  await me.press('Race the clock');
  await me.told('The clock runs.');
  await me.isAt(page.getByRole('combobox').first());
  await match();
  await me.told(/All 4 correct\. The last race took \d+ seconds?, the fastest \d+ seconds?\./);
  const after = (await progress(page)).exercises.controls;
  assert.deepEqual([after.best, after.attempts], [best, attempts]);
  assert.equal(after.race, undefined);
});
