// The packages for LMSs, in a frame of one that holds scorm-again's run-time, keeps what it is told, and fails on demand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, stored } from './browser.mjs';
import { unpack } from '../../src/lms/state.js';
import { DUTIES, KEY, QUESTION, play } from './learner.mjs';
import { answersIn, arrive, go, launch, lmsWith, quiet, relaunch, report, SAVED_HERE, SAVED_THERE, says, sort, STANDARDS, UNREACHED, until } from './lms.mjs';

for (const standard of STANDARDS) {
  const is2004 = standard === 'scorm2004';
  const incomplete = is2004 ? ['incomplete', 'unknown'] : ['incomplete'];

  test(`EM5 ${standard}: opened and unanswered is incomplete, has no score, and can be resumed`, async (t) => {
    const lms = await lmsWith(standard);
    const { frame } = await launch(t, lms);
    await says(frame, SAVED_THERE);
    const { status, raw, at } = report(lms, standard);
    assert.deepEqual([status, raw, at.exit], [incomplete, '', 'suspend']);
  });

  test(`EM5 ${standard}: the first answer is told at once, with its score, as an interaction and as an objective`, async (t) => {
    const lms = await lmsWith(standard);
    const { page, frame, me } = await launch(t, lms);
    const [[first], ...others] = DUTIES;
    await sort(frame, me, [[first, 'Customer'], ...others]);
    await until(lms, () => report(lms, standard).raw !== '');
    const { status, raw, at, cmi } = report(lms, standard);
    // 5 of the 15 marks of all exercises.
    assert.deepEqual([status, raw, String(at.score.min), String(at.score.max)], [incomplete, '33.33', '0', '100']);
    if (is2004) assert.equal(Number(at.score.scaled), 0.3333);
    const calls = await page.evaluate(() => self.calls.filter(([name]) => name === 'SetValue').map(([, name, value, took]) => [name, value, took]));
    assert.deepEqual(calls.filter(([, , took]) => took !== 'true'), [], 'the run-time takes everything');
    const told = Object.fromEntries(calls);
    assert.match(told[`cmi.${is2004 ? '' : 'core.'}session_time`], is2004 ? /^PT0H0M\d+\.\d\dS$/ : /^0000:00:\d\d\.\d\d$/);
    assert.equal(told['cmi.interactions.0.id'], 'duties');
    assert.equal(told['cmi.interactions.0.type'], 'matching');
    assert.equal(told['cmi.interactions.0.result'], is2004 ? 'incorrect' : 'wrong');
    const response = told[`cmi.interactions.0.${is2004 ? 'learner' : 'student'}_response`];
    assert.match(response, is2004 ? /^([a-z-]+\[\.\][a-z-]+(\[,\]|$)){6}/ : /^([a-f]\.[ab](,|$)){6}/);
    assert.equal(told['cmi.objectives.0.id'], 'duties');
    assert.equal(told['cmi.objectives.0.score.raw'], '83.33');
    assert(answersIn(cmi.suspend_data) === 6);
    await says(frame, SAVED_THERE);
  });

  test(`EM5 ${standard}: on another device everything is there again`, async (t) => {
    const lms = await lmsWith(standard);
    const first = await launch(t, lms);
    await sort(first.frame, first.me);
    await until(lms, () => report(lms, standard).raw !== '');
    const { frame, me } = await launch(t, lms);
    await me.shows('Whose job is it?');
    await frame.getByText('All 6 correct.').first().waitFor();
  });

  test(`EM5 ${standard}: all of the module fits, and is passed`, async (t) => {
    const lms = await lmsWith(standard);
    const { page, me } = await launch(t, lms, { path: '?strict' });
    await play(me);
    await until(lms, () => report(lms, standard).raw === '100');
    const { status, state } = report(lms, standard);
    assert.deepEqual(status, is2004 ? ['completed', 'passed'] : ['passed']);
    // Half of the 4 096 characters that there are in SCORM 1.2 is left; how many it takes depends on the times of the answers.
    assert(state.length < 2048, `${state.length} characters`);
    const calls = await page.evaluate(() => self.calls);
    assert.deepEqual(calls.filter((call) => call.at(-1) !== 'true'), [], 'the run-time takes everything');
    const at = (test) => calls.findLastIndex(test);
    const passed = at(([, name, value]) => /status$/.test(name) && value === 'passed');
    const scored = at(([, name, value]) => /score\.raw$/.test(name) && /^cmi\.(core\.)?score/.test(name) && value === '100');
    const between = calls.slice(Math.min(passed, scored), Math.max(passed, scored));
    assert(between.some(([name]) => name === 'Commit'), 'status and score go by commits of their own');
  });
}

