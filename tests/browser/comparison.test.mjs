// Who holds each layer, with each service: chosen by click, tap or arrow keys, told to screen readers, and there in full
// on paper and where no style or script is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityProblems, hold, open, screenshot, sidewaysScroll, stored } from './browser.mjs';
import { KEY, TITLES } from './learner.mjs';

const PATH = '#/service-types';
const PHONE = { width: 320, height: 568 };
const SIZES = { 'a small phone': PHONE, 'a tablet': { width: 768, height: 1024 }, 'a desk': { width: 1280, height: 900 } };
const LAYERS = 9;

/** How many layers are the learner's own with each service. */
const YOURS = { EC2: 6, RDS: 4, Lambda: 3, S3: 2 };
const SERVICES = Object.keys(YOURS);
const ALL = 'Side by side';

/** The comparison that shows: in the player, or in the page before it. */
const comparison = (page) => page.locator('.comparison').filter({ visible: true });
const radio = (page, name) => comparison(page).getByRole('radio', { name, exact: true });
const label = (page, name) => comparison(page).locator('label').filter({ hasText: name });

/** The cells that show, row by row; the head first. */
const rows = (page) =>
  comparison(page).evaluate((figure) =>
    [...figure.querySelectorAll('tr')].map((row) =>
      [...row.children].filter((cell) => cell.checkVisibility()).map((cell) => cell.textContent.trim()),
    ),
  );

/** What a screen reader is told. */
const told = async (page) => (await comparison(page).getByRole('status').innerText()).trim();

/** Fails unless that service, and nothing of another, is shown and told. */
async function shows(page, service) {
  assert.equal(await told(page), `${service}: ${YOURS[service]} of ${LAYERS} layers are yours.`);
  const [head, ...layers] = await rows(page);
  assert.deepEqual(head, ['Layer', service, 'What to know']);
  const held = Array.from({ length: LAYERS }, (_, at) => (at < YOURS[service] ? 'You' : 'AWS'));
  assert.deepEqual(layers.map((cells) => cells[1]), held, service);
  for (const [, , about] of layers) assert(about.length > 20, 'a sentence on each layer');
}

/** Fails unless all services are shown and told. */
async function showsAll(page) {
  const [head, ...layers] = await rows(page);
  assert.deepEqual(head.slice(0, 5), ['Layer', ...SERVICES]);
  for (const [at, cells] of layers.entries()) {
    assert.deepEqual(cells.slice(1, 5), SERVICES.map((service) => (at < YOURS[service] ? 'You' : 'AWS')));
  }
  for (const service of SERVICES) assert.match(await told(page), new RegExp(`${service}: ${YOURS[service]} of ${LAYERS}`));
}

test('LE1 a click shows the layers of a service, and all of them side by side', async (t) => {
  const { page } = await open(t, { path: PATH });
  await shows(page, 'EC2');
  for (const service of ['S3', 'Lambda', 'RDS', 'EC2']) {
    await label(page, service).click();
    await shows(page, service);
  }
  await label(page, ALL).click();
  await showsAll(page);
  assert((await rows(page)).slice(1).every((cells) => cells.length === 6), 'with what there is to know');
});

test('LE1 a tap does the same on a small phone, where nothing scrolls sideways', async (t) => {
  const { page } = await open(t, { path: PATH, viewport: PHONE, hasTouch: true });
  for (const service of SERVICES.toReversed()) {
    await label(page, service).tap();
    await shows(page, service);
    assert.deepEqual(await sidewaysScroll(page), [], service);
  }
  await label(page, ALL).tap();
  await showsAll(page);
  assert.deepEqual(await sidewaysScroll(page), []);
  const heights = await comparison(page).locator('label').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
  assert(heights.every((height) => height >= 44), `${heights}`);
});

test('LE1 the arrow keys lead from one to the next and around', async (t) => {
  const { page } = await open(t, { path: PATH });
  await radio(page, 'EC2').focus();
  for (const service of ['RDS', 'Lambda', 'S3']) {
    await page.keyboard.press('ArrowRight');
    await shows(page, service);
  }
  await page.keyboard.press('ArrowDown');
  await showsAll(page);
  await page.keyboard.press('ArrowDown');
  await shows(page, 'EC2');
  await page.keyboard.press('ArrowUp');
  await showsAll(page);
});

test('LE2 it is a group of radio buttons and a table with its heads, whatever is chosen', async (t) => {
  for (const viewport of Object.values(SIZES)) {
    const { page } = await open(t, { path: PATH, viewport });
    await page.getByRole('group', { name: 'Choose a service' }).waitFor();
    assert.equal(await comparison(page).getByRole('radio').count(), 5);
    const table = comparison(page).getByRole('table');
    for (const [name, columns] of [['RDS', 3], [ALL, 6]]) {
      await radio(page, name).check();
      assert.equal(await table.getByRole('rowheader').count(), LAYERS);
      assert.equal(await table.getByRole('row').count(), LAYERS + 1);
      assert.equal(await table.getByRole('columnheader').count(), columns);
    }
  }
});

