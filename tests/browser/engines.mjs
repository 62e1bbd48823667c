// The page in Chromium, Firefox and WebKit, driven through WebDriver, which all three understand. What a hand does goes
// to the browser as movements of a pointer and as keys, at places that are looked up in the page; nothing is clicked by
// a script, but in the lists of selects, which are the browser's own. A target is data, so that it can be looked up where
// it is: see `FIND`.
//
// There is no client of WebDriver among our packages: what is needed of one is `Session.ask`, and the usual one wants a
// newer Node than ours.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import axeCore from 'axe-core';
import { AXE_OPTIONS, PAGE } from './page.mjs';
import { KEY, kept } from './module.mjs';
import { serve, serveHost } from './server.mjs';

/** Nothing in these tests should take longer, in milliseconds. */
const PATIENCE = 20_000;

/** How long to wait before looking again, in milliseconds. */
const MOMENT = 25;

/** For so long, in milliseconds, the focus must not go away again. */
const STEADY = 100;

/** Only this machine can be reached, whatever a browser may try: there is no proxy at that address. */
const NOWHERE = '127.0.0.1:9';

const { env } = process;

/**
 * How each engine is started: the driver, found by `cargo xtask test` or on PATH, and what is asked of it. `finger` is
 * what a tap is made with; WebKit's driver for GTK takes a touch for a mouse, so there it is one.
 */
export const ENGINES = {
  Chromium: {
    driver: env.CHROMEDRIVER ?? 'chromedriver',
    capabilities: {
      browserName: 'chrome',
      'goog:chromeOptions': {
        ...(env.CHROMIUM && { binary: env.CHROMIUM }),
        args: [
          '--headless=new',
          // Chromium's sandbox does not work for root, which continuous integration often is.
          ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          '--no-first-run',
          '--hide-scrollbars',
          '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
        ],
      },
    },
    finger: 'touch',
  },
  Firefox: {
    driver: env.GECKODRIVER ?? 'geckodriver',
    capabilities: {
      browserName: 'firefox',
      proxy: { proxyType: 'manual', httpProxy: NOWHERE, sslProxy: NOWHERE },
      'moz:firefoxOptions': { ...(env.FIREFOX && { binary: env.FIREFOX }), args: ['-headless'] },
    },
    finger: 'touch',
  },
  WebKit: {
    driver: env.WEBKIT_DRIVER ?? 'WebKitWebDriver',
    capabilities: { browserName: 'MiniBrowser' },
    finger: 'mouse',
    needsDisplay: true,
  },
};

/** Starts that engine, and ends it after the tests. */
export async function start(name) {
  const { driver, capabilities, finger, needsDisplay } = ENGINES[name];
  const processes = [];
  const quit = () => processes.forEach((process) => process.kill());
  try {
    const display = needsDisplay ? { DISPLAY: await startDisplay(processes) } : {};
    const port = await freePort();
    const output = run(processes, driver, [`--port=${port}`], { ...env, ...display });
    const url = `http://127.0.0.1:${port}`;
    for (const started = performance.now(); !(await fetch(`${url}/status`).catch(() => undefined)); await sleep(MOMENT)) {
      assert(performance.now() - started < PATIENCE, `${driver} does not answer: ${output()}`);
    }
    const asked = { alwaysMatch: { pageLoadStrategy: 'none', ...capabilities } };
    const { sessionId } = await ask(url, 'POST', '/session', { capabilities: asked });
    const session = new Session(`${url}/session/${sessionId}`, name, finger);
    session.end = async () => {
      await session.ask('DELETE', '').catch(() => {});
      quit();
    };
    return session;
  } catch (error) {
    quit();
    throw error;
  }
}

/** Runs a program, and returns what gives the last that it said. */
function run(processes, program, args, environment, stdio = ['ignore', 'pipe', 'pipe']) {
  const child = spawn(program, args, { env: environment, stdio });
  processes.push(child);
  let said = '';
  const hear = (text) => (said = (said + text).slice(-2000));
  child.on('error', (error) => hear(`${error.message}: run \`cargo xtask test engines\`, which installs it`));
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  return () => said;
}