test('EM5 in a review nothing is told, and the learner knows', async (t) => {
  const lms = await lmsWith('scorm12');
  lms.known.set('ada', { cmi: { core: { lesson_status: 'passed', score: { raw: '90' } } }, mode: 'review' });
  const { page, frame, me } = await launch(t, lms);
  await says(frame, /takes no more from this attempt/);
  await sort(frame, me);
  await says(frame, 'All 6 correct.');
  await page.goto('about:blank');
  await quiet(lms);
  assert.deepEqual(lms.commits.filter((cmi) => cmi.suspend_data), []);
  assert.deepEqual(report(lms, 'scorm12').status, ['passed']);
});

test('EM5 a score and a status are never lowered', async (t) => {
  const lms = await lmsWith('scorm12');
  lms.known.set('ada', { cmi: { core: { lesson_status: 'passed', score: { raw: '90', min: '0', max: '100' }, exit: 'suspend' } } });
  const { frame, me } = await launch(t, lms);
  await sort(frame, me);
  await until(lms, () => answersIn(report(lms, 'scorm12').state) === 6);
  const { status, raw } = report(lms, 'scorm12');
  assert.deepEqual([status, raw], [['passed'], '90']);
});

for (const [how, fails, expected] of [
  ['says no', { down: true }, [/500/]],
  ['says yes and keeps nothing', { lies: true }, []],
]) {
  test(`EM5 an LMS that ${how} is told of, and gets everything afterwards with another counter`, async (t) => {
    const lms = await lmsWith('scorm12');
    const { page, frame, me } = await launch(t, lms, { expected });
    await says(frame, SAVED_THERE);
    Object.assign(lms, fails);
    await sort(frame, me);
    await says(frame, UNREACHED);
    await frame.locator('.warning').getByRole('button', { name: 'Download progress' }).waitFor();
    const kept = Object.entries(await stored(frame)).find(([key, value]) => key.startsWith(`${KEY}:`) && value.includes('"duties"'));
    assert(kept, 'it is kept here');
    const sent = await page.evaluate(() => self.calls.filter(([, name]) => name === 'cmi.suspend_data').at(-1)[2]);
    Object.assign(lms, { down: false, lies: false });
    await frame.evaluate(() => dispatchEvent(new Event('online')));
    await says(frame, SAVED_THERE);
    await until(lms, () => answersIn(report(lms, 'scorm12').state) === 6 && report(lms, 'scorm12').raw !== '');
    assert(unpack(report(lms, 'scorm12').state).counter > unpack(sent).counter);
    assert.equal(Number(report(lms, 'scorm12').raw), 40);
  });
}

test('EM5 calls that throw or answer nonsense stop nobody', async (t) => {
  const lms = await lmsWith('scorm12');
  const { page, frame, me } = await launch(t, lms);
  await says(frame, SAVED_THERE);
  for (const fails of [{ Commit: 'throws', SetValue: 'throws', GetValue: 'throws' }, { Commit: null, GetLastError: 391 }, { SetValue: undefined, GetLastError: '405' }]) {
    await page.evaluate((fails) => (self.fails = fails), fails);
    await sort(frame, me, DUTIES);
    await says(frame, UNREACHED);
    await page.evaluate(() => (self.fails = {}));
    await frame.evaluate(() => dispatchEvent(new Event('online')));
    await says(frame, SAVED_THERE);
    await me.press('Practise again');
    await frame.getByRole('button', { name: 'Check', exact: true }).waitFor();
  }
});

