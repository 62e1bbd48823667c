// What may come between a learner and an LMS in the life of a session: windows of other sites, calls that fail, a slow
// server, the Back button, a clock that is set back, and states that are old, broken or too long.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { open, started, stored } from './browser.mjs';
import { pack, unpack } from '../../src/lms/state.js';
import { DUTIES, HANDS, KEY, learner } from './learner.mjs';
import { answersIn, go, launch, lmsWith, NO_ROOM, quiet, relaunch, report, SAVED_HERE, SAVED_THERE, says, sort, STANDARDS, UNREACHED, until } from './lms.mjs';

const [[DRIVE], ...OTHERS] = DUTIES;
const LESS = [[DRIVE, 'Customer'], ...OTHERS];
const SORTED = 'All 6 correct.';
const NOWHERE = 'Progress is kept only until you leave this page.';
const CLOSED = /takes no more from this attempt/;

/** What the run-time was asked to change or keep. */
const written = (calls) => calls.filter(([name]) => name === 'SetValue' || name === 'Commit');
/** The keys under which something is kept here for learners. */
const mirrors = async (frame, of = KEY) => Object.entries(await stored(frame)).filter(([key]) => key.startsWith(`${of}:`));
const setAside = async (frame) => (await mirrors(frame)).filter(([key]) => key.includes(':set-aside:')).map(([, value]) => value);
/** What the LMS knows of somebody who has begun. */
const begun = (state) => ({ cmi: { suspend_data: state, core: { lesson_status: 'incomplete', exit: 'suspend' } } });
/** Progress with the duties sorted by whoever has it. */
async function sortedState(t) {
  const lms = await lmsWith('scorm12');
  const { frame, me } = await launch(t, lms);
  await sort(frame, me);
  await until(lms, () => report(lms, 'scorm12').raw !== '');
  return report(lms, 'scorm12').state;
}

test('EM5 below a page of another site a package is a course like any other', async (t) => {
  const lms = await lmsWith('scorm12');
  const port = new URL(lms.origin).port;
  const [blog, app] = ['blog', 'app'].map((site) => `http://${site}.localhost:${port}`);
  const { frame, me } = await launch(t, { ...lms, url: `${blog}/launch`, others: [blog, app] }, { path: `?at=${app}` });
  assert.equal(new URL(frame.url()).origin, app);
  await sort(frame, me);
  await says(frame, SORTED);
  // Some browsers let a frame of another site keep something.
  await frame.getByText(/^Progress (is saved on this device|cannot be saved)/).first().waitFor();
  assert.deepEqual(lms.commits, []);
});

test('EM5 in a window of its own, the run-time is in the window that opened it', async (t) => {
  const lms = await lmsWith('scorm12');
  const { page: around } = await open(t, { server: lms, path: '?window', starts: false });
  const [page] = await Promise.all([around.waitForEvent('popup'), around.getByRole('button', { name: 'Launch' }).click()]);
  await started(page);
  const me = learner(page, HANDS['a mouse']);
  await says(page, SAVED_THERE);
  await sort(page, me);
  await until(lms, () => answersIn(report(lms, 'scorm12').state) === 6);
  await page.close({ runBeforeUnload: true });
});

for (const [name, is] of [
  // Nobody says who the learner is, so nothing is kept here, either.
  ['Initialize', NOWHERE],
  ['GetValue', NOWHERE],
  ['SetValue', UNREACHED],
  ['Commit', UNREACHED],
  ['GetLastError', SAVED_THERE],
  ['GetErrorString', SAVED_THERE],
  ['GetDiagnostic', SAVED_THERE],
  ['Finish', SAVED_THERE],
]) {
  test(`EM5 a run-time that throws in ${name} from the start stops nobody, and the learner is told how it is`, async (t) => {
    const lms = await lmsWith('scorm12');
    lms.known.set('ada', { cmi: { core: { lesson_status: 'completed', score: { raw: '50' } } } });
    const { page, frame, me } = await launch(t, lms, { path: `?fails=${JSON.stringify({ [name]: 'throws' })}` });
    await sort(frame, me);
    await says(frame, SORTED);
    await says(frame, is);
    await page.goto('about:blank');
    assert.deepEqual([report(lms, 'scorm12').status, report(lms, 'scorm12').raw], [['completed'], '50'], 'less is never told');
  });
}

