// A new try shows options and answers in another order, which stays as long as that try does.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draggable, open } from './browser.mjs';
import { HANDS, RISKS, learner } from './learner.mjs';

test('G10 trying to match again shuffles the answers and keeps the right pairs', async (t) => {
  const { page } = await open(t, { path: '#/risks-and-controls' });
  const me = learner(page, HANDS['a mouse']);
  const answers = () => page.locator('.answers .text').allInnerTexts();
  const first = await answers();
  for (const [risk, letter] of RISKS.slice(0, 3)) await me.pick(risk, letter);
  await me.pick(RISKS[3][0], 'F');
  await me.press('Check');
  await me.told('3 of 4 correct');
  const kept = await page.getByRole('combobox', { name: RISKS[0][0] }).inputValue();
  await me.press('Try again');
  await me.told('3 correct items are kept');
  const again = await answers();
  assert.notDeepEqual(again, first);
  assert.equal(await page.getByRole('combobox', { name: RISKS[0][0] }).inputValue(), kept);
  const options = await page.getByRole('combobox', { name: RISKS[3][0] }).locator('option').allInnerTexts();
  assert.deepEqual(options.slice(1).map((text) => text.replace(/^[A-F]\. /, '').replace(/ \(used for \d\)$/, '')), again);
});

const EVALUATED = ['deny', 'scp', 'allow', 'silence'];

/** Drags the handle of that row by so much, in steps as a hand does. */
async function dragRow(page, row, by) {
  await draggable(page);
  const handle = await row.locator('.handle').boundingBox();
  const [x, y] = [handle.x + handle.width / 2, handle.y + handle.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + by, { steps: 8 });
}

test('a row that is dragged near the edge scrolls the page', async (t) => {
  const { page } = await open(t, { path: '#/reading-a-policy', viewport: { width: 320, height: 568 } });
  const rows = page.locator('.order li');
  await rows.first().scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  const { y, height } = await rows.first().locator('.handle').boundingBox();
  await dragRow(page, rows.first(), 568 - 20 - y - height / 2);
  await page.waitForFunction((before) => scrollY > before + 100, before);
  await page.mouse.move(100, 20);
  await page.waitForFunction((before) => scrollY < before, before);
  await page.mouse.up();
  assert.equal(await page.locator('.sliding').count(), 0);
});

test('a button is pressed once while its key is held down', async (t) => {
  const { page } = await open(t, { path: '#/reading-a-policy' });
  const order = () => page.locator('.order .step:first-child').evaluateAll((buttons) => buttons.map(({ id }) => id));
  const [first, second, ...others] = await order();
  await page.locator('.order .step:last-child').first().focus();
  // The second and third time, it is the key that repeats.
  for (let times = 0; times < 3; times++) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await page.waitForFunction((first) => document.querySelector('kurso-player').shadowRoot.querySelector('.order .step').id !== first, first);
  assert.deepEqual(await order(), [second, first, ...others]);
});

test('the rows of an order can be dragged, and Escape puts a row back', async (t) => {
  const { page } = await open(t, { path: '#/reading-a-policy', viewport: { width: 1280, height: 3000 } });
  const me = learner(page, HANDS['a mouse']);
  const rows = page.locator('.order li');
  const order = () => rows.locator('.step:first-child').evaluateAll((buttons) => buttons.map(({ id }) => id.split('_')[2]));
  const is = (wanted) => page.waitForFunction((wanted) => {
    const root = document.querySelector('kurso-player').shadowRoot;
    return [...root.querySelectorAll('.order .step:first-child')].map(({ id }) => id.split('_')[2]).join() === wanted;
  }, wanted.join());
  const first = await order();
  assert.deepEqual([...first].sort(), [...EVALUATED].sort());

  await dragRow(page, rows.first(), 400);
  const moved = [...first.slice(1), first[0]];
  await is(moved);
  await page.mouse.up();
  await me.told('is now at position 4 of 4');
  await is(moved);

  await dragRow(page, rows.last(), -400);
  await is(first);
  await page.keyboard.press('Escape');
  await is(moved);
  await page.mouse.up();
  assert.deepEqual((await me.kept('evaluation')).answer.map((placed) => placed.split(' ')[0]), moved);
});
