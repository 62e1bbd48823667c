// The course in pages of others, and from a disk, in each of the three engines: it starts under the least that a page may
// allow, tells what the learner achieves, fits its frame, and says where nothing can be kept.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { HEAR, policy } from './embed.mjs';
import { ENGINES, start } from './engines.mjs';
import { DUTIES, QUESTION, TITLES } from './module.mjs';
import { PACKED, PAGE } from './page.mjs';
import { serve, serveHost } from './server.mjs';

/** The first duty: its row, and the label of what is right. */
const ROW = { css: 'fieldset', legend: DUTIES[0][0] };
const RIGHT = { css: 'label', name: DUTIES[0][1], within: ROW };
const IS_CHOSEN = 'element.control.checked';

const SANDBOX = 'allow-scripts allow-same-origin allow-popups allow-downloads';

/** Keeps what goes wrong in the page around. */
const WATCH = `self.wrong = [];
addEventListener('error', ({ message }) => wrong.push(message));
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => wrong.push(violatedDirective + ' ' + blockedURI));`;

/** Goes to a page of somebody else with that body, and judges it at the end of the test. */
async function visit(t, session, body, { head = () => '', policy: allowed, ...options }) {
  assert(existsSync(PAGE), `there is no page in ${PAGE}: run \`cargo xtask test page engines\``);
  const server = await serve(PAGE, { shared: true, ...options });
  const files = {
    '/': `<!doctype html><html lang="en"><head><title>A blog</title><link rel="icon" href="data:,"><link rel="stylesheet" href="blog.css">
      <script src="first.js"></script>${head(server)}</head><body>${body(server)}</body></html>`,
    '/first.js': WATCH + HEAR,
    '/blog.css': 'iframe { display: block; width: 100%; height: 300px; border: 0 } .narrow { width: 320px }',
  };
  const host = await serveHost(files, { policy: allowed(server) });
  t.after(async () => {
    const complained = session.leave().then(() => session.run('return self.wrong'));
    const complaints = await complained.catch((error) => [error.message]);
    // Whatever the driver says, servers that go on would hold up all that comes after.
    await session.ask('POST', '/url', { url: 'about:blank' }).catch(() => {});
    await server.close();
    await host.close();
    assert.deepEqual(complaints, [], `the page complained in ${session.engine}`);
  });
  await go(session, host.url);
  return { server, host };
}

async function go(session, url) {
  await session.resize(1280, 900);
  await session.ask('POST', '/url', { url });
  await session.until('loading', 'return document.URL.startsWith(arguments[0]) && document.readyState === "complete"', url);
}

/** Goes into the frame of the page, and waits until the player runs there. */
async function enter(session) {
  await session.enter();
  await session.started();
}

/** Clicks as a hand does, in a frame as well: the driver knows where that lies. */
async function click(session, target) {
  // What happened last may still move things.
  const place = () => session.of(target, 'JSON.stringify(element.getBoundingClientRect())');
  for (let [last, now] = ['', await place()]; last !== now; [last, now] = [now, await place()]) await sleep(100);
  const [id] = Object.values(await session.run('return find(arguments[0])', target));
  await session.ask('POST', `/element/${id}/click`);
}

/** Loads the page again. */
async function reload(session) {
  await session.run('window.old = true');
  await session.ask('POST', '/refresh');
  await session.until('reloading', 'return !window.old && document.readyState === "complete"');
}

/** Waits until the frame is as high as what is in it, and returns how high that is. */
async function fits(session) {
  const { height } = await session.until(
    'the frame to fit',
    `const last = self.messages.findLast(({ data }) => data?.type === 'height')?.data;
    return last && document.querySelector('iframe').clientHeight === last.height && last`,
  );
  return height;
}

const FRAME = { policy: ({ origin }) => `default-src 'none'; script-src 'self' ${origin}; style-src 'self'; frame-src ${origin}; img-src data:` };

