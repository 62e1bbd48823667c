// The package for cmi5, launched by an LMS whose records are elsewhere: what it tells there, and what becomes of that when
// the LMS says no, is away, or is asked twice. That LMS refuses whatever the profile forbids, and no test lets it refuse
// anything but what the test is about.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { open, PACKED, started, stored } from './browser.mjs';
import { pack, unpack } from '../../src/lms/state.js';
import { DUTIES, HANDS, KEY, learner, play } from './learner.mjs';
import { unzip } from './lms.mjs';
import { serveLrs } from './lrs.mjs';
import { faults } from './schemas.mjs';

const ZIP = join(PACKED, 'kurso-cmi5.zip');
const SAVED_THERE = 'Progress is saved in the learning platform.';
const SAVED_HERE = 'Progress is saved on this device.';
const UNREACHED = /The learning platform cannot be reached/;
const ENDED = /session with the learning platform has ended/;
const LOOKING = /takes no more from this attempt/;
/** What Chromium says of the first launch, which has no progress there yet. */
const NONE_YET = /404.*activities\/state/;

assert(existsSync(ZIP), `${ZIP} is missing: run \`cargo xtask test pack\``);

/** An LMS that has the package; at the end of the test it must have refused nothing but that. */
async function lmsWith(...refusals) {
  const lms = await serveLrs(await unzip(ZIP));
  const { close } = lms;
  lms.browsers = 0;
  lms.close = async () => {
    lms.browsers -= 1;
    if (lms.browsers > 0) return;
    await close();
    const surprising = lms.refusals.filter((why) => !refusals.some((pattern) => pattern.test(why)));
    assert.deepEqual(surprising, [], 'the LMS refused something');
  };
  return lms;
}

/** Launches it in a browser of its own. */
async function launch(t, lms, { as, expected = [NONE_YET], ...options } = {}) {
  lms.browsers += 1;
  const { page } = await open(t, { server: lms, path: lms.launch(as), expected, ...options });
  return { page, me: learner(page, HANDS['a mouse']) };
}

/** Launches it once more in the same browser. */
async function relaunch(page, lms, as) {
  await page.goto(lms.launch(as));
  await started(page);
}

const says = (page, sentence) => page.getByText(sentence).filter({ visible: true }).first().waitFor();
const go = (page, step) => page.evaluate((step) => (location.hash = `#/${step}`), step);
const answersIn = (state) => (state && JSON.parse(unpack(state).json).exercises.duties?.answer.length) || 0;

/** Sorts all duties and checks that. */
async function sort(page, me, duties = DUTIES) {
  await go(page, 'whose-job');
  await me.shows('Whose job is it?');
  for (const [item, side] of duties) await me.choose(me.row(item), side);
  await me.press('Check');
}

/** Goes away as by closing the tab, and waits until the LMS has heard the end. */
async function close(page, lms) {
  const { session } = lms;
  const saves = () => lms.requests.filter((request) => request.startsWith('PUT ')).length;
  const before = saves();
  await page.goto('about:blank');
  await until(() => lms.verbs(session).includes('terminated') && (!before || saves() > before));
}

async function until(holds) {
  for (const patience = Date.now() + 10_000; Date.now() < patience; await new Promise((resolve) => setTimeout(resolve, 50))) if (holds()) return;
  assert.fail(`it never came to ${holds}`);
}

/** Progress of somebody who has done all, of which they got few marks. */
async function failing(t) {
  const lms = await lmsWith();
  const { page, me } = await launch(t, lms);
  await play(me);
  await until(() => lms.verbs().includes('passed') && unpack(lms.progress() ?? '')?.json.includes('"patient-data"'));
  await says(page, SAVED_THERE);
  const progress = JSON.parse(unpack(lms.progress()).json);
  progress.exercises.duties.best.right = 1;
  progress.exercises.evaluation.best.right = 2;
  return JSON.stringify({ progress: pack(progress, 1, 32_000).packed, told: { completed: true } });
}

/** How many statements wait in the browser. */
const unsent = async (page) => Object.keys(await stored(page)).filter((name) => name.includes(':unsent:')).length;

/** Launches the package, and sorts all duties there when the LMS has broken. */
async function sortUnsent(t) {
  const lms = await lmsWith();
  const { page, me } = await launch(t, lms, { expected: [NONE_YET, /500/] });
  await says(page, SAVED_THERE);
  lms.fails = () => 500;
  await sort(page, me);
  await says(page, 'Not yet sent to the learning platform: 1 record.');
  return { lms, page, me };
}

