// An LMS that can fail: it serves a package out of its zip file, holds the run-time of scorm-again in a window around it,
// keeps what is committed, and gives it back at the next launch. And what a learner does there.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { unpack } from '../../src/lms/state.js';
import { open, PACKED } from './browser.mjs';
import { DUTIES, HANDS, learner } from './learner.mjs';
import { close, listen, MEDIA_TYPES } from './server.mjs';

const RUN_TIME = createRequire(import.meta.url).resolve('scorm-again');

/** The files in a zip file, by name. */
export async function unzip(path) {
  const zip = await readFile(path);
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const files = new Map();
  for (let count = zip.readUInt16LE(end + 10), at = zip.readUInt32LE(end + 16); count > 0; count -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    files.set(String(zip.subarray(at + 46, at + 46 + name)), zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed);
    at += 46 + name + extra + comment;
  }
  return files;
}

/** What runs in the window that holds the run-time. */
function holdRunTime({ standard, known, learner, activity, late, strict, fails }) {
  const is2004 = standard === 'scorm2004';
  const settings = { lmsCommitUrl: `/commit?${new URLSearchParams({ activity })}`, logLevel: 5 };
  const api = is2004 ? new Scorm2004API(settings) : new Scorm12API(settings);
  const cmi = structuredClone(known?.cmi ?? {});
  if (is2004) Object.assign(cmi, { learner_id: learner, mode: known?.mode ?? 'normal', entry: known ? 'resume' : 'ab-initio' });
  else cmi.core = { ...cmi.core, student_id: learner, lesson_mode: known?.mode ?? 'normal', entry: known ? 'resume' : 'ab-initio' };
  // What the standard has the learner write only, it does not read back.
  delete cmi.interactions;
  api.loadFromJSON(cmi, 'cmi');
  const [prefix, end, state] = is2004 ? ['', 'Terminate', 'cmi.suspend_data'] : ['LMS', 'Finish', 'cmi.suspend_data'];
  self.calls = [];
  // What a call answers in place of the run-time, and what it answers after that has done it.
  self.fails = fails;
  self.says = {};
  // How long a state may be.
  self.room = strict ? 4096 : Infinity;
  const told = Object.fromEntries(['Initialize', end, 'GetValue', 'SetValue', 'Commit', 'GetLastError', 'GetErrorString', 'GetDiagnostic'].map((name) => [
    prefix + name,
    (...values) => {
      if (self.fails[name] === 'throws') throw new Error('the LMS is broken');
      if (name in self.fails) return self.fails[name];
      const tooLong = name === 'SetValue' && values[0] === state && values[1].length > self.room;
      const result = tooLong ? 'false' : api[prefix + name](...values);
      if (!name.startsWith('Get')) self.calls.push([name, ...values, String(result)]);
      return name in self.says ? self.says[name] : result;
    },
  ]));
  const install = () => (self[is2004 ? 'API_1484_11' : 'API'] = told);
  if (late) setTimeout(install, late);
  else install();
}

/**
 * Serves that package until `close()` is called.
 *
 * @param {Map<string, Buffer>} files those of the package
 * @param {'scorm12' | 'scorm2004'} standard
 */