/** Starts a display in memory, and returns its name. */
async function startDisplay(processes) {
  const args = ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'];
  const output = run(processes, env.XVFB ?? 'Xvfb', args, env, ['ignore', 'ignore', 'pipe', 'pipe']);
  const display = once(processes.at(-1).stdio[3], 'data').then(([number]) => `:${String(number).trim()}`);
  const named = await Promise.race([display, sleep(PATIENCE)]);
  assert(named, `Xvfb does not start: ${output()}`);
  return named;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function ask(url, method, path, body) {
  const response = await fetch(url + path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: method === 'POST' ? JSON.stringify(body ?? {}) : undefined,
    // A browser that hangs must not keep everybody waiting.
    signal: AbortSignal.timeout(120_000),
  });
  const { value } = await response.json();
  assert(response.ok, `${method} ${path}: ${value?.error}: ${value?.message}`);
  return value;
}

/** Keeps what goes wrong in the page, for the end of the test, and lets time pass. Runs in the page, before its own scripts. */
function watch() {
  window.wrong = [];
  const note = (text) => window.wrong.push(String(text));
  addEventListener('error', ({ message, error }) => note(`uncaught: ${error?.stack ?? message}`));
  addEventListener('unhandledrejection', ({ reason }) => note(`unhandled: ${reason}`));
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => note(`forbidden: ${violatedDirective} ${blockedURI}`));
  // Tests may make it later than it is.
  const { now } = Date;
  window.later = 0;
  Date.now = () => now() + window.later;
  for (const level of ['error', 'warn']) {
    const log = console[level];
    console[level] = (...words) => {
      note(`console: ${words.join(' ')}`);
      log.apply(console, words);
    };
  }
}

/**
 * Looks a target up in the page: `css` is what it is, among all that shows; `label` is its exact name, `name` a part of
 * its name, `legend` a part of the legend in it; `within` is what it is in, `nth` which one of several, `player` in which
 * player it is, if there are several. Words are strings, or patterns as `{ pattern }`. Defines `find(target)` for the
 * scripts that run in the page.
 */
const FIND = `
  const baseOf = (player) => player?.shadowRoot?.querySelector('[part="base"]:not([hidden])');
  const players = [...document.querySelectorAll('kurso-player')];
  const [player] = players;
  const base = baseOf(player);
  const words = (element) => (element?.ariaLabel ?? element?.textContent ?? '').replace(/\\s+/g, ' ').trim();
  const says = (text, wanted) => wanted.pattern ? new RegExp(wanted.pattern).test(text) : text.includes(wanted);
  const findAll = ({ css, label, name, legend, hidden, within, nth, player = 0 }) => {
    const places = within ? findAll(within) : [baseOf(players[player]) ?? document];
    const all = places.flatMap((place) => [...place.querySelectorAll(css)]).filter((element) =>
      (hidden || element.checkVisibility({ visibilityProperty: true, checkVisibilityCSS: true })) &&
      (label === undefined || words(element) === label) &&
      (name === undefined || says(words(element), name)) &&
      (legend === undefined || says(words(element.querySelector('legend')), legend)));
    return nth === undefined ? all : all.slice(nth, nth + 1);
  };
  const find = (target) => findAll(target)[0];
  const active = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
`;

/** What tells a screen reader of what happens. */
export const STATUS = { css: '.kurso > [role="status"]', hidden: true };

/** Where to touch a target: its middle, scrolled into view, unless it cannot be pressed yet or something else covers it. */
const AIM = `
  const element = find(arguments[0]);
  if (!element) return { missing: 'is not there' };
  if ((element.control ?? element).disabled) return { missing: 'is disabled' };
  element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [Math.round(left + width / 2), Math.round(top + height / 2)];
  const hit = element.getRootNode().elementFromPoint(x, y);
  if (!element.contains(hit)) return { missing: 'is covered by ' + (hit ? hit.localName + ' ' + words(hit).slice(0, 60) : 'nothing') };
  return { x, y };
`;

