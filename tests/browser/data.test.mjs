// What is kept belongs to the learner: it can be seen, taken along, brought back and deleted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityProblems, open, screenshot, sidewaysScroll, started, stored } from './browser.mjs';
import { DUTIES, HANDS, KEY, learner, progress } from './learner.mjs';

const MOUSE = HANDS['a mouse'];

/** Opens what is kept of a learner who has sorted so many duties. */
async function data(t, answers, options = {}) {
  const { page } = await open(t, { path: '#/whose-job', ...options });
  const me = learner(page, MOUSE);
  for (const [item, side] of DUTIES.slice(0, answers)) await me.choose(me.row(item), side);
  await page.locator('.data > summary').click();
  await page.getByText(/^They take [\d.]+ (bytes|kB)\.$/).waitFor();
  return { page, me, file: page.getByLabel('Add from a file…') };
}

/** The file that a learner gets. */
async function exported(page) {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download progress' }).first().click();
  let text = '';
  for await (const chunk of await (await download).createReadStream()) text += chunk;
  return text;
}

const json = (text) => ({ name: 'progress.json', mimeType: 'application/json', buffer: Buffer.from(text) });
const sorted = async (page) => (await progress(page)).exercises.duties?.answer.length ?? 0;

test('PR3 S7 what is kept is one readable file, with the course and times in it, and its size is told', async (t) => {
  const { page } = await data(t, 2);
  const text = await exported(page);
  assert.deepEqual(JSON.parse(text), await progress(page));
  assert(text.includes('\n  "course": "clf-c02"'), 'it is laid out for people');
  assert(JSON.parse(text).exercises.duties.at > Date.parse('2025-01-01'));
});

test('S5 ids, marks and times are kept, and neither names nor texts', async (t) => {
  const { page, me } = await data(t, 6);
  await me.press('Check');
  await me.told('All 6 correct');
  const texts = (value) => (typeof value === 'string' ? [value] : Object.entries(value ?? {}).flatMap(([key, inner]) => [key, ...texts(inner)]));
  const all = texts(await progress(page));
  assert(all.length > 50, 'there is something to look at');
  assert.deepEqual(all.filter((text) => !/^[a-z0-9_-]+$/.test(text)), []);
});

test('PR3 a file is previewed, and added without losing what is here', async (t) => {
  const { page, me, file } = await data(t, 3);
  const more = JSON.parse(await exported(page));
  more.exercises.controls = { answer: [['eavesdropping', 'tls']], phase: 'open', attempts: 0, key_version: 1, seq: 1, at: 5 };
  more.exercises.duties.answer.push(['region', 'customer']);
  more.exercises.duties.seq += 10;
  await file.setInputFiles(json(JSON.stringify(more)));
  const preview = page.locator('.preview');
  await preview.waitFor();
  assert.match(await preview.innerText(), /Exercises that would be added\s+1\s+Exercises with something newer\s+1/);
  assert.equal(await sorted(page), 3, 'nothing has changed yet');
  await me.isAt(preview.getByRole('button'));
  assert.deepEqual(await accessibilityProblems(page), []);
  await me.press('Add them');
  await me.told('Added. Nothing that was here is lost.');
  await page.waitForFunction(([key]) => JSON.parse(localStorage[key]).exercises.duties.answer.length === 4, [KEY]);
  await page.reload();
  await started(page);
  assert.equal(await page.getByText('4 of 6 sorted').count(), 1);
});

test('PR3 a file of when each module was a page of its own is added, too', async (t) => {
  const { page, me, file } = await data(t, 1);
  const exercise = (answer) => ({ answer, phase: 'open', attempts: 0, key_version: 1, seq: 10, at: 5 });
  const module = (exercises) => ({ course: 'clf-c02', resets: 2, opened: [], read: [], exercises });
  const modules = { one: module({ duties: exercise([['region', 'customer'], ['failed-drive', 'aws']]) }), two: module({ controls: exercise([['eavesdropping', 'tls']]) }) };
  await file.setInputFiles(json(JSON.stringify({ course: 'clf-c02', modules })));
  const preview = page.locator('.preview');
  await preview.waitFor();
  assert.match(await preview.innerText(), /Exercises that would be added\s+1\s+Exercises with something newer\s+1/);
  await me.press('Add them');
  await me.told('Added.');
  const { exercises } = await progress(page);
  assert.deepEqual([exercises.duties.answer.length, exercises.controls.answer.length], [2, 1]);
});