test('LE2 the line lies where your part ends, and who holds a layer has a shape of its own', async (t) => {
  const { page } = await open(t, { path: PATH });
  for (const service of SERVICES) {
    await radio(page, service).check();
    const lines = await comparison(page).locator('tbody tr').evaluateAll((all) =>
      all.map((row) => [...row.children].filter((cell) => cell.checkVisibility() && getComputedStyle(cell, '::after').borderTopWidth === '3px').length),
    );
    assert.deepEqual(lines, Array.from({ length: LAYERS }, (_, at) => Number(at === YOURS[service])), service);
  }
  const shape = (name) => comparison(page).locator(`.${name}:visible`).first().evaluate((cell) => getComputedStyle(cell, '::before').borderRadius);
  assert.notEqual(await shape('held1'), await shape('held2'));
});

test('LE3 what is chosen before the player runs is kept, and is no answer', async (t) => {
  const { page, release } = await hold(t, { path: PATH, viewport: PHONE });
  await shows(page, 'EC2');
  await label(page, 'Lambda').click();
  await shows(page, 'Lambda');
  assert.deepEqual(await accessibilityProblems(page, { still: true }), []);
  assert.equal(await radio(page, 'Lambda').evaluate((input) => input === document.activeElement), true);
  await release();
  await shows(page, 'Lambda');
  assert.equal(await page.evaluate(() => document.querySelector('kurso-player').shadowRoot.activeElement?.value), '2');
  assert.deepEqual(JSON.parse((await stored(page))[KEY] ?? '{"exercises":{}}').exercises, {});
  await page.keyboard.press('ArrowRight');
  await shows(page, 'S3');
});

test('LE3 whoever comes back to the step begins with the first service', async (t) => {
  const { page } = await open(t, { path: PATH });
  await label(page, 'RDS').click();
  await page.getByRole('link', { name: 'Next', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: TITLES[3] }).waitFor();
  await page.getByRole('link', { name: 'Back', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: TITLES[2] }).waitFor();
  await shows(page, 'EC2');
});

test('LE4 without JavaScript it works as well', async (t) => {
  const { page } = await open(t, { javaScriptEnabled: false, starts: false, path: PATH });
  await shows(page, 'EC2');
  await label(page, 'S3').click();
  await shows(page, 'S3');
  await label(page, ALL).click();
  await showsAll(page);
});

test('LE4 without the style it is the whole table', async (t) => {
  const { page } = await open(t, { javaScriptEnabled: false, starts: false, path: PATH });
  await page.evaluate(() => document.querySelectorAll('link[rel="stylesheet"]').forEach((link) => link.remove()));
  await showsAll(page);
});

test('LE4 on paper it is the whole table, whatever is chosen, and without its controls', async (t) => {
  const { page } = await open(t, { path: PATH });
  await label(page, 'S3').click();
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await showsAll(page);
  assert((await rows(page)).every((cells) => cells.length === 6), 'with what there is to know');
  assert.equal(await comparison(page).locator('fieldset:visible').count(), 0);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'screen' });
  await shows(page, 'S3');
});

test('LE5 layers pass slowly, but not where motion is not wanted', async (t) => {
  const { page } = await open(t, { path: PATH });
  const duration = () => comparison(page).locator('tbody tr').first().evaluate((row) => getComputedStyle(row).transitionDuration);
  assert.equal(await duration(), '0s');
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  assert.match(await duration(), /^0\.4s/);
});

test('LE5 with forced colours it is told by words, shapes and a line', async (t) => {
  const { page } = await open(t, { path: PATH, viewport: PHONE });
  await page.emulateMedia({ forcedColors: 'active' });
  await label(page, 'RDS').click();
  await shows(page, 'RDS');
  const [cell, line] = await comparison(page).evaluate((figure) => {
    const seen = (name) => [...figure.querySelectorAll(name)].find((cell) => cell.checkVisibility());
    const shape = getComputedStyle(seen('.held2'), '::before');
    const line = getComputedStyle(seen('.turn'), '::after');
    return [shape, line].map((style) => `${style.borderTopStyle} ${style.borderTopWidth} ${style.borderTopColor}`);
  });
  for (const style of [cell, line]) assert.doesNotMatch(style, /none|\b0px|rgba\(.*, 0\)/);
  await screenshot(page, 'a comparison with forced colours');
});

for (const colorScheme of ['light', 'dark']) {
  for (const [place, viewport] of Object.entries(SIZES)) {
    test(`LE5 on ${place} in ${colorScheme} colours it is accessible`, async (t) => {
      const { page } = await open(t, { path: PATH, viewport, colorScheme });
      for (const name of ['EC2', 'S3', ALL]) {
        await radio(page, name).check();
        assert.deepEqual(await accessibilityProblems(page), [], name);
        assert.deepEqual(await sidewaysScroll(page), [], name);
        await screenshot(page, `a comparison on ${place} ${colorScheme} ${name}`);
      }
    });
  }
}
