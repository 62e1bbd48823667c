// The module played from the first step to the last, with four different hands. All of them leave the same answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, screenshot } from './browser.mjs';
import { DUTIES, HANDS, TITLES, assertPlayed, learner, play, progress } from './learner.mjs';

for (const [name, hand] of Object.entries(HANDS)) {
  test(`G1 the whole module with ${name}`, async (t) => {
    const { page } = await open(t, hand.options);
    const me = learner(page, hand);
    await play(me);
    await screenshot(page, `wrap-up with ${name}`);
    assertPlayed(await progress(page));
  });
}

test('G2 G5 the focus stays where the learner works, and choosing grades nothing', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  const me = learner(page, HANDS['the keyboard alone']);
  await me.shows('Whose job is it?');
  await me.choose(me.row(DUTIES[0][0]), 'AWS');
  await me.press('Check');
  await me.told('Choose an answer for 5 more items');
  await me.isAt(me.row(DUTIES[1][0]));
  assert.equal((await me.kept('duties')).attempts, 0, 'an incomplete answer is no attempt');

  for (const [item] of DUTIES.slice(1)) {
    await me.choose(me.row(item), 'AWS');
    await me.isAt(me.row(item));
  }
  assert.equal((await me.kept('duties')).attempts, 0, 'choosing the last one is no attempt either');
  await me.press('Check');
  await me.told('2 of 6 correct');
  await me.isAt(me.button('Try again'));
  await me.press('Try again');
  await me.isAt(me.button('Check'));
  await me.press('Show solution');
  await me.told('The solution is shown.');
  await me.isAt(me.exercise('Six duties'));
  assert.equal((await progress(page)).exercises.duties.solution_seen, true);
});

test('FC2 G17 a card shows its answer to who asked for it, and keys rate it', async (t) => {
  const { page } = await open(t, { path: '#/key-terms' });
  const me = learner(page, HANDS['the keyboard alone']);
  const heading = (name) => page.getByRole('heading', { name, exact: true });
  await heading('Card 1 of 10').waitFor();
  await me.press('Show answer');
  await me.isAt(heading('Answer'));
  await page.keyboard.press('Tab');
  await me.isAt(me.button('Again'));
  await page.keyboard.press('2');
  await me.isAt(heading('Card 2 of 10'));
  await page.keyboard.press('u');
  await me.isAt(heading('Card 1 of 10'));
  assert.deepEqual((await me.kept('key-term-cards')).answer, []);
});

test('MA3 arrowing through a list takes nothing from another prompt', async (t) => {
  const { page } = await open(t, { path: '#/risks-and-controls' });
  const [first, second] = [page.getByRole('combobox').nth(0), page.getByRole('combobox').nth(1)];
  await first.selectOption({ index: 1 });
  const value = await first.inputValue();
  await second.focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await second.inputValue(), value);
  assert.equal(await first.inputValue(), '', 'taken while it is chosen here');
  await page.keyboard.press('ArrowDown');
  assert.equal(await first.inputValue(), value, 'given back when it is not');
  assert.notEqual(await second.inputValue(), value);
  assert.match(await page.getByRole('status').innerText(), /1 has its answer back/);
});

test('who follows a link to the glossary first can go on to the course', async (t) => {
  const { page } = await open(t, { path: '#/glossary/least-privilege' });
  const me = learner(page, HANDS['a mouse']);
  await page.getByRole('link', { name: 'Back', exact: true }).click();
  await me.arrived(TITLES[0]);
});

test('EM8 an address leads to an exercise, a step or a term, before the player runs and after, and Back leads out', async (t) => {
  const { page } = await open(t, { path: '#/controls' });
  const title = page.getByRole('heading', { name: 'Four risks, one control each' });
  await title.waitFor();
  assert(await title.evaluate((title) => title.getBoundingClientRect().top < innerHeight), 'it is in view');
  assert.equal(new URL(page.url()).hash, '#/risks-and-controls', 'the step is where the learner is');
  await page.evaluate(() => (location.hash = '#/glossary/hipaa'));
  await page.locator('dt').filter({ hasText: 'HIPAA' }).filter({ visible: true }).waitFor();
  await page.evaluate(() => (location.hash = '#/duties'));
  const duties = page.getByRole('heading', { name: 'Six duties, two sides' });
  await duties.waitFor();
  assert(await duties.evaluate((title) => title.getRootNode().activeElement === title), 'the exercise has the focus');
  await page.goBack();
  await page.waitForFunction(() => location.hash === '#/glossary/hipaa');
  await page.goBack();
  await page.waitForFunction(() => location.hash === '#/risks-and-controls');
  await title.waitFor();
});