test('EM4 cmi5: the package has its structure at the root, and no address or ending that an LMS would stumble over', async () => {
  const files = await unzip(ZIP);
  const structure = String(files.get('cmi5.xml'));
  const value = (pattern) => structure.match(pattern)?.[1];
  assert.equal(value(/<courseStructure xmlns="([^"]+)">/), 'https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd');
  assert.equal(value(/<course id="([^"]+)">/), 'urn:kurso:clf-c02');
  assert.equal(value(/<au ([^>]+)>/), 'id="urn:kurso:clf-c02:unit" launchMethod="AnyWindow" moveOn="CompletedAndPassed" masteryScore="0.8"');
  assert(files.has(value(/<url>([^<]+)<\/url>/)), 'the address is that of a file in the package');
  assert.deepEqual(faults('cmi5', structure), []);
  // No broken one is valid.
  for (const [part, other] of [
    [/<courseStructure xmlns="[^"]*"/, '<courseStructure'],
    [/<course id="[^"]*"/, '<course'],
    [/<course id="[^"]*"/, '<course id="urn:kurso:clf-c02:unit"'],
    [/<au id/, '<unit id'],
    [/moveOn="[^"]*"/, 'moveOn="Always"'],
    [/masteryScore="[^"]*"/, 'masteryScore="80"'],
    [/launchMethod="[^"]*"/, 'launchMethod="Frame"'],
    [/(<url>.*<\/url>)/, ''],
    [/(<title>.*<\/title>)(\s*)(<description>.*<\/description>)/, '$3$2$1'],
    [/<langstring lang="en">[^<]*/, '<langstring lang="en">'],
    [/lang="en"/, 'lang="in English"'],
    [/<au .*<\/au>/s, ''],
  ]) {
    assert.match(structure, part);
    assert.notDeepEqual(faults('cmi5', structure.replace(part, other)), [], `${part} became ${other}`);
  }
  const names = [...files.keys()];
  assert.deepEqual(names.filter((name) => /\.mjs$|imsmanifest|scorm|reached|[^\x21-\x7e]/.test(name)), []);
});

test('EM4 cmi5: a launch is answered with initialized, once, and leaves nothing in the address or in the browser', async (t) => {
  const lms = await lmsWith();
  const { page } = await launch(t, lms);
  await says(page, SAVED_THERE);
  assert.deepEqual(lms.verbs(), ['initialized']);
  assert.deepEqual(lms.requests.filter((request) => request.includes('/fetch/')).length, 1);
  assert.equal(new URL(page.url()).search, '');
  const kept = JSON.stringify([await stored(page), await page.evaluate(() => ({ ...sessionStorage, cookies: document.cookie }))]);
  for (const secret of ['ada', 'fetch', lms.session.id, Buffer.from(`${lms.session.id}:`).toString('base64')]) {
    assert(!kept.includes(secret), `${secret} is kept: ${kept}`);
  }
  await close(page, lms);
  assert.deepEqual(lms.verbs(), ['initialized', 'terminated']);
  assert(lms.statements.at(-1).result.duration.startsWith('PT'));
});

test('EM4 cmi5: each answer that was checked is told, with what was asked and what is right', async (t) => {
  const lms = await lmsWith();
  const { page, me } = await launch(t, lms);
  const [[first], ...others] = DUTIES;
  await sort(page, me, [[first, 'Customer'], ...others]);
  await until(() => lms.verbs().includes('answered') && answersIn(lms.progress()) === 6);
  const { object, result, context } = lms.statements.find(({ verb }) => verb.id.endsWith('answered'));
  assert.equal(object.id, `${lms.session.activityId}/duties`);
  assert.equal(object.definition.name.en, 'Six duties, two sides');
  assert.equal(object.definition.interactionType, 'matching');
  assert.equal(object.definition.target[0].description.en, 'AWS');
  assert(result.response.includes('failed-drive[.]customer') && object.definition.correctResponsesPattern[0].includes('failed-drive[.]aws'));
  assert.deepEqual(result.score, { scaled: 5 / 6, raw: 5, min: 0, max: 6 });
  assert.equal(result.success, false);
  assert.deepEqual(context.contextActivities.parent, [{ objectType: 'Activity', id: lms.session.activityId }]);
  await says(page, SAVED_THERE);
});

