// The second visit needs no network, and a new release never mixes with the one before, loses an answer or forces itself.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { open, PAGE, started, stored } from './browser.mjs';
import { KEY } from './learner.mjs';

/** Resolves when a service worker answers for the page. */
const kept = (page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null);

/** Asks for a newer version, as the browser does by itself now and then. */
const lookForUpdate = (page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update().catch(() => {});
  });

/** Another release of the page in a folder of its own: with another title, and its own digests. */
async function release(t, title) {
  const folder = await mkdtemp(join(tmpdir(), 'kurso-release-'));
  t.after(() => rm(folder, { recursive: true }));
  await cp(PAGE, folder, { recursive: true });
  const read = (name) => readFile(join(folder, name));
  const page = String(await read('index.html')).replace(/<title>[^<]*/, `<title>${title}`);
  await writeFile(join(folder, 'index.html'), page);
  const digest = createHash('sha256').update(page).digest('hex').slice(0, 16);
  const worker = String(await read('sw.js'));
  const newer = worker.replace(/(?<="index.html":\s*["'`])[0-9a-f]{16}/, digest);
  assert.notEqual(newer, worker);
  await writeFile(join(folder, 'sw.js'), newer);
  return folder;
}

/** Answers one item, so that there is something to lose. */
async function answer(page) {
  await page.evaluate(() => (location.hash = '#/whose-job'));
  await page.getByRole('radio', { name: 'AWS' }).first().check();
}

const answers = async (page) => JSON.parse((await stored(page))[KEY]).exercises.duties.answer.length;

test('the second visit starts without a network, where the learner left', async (t) => {
  const { page } = await open(t);
  await kept(page);
  await answer(page);
  await page.context().setOffline(true);
  await page.reload();
  await started(page);
  assert.equal(await page.getByRole('radio', { checked: true }).count(), 1);
  await page.goto(page.url().split('#')[0]);
  await started(page);
  assert.equal(await page.locator('h1').innerText(), 'Whose job is it?');
});

test('a new release is offered, not forced, and loses no answer', async (t) => {
  const { page, server } = await open(t);
  await kept(page);
  await answer(page);
  server.release(await release(t, 'The next release'));
  await lookForUpdate(page);
  const use = page.getByRole('button', { name: 'Use it now' });
  await use.waitFor();
  await page.reload();
  await started(page);
  assert.doesNotMatch(await served(page), /The next release/, 'not before the learner says so');
  await page.evaluate(() => (window.before = true));
  await use.click();
  await page.waitForFunction(() => window.before === undefined);
  await started(page);
  assert.match(await served(page), /The next release/);
  assert.equal(await page.getByRole('radio', { checked: true }).count(), 1);
  assert.equal(await answers(page), 1);
  assert.equal(await page.evaluate(async () => (await caches.keys()).length), 1, 'the old release is forgotten');
});

test('PR2 whoever is told of progress of a newer version loads that one, though the older is kept', async (t) => {
  const { page, server } = await open(t);
  await kept(page);
  await answer(page);
  await page.evaluate((key) => localStorage.setItem(key, '{}'), KEY.replace(/1$/, '2'));
  await page.reload();
  await started(page);
  server.release(await release(t, 'The newer one'));
  await page.evaluate(() => (window.before = true));
  await page.getByRole('button', { name: 'Load the newer version' }).click();
  await page.waitForFunction(() => window.before === undefined);
  await started(page);
  assert.match(await served(page), /The newer one/);
  assert.equal(await answers(page), 1);
});

test('a release that arrives only in part is not used, and the one before goes on', async (t) => {
  const { page, server } = await open(t);
  await kept(page);
  await answer(page);
  const broken = await release(t, 'A broken release');
  await truncate(join(broken, 'kurso_bg.wasm'), 1000);
  server.release(broken);
  await lookForUpdate(page);
  await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration()).installing === null);
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).waiting), null);
  await page.context().setOffline(true);
  await page.reload();
  await started(page);
  assert.doesNotMatch(await served(page), /A broken release/);
  assert.equal(await page.getByRole('radio', { checked: true }).count(), 1);
});

test('a first download that arrives only in part keeps nothing, and the page works with a network', async (t) => {
  const { page, server } = await open(t);
  const broken = await release(t, 'A broken release');
  await truncate(join(broken, 'icons/icon.svg'), 10);
  server.release(broken);
  while (!server.requests.some(({ path }) => path.endsWith('/icons/icon.svg'))) await page.waitForTimeout(50);
  await page.waitForFunction(async () => !(await navigator.serviceWorker.getRegistration())?.installing);
  assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
  server.release(PAGE);
  await page.reload();
  await started(page);
});

test('a browser finds nothing that keeps the course from being installed, with icons of the sizes that are named', async (t) => {
  // In a private window nothing can be installed, so it is a browser of its own.
  const { page } = await open(t, { profile: {} });
  await kept(page);
  const session = await page.context().newCDPSession(page);
  const { errors, data } = await session.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  assert.deepEqual((await session.send('Page.getInstallabilityErrors')).installabilityErrors, []);
  const { icons } = JSON.parse(data);
  assert(icons.length >= 3);
  const sizes = await page.evaluate((icons) => Promise.all(icons.map(async ({ src, sizes }) => {
    const icon = Object.assign(new Image(), { src });
    await icon.decode();
    return sizes === 'any' || `${icon.naturalWidth}x${icon.naturalHeight}` === sizes;
  })), icons);
  assert(sizes.every(Boolean), `${sizes}`);
});

test('S8 in a frame nothing is kept', async (t) => {
  const { page, server } = await open(t);
  const body = `<!doctype html><title>Host</title><iframe src="${server.url}" width="800" height="600"></iframe>`;
  await page.route('**/host', (route) => route.fulfill({ contentType: 'text/html', body }));
  // Left before it would have registered on its own.
  await page.goto(`${server.origin}/host`);
  const frame = page.frameLocator('iframe');
  await frame.locator('[part="base"]:not([hidden]) main').waitFor();
  await page.waitForTimeout(2500);
  assert(!server.requests.some(({ path }) => path.endsWith('/sw.js')), 'a frame asked for the service worker');
});

/** The title in the page as it is served, by the network or by what is kept. */
function served(page) {
  return page.evaluate(async () => {
    const text = await (await fetch('./')).text();
    return text.match(/<title>[^<]*/)[0];
  });
}
