// Opens the built page in a real Chromium and watches it: a test fails at its end if the page wrote an error to the
// console, threw, crashed, or asked anything of another origin. (Whatever a content security policy forbids is an error
// in the console, too.) Locators of Playwright look into open shadow roots, so tests find things by role and name.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import axeCore from 'axe-core';
import { chromium } from 'playwright-core';
import { ARABIC, AXE_OPTIONS, PACKED, PAGE } from './page.mjs';
import { serve, serveHost } from './server.mjs';

export { ARABIC, PACKED, PAGE };

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** The folder of the built page of a course of many modules. */
export const MODULES = process.env.KURSO_MODULES ?? join(HERE, '../../target/page-of-10');

/** Nothing in these tests should take longer, in milliseconds. */
const PATIENCE = 10_000;

let launched;

after(async () => (await launched)?.close());

/** The path of Chromium: what `cargo xtask test` found, or the first of the usual names on PATH. */
export function chromiumPath() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  const path = process.env.CHROMIUM ?? found;
  assert(path, 'no Chromium was found: run `cargo xtask test browser`, which looks further, or set CHROMIUM');
  return path;
}

/** What Chromium is started with. */
export const ARGUMENTS = [
  // Chromium's sandbox does not work for root, which continuous integration often is. Only our own page is opened.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  // Nothing but this machine can be reached, whatever a page may try.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE *.localhost',
];

function browser() {
  launched ??= chromium.launch({ executablePath: chromiumPath(), args: ARGUMENTS });
  return launched;
}

/**
 * Opens the page for one test, and closes it and judges it at the end of that test.
 *
 * @param {import('node:test').TestContext} t
 * @param {object} [options]
 * @param {{ width: number, height: number }} [options.viewport]
 * @param {'light' | 'dark'} [options.colorScheme]
 * @param {boolean} [options.hasTouch] a touch screen, and then taps instead of clicks
 * @param {boolean} [options.javaScriptEnabled]
 * @param {string} [options.folder] another built page than that of the shipped course
 * @param {{ origin: string, others?: string[], url: string, close: Function }} [options.server] what serves another page than
 *   that folder, and the `others` that it may talk to
 * @param {string} [options.path] what follows the page's address, such as `#/glossary`
 * @param {Function | string} [options.initScript] runs in the page before its own scripts
 * @param {object} [options.serverOptions] see `serve`
 * @param {object} [options.profile] starts a browser for this test alone: its `preferences`, and how else it is started
 * @param {(server: object) => { files: object, policy?: string, headers?: object, name?: string }} [options.host] the page of somebody else on another
 *   origin, with the player in it, that is opened instead: see `serveHost`
 * @param {boolean} [options.starts] whether to wait until the player runs; not where it cannot
 * @param {RegExp[]} [options.expected] the errors that this test provokes; each of them must occur
 * @returns the page, the server, the `host` if there is one, and `seen`: what was recorded, as `errors`, `warnings` and `requests`
 */
export async function open(t, options = {}) {
  const { viewport = { width: 1280, height: 800 }, colorScheme = 'light', hasTouch = false, javaScriptEnabled = true } =
    options;
  const folder = options.folder ?? PAGE;
  assert(options.server || existsSync(join(folder, 'index.html')), `there is no page in ${folder}: run \`cargo xtask test page modules arabic browser\``);
  const server = options.server ?? (await serve(folder, { shared: Boolean(options.host), ...options.serverOptions }));
  const around = options.host?.(server);
  const host = around && (await serveHost(around.files, around));
  const { context, discard } = await newContext(options.profile, {
    viewport,
    colorScheme,
    hasTouch,
    javaScriptEnabled,
    isMobile: hasTouch,
    // Half-way through a transition colours are nobody's, so axe would judge what no one sees.
    reducedMotion: 'reduce',
    locale: 'en-GB',
    acceptDownloads: true,
  });
  context.setDefaultTimeout(PATIENCE);
  const seen = { errors: [], warnings: [], requests: [] };
  const page = await context.newPage();
  watch(page, seen);
  t.after(async () => {
    await context.close();
    await discard?.();
    await server.close();
    await host?.close();
    judge(seen, [server.origin, ...(server.others ?? []), ...(host ? [host.origin] : [])], options.expected ?? []);
  });
  if (options.initScript) await page.addInitScript(options.initScript);
  // A page whose wasm is held back is not loaded, but it is there.
  const waitUntil = options.serverOptions?.held ? 'commit' : 'load';
  await page.goto((host ?? server).url + (options.path ?? ''), { waitUntil });
  if (options.starts ?? true) await started(page);
  return { page, server, host, seen };
}

/** What a test has for itself of the browser that all share, or of one of its own. */
async function newContext(profile, options) {
  if (!profile) return { context: await (await browser()).newContext(options) };
  const { preferences = {}, ...start } = profile;
  const folder = await mkdtemp(join(tmpdir(), 'kurso-profile-'));
  await mkdir(join(folder, 'Default'));
  await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(preferences));
  const context = await chromium.launchPersistentContext(folder, { executablePath: chromiumPath(), args: ARGUMENTS, ...options, ...start });
  return { context, discard: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Opens the page as `open` does, with its wasm held back, and waits until it shows; `release` lets the wasm come. */
export async function hold(t, options) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const opened = await open(t, { ...options, starts: false, serverOptions: { held } });
  const { page } = opened;
  // The page is there once its style and its script are: one step shows.
  await page.waitForFunction(() => [...document.querySelectorAll('.still h1')].filter((title) => title.checkVisibility()).length === 1);
  return {
    ...opened,
    async release() {
      release();
      await started(page);
    },
  };
}