test('EM4 cmi5: all of the module is completed and passed, once, whatever comes after', async (t) => {
  const lms = await lmsWith();
  const { page, me } = await launch(t, lms);
  await play(me);
  await until(() => lms.verbs().includes('passed'));
  const verbs = lms.verbs().filter((verb) => verb !== 'answered');
  assert.deepEqual(verbs, ['initialized', 'completed', 'passed']);
  assert.deepEqual(lms.statements.find(({ verb }) => verb.id.endsWith('passed')).result.score, { scaled: 1, raw: 15, min: 0, max: 15 });
  const types = lms.statements.flatMap(({ object }) => object.definition?.interactionType ?? []);
  assert.deepEqual([...new Set(types)].sort(), ['choice', 'matching', 'other', 'sequencing']);
  await says(page, SAVED_THERE);
  await close(page, lms);
  await relaunch(page, lms);
  await go(page, 'whose-job');
  await me.press('Practise again');
  await sort(page, me);
  await until(() => lms.verbs().includes('answered'));
  await says(page, SAVED_THERE);
  await close(page, lms);
  assert.deepEqual(lms.verbs(), ['initialized', 'answered', 'terminated']);
});

test('EM4 cmi5: who fails is told at the end, and may pass at the next launch', async (t) => {
  const document = await failing(t);
  const lms = await lmsWith();
  const as = { learner: 'grace' };
  lms.launch(as);
  lms.documents.set(`${lms.session.registration} kurso`, document);
  const { page, me } = await launch(t, lms, { as, expected: [] });
  await says(page, SAVED_THERE);
  assert.deepEqual(lms.verbs(), ['initialized'], 'until the end it may become a pass');
  await close(page, lms);
  assert.deepEqual(lms.verbs(), ['initialized', 'failed', 'terminated']);
  assert.equal(lms.statements.at(-2).result.score.raw, 8);
  await relaunch(page, lms, as);
  await close(page, lms);
  assert.deepEqual(lms.verbs(), ['initialized', 'terminated'], 'nothing was tried again');
  await relaunch(page, lms, as);
  await go(page, 'whose-job');
  await me.press('Practise again');
  await sort(page, me);
  await until(() => lms.verbs().includes('passed'));
  assert.equal(lms.statements.at(-1).result.score.raw, 13);
  await says(page, SAVED_THERE);
  await close(page, lms);
  assert.deepEqual(lms.verbs(), ['initialized', 'answered', 'passed', 'terminated']);
});

test('EM4 cmi5: in another browser everything is there again', async (t) => {
  const lms = await lmsWith();
  const first = await launch(t, lms);
  await sort(first.page, first.me);
  await until(() => answersIn(lms.progress()) === 6);
  await says(first.page, SAVED_THERE);
  await close(first.page, lms);
  const { page, me } = await launch(t, lms, { expected: [] });
  await me.shows('Whose job is it?');
  await says(page, 'All 6 correct.');
});

test('EM4 cmi5: what was answered without a network is counted, kept, and told in order when it is back', async (t) => {
  const lms = await lmsWith();
  const { page, me } = await launch(t, lms, { expected: [NONE_YET, /ERR_INTERNET_DISCONNECTED/] });
  await says(page, SAVED_THERE);
  await page.context().setOffline(true);
  await sort(page, me);
  await says(page, UNREACHED);
  await says(page, 'Not yet sent to the learning platform: 1 record.');
  await me.press('Practise again');
  await sort(page, me);
  await says(page, 'Not yet sent to the learning platform: 2 records.');
  assert.equal(await unsent(page), 2);
  await page.context().setOffline(false);
  await says(page, SAVED_THERE);
  assert.deepEqual(lms.verbs(), ['initialized', 'answered', 'answered']);
  assert.equal(await page.getByText('Not yet sent').count(), 0);
  assert.equal(await unsent(page), 0);
});

test('EM4 cmi5: what a closed tab could not send is told at the next launch, once', async (t) => {
  const { lms, page, me } = await sortUnsent(t);
  const asked = lms.requests.length;
  await page.goto('about:blank');
  await until(() => lms.requests.length >= asked + 2);
  lms.fails = () => undefined;
  assert.deepEqual(lms.verbs(), ['initialized']);
  await relaunch(page, lms);
  await until(() => answersIn(lms.progress()) === 6);
  assert.deepEqual(lms.verbs(), ['initialized', 'answered']);
  await says(page, 'All 6 correct.');
  assert.equal(await unsent(page), 0);
});