const JOURNEYS = {
  async 'EM3 EM4 S2 the element starts under the least policy, takes an answer, tells of it and keeps it'(t, session) {
    await visit(t, session, () => '<kurso-player id="a" step="exam-question"><p>Only without a script</p></kurso-player>', {
      head: ({ url }) => `<script type="module" src="${url}kurso.js"></script>`,
      policy,
    });
    await session.started();
    await session.gone({ css: 'p', label: 'Only without a script' });
    await click(session, { css: 'label', name: QUESTION.wrong });
    await click(session, { css: 'button', label: 'Check' });
    await session.there({ css: 'button', label: 'Try again' });
    const exercise = await session.run("return self.told.find(({ type }) => type === 'kurso-answer').detail.exercise");
    assert.deepEqual(await session.run('return self.told.map(({ type, detail, id, composed }) => [type, detail, id, composed])'), [
      ['kurso-ready', { course: 'clf-c02' }, 'a', true],
      ['kurso-start', {}, 'a', true],
      ['kurso-answer', { exercise, correct: false, score: { right: 0, of: 1 }, attempt: 1 }, 'a', true],
      ['kurso-complete', { step: 'exam-question' }, 'a', true],
    ]);
    await reload(session);
    await session.started();
    await session.there({ css: 'button', label: 'Try again' });
    await session.run("document.querySelector('kurso-player').step = arguments[0]", 'whose-job');
    await session.there({ css: 'h1', label: TITLES[3] });
  },

  async 'EM3 a player in a narrow column looks as on a phone, and its outline comes up in the window'(t, session) {
    await visit(t, session, () => '<div class="narrow"><kurso-player step="whose-job"></kurso-player></div>', {
      head: ({ url }) => `<script type="module" src="${url}kurso.js"></script>`,
      policy,
    });
    await session.started();
    const look = `const box = (css) => find({ css }).getBoundingClientRect();
      const kurso = find({ css: '.kurso' });
      return [kurso.clientWidth, kurso.scrollWidth, box('.segments').top >= box('.row legend').bottom, getComputedStyle(find({ css: '.bar' })).position]`;
    assert.deepEqual(await session.run(look), [320, 320, true, 'sticky']);
    await click(session, { css: '.contents' });
    await session.there({ css: '.outline' });
    const [bottom, left, width, room, height] = await session.run(`const { bottom, left, width } = find({ css: '.outline' }).getBoundingClientRect();
      return [bottom, left, width, document.documentElement.clientWidth, innerHeight].map(Math.round)`);
    assert.deepEqual([bottom, left, width], [height, Math.round((room - 768) / 2), 768]);
    await session.key('Escape');
    await session.gone({ css: '.outline' });
  },

  async 'EM1 EM2 EM4 S3 the frame fits, up and down, keeps answers, and tells whom it was told to'(t, session) {
    const { host } = await visit(t, session, ({ url }) => `<iframe id="course" title="A course" sandbox="${SANDBOX}" src="${url}?embed#/whose-job"></iframe>`, {
      head: ({ url }) => `<script src="${url}embed-host.js"></script>`,
      ...FRAME,
    });
    await session.until('the course', "return self.messages.some(({ data }) => data.type === 'height')");
    await session.run("document.querySelector('iframe').src = document.querySelector('iframe').src.replace('?embed', '?embed&origin=' + encodeURIComponent(arguments[0]))", host.origin);
    await session.until('the course by name', 'return self.told.length > 0');
    const whole = await fits(session);
    assert(whole > 600, `${whole}`);
    await enter(session);
    await click(session, RIGHT);
    await session.so(RIGHT, IS_CHOSEN);
    await session.reach({ css: 'a', label: 'Next' });
    await session.key('Enter');
    await session.there({ css: 'h1', label: TITLES[4] });
    await session.leave();
    await session.until('another height', "return self.messages.findLast(({ data }) => data.type === 'height').data.height !== arguments[0]", whole);
    await fits(session);
    await session.until('the top of the frame', "const { top } = document.querySelector('iframe').getBoundingClientRect(); return top > -1 && top < innerHeight / 2");
    assert.deepEqual(await session.run('return self.told.map(({ type, detail, id }) => [type, detail, id])'), [
      ['kurso-ready', { course: 'clf-c02' }, 'course'],
      ['kurso-start', {}, 'course'],
      ['kurso-step', { step: 'identity-and-least-privilege' }, 'course'],
    ]);
    await enter(session);
    await session.run("location.hash = '#/whose-job'");
    await session.there({ css: 'h1', label: TITLES[3] });
    await session.so(RIGHT, IS_CHOSEN);
    await session.run("document.body.style.paddingBottom = '400px'");
    await session.leave();
    await session.until('more height', "return self.messages.findLast(({ data }) => data.type === 'height').data.height === arguments[0]", whole + 400);
    await fits(session);
    await enter(session);
    await session.run("document.body.style.paddingBottom = ''");
    await session.leave();
    await session.until('less height', "return self.messages.findLast(({ data }) => data.type === 'height').data.height === arguments[0]", whole);
    assert.equal(await fits(session), whole);
  },

  async 'PR5 S2 in a sandbox without its origin the frame fits, works, and says that nothing is kept'(t, session) {
    await visit(t, session, ({ url }) => `<iframe title="A course" sandbox="allow-scripts" src="${url}?embed#/whose-job"></iframe>`, {
      head: ({ url }) => `<script src="${url}embed-host.js"></script>`,
      ...FRAME,
      // To WebKit, a frame without an origin is nobody's self.
      namesItself: true,
    });
    await fits(session);
    await enter(session);
    await click(session, RIGHT);
    await session.so(RIGHT, IS_CHOSEN);
    await session.there({ css: 'main p', name: 'Progress cannot be saved here.' });
  },

  async 'EM6 the single file runs from a disk, and keeps answers'(t, session) {
    const file = join(PACKED, 'kurso.html');
    assert(existsSync(file), `nothing is packed in ${PACKED}: run \`cargo xtask test pack engines\``);
    t.after(() => session.ask('POST', '/url', { url: 'about:blank' }));
    await go(session, `${pathToFileURL(file)}#/whose-job`);
    await session.started();
    await click(session, RIGHT);
    await session.so(RIGHT, IS_CHOSEN);
    await session.there({ css: '.foot p', name: 'saved on this device' });
    await reload(session);
    await session.started();
    await session.so(RIGHT, IS_CHOSEN);
  },
};

describe('every engine', { concurrency: Object.keys(ENGINES).length }, () => {
  for (const engine of Object.keys(ENGINES)) {
    describe(engine, { concurrency: 1 }, () => {
      let session;
      before(async () => (session = await start(engine)));
      after(() => session?.end());

      for (const [name, journey] of Object.entries(JOURNEYS)) test(`${name} in ${engine}`, (t) => journey(t, session));
    });
  }
});
