// Pages as they are: without the right headers, with old libraries and styles for everything, with scripts twice. The
// course works there, or its text stays and a sentence says why. The first two tables are of the element, the others of
// the frame.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { ARABIC, ARGUMENTS, chromiumPath, open, started, stored } from './browser.mjs';
import { embed, told } from './embed.mjs';
import { DUTIES, KEY, TITLES } from './learner.mjs';

const LINE = '<kurso-player id="a" step="whose-job"><p>A text to read</p></kurso-player>';
const SAVED = 'saved on this device';
const REFUSED = 'Progress cannot be saved here. Download it, or open the course in its own tab.';
const answer = (page) => page.getByRole('group', { name: DUTIES[0][0] }).getByRole('radio', { name: DUTIES[0][1] });
const styled = (css) => ({ head: '<link rel="stylesheet" href="blog.css">', files: { '/blog.css': css } });
const scripted = (js) => ({ head: '<script src="/first.js"></script>', files: { '/first.js': js } });
const OLD_JSON = "Array.prototype.toJSON = function () { return '[' + this.join() + ']'; };";

const works = {
  'with wasm that is served as plain bytes': { serverOptions: { wasmType: 'application/octet-stream' } },
  'with a script that was loaded twice': { head: (url) => `<script type="module" src="${url}kurso.js?again"></script>` },
  'with a base address of its own': { head: '<base href="/elsewhere/">', host: () => ({ policy: undefined }) },
  'with ids as ours': { body: '<div id="main"></div><div id="outline" popover></div><div id="display"></div><div id="item_duties_failed-drive"></div>' },
  'with libraries that extend everything': scripted(`
    for (const { prototype } of [Object, Array, Function, String, Element, Event]) {
      prototype.extend = prototype.each = function () { throw new Error('not for you'); };
    }
    Array.prototype.at = Array.prototype.flat = undefined;`),
  'with libraries of the time before there were standards': scripted(`
    Array.prototype.entries = Array.prototype.keys = Array.prototype.values = function () { return [...Array(this.length).keys()].map((at) => this[at]); };
    Array.prototype.find = Array.prototype.includes = function () { return undefined; };
    Array.from = (items) => (items == null ? [] : items.length === undefined ? [items] : Array.prototype.slice.call(items));
    String.prototype.startsWith = String.prototype.endsWith = function () { return false; };
    Object.assign(Element.prototype, {
      remove() { this.parentNode.removeChild(this); return this; },
      append(item) { if (typeof item === 'object') this.appendChild(item); return this; },
      toggle() {}, update() {}, insert() {}, show() {}, hide() {}, select() {}, contains() { return false; },
    });`),
  'with styles that undo every style': styled('* { all: unset !important }'),
  'with styles that hide what it is made of': styled('div, section, header, main, button, input, label, h1, [part], .kurso { display: none !important }'),
  'with boxes that take everything into them': styled('body * { transform: translateZ(0); contain: layout; overflow: clip }'),
  'that is isolated from other origins': { host: () => ({ headers: { 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cross-Origin-Opener-Policy': 'same-origin' } }) },
  'of another site': { serverOptions: { name: 'app.localhost' }, host: () => ({ name: 'blog.localhost' }) },
  'with a fragment in its address that is not ours': { path: '#/compliance' },
};
for (const [name, { body = '', ...options }] of Object.entries(works)) {
  test(`the element works in a page ${name}`, async (t) => {
    const { page } = await embed(t, body + LINE, options);
    assert.equal(await page.locator('[part="base"] h1').innerText(), TITLES[3]);
    await answer(page).check();
    await page.getByText(SAVED).first().waitFor();
    assert.deepEqual(JSON.parse((await stored(page))[KEY]).exercises.duties.answer, [['failed-drive', 'aws']]);
    await page.reload();
    await answer(page).and(page.locator(':checked')).waitFor();
    assert.deepEqual((await told(page)).map(([type]) => type), ['kurso-ready']);
  });
}

const POLICY = /Content Security Policy|violates/;
const fails = {
  'where wasm is missing': [{ serverOptions: { wasm: 'missing' }, expected: [/404/] }, /cannot be loaded/],
  'where wasm is cut short': [{ serverOptions: { wasm: 'cut' } }, /cannot be loaded/],
  'where a page comes in the place of wasm': [{ serverOptions: { wasm: 'page' } }, /cannot be loaded/],
  'where only the script comes': [{ serverOptions: { lost: 'embed.js' }, expected: [/404/] }, /cannot be loaded/],
  'where there is no course': [{ serverOptions: { lost: 'index.html' }, expected: [/404/] }, /cannot be loaded/],
  'in a browser that is too old': [{ initScript: () => delete self.WebAssembly }, /too old/],
  'where the policy lets nothing be fetched': [{ without: /connect-src [^;]*/, expected: [POLICY] }, /cannot be loaded/],
  'where an old library changes how JSON is written': [scripted(OLD_JSON), /toJSON/],
  'where the policy forbids wasm': [{ without: / 'wasm-unsafe-eval'/ }, /the policy of this page has to allow 'wasm-unsafe-eval'/],
};
for (const [name, [options, sentence]] of Object.entries(fails)) {
  test(`EM6 ${name} the text in the element stays, and it is said why`, async (t) => {
    const { page } = await embed(t, LINE, { ...options, players: 0 });
    await page.getByRole('alert').filter({ hasText: sentence }).waitFor();
    assert(await page.getByText('A text to read').isVisible());
    const [[type, { reason }]] = await told(page);
    assert.deepEqual([type, reason], ['kurso-error', 'start']);
  });
}

/** Keeps the wasm away for so many times. */
const losing = (times) => `const { fetch: get } = self; let lost = 0;
  self.fetch = (...asked) => (/kurso_bg[.]wasm/.test(asked[0]) && lost++ < ${times} ? Promise.reject(new TypeError('lost')) : get(...asked));`;

for (const [language, folder, line, sentence, again] of [
  ['the course', undefined, `<div lang="de">${LINE}</div>`, 'The course cannot be loaded.', 'Try again'],
  ['the course, from right to left', ARABIC, '<kurso-player><p>A text to read</p></kurso-player>', 'تعذر تحميل الدورة.', 'حاول مرة أخرى'],
]) {
  test(`EM6 where wasm does not come at first, that is said in the language of ${language}, and it can be tried again`, async (t) => {
    const { page } = await embed(t, line, { players: 0, initScript: losing(2), ...(folder && { folder }) });
    const alert = page.getByRole('alert').filter({ hasText: sentence });
    await alert.waitFor();
    assert.equal(await alert.evaluate((element) => getComputedStyle(element).direction), folder ? 'rtl' : 'ltr');
    assert(await page.getByText('A text to read').isVisible());
    await page.getByRole('button', { name: again }).click();
    await page.waitForFunction(() => self.told.filter(({ type }) => type === 'kurso-error').length === 2);
    const button = page.getByRole('button', { name: again }).and(page.locator(':focus'));
    await button.waitFor();
    await button.press('Enter');
    await started(page);
    assert.equal(await page.getByRole('alert').count(), 0);
    assert(await page.getByText('A text to read').isHidden());
  });
}

test('EM6 where nothing but the script comes at first, that is said in English, and it can be tried again', async (t) => {
  const lost = { serverOptions: { lost: 'embed.js' }, expected: [/404/] };
  const { page, server } = await embed(t, `<div lang="de">${LINE}</div>`, { players: 0, ...lost });
  const alert = page.getByRole('alert').filter({ hasText: 'The course cannot be loaded.' });
  await alert.and(page.locator('[lang="en"]')).waitFor();
  server.lose(undefined);
  await page.getByRole('button', { name: 'Try again' }).click();
  await started(page);
  assert.equal(await alert.count(), 0);
});

test('EM6 where the course does not come, that is said in the language of the page around', async (t) => {
  const { page } = await embed(t, `<div lang="de-AT">${LINE}</div>`, { players: 0, serverOptions: { lost: 'index.html' }, expected: [/404/] });
  await page.getByRole('alert').filter({ hasText: 'Der Kurs kann nicht geladen werden.' }).waitFor();
  await page.getByRole('button', { name: 'Noch einmal versuchen' }).waitFor();
});

const stays = {
  'that may not use the course from its origin': { serverOptions: { shared: false }, expected: [/CORS/, /Failed to load/] },
  'whose policy lets no script of the course in': { without: /(?<=script-src 'self') \S+/, expected: [POLICY] },
  'where the script is missing': { serverOptions: { lost: 'kurso.js' }, expected: [/404/] },
};
for (const [name, options] of Object.entries(stays)) {
  test(`the text in the element stays in a page ${name}`, async (t) => {
    const { page } = await embed(t, LINE, { ...options, players: 0 });
    assert(await page.getByText('A text to read').isVisible());
    assert.equal(await page.evaluate(() => customElements.get('kurso-player')), undefined);
  });
}

test('while a slow line brings the wasm the text in the element stays, and then it is the course', async (t) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const { page, server } = await embed(t, LINE, { players: 0, serverOptions: { held } });
  await page.waitForFunction(() => document.querySelector('kurso-player').shadowRoot);
  while (!server.requests.some(({ path }) => path.endsWith('.wasm'))) await page.waitForTimeout(20);
  assert(await page.getByText('A text to read').isVisible());
  release();
  await started(page);
  assert(await page.getByText('A text to read').isHidden());
});

const SANDBOX = 'allow-scripts allow-same-origin allow-popups allow-downloads';
const ISOLATED = { 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** Opens a page that has the course in a frame with those attributes. */
async function frame(t, { attributes = '', head = '', files, policy = ({ origin }) => `default-src 'none'; img-src data:; frame-src ${origin}`, headers, name, ...options } = {}) {
  const opened = await open(t, {
    starts: false,
    ...options,
    serverOptions: { shared: false, ...options.serverOptions },
    host: (server) => ({
      files: {
        '/': `<!doctype html><html lang="en"><title>A blog</title><link rel="icon" href="data:,">${head}<h1>Here</h1>
          <iframe ${attributes} src="${server.url}?embed#/whose-job" title="A course" width="1000" height="800"></iframe>`,
        ...files,
      },
      policy: policy(server),
      headers,
      name,
    }),
  });
  return { ...opened, frame: opened.page.frameLocator('iframe') };
}

const SITES = { name: 'blog.localhost', serverOptions: { name: 'app.localhost' } };
/** A browser in which third parties can or cannot keep anything. */
const profile = (blocks) => ({ preferences: { profile: { cookie_controls_mode: Number(blocks), block_third_party_cookies: blocks } } });

/** Whether an answer is still there when the page around is loaded again; where it is not, that is said. */
const frames = {
  'whose policy lets it in': [true],
  'that leaves it its origin in a sandbox': [true, { attributes: `sandbox="${SANDBOX}"` }],
  'that takes its origin in a sandbox, if its server shares': [false, { attributes: 'sandbox="allow-scripts"', serverOptions: { shared: true } }],
  'that is isolated, if its server says so, too': [true, { headers: ISOLATED, serverOptions: { headers: { ...ISOLATED, 'Cross-Origin-Resource-Policy': 'cross-origin' } } }],
  'of another site': [true, { ...SITES, profile: profile(false) }],
  'whose old library changes how JSON is written': [true, { ...scripted(OLD_JSON), policy: ({ origin }) => `default-src 'self'; img-src data:; frame-src ${origin}` }],
  'of another site, in a browser that blocks what third parties keep': [false, { ...SITES, profile: profile(true) }],
};
for (const [name, [keeps, options]] of Object.entries(frames)) {
  test(`PR5 the frame works in a page ${name}, and ${keeps ? 'keeps answers' : 'says that nothing is kept'}`, async (t) => {
    const { page, frame: inside } = await frame(t, options);
    const look = async () => {
      await inside.locator('[part="base"]:not([hidden]) main').waitFor();
      await inside.getByText(keeps ? SAVED : REFUSED).first().waitFor();
    };
    await look();
    await answer(inside).check();
    await page.reload();
    await look();
    assert.equal(await answer(inside).isChecked(), keeps);
  });
}

test('a frame without credentials works in an isolated page, and says that answers are there as long as that is', async (t) => {
  const { page, frame: inside } = await frame(t, { headers: ISOLATED, attributes: 'credentialless' });
  await answer(inside).check();
  await inside.getByText('Progress is kept only until you leave this page.').first().waitFor();
  assert.equal(await inside.getByText(SAVED).count(), 0);
  await page.reload();
  await inside.locator('[part="base"]:not([hidden]) main').waitFor();
  assert.equal(await answer(inside).isChecked(), false);
});

const refused = {
  'that the policy of the server does not name': { serverOptions: { headers: { 'Content-Security-Policy': "frame-ancestors 'self'" } }, expected: [/frame-ancestors/] },
  'whose policy is for its own things only': { policy: () => "default-src 'self'; img-src data:", expected: [POLICY] },
  'that is isolated, if its server does not say so': { headers: ISOLATED },
  'that the course\'s server does not name': { serverOptions: { headers: { 'X-Frame-Options': 'SAMEORIGIN' } }, expected: [/X-Frame-Options/] },
};
for (const [name, options] of Object.entries(refused)) {
  test(`there is no frame in a page ${name}`, async (t) => {
    const { page } = await frame(t, options);
    assert.match(page.frames()[1].url(), /^chrome-error:/);
  });
}

test('PR5 what is kept in a frame of another site is kept for that site alone', async (t) => {
  // Playwright turns that off, among other things.
  const usual = await chromium.launchServer({ executablePath: chromiumPath(), args: ARGUMENTS });
  const ignoreDefaultArgs = usual.process().spawnargs.filter((argument) => argument.startsWith('--disable-features='));
  await usual.close();
  const { page, server, frame: inside } = await frame(t, { ...SITES, profile: { ...profile(false), ignoreDefaultArgs } });
  await answer(inside).check();
  await inside.getByText(SAVED).first().waitFor();
  await page.reload();
  await answer(inside).and(inside.locator(':checked')).waitFor();
  await page.goto(`${server.url}#/whose-job`);
  await started(page);
  assert.equal(await answer(page).isChecked(), false);
});

test('in a sandboxed frame whose server sends no headers the course can be read', async (t) => {
  const { page } = await open(t, {
    starts: false,
    serverOptions: { shared: false },
    expected: [/CORS/, /Failed to load/],
    host: ({ url }) => ({
      files: { '/': `<!doctype html><title>A blog</title><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="${url}?embed" title="A course"></iframe>` },
    }),
  });
  await page.frameLocator('iframe').getByRole('heading', { name: TITLES[0] }).waitFor();
});

test('EM1 in a page inside of a page the frame fits as well', async (t) => {
  const { page } = await open(t, {
    starts: false,
    host: ({ url }) => ({
      files: {
        '/': '<!doctype html><title>A blog</title><link rel="icon" href="data:,"><iframe src="/inner" title="Inside" width="900" height="700"></iframe>',
        '/inner': `<!doctype html><title>Inside</title><iframe src="${url}?embed" title="A course" width="100%"></iframe><script src="${url}embed-host.js"></script>`,
      },
    }),
  });
  const inner = page.frameLocator('iframe');
  await inner.frameLocator('iframe').locator('[part="base"]:not([hidden]) main').waitFor();
  await page.frames()[1].waitForFunction(() => document.querySelector('iframe').clientHeight > 600);
});
