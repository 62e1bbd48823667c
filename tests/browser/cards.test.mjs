// All that a deck of cards can show is accessible and fits; what it does is a journey in each engine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityProblems, open, screenshot, sidewaysScroll } from './browser.mjs';
import { HANDS, learner } from './learner.mjs';

for (const [width, height, colorScheme] of [[320, 568, 'light'], [1280, 800, 'dark']]) {
  test(`FC8 options and list are accessible and fit at ${width} px`, async (t) => {
    const { page } = await open(t, { path: '#/key-terms', viewport: { width, height }, colorScheme });
    const me = learner(page, HANDS['a mouse']);
    await me.press('Star');
    for (const summary of await page.locator('.exercise summary:visible').all()) await summary.click();
    await page.getByRole('checkbox', { name: 'Show the meaning first' }).check();
    await me.press('Show answer');
    assert.deepEqual(await accessibilityProblems(page), []);
    assert.deepEqual(await sidewaysScroll(page), []);
    await screenshot(page, `cards-${width}`);
  });
}