test('EM4 cmi5: an LMS that is broken is told everything by the button, once it works', async (t) => {
  const { lms, page, me } = await sortUnsent(t);
  lms.fails = () => undefined;
  await me.press('Send now');
  await says(page, SAVED_THERE);
  assert.deepEqual(lms.verbs(), ['initialized', 'answered']);
  assert.equal(answersIn(lms.progress()), 6);
});

test('EM4 cmi5: an LMS that lets in nobody more is told the rest at the next launch', async (t) => {
  const lms = await lmsWith();
  const { page, me } = await launch(t, lms, { expected: [NONE_YET, /401/] });
  await says(page, SAVED_THERE);
  lms.fails = (method, path) => (path.startsWith('/xapi/') ? 401 : undefined);
  await sort(page, me);
  await says(page, ENDED);
  await says(page, 'Not yet sent to the learning platform: 1 record.');
  assert.equal(await page.getByRole('button', { name: 'Send now' }).count(), 0, 'nothing can be sent any more');
  lms.fails = () => undefined;
  await relaunch(page, lms);
  await until(() => answersIn(lms.progress()) === 6);
  assert.deepEqual(lms.verbs(), ['initialized', 'answered']);
});

test('EM4 cmi5: a statement that the LMS refuses keeps no other from being told', async (t) => {
  const lms = await lmsWith();
  const { page, me } = await launch(t, lms, { expected: [NONE_YET, /400/] });
  await says(page, SAVED_THERE);
  let refused = 0;
  lms.fails = (method, path, body) => (body.includes('/duties') && path.endsWith('/statements') && (refused += 1) ? 400 : undefined);
  await sort(page, me);
  await until(() => answersIn(lms.progress()) === 6);
  await says(page, SAVED_THERE);
  assert.equal(refused, 1, 'it is not asked again');
  await close(page, lms);
  assert.deepEqual(lms.verbs(), ['initialized', 'terminated']);
});

for (const launchMode of ['Browse', 'Review']) {
  test(`EM4 cmi5: in ${launchMode} nothing counts, neither now nor later`, async (t) => {
    const lms = await lmsWith();
    const { page, me } = await launch(t, lms, { as: { launchMode } });
    await says(page, LOOKING);
    await sort(page, me);
    await says(page, 'All 6 correct.');
    await close(page, lms);
    assert.deepEqual(lms.verbs(), ['initialized', 'terminated']);
    assert.equal(lms.progress(), undefined);
    await relaunch(page, lms);
    await until(() => lms.progress());
    assert.equal(answersIn(lms.progress()), 0);
  });
}

test('EM4 cmi5: the way back ends the session, and leads where the LMS says', async (t) => {
  const lms = await lmsWith();
  const { page, me } = await launch(t, lms);
  await sort(page, me);
  await me.press('Back to the learning platform');
  await page.getByRole('heading', { name: 'Your courses' }).waitFor();
  assert.deepEqual(lms.verbs(), ['initialized', 'answered', 'terminated']);
  assert.equal(answersIn(lms.progress()), 6);
});

test('EM4 cmi5: the way back is no script', async (t) => {
  const lms = await lmsWith();
  const { page } = await launch(t, lms, { as: { returnURL: 'javascript:alert(1)' } });
  await says(page, SAVED_THERE);
  assert.equal(await page.getByText('Back to the learning platform').count(), 0);
});

test('EM4 cmi5: whoever cannot send goes back only if they want that', async (t) => {
  const lms = await lmsWith();
  const { page, me } = await launch(t, lms, { expected: [NONE_YET, /500/] });
  await sort(page, me);
  await until(() => answersIn(lms.progress()) === 6);
  await says(page, SAVED_THERE);
  lms.fails = () => 500;
  // Before the player sends that by itself, and says so.
  await page.evaluate(async () => {
    location.hash = '#/reading-a-policy';
    await new Promise((resolve) => setTimeout(resolve, 300));
    document.querySelector('kurso-player').shadowRoot.querySelector('.exit button').click();
  });
  await says(page, UNREACHED);
  await me.press('Back to the learning platform');
  await page.getByRole('heading', { name: 'Your courses' }).waitFor();
  assert.deepEqual(lms.verbs(), ['initialized', 'answered']);
});

