// What befalls saved progress: content that changed between two visits, values that nobody would write, a disk that is
// full, clocks that are wrong, a page that comes back as it was put away, and browsers that keep nothing at all.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ARABIC, PAGE, accessibilityProblems, crashed, eventually, open, screenshot, sidewaysScroll, started, stored } from './browser.mjs';
import { DUTIES, HANDS, KEY, QUESTION, learner, nothingLost, progress } from './learner.mjs';

const MOUSE = HANDS['a mouse'];
const REFUSED = 'Progress cannot be saved here. Download it, or open the course in its own tab.';

/** Opens that step for a learner. */
async function begin(t, step, options = {}) {
  const { page, ...rest } = await open(t, { path: `#/${step}`, ...options });
  return { page, me: learner(page, MOUSE), ...rest };
}

/** A script that puts into the storage what that expression says, unless something is there already. */
const keep = (expression, key = KEY) => `localStorage.getItem('${key}') ?? localStorage.setItem('${key}', ${expression})`;

const folders = [];
// Not before the pages are closed that are served from them.
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** The page of the course after those edits of it, and of its plan. */
async function edited(edits, editPlan = () => {}) {
  const folder = await mkdtemp(join(tmpdir(), 'kurso-edited-'));
  folders.push(folder);
  await cp(PAGE, folder, { recursive: true });
  let page = String(await readFile(join(folder, 'index.html')));
  for (const [before, after] of edits) {
    assert(page.includes(before), before);
    page = page.replace(before, after);
  }
  page = page.replace(/(<script type="application\/json">)(.*?)(<\/script>)/s, (_, begin, json, end) => {
    const course = JSON.parse(json);
    editPlan(course.plan.modules[0].steps, course.plan);
    return begin + JSON.stringify(course).replaceAll('<', '\\u003c') + end;
  });
  await writeFile(join(folder, 'index.html'), page);
  const digest = createHash('sha256').update(page).digest('hex').slice(0, 16);
  const worker = String(await readFile(join(folder, 'sw.js')));
  const newer = worker.replace(/(?<="index.html":\s*["'`])[0-9a-f]{16}/, digest);
  assert.notEqual(newer, worker);
  await writeFile(join(folder, 'sw.js'), newer);
  return folder;
}

/** Sorts all duties, and has them checked. */
async function sort(me) {
  for (const [item, side] of DUTIES) await me.choose(me.row(item), side);
  await me.press('Check');
  await me.told('All 6 correct');
}

/** What is stored of a learner who has done that, as an expression. */
async function sorted(t) {
  const { page, me } = await begin(t, 'whose-job');
  await sort(me);
  return JSON.stringify(JSON.stringify(await progress(page)));
}

/** How many duties are sorted. */
const answers = async (page) => (await progress(page)).exercises.duties.answer.length;

/** The exercise of that id, in its step. */
function find(steps, id) {
  const step = steps.find(({ blocks }) => blocks.some(({ exercise }) => exercise?.id === id));
  const block = step.blocks.find(({ exercise }) => exercise?.id === id);
  return { step, block, exercise: block.exercise };
}

const DRIVE = '"label":"A hard drive in an AWS data center has failed and must be replaced","accepts":["aws"]';

test('PR2 a corrected item is asked again with the reason, and the others stand until it is checked', async (t) => {
  const before = await sorted(t);
  const folder = await edited([[DRIVE, DRIVE.replace('["aws"]', '["customer"]')]]);
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
  nothingLost(t, 6, await answers(page));
});

test('PR2 an item that was added is asked, and the others stand', async (t) => {
  const before = await sorted(t);
  const label = 'Somebody reads the log files of the firewall';
  const added = `<p hidden data-exercise="duties"><span data-text="item_logs">${label}</span></p></main>`;
  const folder = await edited([['</main>', added]], (steps) => {
    find(steps, 'duties').exercise.items.push({ id: 'logs', text: true, label, accepts: ['customer'], feedback: true });
  });
  const { page, me } = await begin(t, 'whose-job', { folder, initScript: keep(before) });
  await me.exercise('Six duties').getByText('6 of 7 sorted').waitFor();
  for (const [item, side] of DUTIES) assert(await me.row(item).getByRole('radio', { name: side }).isChecked(), item);
  nothingLost(t, 6, await answers(page));
  await me.choose(me.row(label), 'Customer');
  await me.press('Check');
  await me.told('All 7 correct');
});

test('PR2 an item that was removed takes nothing else along, and what was known of it stays in the file', async (t) => {
  const before = await sorted(t);
  const folder = await edited([], (steps) => find(steps, 'duties').exercise.items.shift());
  const { page, me } = await begin(t, 'whose-job', { folder, initScript: keep(before) });
  await me.exercise('Six duties').getByText('All 5 correct').waitFor();
  const { exercises, reviews } = await progress(page);
  nothingLost(t, 5, exercises.duties.answer.length);
  nothingLost(t, 6, Object.keys(reviews).filter((question) => question.startsWith('duties_')).length);
});

test('PR2 an exercise that was moved to another step is found there with its answers', async (t) => {
  const before = await sorted(t);
  const folder = await edited([], (steps) => {
    const { step, block } = find(steps, 'duties');
    step.blocks.splice(step.blocks.indexOf(block), 1);
    find(steps, 'controls').step.blocks.unshift(block);
  });
  const { page, me } = await begin(t, 'risks-and-controls', { folder, initScript: keep(before) });
  await me.exercise('Six duties').getByText('All 6 correct').waitFor();
  nothingLost(t, 6, await answers(page));
});

test('PR2 a typo that was put right, and what was renamed with an alias, keep every answer', async (t) => {
  const before = await sorted(t);
  const folder = await edited([
    ['"id":"duties","kind"', '"id":"six-duties","was":["duties"],"kind"'],
    ['"id":"failed-drive","text"', '"id":"drive","was":["failed-drive"],"text"'],
    ['has failed and must be replaced","accepts"', 'failed and has to be replaced","accepts"'],
  ]);
  const { page, me } = await begin(t, 'whose-job', { folder, initScript: keep(before) });
  await me.exercise('Six duties').getByText('All 6 correct').waitFor();
  const { exercises } = await progress(page);
  assert.deepEqual(Object.keys(exercises), ['six-duties']);
  assert.deepEqual(exercises['six-duties'].answer[0], ['drive', 'aws']);
  nothingLost(t, 6, exercises['six-duties'].answer.length);
});

const RECORD = '{"answer":[],"phase":"open","attempts":0,"key_version":1,"seq":1,"at":1}';

test('PR1 a half-written value is set aside, and the answers come back from the journal', async (t) => {
  const { page, me } = await begin(t, 'whose-job');
  await sort(me);
  const { exercises } = await progress(page);
  // As soon as it is on the disk.
  await page.waitForFunction(([key, attempts]) => new Promise((resolve) => {
    const opening = indexedDB.open('kurso');
    opening.onsuccess = () => {
      const entry = opening.result.transaction('journal').objectStore('journal').get(key);
      entry.onsuccess = () => resolve(JSON.parse(entry.result ?? '{}').exercises?.duties?.attempts === attempts);
    };
  }), [KEY, exercises.duties.attempts]);
  // Once the page is gone: it would write again.
  await page.goto('about:blank');
  const initScript = ([key]) => {
    if (sessionStorage.cut || !localStorage[key]) return;
    sessionStorage.cut = localStorage[key].slice(0, localStorage[key].length / 2);
    localStorage[key] = sessionStorage.cut;
  };
  await page.addInitScript(initScript, [KEY]);
  await page.goBack();
  await started(page);
  await me.exercise('Six duties').getByText('All 6 correct').waitFor();
  await page.getByText('could not be read. It was set aside, not deleted').waitFor();
  const all = await stored(page);
  const [aside] = Object.entries(all).filter(([key]) => key.startsWith(`${KEY}:set-aside:`)).map(([, text]) => text);
  assert.equal(aside, await page.evaluate(() => sessionStorage.cut));
  assert(aside.startsWith('{"course"') && aside.length > 100, aside);
  nothingLost(t, 6, await answers(page));
});

test('PR1 hostile sizes: progress of twenty thousand exercises that nobody knows, in the worst order, is read and kept', async (t) => {
  const records = `Array.from({ length: 20000 }, (_, at) => '"e' + (99999 - at) + '":${RECORD}').join()`;
  const value = `'{"course":"clf-c02","opened":[],"read":[],"exercises":{' + ${records} + '}}'`;
  const { page, me } = await begin(t, 'exam-question', { initScript: keep(value) });
  await me.choose(me.row(QUESTION.stem), QUESTION.right);
  const { exercises } = await progress(page);
  nothingLost(t, 20_001, Object.keys(exercises).length);
});

test('PR1 exercises whose names mean something to a browser are exercises', async (t) => {
  const value = `'{"course":"clf-c02","opened":["__proto__"],"exercises":{"__proto__":${RECORD},"constructor":${RECORD}}}'`;
  const { page, me } = await begin(t, 'exam-question', { initScript: keep(value) });
  await me.choose(me.row(QUESTION.stem), QUESTION.right);
  const { exercises } = await progress(page);
  assert.deepEqual(Object.keys(exercises).sort(), ['__proto__', 'constructor', 'patient-data']);
});

test('PR1 hostile sizes: brackets without end are set aside', async (t) => {
  const value = `'{"course":"clf-c02","exercises":' + '['.repeat(1e5) + ']'.repeat(1e5) + '}'`;
  const { page, me } = await begin(t, 'exam-question', { initScript: keep(value) });
  await page.getByText('could not be read. It was set aside, not deleted').waitFor();
  await me.choose(me.row(QUESTION.stem), QUESTION.right);
  const aside = Object.entries(await stored(page)).filter(([key]) => key !== KEY);
  assert.deepEqual(aside.map(([, text]) => text.length), [200_033]);
});

test('PR1 hostile sizes: junk that fills the storage is not overwritten, and the lesson says that it saves nothing', async (t) => {
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
  nothingLost(t, 3, await answers(page));
});

const NEWER = KEY.replace(/1$/, '2');
const OF_NEWER = '{"of":"a newer player"}';
/** What tells of progress that a newer build has saved. */
const newerIn = (page) => page.locator('.newer');

/** The file that comes when somebody does that. */
async function downloaded(page, act) {
  const download = page.waitForEvent('download');
  await act();
  const file = await download;
  let text = '';
  for await (const chunk of await file.createReadStream()) text += chunk;
  return { name: file.suggestedFilename(), text };
}

for (const [width, height, colorScheme] of [[320, 568, 'dark'], [1280, 800, 'light']]) {
  test(`PR2 progress of a newer form is left alone, and told before the first answer, with a way out, at ${width} px`, async (t) => {
    const initScript = keep(`'${OF_NEWER}'`, NEWER);
    const { page, me } = await begin(t, 'exam-question', { initScript, viewport: { width, height }, colorScheme });
    await newerIn(page).getByText('A newer version of this course has saved progress on this device').waitFor();
    await screenshot(page, `newer-${width}`);
    assert.deepEqual(await accessibilityProblems(page), []);
    assert.deepEqual(await sidewaysScroll(page), []);
    const { name, text } = await downloaded(page, () => newerIn(page).getByRole('button', { name: 'Download' }).click());
    assert.equal(text, OF_NEWER);
    assert.match(name, /^kurso-clf-c02-\d{4}-\d\d-\d\d\.set-aside\.json$/);
    await me.choose(me.row(QUESTION.stem), QUESTION.right);
    await me.press('Check');
    await me.told('Correct');
    assert.equal((await stored(page))[NEWER], OF_NEWER);
    assert.deepEqual(Object.keys(await stored(page)).sort(), [KEY, NEWER]);
    nothingLost(t, 1, Object.keys((await progress(page)).exercises).length);
    await page.evaluate(() => (window.before = true));
    await newerIn(page).getByRole('button', { name: 'Load the newer version' }).click();
    await page.waitForFunction(() => window.before === undefined);
    await newerIn(page).waitFor();
    assert.equal((await stored(page))[NEWER], OF_NEWER);
  });
}

test('PR2 what a newer build saves while the page is open is told, too, once, and no longer than it is there', async (t) => {
  const { page, me, server } = await begin(t, 'exam-question');
  await me.choose(me.row(QUESTION.stem), QUESTION.right);
  const other = await page.context().newPage();
  await other.goto(`${server.url}manifest.webmanifest`);
  const put = (key, value) => other.evaluate(([key, value]) => localStorage.setItem(key, value), [key, value]);
  await put(`${NEWER}:of-nobody-here`, OF_NEWER);
  await put('kurso:another-course:2', OF_NEWER);
  await put(`${KEY}:set-aside:1`, '{');
  assert.equal(await newerIn(page).count(), 0);
  await put(NEWER, OF_NEWER);
  await newerIn(page).waitFor();
  await put(NEWER, `${OF_NEWER} `);
  await other.evaluate((key) => localStorage.removeItem(key), NEWER);
  await newerIn(page).waitFor({ state: 'detached' });
  assert.equal(await newerIn(page).count(), 0);
  nothingLost(t, 1, Object.keys((await progress(page)).exercises).length);
});

test('PR2 where nothing is to be kept, nothing is told of what is kept', async (t) => {
  const { page, server } = await begin(t, 'exam-question', { initScript: keep(`'${OF_NEWER}'`, NEWER), path: '?embed&storage=none#/exam-question' });
  await page.getByRole('button', { name: 'Check', exact: true }).waitFor();
  assert.equal(await newerIn(page).count(), 0);
  assert(!server.requests.some(({ path }) => path.endsWith('aside.js')));
});

test('PR2 EM10 progress of a newer form is told in the language of the course', async (t) => {
  const { page } = await open(t, { folder: ARABIC });
  const key = await page.locator('kurso-player').getAttribute('data-saved');
  await page.evaluate((key) => localStorage.setItem(key, '{}'), key.replace(/1$/, '12'));
  await page.reload();
  await newerIn(page).waitFor();
  assert.doesNotMatch(await newerIn(page).innerText(), /[a-z0-9]/i);
  assert.deepEqual(await newerIn(page).evaluate(({ lang, dir }) => [lang, dir]), ['ar', 'rtl']);
  await screenshot(page, 'newer-arabic');
});

/** Cuts the module into two. */
const inTwo = (steps, plan) => {
  const [module] = plan.modules;
  plan.modules = [{ ...module, id: 'one', steps: steps.slice(0, 5), terms: [] }, { ...module, id: 'two', steps: steps.slice(5) }];
};
/** What is kept of a module that is a page of its own, with that exercise done and a question of it answered. */
const inModule = (exercise, item, slot, seq = 3) => ({
  course: 'clf-c02',
  resets: 1,
  opened: ['exam-question'],
  read: [],
  exercises: { [exercise]: { answer: [[item, slot]], phase: 'open', attempts: 0, key_version: 1, seq, at: 5 } },
  reviews: { [`${exercise}_${item}`]: [[1_700_000_000_000, 3]] },
});
const ONE = JSON.stringify(inModule('duties', 'region', 'customer'));
const TWO = JSON.stringify(inModule('controls', 'eavesdropping', 'tls'));
/** A script that keeps those texts, by the ends of their keys, once. */
const keepOnce = (texts) => `if (!sessionStorage.once) for (const [end, text] of ${JSON.stringify(Object.entries(texts))}) localStorage[sessionStorage.once = '${KEY}' + end] = text`;
const asideIn = (all) => Object.entries(all).filter(([key]) => key.startsWith(`${KEY}:set-aside:`)).map(([, text]) => text);

test('PR2 a course in parts that becomes one page again has what was done in its modules, and sets that aside', async (t) => {
  const folder = await edited([], inTwo);
  const whole = { ...inModule('patient-data', 'split', 'picked'), resets: 4 };
  const initScript = keepOnce({ '': JSON.stringify(whole), ':one': ONE, ':two': TWO, ':of-somebody-else': ONE });
  const { page, me } = await begin(t, 'whose-job', { folder, initScript });
  await me.exercise('Six duties').getByText('1 of 6 sorted').waitFor();
  const { exercises, reviews, resets } = await progress(page);
  nothingLost(t, 3, Object.keys(exercises).length);
  nothingLost(t, 3, Object.keys(reviews).length);
  assert.equal(resets, 4);
  const all = await stored(page);
  assert.deepEqual(Object.keys(all).filter((key) => !key.includes('set-aside')).sort(), [KEY, `${KEY}:of-somebody-else`]);
  const [aside, ...others] = asideIn(all);
  const { course, modules } = JSON.parse(aside);
  assert.deepEqual([course, Object.keys(modules), others], ['clf-c02', ['one', 'two'], []]);
  assert.deepEqual(modules.two.exercises, JSON.parse(TWO).exercises);
  await page.evaluate(() => document.querySelector('kurso-player').reset());
  await page.reload();
  await started(page);
  assert.deepEqual(Object.keys((await progress(page)).exercises), [], 'what was deleted does not come back');
});

test('PR1 what a crash left in the journal alone of a module is there when the course is one page again', async (t) => {
  const folder = await edited([], inTwo);
  const { page, me } = await begin(t, 'whose-job', { folder });
  await crashed(page, `${KEY}:one`, ONE, JSON.stringify(inModule('duties', 'region', 'aws', 4)));
  await page.reload();
  await started(page);
  assert(await me.row(DUTIES[5][0]).getByRole('radio', { name: 'AWS' }).isChecked());
  nothingLost(t, 1, await answers(page));
});

test('PR1 of modules, too, what cannot be read is set aside, and told, and the others are there', async (t) => {
  const folder = await edited([], inTwo);
  const { page, me } = await begin(t, 'whose-job', { folder, initScript: keepOnce({ ':one': ONE, ':two': '{"course":"clf' }) });
  await page.getByText('The progress saved in one module could not be read. It was set aside, not deleted.').waitFor();
  await me.exercise('Six duties').getByText('1 of 6 sorted').waitFor();
  assert(asideIn(await stored(page)).includes('{"course":"clf'));
  nothingLost(t, 1, await answers(page));
});

test('PR1 where what was kept of the whole cannot be read, or there is no room, modules are found all the same', async (t) => {
  const folder = await edited([], inTwo);
  const { page, me } = await begin(t, 'whose-job', { folder, initScript: keepOnce({ '': '{', ':one': ONE }) });
  await page.getByText('could not be read. It was set aside, not deleted').waitFor();
  await me.exercise('Six duties').getByText('1 of 6 sorted').waitFor();
  assert.deepEqual(asideIn(await stored(page)), ['{']);
  await page.reload();
  await started(page);
  await eventually(async () => !((await stored(page))[`${KEY}:one`]));
  nothingLost(t, 1, await answers(page));

  const full = `${keepOnce({ ':one': ONE })}; Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };`;
  const { page: other, me: there } = await begin(t, 'whose-job', { folder, initScript: full });
  await there.exercise('Six duties').getByText('1 of 6 sorted').waitFor();
  await other.getByRole('main').getByText('storage is full').first().waitFor();
  assert.deepEqual(await stored(other), { [`${KEY}:one`]: ONE });
});

test('PR1 a clock set back and a time zone changed lose nothing, and the newer answer wins', async (t) => {
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
  assert.equal(new Date(at).getUTCFullYear(), 2001);
  nothingLost(t, 2, answer.length);
});

test('PR1 what was answered by a clock that was years ahead is asked again in time once it is right', async (t) => {
  const { page, me } = await begin(t, 'whose-job');
  await page.clock.setSystemTime(Date.now() + 3000 * 86_400_000);
  await sort(me);
  await page.clock.setSystemTime(new Date());
  await page.reload();
  await started(page);
  const { exercises, reviews } = await progress(page);
  nothingLost(t, 6, exercises.duties.answer.length);
  await page.clock.setSystemTime(Date.now() + 5 * 86_400_000);
  await page.evaluate(() => (location.hash = '#/review'));
  await page.getByText('6 questions are due.').waitFor();
  nothingLost(t, 6, Object.keys(reviews).length);
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
  nothingLost(t, 2, await answers(page));
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