test('EM5 what a commit answers counts less than its error', async (t) => {
  const lms = await lmsWith('scorm12');
  const { page, frame, me } = await launch(t, lms);
  await says(frame, SAVED_THERE);
  await go(frame, 'whose-job');
  await me.shows('Whose job is it?');
  let side = 0;
  for (const [answer, error, is] of [
    [null, 0, SAVED_THERE],
    [true, '0', SAVED_THERE],
    ['', '', SAVED_THERE],
    ['true', '101', UNREACHED],
    [null, 391, UNREACHED],
    ['false', 0, UNREACHED],
    [false, 0, UNREACHED],
  ]) {
    await page.evaluate((says) => (self.says = says), { Commit: answer, GetLastError: error });
    const commits = () => self.calls.filter(([name]) => name === 'Commit').length;
    const before = await page.evaluate(commits);
    await me.choose(me.row(DRIVE), ['AWS', 'Customer'][side++ % 2]);
    // Until it is told, nothing is said: what is said after it is of it.
    await page.waitForFunction(`(${commits})() > ${before}`);
    await says(frame, is);
    await page.evaluate(() => (self.says = {}));
    await frame.evaluate(() => dispatchEvent(new Event('online')));
    await says(frame, SAVED_THERE);
  }
  assert.equal(await frame.getByRole('dialog').count(), 0);
});

test('EM5 a slow LMS is asked seldom, and typing and choosing wait for it no more than that', async (t) => {
  const lms = await lmsWith('scorm12');
  const { page, frame, me } = await launch(t, lms);
  await says(frame, SAVED_THERE);
  lms.slow = 400;
  await go(frame, 'whose-job');
  await me.shows('Whose job is it?');
  const commits = () => page.evaluate(() => self.calls.filter(([name]) => name === 'Commit').length);
  const before = await commits();
  const start = performance.now();
  for (let round = 0; round < 30; round += 1) {
    await me.choose(me.row(DUTIES[round % 6][0]), ['AWS', 'Customer'][(round / 6) % 2 | 0]);
    await wait(100);
  }
  const asked = (await commits()) - before;
  // The page stands still while it is asked, so it is asked a tenth of the time at most.
  const most = 2 + (performance.now() - start) / (10 * lms.slow);
  assert(asked >= 1 && asked <= most, `${asked} commits in 30 changes, and no more than ${most} are good`);
  // Nothing is left behind.
  await page.goto('about:blank');
  await until(lms, () => answersIn(report(lms, 'scorm12').state) === 6);
});

test('EM5 a page that Back brings back has no session, says so, and tells nothing', async (t) => {
  const lms = await lmsWith('scorm12');
  const { page, frame } = await launch(t, lms, { profile: { ignoreDefaultArgs: ['--disable-back-forward-cache'] } });
  await says(frame, SAVED_THERE);
  await page.evaluate(() => addEventListener('pageshow', ({ persisted }) => (self.cameBack = persisted)));
  await page.goto(`${lms.origin}/run-time.js`);
  await quiet(lms);
  const commits = lms.commits.length;
  await page.goBack({ waitUntil: 'commit' });
  await page.waitForFunction(() => self.cameBack !== undefined);
  assert(await page.evaluate(() => self.cameBack), 'the browser has kept the page');
  // Playwright knows no frame of a page that comes back, but the page does.
  const shows = (words) => page.waitForFunction((words) => frames[0].document.querySelector('kurso-player').shadowRoot.textContent.includes(words), words);
  await shows('session with the learning platform has ended');
  await page.evaluate(() => (frames[0].location.hash = '#/whose-job'));
  await shows('Check');
  await page.evaluate(answerAll);
  await shows('of 6 correct');
  await wait(2000);
  await page.goto(`${lms.origin}/run-time.js`);
  await page.goBack({ waitUntil: 'commit' });
  const calls = await page.evaluate(() => self.calls);
  assert.deepEqual(calls.filter(([name]) => name === 'Finish').length, 1);
  assert.equal(calls.at(-1)[0], 'Finish', 'nothing is told after that');
  assert.equal(lms.commits.length, commits);
  // It is kept here until then.
  const again = await relaunch(page, lms);
  await says(again.frame, /of 6 correct/);
  await until(lms, () => answersIn(report(lms, 'scorm12').state) === 6);
});