/** The keys that have no letter, as WebDriver wants them. */
const KEYS = { Tab: '\uE004', Enter: '\uE007', Space: ' ', Escape: '\uE00C', ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015' };

const SHIFT = '\uE008';

/** How long after a tap another one is surely no part of a double tap. */
const TAP_PAUSE = 550;

/** A browser that is driven. */
class Session {
  #url;
  #tapped = { at: -Infinity, x: 0, y: 0 };

  constructor(url, engine, finger) {
    this.#url = url;
    this.engine = engine;
    this.finger = finger;
  }

  ask(method, path, body) {
    return ask(this.#url, method, path, body);
  }

  /** What that function body returns in the page; it can `find` targets. */
  run(script, ...args) {
    return this.ask('POST', '/execute/sync', { script: `${FIND}\n${script}`, args: args.map(plain) });
  }

  /** Waits until that function body returns something true in the page, and returns it. */
  async until(what, script, ...args) {
    let last;
    for (const started = performance.now(); performance.now() - started < PATIENCE; await sleep(MOMENT)) {
      // While one page goes and the next one comes, there is none to ask.
      last = await this.run(script, ...args).catch((error) => ({ missing: error.message }));
      if (last && !last.missing) return last;
    }
    assert.fail(`${what} in ${this.engine}: ${last?.missing ?? 'it did not happen'}\n${await this.state()}`);
  }

  /** What shows, and what a screen reader was told, for whoever reads of a failure. */
  state() {
    const script = "return [document.URL, words(find(arguments[0])), find({ css: 'main' })?.innerText].join('\\n')";
    return this.run(script, STATUS).catch((error) => error.message);
  }

  /** Waits until a target is there. */
  there(target) {
    return this.until(`waiting for ${JSON.stringify(plain(target))}`, 'return Boolean(find(arguments[0]))', target);
  }

  /** Waits until a target is gone, or shows no longer. */
  gone(target) {
    return this.until(`waiting for the end of ${JSON.stringify(plain(target))}`, 'return !find(arguments[0])', target);
  }

  /** Waits until that expression of a target, as `element`, is true. */
  so(target, expression) {
    const script = `const element = find(arguments[0]); return Boolean(element && (${expression}))`;
    return this.until(`waiting for ${expression} of ${JSON.stringify(plain(target))}`, script, target);
  }

  /** That expression of a target, as `element`. */
  async of(target, expression) {
    await this.there(target);
    return this.run(`const element = find(arguments[0]); return ${expression}`, target);
  }

  /** Whether the focus is on a target, or on something in it. */
  focused(target) {
    return this.run('return findAll(arguments[0]).some((element) => element.contains(active))', target);
  }

  /** Puts the pointer on a target, presses, moves through those points, seen from there, and lets go. */
  async point(target, pointerType, ...through) {
    const aim = () => this.until(`pointing at ${JSON.stringify(plain(target))}`, AIM, target);
    // A finger is felt where the page was painted last, so what has been scrolled must be painted first. And what the
    // last click did may still move things.
    let [{ x, y }, last] = [await aim()];
    do {
      await sleep(pointerType === 'touch' ? 100 : MOMENT);
      [last, { x, y }] = [{ x, y }, await aim()];
    } while (x !== last.x || y !== last.y);
    const isNear = Math.hypot(x - this.#tapped.x, y - this.#tapped.y) < 48;
    if (pointerType === 'touch' || isNear) await sleep(Math.max(0, this.#tapped.at + TAP_PAUSE - performance.now()));
    const actions = [
      { type: 'pointerMove', duration: 0, x, y },
      { type: 'pointerDown', button: 0 },
      ...through.map((by) => ({ type: 'pointerMove', duration: 100, x: x + by.x, y: y + by.y })),
      { type: 'pointerUp', button: 0 },
    ];
    await this.ask('POST', '/actions', { actions: [{ type: 'pointer', id: pointerType, parameters: { pointerType }, actions }] });
    this.#tapped = { at: performance.now(), x, y };
  }

  /** Drags a target that far with the mouse, and holds it there until it is to `drop` it. */
  async hold(target, by) {
    const { x, y } = await this.until(`pointing at ${JSON.stringify(plain(target))}`, AIM, target);
    const points = [0, 0.5, 1].map((part) => ({ x: Math.round(x + by.x * part), y: Math.round(y + by.y * part) }));
    const [there, ...on] = points.map((point) => ({ type: 'pointerMove', duration: 100, ...point }));
    await this.mouse(there, { type: 'pointerDown', button: 0 }, ...on);
  }

  drop() {
    return this.mouse({ type: 'pointerUp', button: 0 });
  }

  mouse(...actions) {
    return this.ask('POST', '/actions', { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }] });
  }

  /** Drags one target to the middle of another with the mouse; both must fit into the window. */
  async drag(target, to) {
    const arrived = "return performance.getEntriesByType('resource').some(({ name }) => name.includes('/board.js'))";
    await this.until('what follows the pointer arrives', arrived);
    const apart = `const [from, to] = [...arguments].map((target) => find(target).getBoundingClientRect());
      return { x: Math.round(to.left - from.left + (to.width - from.width) / 2), y: Math.round(to.top - from.top + (to.height - from.height) / 2) }`;
    const by = await this.run(apart, target, to);
    await this.point(target, 'mouse', { x: 6, y: 12 }, { x: Math.round(by.x / 2), y: Math.round(by.y / 2) }, by, by);
  }

  async key(name, { shift = false } = {}) {
    const value = KEYS[name] ?? name;
    const press = [{ type: 'keyDown', value }, { type: 'keyUp', value }];
    const actions = shift ? [{ type: 'keyDown', value: SHIFT }, ...press, { type: 'keyUp', value: SHIFT }] : press;
    await this.ask('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  /** Chooses that option of a select as if in the list that opens for it, which is the browser's own and no part of the page. */
  async option(target, index) {
    await this.there(target);
    await this.run(`const select = find(arguments[0]);
      select.selectedIndex = arguments[1];
      for (const type of ['input', 'change']) select.dispatchEvent(new Event(type, { bubbles: true, composed: type === 'input' }));`, target, index);
  }

  /** Presses Tab, or Shift and Tab, until the focus is at a target: what lies beyond the page is the browser's own. */
  async reach(target) {
    await this.there(target);
    for (let presses = 0; presses < 100; presses += 1) {
      if (await this.focused(target)) return;
      const isBefore = 'return Boolean(active.compareDocumentPosition(find(arguments[0])) & Node.DOCUMENT_POSITION_PRECEDING)';
      await this.key('Tab', { shift: await this.run(isBefore, target) });
    }
    assert.fail(`Tab does not lead to ${JSON.stringify(plain(target))} in ${this.engine}`);
  }

  /** Makes the window that large. */
  resize(width, height) {
    return this.ask('POST', '/window/rect', { x: 0, y: 0, width, height });
  }

  /** Goes to that address within the page. */
  go(fragment) {
    return this.run('location.hash = arguments[0]', fragment);
  }

  /** Goes so many pages forth, or back. The drivers' own buttons pass over addresses to which no click has led. */
  turn(by) {
    return this.run('history.go(arguments[0])', by);
  }

  /** Is in the frame of the page from now on, where the player must run. A frame that loads its page is a new one to WebKit. */
  async enter() {
    for (const started = performance.now(); performance.now() - started < PATIENCE; await sleep(MOMENT)) {
      await this.leave();
      const entered = this.ask('POST', '/element', { using: 'css selector', value: 'iframe' }).then((id) => this.ask('POST', '/frame', { id }));
      if (await entered.then(() => this.run('return Boolean(base?.querySelector("main"))')).catch(() => false)) return;
    }
    assert.fail(`no player starts in the frame in ${this.engine}`);
  }

  /** Is in the page itself again. */
  leave() {
    return this.ask('POST', '/frame', { id: null });
  }

  /**
   * Has the style answer all questions for what `yes` matches with yes, and for what `no` matches with no: WebDriver cannot
   * ask a browser for paper, or for less motion.
   */
  answer(yes, no) {
    const script = `const answer = (rules) => {
        for (const { media, cssRules } of rules) {
          if (media?.mediaText?.includes(arguments[0])) media.mediaText = 'all';
          else if (media?.mediaText?.includes(arguments[1])) media.mediaText = 'not all';
          if (cssRules) answer(cssRules);
        }
      };
      for (const tree of [document, ...players.map(({ shadowRoot }) => shadowRoot)]) {
        for (const sheet of [...tree.styleSheets, ...tree.adoptedStyleSheets]) answer(sheet.cssRules);
      }`;
    return this.run(script, yes, no);
  }

  /** What a screen reader was told since the player runs, one after the other. */
  said() {
    return this.run('return window.said');
  }

  /** What is in `localStorage`, by key. */
  stored() {
    return this.run('return Object.fromEntries(Object.entries(localStorage))');
  }

  async progress() {
    const json = (await this.stored())[KEY];
    assert(json, `nothing is stored under ${KEY} in ${this.engine}`);
    return JSON.parse(json);
  }

  /** What went wrong in the page since it came. */
  wrong() {
    return this.run('return window.wrong ?? []');
  }

  /** Waits until the player has taken the place of the page as it was sent. */
  async started() {
    await this.until('starting', 'return Boolean(base?.querySelector("main"))');
    await this.run(`const status = find(arguments[0]);
      window.said = [];
      const hear = () => { const text = words(status); if (text) window.said.push(text); };
      new MutationObserver(hear).observe(status, { childList: true, characterData: true, subtree: true });`, STATUS);
  }

  /** What axe-core finds wrong in the page as it is, inside of the player too. */
  async accessibilityProblems() {
    await this.ask('POST', '/execute/sync', { script: `if (!window.axe) { ${axeCore.source} }`, args: [] });
    const script = `const done = arguments[1];
      axe.run(document, arguments[0]).then(({ violations, passes }) => done({
        problems: violations.flatMap(({ id, help, nodes }) =>
          nodes.map(({ target, failureSummary }) => [id, help, target.flat().join(' '), failureSummary].join(': '))),
        looked: passes.some(({ nodes }) => nodes.some(({ target }) => target[0]?.[0] === 'kurso-player')),
      }), (error) => done({ problems: [String(error)] }))`;
    const { problems, looked } = await this.ask('POST', '/execute/async', { script, args: [AXE_OPTIONS] });
    return looked ? problems : [...problems, 'axe-core did not look into the player'];
  }

  /** What sticks out sideways, if the page can be scrolled there, and whose own text is cut off. */
  misfits() {
    return this.run(`const { scrollWidth, clientWidth } = document.documentElement;
      const all = [...base.querySelectorAll('*')];
      const called = (element) => element.localName + '.' + element.getAttribute('class');
      const wide = all.filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5);
      const cut = all.filter((element) => element.checkVisibility() && !element.closest('.unseen, progress, svg') && getComputedStyle(element).overflowX === 'hidden' &&
        (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1));
      return [
        ...(scrollWidth > clientWidth ? [scrollWidth + ' px in ' + clientWidth + ' px', ...wide.map(called)] : []),
        ...cut.map((element) => 'cut off: ' + called(element)),
      ]`);
  }
}

/** A target without patterns that JSON does not know. */
function plain(value) {
  if (value instanceof RegExp) return { pattern: value.source };
  if (value === null || typeof value !== 'object') return value;
  return Array.isArray(value) ? value.map(plain) : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 320, height: 568 };

/**
 * Opens the page for one test, and judges it at the end of that test.
 *
 * @param {import('node:test').TestContext} t
 * @param {Session} session
 * @param {object} [options]
 * @param {boolean} [options.phone] in a window as small as a phone
 * @param {string} [options.path] what follows the page's address, such as `#/glossary`
 * @param {string} [options.folder] another built page than that of the shipped course
 * @param {Function} [options.first] runs in the page before its own scripts
 * @param {Promise} [options.held] what the wasm waits for
 * @param {(server: object) => string} [options.around] the page of somebody else on another origin, with the player in it,
 *   that is opened instead
 */
export async function open(t, session, { phone = false, path = '', folder = PAGE, first = () => {}, held, around } = {}) {
  assert(existsSync(folder), `there is no page in ${folder}: run \`cargo xtask test page arabic options engines\``);
  const server = await serve(folder, { held, shared: Boolean(around), first: `(${watch})(); (${first})();` });
  const host = around && (await serveHost({ '/': around(server) }));
  const { url } = host ?? server;
  const desk = await session.ask('GET', '/window');
  const complaints = [];
  t.after(async () => {
    try {
      complaints.push(...(await session.wrong()));
      if (phone) await session.ask('DELETE', '/window');
      await session.ask('POST', '/window', { handle: desk });
      // What the page still does must not happen in the next test.
      await session.ask('POST', '/url', { url: 'about:blank' });
    } finally {
      await server.close();
      await host?.close();
    }
    assert.deepEqual(complaints, [], `the page complained in ${session.engine}`);
  });
  if (phone) await openPhone(session, desk);
  else await session.resize(DESK.width, DESK.height);
  await session.ask('POST', '/url', { url: url + path });
  // Until a page has loaded all, other addresses in it take the place of the first.
  await session.until('loading', 'return document.URL.startsWith(arguments[0]) && document.readyState === "complete"', url);
  if (!held && !around) await session.started();
  return {
    async reload() {
      complaints.push(...(await session.wrong()));
      await session.run('window.old = true');
      await session.ask('POST', '/refresh');
      await session.until('reloading', 'return !window.old && Boolean(base)');
      await session.started();
    },
  };
}

/**
 * Goes to a window as small as a phone. Only one that a page opens can be narrower than a browser's own buttons need, and
 * some open it only for who clicks. MiniBrowser's are no narrower than 334 px.
 */
async function openPhone(session, desk) {
  await session.ask('POST', '/url', { url: 'data:text/html,<title>Opener</title><h1>Opener' });
  await session.until('loading', 'return document.title === "Opener"');
  const features = `popup,left=0,top=0,width=${PHONE.width},height=${PHONE.height}`;
  await session.run('document.onclick = () => open("about:blank", "_blank", arguments[0])'.replace('arguments[0]', `"${features}"`));
  await session.point({ css: 'h1' }, 'mouse');
  let handle;
  for (const started = performance.now(); !handle; await sleep(MOMENT)) {
    assert(performance.now() - started < PATIENCE, `${session.engine} opens no window`);
    handle = (await session.ask('GET', '/window/handles')).find((other) => other !== desk);
  }
  await session.ask('POST', '/window', { handle });
  await session.ask('POST', '/window/rect', PHONE);
  const width = await session.until('opening a small window', 'return innerWidth < 335 && innerWidth');
  assert(width >= PHONE.width);
}

/** How each hand does what the others do as well. */
export const HANDS = {
  mouse: {
    name: 'mouse clicks',
    press: (session, target) => session.point(target, 'mouse'),
    choose: (session, row, name) => session.point({ css: 'label', name, within: row }, 'mouse'),
    pick: pickFromList,
  },
  keys: {
    name: 'the keyboard alone',
    async press(session, target) {
      await session.reach(target);
      await session.key('Enter');
    },
    async choose(session, row, name) {
      await session.reach({ css: 'input[type="radio"]', within: row, hidden: true });
      const label = { css: 'label', name, within: row };
      const isChosen = () => session.of(label, 'element.control.checked');
      if (await session.focused(label)) await session.key('Space');
      for (let presses = 0; !(await isChosen()); presses += 1) {
        assert(presses < 10, `the arrow keys do not lead to ${name} in ${session.engine}`);
        // Not every engine goes on from the last one to the first.
        await session.key(presses < 5 ? 'ArrowDown' : 'ArrowUp');
      }
    },
    async pick(session, select, letter) {
      await session.reach(select);
      const isPicked = () => session.of(select, `element.selectedOptions[0].text.startsWith('${letter}. ')`);
      // Letters that follow one another quickly are taken for one word.
      for (let tries = 0; !(await isPicked()); tries += 1) {
        assert(tries < 3, `${letter} picks nothing in ${session.engine}`);
        if (tries > 0) await sleep(1200);
        await session.key(letter.toLowerCase());
      }
    },
    /** The slot is that many times an arrow key away. */
    async place(session, chip, slot, { at }) {
      await session.reach(chip);
      await session.key('Enter');
      await session.so(chip, "element.ariaPressed === 'true'");
      for (let presses = 0; presses < at; presses += 1) await session.key('ArrowRight');
      await session.key('Enter');
    },
  },
  clicks: {
    name: 'click events alone, as voice control sends them',
    press: click,
    choose: (session, row, name) => click(session, { css: 'label', name, within: row }),
    pick: pickFromList,
    async place(session, chip, slot) {
      for (const target of [chip, slot]) await click(session, target);
    },
  },
  taps: {
    name: 'single taps on a small phone',
    options: { phone: true },
    press: (session, target) => session.point(target, session.finger),
    choose: (session, row, name) => session.point({ css: 'label', name, within: row }, session.finger),
    pick: pickFromList,
    async place(session, chip, slot, { groupFirst = false }) {
      for (const target of groupFirst ? [slot, chip] : [chip, slot]) await session.point(target, session.finger);
    },
  },
};

async function click(session, target) {
  // A label can be clicked any time, and does nothing while its control cannot be used.
  await session.so(target, '!(element.control ?? element).disabled');
  await session.run('find(arguments[0]).click()', target);
}

async function pickFromList(session, select, letter) {
  const texts = await session.of(select, '[...element.options].map(({ text }) => text)');
  await session.option(select, texts.findIndex((text) => text.startsWith(`${letter}. `)));
}

/** A learner with that hand at that step, as `play` wants one. */
export async function begin(t, session, step, hand, options) {
  const path = step && `#/${step}`;
  return { ...learner(session, hand), ...(await open(t, session, { path, ...hand.options, ...options })) };
}

function learner(session, hand) {
  const button = (label) => ({ css: 'button', label });
  const title = (label) => ({ css: 'h1', label });
  return {
    button,
    press: (name) => hand.press(session, typeof name === 'string' ? button(name) : name),
    next: () => hand.press(session, { css: 'a', label: 'Next' }),
    row: (item) => ({ css: 'fieldset', legend: item }),
    chip: (item) => ({ css: '.pool .chip', name: item }),
    slot: (name) => ({ css: '.slot .take', name }),
    place: (chip, slot, how) => hand.place(session, chip, slot, how),
    /** Waits until that answer is chosen in the row of that item. */
    chose: (item, name) => session.so({ css: 'label', name, within: { css: 'fieldset', legend: item } }, 'element.control.checked'),
    choose: (row, name) => hand.choose(session, row, name),
    pick: (prompt, letter) => hand.pick(session, { css: 'select', within: { css: '.row', name: prompt } }, letter),
    told: (words) => session.there({ ...STATUS, name: words }),
    /** Waits until that can be read somewhere. */
    reads: (words) => session.until(`reading “${words}”`, "return find({ css: 'main' })?.innerText.includes(arguments[0])", words),
    headed: (label) => session.there({ css: 'h1, h2, h3, h4', label }),
    shows: (name) => session.there(title(name)),
    async arrived(name) {
      await session.there(title(name));
      await this.isAt(title(name));
    },
    /** Fails unless the focus is, or at once will be, on that, or on something in it, and stays there. */
    async isAt(target) {
      await session.until(`the focus on ${JSON.stringify(plain(target))}`, 'return Boolean(find(arguments[0])?.contains(active))', target);
      await sleep(STEADY);
      assert(await session.focused(target), `the focus does not stay on ${JSON.stringify(plain(target))} in ${session.engine}`);
    },
    async arrange(order) {
      for (const [to, item] of order.entries()) {
        for (let at = -1; at !== to; ) {
          await session.there({ css: '.order .words' });
          at = (await session.run('return findAll(arguments[0]).map(words)', { css: '.order .words' })).findIndex((text) => item.test(text));
          assert(at >= to, `${item} does not come up`);
          if (at === to) break;
          await hand.press(session, { css: 'button', name: new RegExp(`^Move up: .*${item.source}`) });
          await this.told(`position ${at} of`);
        }
      }
    },
    kept: async (id) => kept(await session.progress(), id),
  };
}
