// What comes out of a printer: all steps, the questions without their controls, the answers on a page of their own, light.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, stored } from './browser.mjs';
import { DUTIES, HANDS, KEY, TITLES, learner } from './learner.mjs';

const visible = (page, selector) => page.locator(selector).filter({ visible: true });

/** Whether the colour is light, as `rgb(…)` says it. */
const isLight = (colour) => colour.match(/[0-9.]+/g).slice(0, 3).every((part) => Number(part) > 200);

test('EM9 all of the course is printed, and the answers on a page of their own', async (t) => {
  const { page } = await open(t, { path: '#/whose-job', colorScheme: 'dark' });
  const me = learner(page, HANDS['a mouse']);
  await me.choose(me.row(DUTIES[0][0]), 'Customer');
  const before = await stored(page);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));

  assert.deepEqual((await visible(page, 'h1').allInnerTexts()).slice(0, TITLES.length), TITLES);
  assert.equal(await visible(page, 'h1').last().innerText(), 'Answers');
  for (const control of ['input', 'select', 'button', '.bar', '.outline', 'progress']) {
    assert.equal(await visible(page, control).count(), 0, control);
  }
  for (const [item] of DUTIES) await visible(page, 'legend').filter({ hasText: item }).waitFor();
  const key = page.locator('.answer-key');
  assert.equal(await key.evaluate((element) => getComputedStyle(element).breakBefore), 'page');
  assert.equal(await visible(page, '.answer-key h2').count(), 5, 'each exercise with its name');
  assert.equal(await visible(page, '.answer-key dt').count(), 6 + 4 + 4 + 4 + 10);
  assert.equal(await visible(page, '.exercise dt').count(), 0, 'no answer beside its question');
  const [text, surface] = await page.evaluate(() => {
    const style = (selector) => getComputedStyle(document.querySelector(selector));
    return [style('.still').color, style('.still .exercise').backgroundColor];
  });
  assert(!isLight(text) && isLight(surface), `${text} on ${surface}`);
  // The paper itself: what the browser paints below everything follows this.
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'light');
  const pdf = await page.pdf();
  assert(pdf.toString('latin1').match(/\/Type \/Page\b/g).length >= 6, 'several pages');

  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'screen' });
  assert.equal(await visible(page, 'h1').count(), 1);
  assert(await me.row(DUTIES[0][0]).getByRole('radio', { name: 'Customer' }).isChecked());
  assert.deepEqual(JSON.parse((await stored(page))[KEY]).exercises, JSON.parse(before[KEY]).exercises);
});

test('EM9 without JavaScript all of the course is printed, too', async (t) => {
  const { page } = await open(t, { javaScriptEnabled: false, starts: false });
  await page.emulateMedia({ media: 'print' });
  assert.equal(await visible(page, 'h1').count(), TITLES.length + 1);
  assert.equal(await visible(page, 'button').count(), 0);
});