export async function serveLms(files, standard) {
  /** What is kept of each learner, and where a package has several activities, of each learner in each of them. */
  const known = new Map();
  const lms = { known, commits: [], asked: 0, down: false, lies: false, slow: 0 };
  const pages = {
    '/run-time.js': await readFile(RUN_TIME),
    '/favicon.ico': '',
    '/deeper': '<!DOCTYPE html><title>Course</title><iframe src="/content/index.html" width="1000" height="800"></iframe>',
  };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    const send = (status, type, body) => response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-cache' }).end(body);
    if (pathname === '/commit') {
      lms.asked += 1;
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      await new Promise((resolve) => setTimeout(resolve, lms.slow));
      const failed = lms.down;
      const activity = searchParams.get('activity');
      if (!failed && !lms.lies) {
        const { cmi } = JSON.parse(Buffer.concat(chunks));
        lms.commits.push(cmi);
        known.set(activity, { ...known.get(activity), cmi });
      }
      return send(failed ? 500 : 200, 'application/json', JSON.stringify({ result: failed ? 'false' : 'true', errorCode: failed ? 101 : 0 }));
    }
    if (pathname === '/launch') {
      const learner = searchParams.get('learner') ?? 'ada';
      const file = searchParams.get('file') ?? 'index.html';
      lms.activity = searchParams.has('file') ? `${learner} in ${file}` : learner;
      const settings = {
        standard,
        learner,
        activity: lms.activity,
        known: known.get(lms.activity),
        late: Number(searchParams.get('late')),
        strict: searchParams.has('strict'),
        fails: JSON.parse(searchParams.get('fails') ?? '{}'),
      };
      const at = searchParams.get('at') ?? '';
      const address = searchParams.has('deep') ? '/deeper' : `${at}/content/${file}`;
      const frame = searchParams.has('window')
        ? `<button onclick="window.open('${address}')">Launch</button>`
        : `<iframe src="${address}" width="1200" height="900"></iframe>`;
      const script = `(${holdRunTime})(${JSON.stringify(settings)})`;
      return send(200, MEDIA_TYPES['.html'], `<!DOCTYPE html><title>LMS</title><link rel="icon" href="data:,"><script src="/run-time.js"></script><script>${script}</script>${frame}`);
    }
    const file = pathname.replace(/^\/content\//, '');
    if (file === 'lms/reached.txt' && (lms.down || lms.lies)) return send(200, MEDIA_TYPES['.html'], '<title>Log in</title>');
    const body = pages[pathname] ?? files.get(file);
    // Moodle knows no wasm.
    const type = extname(file) === '.wasm' ? undefined : MEDIA_TYPES[extname(file) || '.html'];
    return send(body === undefined ? 404 : 200, type ?? 'application/octet-stream', body ?? 'Not found');
  });
  const origin = await listen(server);
  return Object.assign(lms, {
    origin,
    url: `${origin}/launch`,
    close: () => close(server),
  });
}

export const STANDARDS = ['scorm12', 'scorm2004'];
export const SAVED_THERE = 'Progress is saved in the learning platform.';
export const SAVED_HERE = 'Progress is saved on this device.';
export const NO_ROOM = /The learning platform has no room for all that you answered/;
export const UNREACHED = /The learning platform cannot be reached/;

/** An LMS that has that package. */
export async function lmsWith(standard, name = `kurso-${standard}`) {
  const zip = join(PACKED, `${name}.zip`);
  assert(existsSync(zip), `${zip} is missing: run \`cargo xtask test pack\``);
  return serveLms(await unzip(zip), standard);
}

/** Launches it for a learner, and waits until the player runs. */
export async function launch(t, lms, { path = '', ...options } = {}) {
  const { page, seen } = await open(t, { server: lms, path, starts: false, ...options });
  return { ...(await arrive(page)), seen };
}

export async function arrive(page) {
  const content = () => page.frames().find((frame) => frame.url().includes('/content/'));
  let frame = content();
  for (; !frame; frame = content()) await page.waitForEvent('framenavigated');
  await frame.locator('[part="base"]:not([hidden]) main').waitFor();
  return { page, frame, me: learner(frame, HANDS['a mouse']) };
}

/** Launches it once more in the same browser. */
export async function relaunch(page, lms, path = '') {
  await page.goto(lms.url + path);
  return arrive(page);
}

export const says = (frame, sentence) => frame.getByText(sentence).first().waitFor();
export const go = (frame, step) => frame.evaluate((step) => (location.hash = `#/${step}`), step);

/** Sorts all duties and checks that. */
export async function sort(frame, me, duties = DUTIES) {
  await go(frame, 'whose-job');
  await me.shows('Whose job is it?');
  for (const [item, side] of duties) await me.choose(me.row(item), side);
  await me.press('Check');
}

/** What the LMS has, in the words of one standard. */
export function report(lms, standard) {
  const { cmi } = lms.known.get(lms.activity);
  const at = standard === 'scorm2004' ? cmi : cmi.core;
  const status = standard === 'scorm2004' ? [cmi.completion_status, cmi.success_status] : [at.lesson_status];
  return { status, raw: String(at.score.raw ?? ''), state: cmi.suspend_data, cmi, at };
}

/** Waits until the LMS has been told that. */
export async function until(lms, holds) {
  for (const patience = Date.now() + 10_000; Date.now() < patience; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (lms.known.get(lms.activity)?.cmi && holds()) return;
  }
  assert.fail(`the LMS was not told ${holds}: ${JSON.stringify(lms.known.get(lms.activity))}`);
}

/** Waits until nothing more comes from a page that has gone away. */
export async function quiet(lms) {
  for (let known = -1; known !== lms.asked; await new Promise((resolve) => setTimeout(resolve, 1000))) known = lms.asked;
}

/** How many duties are sorted in that state; none where the LMS has no state yet. */
export const answersIn = (state) => (state && JSON.parse(unpack(state).json).exercises.duties?.answer.length) || 0;