test('S7 the browser is asked to keep what is there, when somebody wants that, and not before there is something', async (t) => {
  // Browsers decide by themselves, so this one decides as the test says.
  const initScript = () => {
    const answers = [false, true];
    navigator.storage.persisted = async () => false;
    navigator.storage.persist = async () => answers.shift();
  };
  const { page, me } = await data(t, 0, { initScript });
  const ask = me.button('Ask the browser to keep it');
  assert(await ask.isHidden(), 'there is nothing to keep');
  await page.locator('.data > summary').click();
  await me.choose(me.row(DUTIES[0][0]), 'AWS');
  await page.locator('.data > summary').click();
  await ask.click();
  await me.reads('The browser makes no promise.');
  await ask.click();
  await me.reads('The browser will not clear it by itself.');
  assert(await ask.isHidden());
});

test('PR3 what was deleted can be brought back from a file', async (t) => {
  const { page, me, file } = await data(t, 2);
  const text = await exported(page);
  await page.getByText('Reset everything…').click();
  await me.press('Delete all progress');
  await me.told('All progress was deleted.');
  await page.waitForFunction(([key]) => !localStorage[key], [KEY]);
  await file.setInputFiles(json(text));
  await me.press('Add them');
  await page.waitForFunction(([key]) => JSON.parse(localStorage[key] ?? '{}').exercises?.duties?.answer.length === 2, [KEY]);
});

test('PR5 what deletes and adds is there once it can act', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  let arrive;
  const late = new Promise((resolve) => (arrive = resolve));
  await page.route(/\/data\.js/, (route) => late.then(() => route.continue()));
  await page.locator('.data > summary').click();
  await page.getByText('Your answers, the marks you earned').waitFor();
  const controls = [page.getByRole('button', { name: 'Delete all progress' }), page.getByLabel('Add from a file…')];
  for (const control of controls) assert.equal(await control.count(), 0);
  arrive();
  await page.getByText('Reset everything…').click();
  assert(await controls[1].isEnabled());
  await controls[0].click();
  await learner(page, MOUSE).told('All progress was deleted.');
});

const refused = {
  'no JSON': ['{"course": ', 'This is no progress of Kurso, or a part of it is missing.'],
  'something else': ['[1, 2]', 'This is no progress of Kurso, or a part of it is missing.'],
  'progress in another course': ['{"course":"other","opened":[],"read":[],"exercises":{}}', 'This is progress in another course.'],
  'progress with damage': ['{"course":"clf-c02","exercises":{"duties":{"attempts":-1}}}', 'This is no progress of Kurso, or a part of it is missing.'],
  'too large': [' '.repeat(1_000_001), 'This is larger than 1 MB'],
};
for (const [name, [text, reason]] of Object.entries(refused)) {
  test(`PR3 a file that is ${name} is refused with the reason and changes nothing`, async (t) => {
    const { page, me, file } = await data(t, 1);
    const before = await stored(page);
    await file.setInputFiles(json(text));
    await me.told(reason);
    assert(await page.locator('.preview').isHidden());
    assert.deepEqual(await stored(page), before);
  });
}

test('PR3 what was previewed is forgotten when that part of the page is closed', async (t) => {
  const { page, file } = await data(t, 1);
  const more = JSON.parse(await exported(page));
  more.exercises.controls = { answer: [['eavesdropping', 'tls']], phase: 'open', attempts: 0, key_version: 1, seq: 1, at: 5 };
  await file.setInputFiles(json(JSON.stringify(more)));
  const preview = page.locator('.preview');
  await preview.waitFor();
  const summary = page.locator('.data > summary');
  await summary.click();
  await summary.click();
  await preview.waitFor({ state: 'hidden' });
  await page.getByText(/^They take/).waitFor();
  assert(await preview.isHidden());
});

test('PR3 a file that has nothing new says so', async (t) => {
  const { page, me, file } = await data(t, 1);
  await file.setInputFiles(json(await exported(page)));
  await me.told('There is nothing in it that is not here already.');
});

test('S1 what a file says is never HTML', async (t) => {
  const { page, me, file } = await data(t, 0);
  await file.setInputFiles(json('{"course":"<img src=x onerror=alert(1)>","opened":[],"read":[],"exercises":{}}'));
  await me.told('This is progress in another course.');
  assert.equal(await page.locator('img[src="x"]').count(), 0);
});

test('S7 deleting leaves nothing behind: no key, no journal, no cache, and nothing that would answer from one', async (t) => {
  const { page, me } = await data(t, 2);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.evaluate(() => caches.open('of another course'));
  await page.evaluate((key) => localStorage.setItem(`${key}:set-aside:1`, '{'), KEY);
  await page.getByText('Reset everything…').click();
  await me.press('Delete all progress');
  await me.told('All progress was deleted.');
  await page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith('kurso:clf-c02:')));
  for (const told of ['They take', 'Ask the browser to keep it']) await page.getByText(told).first().waitFor({ state: 'hidden' });
  const journal = await page.evaluate(() => new Promise((resolve) => {
    const opening = indexedDB.open('kurso');
    opening.onsuccess = () => {
      const keys = opening.result.transaction('journal').objectStore('journal').getAllKeys();
      keys.onsuccess = () => resolve(keys.result);
    };
  }));
  assert.deepEqual(journal, []);
  await page.waitForFunction(async () => !(await navigator.serviceWorker.getRegistration()));
  assert.deepEqual(await page.evaluate(() => caches.keys()), ['of another course']);
  await page.reload();
  await started(page);
  assert.equal(await page.getByRole('radio', { checked: true }).count(), 0);
});