test('EM4 cmi5: without a launch nothing is asked of anybody, and the package is a course like any other', async (t) => {
  const lms = await lmsWith();
  lms.browsers += 1;
  const { page, seen } = await open(t, { server: lms, path: `${lms.origin}/content/index.html` });
  await says(page, SAVED_HERE);
  await sort(page, learner(page, HANDS['a mouse']));
  await says(page, 'All 6 correct.');
  assert(KEY in (await stored(page)));
  assert.deepEqual(lms.requests, []);
  assert(seen.requests.every((url) => url.startsWith(`${lms.origin}/`)));
});

test('EM4 cmi5: two learners at one browser do not see each other', async (t) => {
  const lms = await lmsWith();
  const { page, me } = await launch(t, lms);
  await sort(page, me);
  await until(() => answersIn(lms.progress()) === 6);
  await says(page, SAVED_THERE);
  await close(page, lms);
  await relaunch(page, lms, { learner: 'grace' });
  await says(page, SAVED_THERE);
  await go(page, 'whose-job');
  await me.shows('Whose job is it?');
  assert.equal(await page.getByText('All 6 correct.').count(), 0);
  await close(page, lms);
  assert.equal(answersIn(lms.progress()), 0);
  assert.deepEqual(lms.verbs(), ['initialized', 'terminated']);
});

test('EM4 cmi5: a launch that was used before says so, asks for nothing else, and keeps what is done', async (t) => {
  const lms = await lmsWith();
  const { page, me } = await launch(t, lms, { expected: [NONE_YET] });
  await says(page, SAVED_THERE);
  await close(page, lms);
  const address = lms.launch();
  await page.request.post(new URL(address).searchParams.get('fetch'));
  lms.requests.length = 0;
  await page.goto(address);
  await started(page);
  await says(page, ENDED);
  await sort(page, me);
  assert.deepEqual(lms.requests.map((request) => request.replace(/-.*/, '')), [`POST /fetch/${lms.session.id.replace(/-.*/, '')}`]);
  await relaunch(page, lms);
  await until(() => answersIn(lms.progress()) === 6);
});

test('EM4 cmi5: a page that is loaded anew has no session, says so, and loses nothing', async (t) => {
  const lms = await lmsWith();
  const { page, me } = await launch(t, lms);
  await says(page, SAVED_THERE);
  await page.reload();
  await started(page);
  await says(page, ENDED);
  await until(() => lms.verbs().includes('terminated'));
  await sort(page, me);
  await page.reload();
  await started(page);
  await says(page, 'All 6 correct.');
  await relaunch(page, lms);
  await until(() => answersIn(lms.progress()) === 6);
});

test('EM4 cmi5: what another device has saved meanwhile becomes a part of it', async (t) => {
  const lms = await lmsWith();
  const { page, me } = await launch(t, lms, { expected: [NONE_YET] });
  await sort(page, me);
  await until(() => answersIn(lms.progress()) === 6);
  await says(page, SAVED_THERE);
  const name = `${lms.session.registration} kurso`;
  const document = JSON.parse(lms.documents.get(name));
  const other = JSON.parse(unpack(document.progress).json);
  other.read.push('compliance');
  lms.documents.set(name, JSON.stringify({ ...document, progress: pack(other, 99, 32_000).packed }));
  await go(page, 'reading-a-policy');
  await until(() => {
    const progress = JSON.parse(unpack(lms.progress()).json);
    return progress.read.includes('compliance') && progress.opened.includes('reading-a-policy');
  });
});

test('EM4 a plain xAPI launch is told the same, without the categories of cmi5', async (t) => {
  const lms = await lmsWith();
  const { page, me } = await launch(t, lms, { as: { isPlain: true } });
  await play(me);
  await until(() => lms.verbs().includes('passed'));
  await says(page, SAVED_THERE);
  assert.equal(new URL(page.url()).search, '');
  await close(page, lms);
  assert.deepEqual(lms.verbs().filter((verb) => verb !== 'answered'), ['initialized', 'completed', 'passed', 'terminated']);
  assert.deepEqual(lms.requests.filter((request) => /fetch|agents/.test(request)), []);
});

test('EM4 cmi5: parameters that cannot be read are no launch', async (t) => {
  const lms = await lmsWith();
  const address = new URL(lms.launch());
  for (const actor of ['null', '"ada"', '{']) {
    address.searchParams.set('actor', actor);
    lms.browsers += 1;
    const { page } = await open(t, { server: lms, path: address.href });
    await says(page, SAVED_HERE);
    assert.equal(new URL(page.url()).search, '');
  }
  assert.deepEqual(lms.requests, []);
});