for (const standard of STANDARDS) {
  test(`EM5 ${standard}: who deletes all has nothing left but what was earned, here and there`, async (t) => {
    const lms = await lmsWith(standard);
    const { page, frame, me } = await launch(t, lms);
    await sort(frame, me);
    await until(lms, () => report(lms, standard).raw === '40');
    await frame.evaluate(() => localStorage.setItem('kurso:clf-c02:1:another-learner', '{}'));
    await frame.locator('.data > summary').click();
    await frame.locator('.reset summary').click();
    await me.press('Delete all progress');
    await until(lms, () => answersIn(report(lms, standard).state) === 0);
    await frame.waitForFunction(() => !Object.values(localStorage).some((value) => value.includes('"answer"')));
    await page.goto('about:blank');
    const { status, raw } = report(lms, standard);
    assert.deepEqual([status[0], raw], ['incomplete', '40']);
    const again = await relaunch(page, lms);
    await go(again.frame, 'whose-job');
    await again.me.shows('Whose job is it?');
    await says(again.frame, SAVED_THERE);
    assert.equal(await again.frame.getByRole('main').locator('input:checked').count(), 0);
    assert.equal((await stored(again.frame))['kurso:clf-c02:1:another-learner'], '{}', 'that is somebody else’s');
    // Less is told of again, but it is no score.
    await sort(again.frame, again.me, LESS);
    await until(lms, () => answersIn(report(lms, standard).state) === 6);
    assert.equal(report(lms, standard).raw, '40');
  });

  test(`EM5 ${standard}: a new attempt begins with nothing, whatever this device has`, async (t) => {
    const lms = await lmsWith(standard);
    const { page, frame, me } = await launch(t, lms);
    await sort(frame, me);
    await until(lms, () => report(lms, standard).raw === '40');
    await says(frame, SAVED_THERE);
    await page.goto('about:blank');
    await quiet(lms);
    lms.known.clear();
    const before = lms.commits.length;
    // On a slow device, what the player begins with must not be told before it is forgotten.
    const slow = await page.context().newCDPSession(page);
    await slow.send('Emulation.setCPUThrottlingRate', { rate: 20 });
    const again = await relaunch(page, lms);
    await says(again.frame, SAVED_THERE);
    await go(again.frame, 'whose-job');
    await again.me.shows('Whose job is it?');
    assert.equal(await again.frame.getByRole('main').locator('input:checked').count(), 0);
    await until(lms, () => report(lms, standard).state);
    const told = lms.commits.slice(before).map((cmi) => (standard === 'scorm12' ? cmi.core : cmi).score?.raw ?? '');
    assert.deepEqual(told.filter((raw) => raw !== ''), [], 'no score of the attempt before');
    const { status, raw, state } = report(lms, standard);
    assert.deepEqual([status[0], raw, answersIn(state)], ['incomplete', '', 0]);
    assert((await setAside(again.frame)).some((value) => value.includes('duties')), 'nothing is thrown away');
  });

  test(`EM5 ${standard}: a clock that is set back makes no invalid time`, async (t) => {
    const lms = await lmsWith(standard);
    const { page, frame, me } = await launch(t, lms);
    await says(frame, SAVED_THERE);
    await page.clock.setSystemTime(new Date('2001-02-03T04:05:06.789Z'));
    await sort(frame, me);
    await until(lms, () => report(lms, standard).raw === '40');
    const calls = written(await page.evaluate(() => self.calls));
    assert.deepEqual(calls.filter((call) => call.at(-1) !== 'true'), [], 'the run-time takes everything');
    const last = (end) => calls.findLast(([, name]) => name?.endsWith(end))[2];
    assert.match(last('session_time'), standard === 'scorm12' ? /^0000:00:\d\d\.\d\d$/ : /^PT0H0M\d+\.\d\dS$/);
    assert.match(last(standard === 'scorm12' ? '.time' : '.timestamp'), standard === 'scorm12' ? /^\d\d:05:\d\d$/ : /^2001-02-03T04:05:\d\d\.0Z$/);
  });
}

