// What befalls saved progress: content that changed between two visits, values that nobody would write, a disk that is
// full, clocks that are wrong, a page that comes back as it was put away, and browsers that keep nothing at all.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { accessibilityProblems, open, PAGE, started, stored } from './browser.mjs';
import { DUTIES, HANDS, KEY, QUESTION, learner, progress } from './learner.mjs';

const MOUSE = HANDS['a mouse'];
const REFUSED = 'Progress cannot be saved here. Download it, or open the course in its own tab.';

/** Opens that step for a learner. */
async function begin(t, step, options = {}) {
  const { page, ...rest } = await open(t, { path: `#/${step}`, ...options });
  return { page, me: learner(page, MOUSE), ...rest };
}

/** A script that puts into the storage what that expression says, unless something is there already. */
const keep = (expression, key = KEY) => `localStorage.getItem('${key}') ?? localStorage.setItem('${key}', ${expression})`;

/** The page of the course after those edits of it. */
async function edited(t, edits) {
  const folder = await mkdtemp(join(tmpdir(), 'kurso-edited-'));
  t.after(() => rm(folder, { recursive: true }));
  await cp(PAGE, folder, { recursive: true });
  let page = String(await readFile(join(folder, 'index.html')));
  for (const [before, after] of edits) {
    assert(page.includes(before), before);
    page = page.replace(before, after);
  }
  await writeFile(join(folder, 'index.html'), page);
  const digest = createHash('sha256').update(page).digest('hex').slice(0, 16);
  const worker = String(await readFile(join(folder, 'sw.js')));
  const newer = worker.replace(/(?<="index.html":\s*["'`])[0-9a-f]{16}/, digest);
  assert.notEqual(newer, worker);
  await writeFile(join(folder, 'sw.js'), newer);
  return folder;
}

/** What is stored of a learner who has sorted all duties and had them checked. */
async function sorted(t) {
  const { page, me } = await begin(t, 'whose-job');
  for (const [item, side] of DUTIES) await me.choose(me.row(item), side);
  await me.press('Check');
  await me.told('All 6 correct');
  return JSON.stringify(JSON.stringify(await progress(page)));
}

const DRIVE = '"label":"A hard drive in an AWS data center has failed and must be replaced","accepts":["aws"]';

test('PR2 a corrected item is asked again with the reason, and the others stand until it is checked', async (t) => {
  const before = await sorted(t);
  const folder = await edited(t, [[DRIVE, DRIVE.replace('["aws"]', '["customer"]')]]);
  const { page, me } = await begin(t, 'whose-job', { folder, initScript: keep(before) });
  const reason = page.getByText('This has been corrected since you answered');
  await reason.waitFor();
  await me.exercise('Six duties').getByText('5 of 6 sorted').waitFor();
  assert.equal(await me.row(DUTIES[0][0]).getByRole('radio', { checked: true }).count(), 0);
  assert(await me.row(DUTIES[1][0]).getByRole('radio', { name: DUTIES[1][1] }).isDisabled());
  assert.deepEqual(await accessibilityProblems(page), []);
  await page.reload();
  await started(page);
  await reason.waitFor();
  await me.choose(me.row(DUTIES[0][0]), 'Customer');
  await me.press('Check');
  await me.told('All 6 correct');
  assert.equal(await reason.count(), 0);
  assert.equal((await progress(page)).exercises.duties.attempts, 2, 'what was done before is not forgotten');
});

test('PR2 a typo that was put right and an id that was changed with its name keep every answer', async (t) => {
  const before = await sorted(t);
  const folder = await edited(t, [
    ['"id":"duties","kind"', '"id":"six-duties","was":["duties"],"kind"'],
    ['"id":"failed-drive","text"', '"id":"drive","was":["failed-drive"],"text"'],
    ['has failed and must be replaced","accepts"', 'failed and has to be replaced","accepts"'],
  ]);
  const { page, me } = await begin(t, 'whose-job', { folder, initScript: keep(before) });
  await me.exercise('Six duties').getByText('All 6 correct').waitFor();
  const { exercises } = await progress(page);
  assert.deepEqual(Object.keys(exercises), ['six-duties']);
  assert.deepEqual(exercises['six-duties'].answer[0], ['drive', 'aws']);
});

const RECORD = '{"answer":[],"phase":"open","attempts":0,"key_version":1,"seq":1,"at":1}';

test('PR1 progress of twenty thousand exercises that nobody knows, in the worst order, is read and kept', async (t) => {
  const records = `Array.from({ length: 20000 }, (_, at) => '"e' + (99999 - at) + '":${RECORD}').join()`;
  const value = `'{"course":"clf-c02","opened":[],"read":[],"exercises":{' + ${records} + '}}'`;
  const { page, me } = await begin(t, 'exam-question', { initScript: keep(value) });
  await me.choose(me.row(QUESTION.stem), QUESTION.right);
  const { exercises } = await progress(page);
  assert.equal(Object.keys(exercises).length, 20_001);
});

test('PR1 exercises whose names mean something to a browser are exercises', async (t) => {
  const value = `'{"course":"clf-c02","opened":["__proto__"],"exercises":{"__proto__":${RECORD},"constructor":${RECORD}}}'`;
  const { page, me } = await begin(t, 'exam-question', { initScript: keep(value) });
  await me.choose(me.row(QUESTION.stem), QUESTION.right);
  const { exercises } = await progress(page);
  assert.deepEqual(Object.keys(exercises).sort(), ['__proto__', 'constructor', 'patient-data']);
});

test('PR1 brackets without end are set aside', async (t) => {
  const value = `'{"course":"clf-c02","exercises":' + '['.repeat(1e5) + ']'.repeat(1e5) + '}'`;
  const { page, me } = await begin(t, 'exam-question', { initScript: keep(value) });
  await page.getByText('could not be read. It was set aside, not deleted').waitFor();
  await me.choose(me.row(QUESTION.stem), QUESTION.right);
  const aside = Object.entries(await stored(page)).filter(([key]) => key !== KEY);
  assert.deepEqual(aside.map(([, text]) => text.length), [200_033]);
});

test('PR1 junk that fills the storage is not overwritten, and the lesson says that it saves nothing', async (t) => {
  const { page, me } = await begin(t, 'exam-question', { initScript: keep(`'x'.repeat(4e6)`) });
  await page.getByRole('main').getByText(REFUSED).first().waitFor();
  await me.choose(me.row(QUESTION.stem), QUESTION.right);
  await me.press('Check');
  await me.told('Correct');
  assert.equal((await stored(page))[KEY].length, 4e6);
});

test('PR1 when the storage is full what was saved stays, and when there is room again all is saved', async (t) => {
  const { page, me } = await begin(t, 'whose-job');
  await me.choose(me.row(DUTIES[0][0]), DUTIES[0][1]);
  const before = (await stored(page))[KEY];
  await page.evaluate(() => {
    for (let size = 1e6; size >= 1; size /= 10) {
      try {
        for (let at = 0; ; at += 1) localStorage.setItem(`of another program ${size} ${at}`, 'x'.repeat(size));
      } catch {
        // Full, for a value of that size.
      }
    }
  });
  const full = page.getByRole('main').getByText('storage is full').first();
  await me.choose(me.row(DUTIES[1][0]), DUTIES[1][1]);
  await full.waitFor();
  assert.equal((await stored(page))[KEY], before, 'the old value is whole');
  await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('of another')).forEach((key) => localStorage.removeItem(key)));
  await me.choose(me.row(DUTIES[2][0]), DUTIES[2][1]);
  await full.waitFor({ state: 'detached' });
  assert.equal((await progress(page)).exercises.duties.answer.length, 3);
});

test('PR2 progress of a newer form is left alone', async (t) => {
  const newer = KEY.replace(/1$/, '2');
  const { page, me } = await begin(t, 'exam-question', { initScript: keep(`'{"of":"a newer player"}'`, newer) });
  await me.choose(me.row(QUESTION.stem), QUESTION.right);
  await me.press('Check');
  await me.told('Correct');
  assert.equal((await stored(page))[newer], '{"of":"a newer player"}');
  assert.deepEqual(Object.keys(await stored(page)).sort(), [KEY, newer]);
});

test('PR1 a clock that is set back and another time zone lose nothing, and the newer answer wins', async (t) => {
  const { page, me } = await begin(t, 'whose-job');
  const [[drive], [records, side]] = DUTIES;
  await me.choose(me.row(drive), 'Customer');
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setTimezoneOverride', { timezoneId: 'Pacific/Kiritimati' });
  await page.clock.setSystemTime(new Date('2001-02-03'));
  await me.choose(me.row(drive), 'AWS');
  await me.choose(me.row(records), side);
  await page.reload();
  await started(page);
  assert(await me.row(drive).getByRole('radio', { name: 'AWS' }).isChecked());
  const { at, answer } = (await progress(page)).exercises.duties;
  assert.deepEqual([new Date(at).getUTCFullYear(), answer.length], [2001, 2]);
});

test('PR4 a page that comes back as it was put away shows what was answered elsewhere meanwhile', async (t) => {
  // Not every browser tells a page afterwards what it has missed.
  const initScript = () => addEventListener('storage', (event) => event.stopImmediatePropagation());
  const { page, server, me } = await begin(t, 'whose-job', {
    initScript,
    profile: { ignoreDefaultArgs: ['--disable-back-forward-cache'] },
    // Beside what is no page, the browser looks for an icon.
    expected: [/favicon/],
  });
  await me.choose(me.row(DUTIES[0][0]), DUTIES[0][1]);
  await page.evaluate(() => addEventListener('pageshow', ({ persisted }) => (window.cameBack = persisted)));
  await page.goto(`${server.url}manifest.webmanifest`);
  const other = await page.context().newPage();
  await other.goto(`${server.url}#/whose-job`);
  await started(other);
  await MOUSE.choose(other, learner(other, MOUSE).row(DUTIES[1][0]), DUTIES[1][1]);
  await page.goBack({ waitUntil: 'commit' });
  await page.waitForFunction(() => window.cameBack === true);
  await me.row(DUTIES[1][0]).getByRole('radio', { name: DUTIES[1][1] }).and(page.locator(':checked')).waitFor();
  assert.equal((await progress(page)).exercises.duties.answer.length, 2);
});

test('PR1 a browser in which all site data is blocked runs the lesson from memory and says so', async (t) => {
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
  const { page, me } = await begin(t, 'exam-question', { profile: { preferences } });
  assert.equal(await page.evaluate(() => { try { return typeof localStorage; } catch (error) { return error.name; } }), 'SecurityError');
  await page.getByRole('main').getByText(REFUSED).first().waitFor();
  await me.choose(me.row(QUESTION.stem), QUESTION.right);
  await me.press('Check');
  await me.told('Correct');
});

test('PR5 in a frame without an origin the lesson runs from memory and says so', async (t) => {
  const { page, server } = await open(t, { serverOptions: { shared: true } });
  const around = `${server.origin}/around.html`;
  await page.route(around, (route) => route.fulfill({ contentType: 'text/html', body: `<iframe sandbox="allow-scripts" width="1000" height="800" src="${server.url}#/exam-question"></iframe>` }));
  await page.goto(around);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('main').getByText(REFUSED).first().waitFor();
  await frame.getByRole('group', { name: QUESTION.stem }).locator('label').filter({ hasText: QUESTION.right }).click();
  await frame.getByRole('button', { name: 'Check', exact: true }).click();
  await frame.getByRole('status').filter({ hasText: 'Correct' }).waitFor({ state: 'attached' });
});