const AT = Date.UTC(2026, 2, 1, 12);
/** A script that puts beside the progress what could not be read, what was set aside, and what a newer build has; once. */
const beside = () => `if (!sessionStorage.once) Object.assign(localStorage, {
  '${KEY}:set-aside:${AT}': '{"course":"clf' + 'x'.repeat(2000),
  '${KEY}:security-and-compliance:set-aside:${AT}': '{"course":"clf-c02","exercises":{}}',
  '${KEY}:of-another:set-aside:${AT}': '{"of":"another learner"}',
  '${KEY.replace(/1$/, '2')}': '{"of":"a newer player"}',
}), sessionStorage.once = 1`;
const asides = (page) => page.locator('.data .aside');

test('S7 what was set aside is named with its size, and can be downloaded and deleted, each by itself', async (t) => {
  const { page, me } = await data(t, 1, { initScript: beside() });
  await page.getByText('Set aside…').click();
  const entries = asides(page).getByRole('listitem');
  const at = await page.evaluate((at) => new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' }).format(at), AT);
  assert.deepEqual(await entries.locator('p:first-child').allInnerTexts(), [
    `Could not be read, ${at}: 2 kB`,
    `Earlier progress, ${at}: 35 bytes`,
    'Saved by a newer version: 23 bytes',
  ]);
  const broken = entries.filter({ hasText: 'Could not be read' });
  const download = page.waitForEvent('download');
  await broken.getByRole('button', { name: 'Download' }).click();
  const file = await download;
  assert.match(file.suggestedFilename(), /^kurso-clf-c02-\d{4}-\d\d-\d\d\.set-aside\.txt$/);
  let text = '';
  for await (const chunk of await file.createReadStream()) text += chunk;
  const before = await stored(page);
  assert.equal(text, before[`${KEY}:set-aside:${AT}`]);
  await broken.getByRole('button', { name: 'Delete' }).click();
  assert.deepEqual(await stored(page), before, 'not before it is asked for once more');
  await broken.getByRole('button', { name: 'Delete for good' }).click();
  await me.told('It was deleted.');
  await me.isAt(asides(page).locator('summary'));
  const { [`${KEY}:set-aside:${AT}`]: gone, ...rest } = before;
  assert(gone);
  assert.deepEqual(await stored(page), rest);
  assert.equal(await entries.count(), 2);
});

test('S7 deleting everything takes along what was set aside, and what a newer build has saved', async (t) => {
  const { page, me } = await data(t, 1, { initScript: beside() });
  await page.locator('.newer').waitFor();
  await page.getByText('Reset everything…').click();
  await me.press('Delete all progress');
  await me.told('All progress was deleted.');
  await page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith('kurso:clf-c02:')));
  for (const told of [asides(page), page.locator('.newer')]) await told.waitFor({ state: 'detached' });
});

test('S7 where nothing was set aside nothing of it shows', async (t) => {
  const { page } = await data(t, 1);
  assert.equal(await asides(page).count(), 0);
});

for (const [width, height, colorScheme] of [[320, 568, 'light'], [1280, 800, 'dark']]) {
  test(`what is kept is accessible and fits at ${width} px`, async (t) => {
    const { page } = await data(t, 1, { viewport: { width, height }, colorScheme, initScript: beside() });
    await page.getByText('Set aside…').click();
    await page.getByText('Reset everything…').click();
    assert.deepEqual(await accessibilityProblems(page), []);
    assert.deepEqual(await sidewaysScroll(page), []);
    await screenshot(page, `data-${width}`);
  });
}

test('S7 where the browser keeps nothing, deleting everything is told and breaks nothing', async (t) => {
  const initScript = () => Object.defineProperty(window, 'localStorage', { get: () => { throw new DOMException('no', 'SecurityError'); } });
  const { page, me } = await data(t, 2, { initScript });
  await page.getByText('Reset everything…').click();
  await me.press('Delete all progress');
  await me.told('All progress was deleted.');
  await page.waitForTimeout(300);
  assert.equal(await page.getByRole('radio', { checked: true }).filter({ visible: true }).count(), 0);
});