test('EM5 the run-time is found when it comes late, and two windows up', async (t) => {
  for (const path of ['?late=1500', '?deep', '?late=500&deep']) {
    const lms = await lmsWith('scorm12');
    const { frame } = await launch(t, lms, { path });
    await says(frame, SAVED_THERE);
  }
});

test('EM5 without an LMS a package is a course like any other', async (t) => {
  const lms = await lmsWith('scorm12');
  const { page } = await open(t, { server: { ...lms, url: `${lms.origin}/content/index.html` } });
  await says(page, SAVED_HERE);
  assert(KEY in (await stored(page)));
});

test('EM5 S5 two learners at one browser do not see each other', async (t) => {
  const lms = await lmsWith('scorm12');
  const { page, frame, me } = await launch(t, lms);
  await sort(frame, me);
  await says(frame, SAVED_THERE);
  // No new attempt, which would begin with nothing anyway.
  lms.known.set('grace', { cmi: { core: { lesson_status: 'incomplete', exit: 'suspend' } } });
  const other = await relaunch(page, lms, '?learner=grace');
  await go(other.frame, 'whose-job');
  await other.me.shows('Whose job is it?');
  assert.equal(await other.frame.getByText('All 6 correct.').count(), 0);
  await until(lms, () => report(lms, 'scorm12').state);
  assert.equal(answersIn(report(lms, 'scorm12').state), 0);
  // Who they are is not kept, but that they are two.
  const kept = await stored(other.frame);
  assert.doesNotMatch(JSON.stringify(kept), /grace/);
  const owners = new Set(Object.keys(kept).filter((key) => key.startsWith(`${KEY}:`)).map((key) => key.split(':')[3]));
  assert.equal(owners.size, 2, `${[...owners]}`);
});

test('EM5 a new attempt begins with nothing, and nothing is thrown away', async (t) => {
  const lms = await lmsWith('scorm12');
  const { page, frame, me } = await launch(t, lms);
  await sort(frame, me);
  await says(frame, SAVED_THERE);
  await page.goto('about:blank');
  await quiet(lms);
  lms.known.clear();
  const again = await relaunch(page, lms);
  await go(again.frame, 'whose-job');
  await again.me.shows('Whose job is it?');
  assert.equal(await again.frame.getByText('All 6 correct.').count(), 0);
  assert(Object.entries(await stored(again.frame)).some(([key, value]) => key.includes(':set-aside:') && value.includes('duties')));
});

test('EM5 PR2 what a learner did in activities that were modules is there in the one that has them all', async (t) => {
  const lms = await lmsWith('scorm12');
  const { page, frame } = await launch(t, lms);
  await says(frame, SAVED_THERE);
  const own = Object.keys(await stored(frame)).find((key) => key.startsWith(`${KEY}:`) && key.split(':').length === 4);
  const module = own.replace(KEY, `${KEY}:security-and-compliance`);
  const of = (side) => JSON.stringify({ course: 'clf-c02', exercises: { duties: { answer: [['region', side]], phase: 'open', attempts: 0, key_version: 1, seq: 3, at: 5 } } });
  const kept = { [module]: of('customer'), [module.replace(/\w+$/, 'another')]: of('aws') };
  await frame.evaluate((kept) => Object.assign(localStorage, kept), kept);
  await page.goto('about:blank');
  await quiet(lms);
  const again = await relaunch(page, lms);
  await go(again.frame, 'whose-job');
  await again.frame.getByText('1 of 6 sorted').waitFor();
  await until(lms, () => answersIn(report(lms, 'scorm12').state) === 1);
  const all = await stored(again.frame);
  assert.equal(all[module], undefined);
  assert(Object.entries(all).some(([key, value]) => key.startsWith(`${own}:set-aside:`) && value.includes('customer')));
  assert.equal(all[module.replace(/\w+$/, 'another')], of('aws'), 'nobody else is touched');
});