/** Launches the package, and answers in it: the learner is told that nothing is taken, and nothing is written. */
async function tellsNothing(t, lms) {
  const { page, frame, me } = await launch(t, lms);
  await says(frame, CLOSED);
  await sort(frame, me);
  await says(frame, SORTED);
  await wait(2000);
  assert.deepEqual(written(await page.evaluate(() => self.calls)), []);
}

test('EM5 in a review nothing is written at all', async (t) => {
  const lms = await lmsWith('scorm12');
  lms.known.set('ada', { cmi: { core: { lesson_status: 'passed', score: { raw: '90' } } }, mode: 'review' });
  await tellsNothing(t, lms);
});

test('EM5 a state that cannot be read is set aside, and told from one that is there', async (t) => {
  const whole = await sortedState(t);
  const { packed: other } = pack({ course: 'another', step: 'x', opened: [], read: [], exercises: {} }, 7, 4096);
  for (const [what, state, kept] of [
    ['cut', whole.slice(0, -9)],
    ['changed', whole.replace(/^(v1\.\d+\.)./, '$1_')],
    ['of another program', '{"page":3,"score":"80"}'],
    ['noise', 'x'.repeat(4096)],
    ['of another package', other, unpack(other).json],
  ]) {
    const lms = await lmsWith('scorm12');
    lms.known.set('ada', begun(state));
    const { frame, me } = await launch(t, lms);
    await go(frame, 'whose-job');
    await me.shows('Whose job is it?');
    assert((await setAside(frame)).includes(kept ?? state), `${what} is kept`);
    await sort(frame, me, LESS);
    await until(lms, () => unpack(report(lms, 'scorm12').state) && answersIn(report(lms, 'scorm12').state) === 6);
    await says(frame, SAVED_THERE);
  }
});

test('EM5 the state of a newer build is left alone, and the learner is told that nothing is taken', async (t) => {
  const newer = 'v2.9.all-of-it.done';
  const lms = await lmsWith('scorm12');
  lms.known.set('ada', begun(newer));
  await tellsNothing(t, lms);
  assert.equal(lms.known.get('ada').cmi.suspend_data, newer);
});

test('EM5 what is newer counts, be it here or there', async (t) => {
  const lms = await lmsWith('scorm12');
  const { page, frame, me } = await launch(t, lms);
  await go(frame, 'whose-job');
  await me.shows('Whose job is it?');
  await me.choose(me.row(DRIVE), 'Customer');
  await until(lms, () => answersIn(report(lms, 'scorm12').state) === 1);
  const stale = structuredClone(lms.known.get('ada'));
  await page.goto('about:blank');
  await quiet(lms);
  // On another device.
  const other = await launch(t, lms);
  await sort(other.frame, other.me);
  await until(lms, () => report(lms, 'scorm12').raw !== '');
  await other.page.goto('about:blank');
  await quiet(lms);
  const newer = await relaunch(page, lms);
  await newer.frame.getByText(SORTED).first().waitFor();
  await says(newer.frame, SAVED_THERE);
  await newer.page.goto('about:blank');
  await quiet(lms);
  // The LMS goes back to what it had, as from a copy.
  lms.known.set('ada', stale);
  const back = await relaunch(page, lms);
  await back.frame.getByText(SORTED).first().waitFor();
  await until(lms, () => answersIn(report(lms, 'scorm12').state) === 6 && report(lms, 'scorm12').raw === '40');
});