/** Waits until the player has taken the place of the page as it was sent. */
export function started(page) {
  return page.locator('[part="base"]:not([hidden]) main').waitFor();
}

function watch(page, seen) {
  page.on('console', (message) => {
    if (message.type() === 'error') seen.errors.push(`console: ${message.text()} (${message.location().url})`);
    if (message.type() === 'warning') seen.warnings.push(message.text());
  });
  page.on('pageerror', (error) => seen.errors.push(`uncaught: ${error.stack ?? error}`));
  page.on('crash', () => seen.errors.push('the page crashed'));
  page.on('request', (request) => seen.requests.push(request.url()));
  page.on('websocket', (socket) => seen.requests.push(socket.url()));
}

function judge(seen, origins, expected) {
  const surprising = seen.errors.filter((error) => !expected.some((pattern) => pattern.test(error)));
  assert.deepEqual(surprising, [], 'the page reported errors');
  for (const pattern of expected) {
    assert(seen.errors.some((error) => pattern.test(error)), `the page did not report ${pattern}`);
  }
  const own = (url) => [...origins.map((origin) => `${origin}/`), 'data:', 'blob:', 'file:'].some((start) => url.startsWith(start));
  assert.deepEqual(seen.requests.filter((url) => !own(url)), [], 'the page asked something of another origin');
}

/**
 * What axe-core finds wrong in the page as it is now, inside of the player too, unless that does not run (`still`). It is
 * asked the same everywhere, but for what is in `asked`.
 */
export async function accessibilityProblems(page, { still = false, asked = {} } = {}) {
  // As high as the page: what happens to lie under a bar at the bottom of the window is in nobody's way, since it can be
  // scrolled, but axe would take the size of what shows for the size of a target.
  const { width, height } = page.viewportSize();
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, whole + 100) });
  // Scripts of the tests are not bound by the page's policy, so axe need not be served with the page.
  const session = await page.context().newCDPSession(page);
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    assert(!exceptionDetails, exceptionDetails?.exception?.description ?? exceptionDetails?.text);
    return result.value;
  };
  if (!(await evaluate('typeof axe === "object"'))) await evaluate(`${axeCore.source}; undefined`);
  const { violations, looked } = await evaluate(`axe.run(document, ${JSON.stringify({ ...AXE_OPTIONS, ...asked })}).then((results) => ({
    violations: results.violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => id + ': ' + help + ' at ' + target.flat().join(' ') + '\\n' + failureSummary)),
    looked: results.passes.concat(results.violations).some(({ nodes }) =>
      nodes.some(({ target }) => Array.isArray(target[0]) && target[0][0] === 'kurso-player')),
  }))`);
  await session.detach();
  await page.setViewportSize({ width, height });
  return looked || still ? violations : [...violations, 'axe-core did not look into the player'];
}

/** What sticks out sideways, if the page can be scrolled there. */
export function sidewaysScroll(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const all = (root) => [...root.querySelectorAll('*')].flatMap((element) => [
      element,
      ...(element.shadowRoot ? all(element.shadowRoot) : []),
    ]);
    const wide = all(document).filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5);
    return [`${scrollWidth} px in ${clientWidth} px`, ...wide.map((element) => `<${element.localName} class="${element.getAttribute('class')}">`)];
  });
}

/** Resolves when what follows the pointer has arrived, which is loaded as soon as a board or an order shows, and listens. */
export async function draggable(page) {
  const script = () => performance.getEntriesByType('resource').find(({ name }) => name.includes('/board.js'))?.name;
  const arrived = await page.waitForFunction(script);
  // The player has asked for it before, so it is told before.
  await page.evaluate((url) => import(url), await arrived.jsonValue());
}

/** Keeps `before` under that key, and `later` in the journal alone, as a crash leaves it. */
export function crashed(page, key, before, later) {
  return page.evaluate(([key, before, later]) => new Promise((resolve) => {
    localStorage.setItem(key, before);
    const opening = indexedDB.open('kurso');
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('journal', 'readwrite');
      transaction.objectStore('journal').put(later, key);
      transaction.oncomplete = resolve;
    };
  }), [key, before, later]);
}

/** What that gives, as soon as it gives anything. */
export async function eventually(act) {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = await act().catch(() => undefined);
    if (found) return found;
    await wait(50);
  }
  throw new Error('nothing came of it');
}

/** What is in `localStorage`, by key. */
export function stored(page) {
  return page.evaluate(() => Object.fromEntries(Object.entries(localStorage)));
}

/** Keeps a picture of the whole page in `out/`, for people to look at. */
export async function screenshot(page, name) {
  const folder = join(HERE, 'out');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
