// A new try shows options and answers in another order, which stays as long as that try does.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, started } from './browser.mjs';
import { HANDS, QUESTION, RISKS, learner, progress } from './learner.mjs';

test('G10 trying a question again shuffles its options, and a reload does not', async (t) => {
  const { page } = await open(t, { path: '#/exam-question' });
  const me = learner(page, HANDS['a mouse']);
  const options = () => page.locator('.option .words').allInnerTexts();
  const letters = () => page.locator('.option .letter').allInnerTexts();
  const first = await options();
  await me.choose(me.row(QUESTION.stem), QUESTION.wrong);
  await me.press('Check');
  await me.told('Not correct');
  assert.deepEqual(await options(), first, 'the verdict stands where the answer was given');
  await me.press('Try again');
  await me.told('Ready for another try');
  const again = await options();
  assert.notDeepEqual(again, first);
  assert.deepEqual([...again].sort(), [...first].sort());
  assert.deepEqual(await letters(), ['A', 'B', 'C', 'D']);
  await page.reload();
  await started(page);
  assert.deepEqual(await options(), again);
  await page.setViewportSize({ width: 320, height: 568 });
  assert.deepEqual(await options(), again);
  await me.choose(me.row(QUESTION.stem), QUESTION.right);
  await me.press('Check');
  await me.told('Correct.');
  assert.equal((await progress(page)).exercises['patient-data'].answer[0][0], 'split', 'what is kept knows no order');
});

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