/** Answers all exercises of the step that shows, somehow, and checks them; also in a page around. */
function answerAll() {
  const player = document.querySelector('kurso-player') ?? frames[0].document.querySelector('kurso-player');
  const root = player.shadowRoot;
  const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
  return (async () => {
    const ids = [...root.querySelectorAll('.page [data-exercise]')].map((exercise) => exercise.dataset.exercise);
    for (const id of ids) {
      const find = (selector) => [...root.querySelectorAll(`[data-exercise="${id}"] ${selector}`)];
      const names = [...new Set(find('input[type=radio]').map(({ name }) => name))];
      for (const name of names) {
        find(`input[name="${name}"]`)[0].click();
        await settled();
      }
      for (const input of find('input[type=checkbox]').slice(0, 2)) input.click();
      for (let at = 0; at < find('select').length; at += 1) {
        const select = find('select')[at];
        select.selectedIndex = 1 + (at % (select.options.length - 1));
        select.dispatchEvent(new Event('change', { bubbles: true }));
        await settled();
      }
      await settled();
      const button = (...names) => find('button').find(({ textContent }) => names.includes(textContent));
      for (let next = button('Check', 'Show answer', 'Got it'); next; next = button('Show answer', 'Got it', 'Check anyway')) {
        next.click();
        await settled();
      }
    }
    return ids.length;
  })();
}

test('EM5 in a strict LMS a course of 500 items gives up answers and never marks, and says so', async (t) => {
  const lms = await lmsWith('scorm12', 'long-scorm12');
  const { page, frame } = await launch(t, lms, { path: '?strict' });
  await says(frame, SAVED_THERE);
  const steps = await frame.evaluate(() => [...document.querySelector('kurso-player').shadowRoot.querySelectorAll('nav a[href^="#/step"]')].map(({ hash }) => hash));
  let exercises = 0;
  for (const step of new Set(steps)) {
    await frame.evaluate((step) => (location.hash = step), step);
    await frame.locator(`nav [aria-current][href="${step}"]`).first().waitFor({ state: 'attached' });
    exercises += await frame.evaluate(answerAll);
  }
  await until(lms, () => report(lms, 'scorm12').status[0] !== 'incomplete');
  // What is not there is not said to be.
  await says(frame, NO_ROOM);
  await says(frame, SAVED_HERE);
  assert.equal(await frame.getByText(UNREACHED).count(), 0);
  const { raw, state } = report(lms, 'scorm12');
  assert(state.length <= 4096, `${state.length} characters`);
  const [there, here] = [state && unpack(state).json, (await mirrors(frame, 'kurso:generated:1')).find(([, value]) => value.startsWith('{'))[1]].map((json) => JSON.parse(json).exercises);
  assert.equal(Object.keys(there).length, exercises);
  for (const [id, { attempts, best }] of Object.entries(here)) {
    assert.deepEqual([there[id].attempts, there[id].best, there[id].answer], [attempts, best, []], `of ${id} the marks stay, and nothing else`);
  }
  // Cards are no marks.
  const marks = Object.entries(there).flatMap(([id, { best }]) => (id.startsWith('flashcards') ? [] : best));
  const [right, of] = ['right', 'of'].map((key) => marks.reduce((sum, mark) => sum + mark[key], 0));
  assert.equal(raw, String(Math.round((10_000 * right) / of) / 100));
  // Where not even all marks fit, score and status are told all the same.
  await page.evaluate(() => (self.room = 1500));
  await frame.evaluate((step) => (location.hash = step), steps[0]);
  await until(lms, () => report(lms, 'scorm12').state.length <= 1500);
  const some = Object.keys(JSON.parse(unpack(report(lms, 'scorm12').state).json).exercises).length;
  assert(some > 0 && some < exercises, `${some} of ${exercises}`);
  assert.deepEqual([report(lms, 'scorm12').raw, await frame.getByText(UNREACHED).count()], [raw, 0]);
  await frame.locator('.room').waitFor();
  await page.evaluate(() => (self.room = 4096));
  await frame.evaluate((step) => (location.hash = step), steps[1]);
  await until(lms, () => Object.keys(JSON.parse(unpack(report(lms, 'scorm12').state).json).exercises).length === exercises);
  // On another device the marks are the same.
  const other = await launch(t, lms, { path: '?strict' });
  await says(other.frame, /Progress is saved/);
  await other.page.goto('about:blank');
  assert.equal(report(lms, 'scorm12').raw, raw);
});