test('EM5 what the LMS has lost comes back from this device', async (t) => {
  const lms = await lmsWith('scorm12');
  const { page, frame, me } = await launch(t, lms);
  await says(frame, SAVED_THERE);
  lms.lies = true;
  await sort(frame, me);
  await says(frame, UNREACHED);
  await page.goto('about:blank');
  await quiet(lms);
  lms.lies = false;
  const again = await relaunch(page, lms);
  await again.frame.getByText('All 6 correct.').first().waitFor();
  await until(lms, () => answersIn(report(lms, 'scorm12').state) === 6);
});

/** Answers the question of the exam there, and has it checked. */
async function answerExam(frame, me) {
  await go(frame, 'exam-question');
  await me.choose(me.row(QUESTION.stem), QUESTION.right);
  await me.press('Check');
  await me.told('Correct');
}

/** What has been checked, as the LMS has it. */
const checkedIn = (state) => Object.entries(JSON.parse(unpack(state).json).exercises).flatMap(([id, { attempts }]) => (attempts ? [id] : [])).sort();

for (const standard of STANDARDS) {
  const hasBoth = (lms) => {
    const { state, raw } = report(lms, standard);
    // 7 of the 15 marks of all exercises.
    return raw === '46.67' && checkedIn(state).join() === 'duties,patient-data';
  };

  test(`EM5 ${standard}: what is answered in two windows is one, there and in both`, async (t) => {
    const lms = await lmsWith(standard);
    const one = await launch(t, lms);
    await says(one.frame, SAVED_THERE);
    const page = await one.page.context().newPage();
    await page.goto(lms.url);
    const two = await arrive(page);
    await says(two.frame, SAVED_THERE);
    await Promise.all([sort(one.frame, one.me), answerExam(two.frame, two.me)]);
    await until(lms, () => hasBoth(lms));
    for (const { frame, me } of [one, two]) {
      await go(frame, 'wrap-up');
      await me.reads('Correct in the exercises: 7 of 15.');
      await says(frame, SAVED_THERE);
    }
    // Whichever goes last, the LMS keeps all of it.
    for (const page of [two.page, one.page]) {
      await page.goto('about:blank');
      await until(lms, () => hasBoth(lms));
    }
    const later = await launch(t, lms);
    await go(later.frame, 'wrap-up');
    await later.me.reads('Correct in the exercises: 7 of 15.');
  });

  test(`EM5 ${standard}: of two devices at once the LMS has the last, and the other brings the rest at its next launch`, async (t) => {
    const lms = await lmsWith(standard);
    const one = await launch(t, lms);
    await says(one.frame, SAVED_THERE);
    const two = await launch(t, lms);
    await says(two.frame, SAVED_THERE);
    await sort(one.frame, one.me);
    await until(lms, () => answersIn(report(lms, standard).state) === 6);
    await one.page.goto('about:blank');
    await quiet(lms);
    await answerExam(two.frame, two.me);
    await until(lms, () => checkedIn(report(lms, standard).state).join() === 'patient-data');
    const again = await relaunch(one.page, lms);
    await until(lms, () => hasBoth(lms));
    await go(again.frame, 'wrap-up');
    await again.me.reads('Correct in the exercises: 7 of 15.');
  });
}

test('EM5 the session ends once, and a page that comes back says so', async (t) => {
  const lms = await lmsWith('scorm12');
  const { page, frame } = await launch(t, lms);
  await says(frame, SAVED_THERE);
  // As the browser does when it keeps a page and shows it again.
  await frame.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
  await says(frame, /session with the learning platform has ended/);
  await go(frame, 'whose-job');
  await says(frame, 'Whose job is it?');
  await frame.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')));
  const calls = await page.evaluate(() => self.calls);
  assert.deepEqual(calls.filter(([name]) => name === 'Finish').length, 1);
  assert.equal(calls.at(-1)[0], 'Finish', 'nothing is told after that');
});
