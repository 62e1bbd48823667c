// Progress goes from one device to another by a link that holds it, or by the QR code of that link; no server knows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync, inflateSync } from 'node:zlib';
import decodeQR from 'qr/decode.js';
import { accessibilityProblems, open, screenshot, sidewaysScroll, started, stored } from './browser.mjs';
import { DUTIES, HANDS, KEY, learner, play, progress } from './learner.mjs';

const MOUSE = HANDS['a mouse'];
const KIND = { course: 'clf-c02', opened: [], read: [] };

/** Opens the way to another device for a learner who has sorted so many duties, or has that progress. */
async function leave(t, answers, options = {}) {
  const { page, server, seen } = await open(t, { path: '#/whose-job', ...options });
  const me = learner(page, MOUSE);
  for (const [item, side] of DUTIES.slice(0, answers)) await me.choose(me.row(item), side);
  await page.locator('.data > summary').click();
  await page.getByText('Move to another device…').click();
  return { page, me, server, seen };
}

/** The link, when it is there. */
async function link(page) {
  const field = page.getByLabel('Link with your progress');
  await page.waitForFunction((input) => input.value !== '', await field.elementHandle());
  return field.inputValue();
}

/** The fragment that brings that text, as if a device had made it. */
const brings = (text) => `#progress=${deflateSync(text).toString('base64url')}`;

const fragment = (link) => link.slice(link.indexOf('#'));
const sorted = async (page) => (await progress(page)).exercises.duties?.answer.length ?? 0;

/** Every address that going back or forth could lead to. */
const history = (page) => page.evaluate(() => navigation.entries().map(({ url }) => url));

/** A script that has so many exercises in the storage, of which no deflating makes little. */
function exercises(count) {
  return `localStorage['${KEY}'] ??= JSON.stringify({ course: 'clf-c02', opened: [], read: [], exercises: Object.fromEntries(
    Array.from({ length: ${count} }, (_, at) => ['e' + at + '-' + crypto.randomUUID(), { answer: [], phase: 'open', attempts: 0, key_version: 1, seq: 1, at: 5 }])) })`;
}

test('PR3 a link takes progress to another device, shows what it would add, and asks', async (t) => {
  const { page, seen } = await leave(t, 3);
  const address = await link(page);
  assert.equal(address.split('#')[0], page.url().split('#')[0], 'it leads to the same page');
  const { page: other } = await open(t, { path: fragment(address) });
  const preview = other.locator('.preview');
  await preview.waitFor();
  assert.match(await preview.innerText(), /Exercises that would be added\s+1\s+Exercises with something newer\s+0/);
  await learner(other, MOUSE).told('This link brings progress from another device. Nothing was changed yet.');
  assert.deepEqual((await progress(other)).exercises, {}, 'nothing is added yet');
  assert(await preview.getByRole('button').evaluate((button) => button.getRootNode().activeElement === button));
  await preview.getByRole('button', { name: 'Add them' }).click();
  await other.waitForFunction((key) => JSON.parse(localStorage[key]).exercises.duties?.answer.length === 3, KEY);
  await other.reload();
  await started(other);
  assert.equal(await sorted(other), 3);
  assert(await preview.isHidden(), 'the link is used up');
  const [packed] = fragment(address).split('=').slice(1);
  assert(!seen.requests.some((url) => url.includes(packed)), 'nothing of it is sent');
});

test('PR3 what the link holds is the progress, and no more than that', async (t) => {
  const { page } = await leave(t, 2);
  const [, packed] = (await link(page)).split('#progress=');
  assert.match(packed, /^[\w-]+$/, 'no program that sends it must escape anything');
  assert.deepEqual(JSON.parse(String(inflateSync(Buffer.from(packed, 'base64url')))), await progress(page));
});

test('PR3 a camera reads the same link from the QR code, in a dark theme, too', async (t) => {
  const { page } = await leave(t, 6, { colorScheme: 'dark' });
  const png = (await page.getByRole('img', { name: 'QR code of the link' }).screenshot()).toString('base64');
  const blank = await page.context().newPage();
  const { width, height, data } = await blank.evaluate(async (png) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
    canvas.drawImage(image, 0, 0);
    return { width: image.width, height: image.height, data: [...canvas.getImageData(0, 0, image.width, image.height).data] };
  }, png);
  assert.equal(decodeQR({ width, height, data: Uint8Array.from(data) }), await link(page));
  const corner = 4 * (4 * width + 4);
  assert.deepEqual(data.slice(corner, corner + 3), [255, 255, 255], 'cameras want a light margin');
});

test('what draws QR codes is loaded only by who asks for one', async (t) => {
  const { page, server } = await open(t, { path: '#/whose-job' });
  await page.locator('.data > summary').click();
  await page.getByText('Move to another device…').waitFor();
  // What is asked for later has come, so anything that was asked for before has been.
  await page.evaluate(() => (location.hash = '#/glossary'));
  await Promise.all([page.waitForRequest(/search\.js/), page.getByRole('searchbox').focus()]);
  assert.deepEqual(server.requests.filter(({ path }) => path.includes('qr')), []);
});

test('PR3 the link is copied, or selected where the browser does not copy', async (t) => {
  const { page, me } = await leave(t, 1);
  const address = await link(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await me.press('Copy link');
  await me.told('The link is copied.');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), address);
  await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))));
  await me.press('Copy link');
  await me.told('The browser did not copy the link.');
  const selected = await page.getByLabel('Link with your progress').evaluate((input) => input.value.slice(input.selectionStart, input.selectionEnd));
  assert.equal(selected, address);
  await me.isAt(page.getByLabel('Link with your progress'));
});

