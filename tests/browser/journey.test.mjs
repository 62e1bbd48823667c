// The module played from the first step to the last, with four different hands. All of them leave the same answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, screenshot } from './browser.mjs';
import { HANDS, TITLES, assertPlayed, learner, play, progress } from './learner.mjs';

for (const [name, hand] of Object.entries(HANDS)) {
  test(`G1 the whole module with ${name}`, async (t) => {
    const { page } = await open(t, hand.options);
    const me = learner(page, hand);
    await play(me);
    await screenshot(page, `wrap-up with ${name}`);
    assertPlayed(await progress(page));
  });
}

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

for (const viewport of [{ width: 320, height: 568 }, { width: 1280, height: 800 }]) {
  test(`who goes back in the browser comes to where they were reading, ${viewport.width} px wide`, async (t) => {
    const { page } = await open(t, { viewport, path: '#/whose-job' });
    const link = page.getByRole('link', { name: 'Next' });
    await page.getByRole('button', { name: 'Check' }).scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    assert(before > 100);
    await link.click();
    await page.getByRole('heading', { level: 1, name: TITLES[4] }).waitFor();
    await page.waitForFunction(() => scrollY < 100);
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: TITLES[3] }).waitFor();
    await page.waitForFunction((before) => scrollY === before, before);
    // The next step shows from its top, whatever was on the way.
    await link.click();
    await page.getByRole('heading', { level: 1, name: TITLES[4] }).waitFor();
    await page.waitForFunction(() => scrollY < 100);
  });
}