for (const standard of STANDARDS) {
  test(`EM5 ${standard}: each module is an activity with progress, a score and a mastery of its own`, async (t) => {
    const lms = await lmsWith(standard, `modules-${standard}`);
    // What somebody has done here without an LMS is nobody's in it.
    const record = { answer: [['at-100', 'picked']], phase: 'checked', attempts: 1, seq: 1, at: 1 };
    const alone = JSON.stringify({ course: 'elements', opened: [], read: [], exercises: { boils: record } });
    const initScript = `for (const key of ['kurso:elements:1', 'kurso:elements:1:water']) localStorage.setItem(key, ${JSON.stringify(alone)});`;
    const water = await launch(t, lms, { path: '?file=index.html', initScript });
    await says(water.frame, SAVED_THERE);
    assert.equal(await water.frame.getByRole('main').locator('input:checked').count(), 0);
    const links = await water.frame.evaluate(() => [...document.querySelector('kurso-player').shadowRoot.querySelectorAll('a')].map((link) => link.getAttribute('href')));
    assert.deepEqual(links.filter((href) => /\.html/.test(href)), [], 'no page leads to another');
    await says(water.frame, 'what burns');
    const answer = async ({ me }, question, option) => {
      await me.exercise(question).locator('label').filter({ hasText: option }).click();
      await me.exercise(question).getByRole('button', { name: 'Check', exact: true }).click();
    };
    await answer(water, /When does water boil/, /At 100/);
    await answer(water, /When does it freeze/, /At 10/);
    const failed = standard === 'scorm12' ? ['failed'] : ['completed', 'failed'];
    await until(lms, () => report(lms, standard).raw === '50' && report(lms, standard).status.join() === failed.join());
    const of = (state) => Object.keys(JSON.parse(unpack(state).json).exercises).sort();
    assert.deepEqual(of(report(lms, standard).state), ['boils', 'freezes']);
    // The same marks are a pass in the other module.
    const fire = await relaunch(water.page, lms, '?file=fire.html');
    await says(fire.frame, SAVED_THERE);
    assert.equal(report(lms, standard).raw, '');
    await answer(fire, /Which gas/, 'Oxygen');
    await answer(fire, /Which of these burns/, 'Sand');
    const passed = standard === 'scorm12' ? ['passed'] : ['completed', 'passed'];
    await until(lms, () => report(lms, standard).raw === '50' && report(lms, standard).status.join() === passed.join());
    assert.deepEqual(of(report(lms, standard).state), ['fuel', 'gas']);
    const again = await relaunch(fire.page, lms, '?file=index.html');
    await again.me.exercise(/When does it freeze/).locator('input:checked').waitFor();
    assert.deepEqual(report(lms, standard).status, failed);
    const keys = Object.keys(await stored(again.frame)).filter((key) => /^kurso:elements:1:(water|fire):\w+$/.test(key));
    assert.equal(keys.length, 2, `${keys}`);
  });
}

test('EM5 of a course in parts each page is an activity of a package', async (t) => {
  const lms = await lmsWith('scorm2004', 'large-scorm2004');
  const { frame } = await launch(t, lms, { path: '?file=module-7.html' });
  await says(frame, SAVED_THERE);
  await frame.evaluate(() => (location.hash = '#/step-7-2'));
  await frame.getByRole('button', { name: 'Check', exact: true }).first().waitFor();
  await frame.evaluate(answerAll);
  await until(lms, () => report(lms, 'scorm2004').raw !== '');
  assert(Object.keys(JSON.parse(unpack(report(lms, 'scorm2004').state).json).exercises).every((id) => /-7-/.test(id)));
});