test('S7 the progress of a link stays in no address, neither at the start nor when it is opened in a running course', async (t) => {
  const text = JSON.stringify({ ...KIND, exercises: { duties: { answer: [], phase: 'open', attempts: 0, key_version: 1, seq: 1, at: 5 } } });
  const { page } = await open(t, { path: brings(text) });
  await page.locator('.preview').waitFor();
  assert(!(await history(page)).some((url) => url.includes('progress=')), String(await history(page)));
  await page.locator('.data > summary').click();
  await page.evaluate(() => (location.hash = '#/whose-job'));
  await page.getByRole('heading', { level: 1, name: 'Whose job is it?' }).waitFor();
  for (const open of [false, true]) {
    assert.equal(await page.locator('.data').evaluate((data) => data.open), open);
    await page.evaluate((hash) => (location.hash = hash), brings(text));
    await page.locator('.preview').waitFor();
    assert.equal(new URL(page.url()).hash, '#/whose-job');
    assert(!(await history(page)).some((url) => url.includes('progress=')), String(await history(page)));
    assert.equal(await page.locator('h1').innerText(), 'Whose job is it?', 'it is no place');
  }
});

const whole = brings(JSON.stringify({ ...KIND, exercises: { duties: { answer: [['region', 'customer']], phase: 'open', attempts: 0, key_version: 1, seq: 1, at: 5 } } }));
const refused = {
  'cut off': [whole.slice(0, -9), 'This is no progress of Kurso, or a part of it is missing.'],
  'changed on its way': [whole.replace(/.(?=.{12}$)/, (letter) => (letter === 'A' ? 'B' : 'A')), 'This is no progress of Kurso, or a part of it is missing.'],
  'something else': ['#progress=Hello%20there!', 'This is no progress of Kurso, or a part of it is missing.'],
  'no JSON': [brings('{"course":'), 'This is no progress of Kurso, or a part of it is missing.'],
  'progress in another course': [brings('{"course":"other","opened":[],"read":[],"exercises":{}}'), 'This is progress in another course.'],
  'of nothing new': [brings('{"course":"clf-c02","opened":[],"read":[],"exercises":{}}'), 'There is nothing in it that is not here already.'],
};
for (const [name, [path, reason]] of Object.entries(refused)) {
  test(`PR3 a link that is ${name} is refused with the reason and changes nothing`, async (t) => {
    const { page } = await open(t, { path: '#/whose-job' });
    const me = learner(page, MOUSE);
    await me.choose(me.row(DUTIES[0][0]), DUTIES[0][1]);
    const before = await stored(page);
    await page.evaluate((hash) => (location.hash = hash), path);
    await me.told(reason);
    assert(await page.locator('.preview').isHidden());
    assert.deepEqual(await stored(page), before);
  });
}

test('S7 a link that would inflate to very much is stopped at 1 MB', async (t) => {
  // How much is given to what inflates, since nobody can stop it before it has inflated all of that.
  const count = () => {
    const Inflating = self.DecompressionStream;
    self.given = 0;
    self.DecompressionStream = class {
      constructor(format) {
        const { readable, writable } = new TransformStream({ transform: (chunk, controller) => {
          self.given += chunk.length;
          controller.enqueue(chunk);
        } });
        Object.assign(this, { writable, readable: readable.pipeThrough(new Inflating(format)) });
      }
    };
  };
  const { page } = await open(t, { path: brings(Buffer.alloc(300_000_000)), initScript: count });
  await learner(page, MOUSE).told('This is larger than 1 MB, so it was not read.');
  const given = await page.evaluate(() => self.given);
  // Nothing inflates to more than 1032 times its size.
  assert(given > 900 && given < 3_000, `${given} bytes`);
});

test('PR3 all of the shipped module goes into a link', async (t) => {
  const { page } = await open(t);
  await play(learner(page, MOUSE));
  await page.locator('.data > summary').click();
  await page.getByText('Move to another device…').click();
  // With a longer address, or once it is reviewed, that is too much for a camera.
  const { length } = fragment(await link(page));
  assert(length < 1_600, `${length} characters`);
});

test('PR3 progress that is too long for a camera has a link and no code', async (t) => {
  const { page } = await leave(t, 0, { initScript: exercises(40) });
  await page.getByText('Your progress has grown too long for a QR code that cameras can read.').waitFor();
  const address = await link(page);
  assert(address.length > 1_465 && address.length < 30_000);
  assert.equal(await page.getByRole('img', { name: 'QR code of the link' }).count(), 0);
});

test('PR3 progress that is too long for a link is to be taken as a file', async (t) => {
  const { page } = await leave(t, 0, { initScript: exercises(2_000) });
  await page.getByText('Your progress has grown too long for a link. Download it').waitFor();
  assert(await page.getByLabel('Link with your progress').isHidden());
  assert(await page.getByRole('button', { name: 'Copy link' }).isHidden());
});

test('PR3 an older browser makes no link, and says that it cannot read one', async (t) => {
  const initScript = () => {
    delete self.CompressionStream;
    delete self.DecompressionStream;
  };
  const { page } = await open(t, { path: whole, initScript });
  await learner(page, MOUSE).told('This browser is too old for such a link. Use a file instead.');
  assert(await page.getByText('Move to another device…').isHidden());
});

for (const [width, height, colorScheme] of [[320, 568, 'light'], [1280, 800, 'dark']]) {
  test(`the way to another device is accessible and fits at ${width} px`, async (t) => {
    const { page } = await leave(t, 6, { viewport: { width, height }, colorScheme });
    await page.getByRole('img', { name: 'QR code of the link' }).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    assert.deepEqual(await sidewaysScroll(page), []);
    await screenshot(page, `transfer-${width}`);
  });
}
