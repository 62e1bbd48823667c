// The page starts where a careful host puts it, and can be read where it cannot start.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { open, PAGE, screenshot, started, stored } from './browser.mjs';
import { DUTIES, KEY, QUESTION, TITLES } from './learner.mjs';

test('the page starts below a folder, under the strictest policy, with three further requests', async (t) => {
  const { page, server } = await open(t);
  assert.deepEqual(
    server.requests.map(({ method, path, status }) => `${method} ${path} ${status}`).sort(),
    ['', 'kurso.css', 'kurso.js', 'kurso_bg.wasm'].map((file) => `GET /some/folder/${file} 200`),
  );
  // The page asks for it, and the script that it waits for is still on its way.
  const byWhat = await page.evaluate(() => performance.getEntriesByType('resource').find(({ name }) => name.includes('.wasm')).initiatorType);
  assert.equal(byWhat, 'link');
  await screenshot(page, 'start');
});

for (const [what, path, steps, answers] of [
  ['the first exercise of the course, by Next', '', 3, DUTIES],
  ['a question, by its address', '#/exam-question', 0, [[undefined, QUESTION.right]]],
]) {
  test(`whoever goes to ${what}, has an answer graded by what four requests have brought`, async (t) => {
    const { page, seen } = await open(t, { path });
    for (const title of TITLES.slice(1, steps + 1)) {
      await page.getByRole('link', { name: 'Next', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
    }
    for (const [item, option] of answers) {
      const group = item ? page.getByRole('group', { name: item }) : page;
      await group.getByRole('radio', { name: option }).check();
    }
    // What is asked for once the answer is graded, is asked for later.
    const before = await page.evaluate(() => {
      const { length } = performance.getEntriesByType('resource');
      document.querySelector('kurso-player').shadowRoot.querySelector('.exercise button.main').click();
      return length;
    });
    await page.getByRole('button', { name: 'Practise again' }).waitFor();
    assert.equal(1 + before, 4, `${seen.requests}`);
  });
}

test('wasm that is served as plain bytes starts all the same', async (t) => {
  const { seen } = await open(t, { serverOptions: { wasmType: 'application/octet-stream' } });
  assert(seen.warnings.some((warning) => warning.includes('MIME type')), 'whoever serves it is to hear of it');
});

const failures = [
  ['missing', { wasm: 'missing' }, [/404/]],
  ['cut short', { wasm: 'cut' }, []],
  ['forbidden by the policy', { allowsWasm: false }, []],
];
for (const [name, serverOptions, expected] of failures) {
  test(`wasm that is ${name} leaves a calm sentence and the course to read`, async (t) => {
    const { page } = await open(t, { serverOptions, expected, starts: false });
    const alert = page.getByRole('alert');
    await alert.waitFor();
    assert.match(await alert.innerText(), /could not start here.*Saved progress is not affected/);
    await readOn(page);
  });
}

test('without JavaScript the course can be read', async (t) => {
  const { page, server } = await open(t, { javaScriptEnabled: false, starts: false });
  await readOn(page);
  assert(!server.requests.some(({ path }) => path.endsWith('.wasm')), 'what nobody runs is not loaded');
});

async function readOn(page) {
  await page.getByRole('heading', { name: TITLES[0] }).waitFor();
  await page.getByRole('link', { name: TITLES[3] }).click();
  await page.getByRole('heading', { name: TITLES[3] }).waitFor();
}

/** Has `rehearsed` say what is pressed in an element that is in no page, after `then` was done. */
const watchRehearsal = (then) => `{
  const { click } = HTMLElement.prototype;
  HTMLElement.prototype.click = function () {
    if (!this.isConnected) {
      self.rehearsed = this.textContent;
      ${then}
    }
    click.call(this);
  };
  for (const name of ['answer', 'complete', 'error']) addEventListener('kurso-' + name, () => (self.told = name));
}`;

test('an answer that nobody sees makes the first one quick, and is neither kept nor told', async (t) => {
  const { page } = await open(t, { path: '#/exam-question', initScript: watchRehearsal('') });
  await page.waitForFunction(() => self.rehearsed === 'Check');
  await page.getByRole('button', { name: 'Check', exact: true }).waitFor();
  assert.equal(await page.getByRole('radio', { checked: true }).count(), 0);
  assert.deepEqual(JSON.parse((await stored(page))[KEY] ?? '{}').exercises ?? {}, {});
  assert.equal(await page.evaluate(() => self.told), undefined);
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByRole('button', { name: 'Try again' }).or(page.getByRole('button', { name: 'Practise again' })).waitFor();
});

test('a failure of that harms nobody', async (t) => {
  const { page } = await open(t, { path: '#/exam-question', initScript: watchRehearsal("throw new Error('broken on purpose');") });
  await page.waitForFunction(() => self.rehearsed);
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByRole('button', { name: 'Try again' }).or(page.getByRole('button', { name: 'Practise again' })).waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
});

test('S9 a panic shows a calm sentence and loses nothing', async (t) => {
  const { page } = await open(t, { path: '#/whose-job', expected: [/panicked|unreachable/, /unreachable/] });
  await page.getByRole('radio', { name: 'AWS' }).first().check();
  const before = await stored(page);
  await page.evaluate(() => {
    addEventListener('kurso-error', ({ detail }) => (window.told = detail.reason));
    // How the player makes another element of a name that it had before.
    const real = Node.prototype.cloneNode;
    Node.prototype.cloneNode = () => {
      Node.prototype.cloneNode = real;
      throw new Error('broken on purpose');
    };
  });
  await page.getByRole('link', { name: 'Next' }).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  assert.match(await alert.innerText(), /has stopped.*saved answers are still there/);
  assert.equal(await page.evaluate(() => window.told), 'stopped');
  assert.deepEqual(JSON.parse((await stored(page))[KEY]).exercises, JSON.parse(before[KEY]).exercises);
  await page.reload();
  await started(page);
  assert.equal(await page.getByRole('alert').count(), 0);
  assert.equal(await page.getByRole('radio', { checked: true }).count(), 1);
});

test('an element on another page takes the course of the page beside the script', async (t) => {
  const { page, server } = await open(t);
  const body = `<!doctype html><html lang="en"><title>A blog</title><script type="module" src="kurso.js"></script>
    <h1>Here</h1><kurso-player><p>Only without a script</p></kurso-player><kurso-player></kurso-player>`;
  await page.route('**/blog', (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(`${server.url}blog`);
  const players = page.locator('[part="base"]:not([hidden])');
  await players.nth(1).waitFor();
  assert(await page.getByText('Only without a script').isHidden());
  const first = players.first();
  assert.equal(await first.getByRole('heading', { level: 1 }).innerText(), TITLES[0]);
  await first.getByRole('link', { name: TITLES[3] }).click();
  await first.getByRole('heading', { level: 1, name: TITLES[3] }).waitFor();
  await first.getByRole('radio', { name: 'AWS' }).first().check();
  assert.equal(await players.nth(1).getByRole('heading', { level: 1 }).innerText(), TITLES[0], 'the other one stays');
  assert.equal(new URL(page.url()).hash, '', 'the address is the blog\'s');
});

test('the style of the release says what its source says, also in what comes with the rest of the wasm', async (t) => {
  const { page } = await open(t);
  const sources = ['kurso.css', 'rest.css'].map((name) => readFile(new URL(`../../src/${name}`, import.meta.url), 'utf8'));
  const wasm = await WebAssembly.compile(await readFile(join(PAGE, 'kurso_rest.wasm')));
  const [section] = WebAssembly.Module.customSections(wasm, 'style');
  const built = [await readFile(join(PAGE, 'kurso.css'), 'utf8'), new TextDecoder().decode(section)];
  const source = await Promise.all(sources);
  for (const at of [0, 1]) assert(built[at].length < source[at].length);
  // Names that only the style knows are said by when they come first; what a browser leaves as it is written, by what it means.
  const rules = (parts) =>
    page.evaluate((parts) => {
      const names = [];
      return parts.map((text) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        return [...sheet.cssRules].map(({ cssText }) =>
          cssText
            .replace(/--(?!kurso)[\w-]+/g, (name) => `--${(names.includes(name) || names.push(name)) && names.indexOf(name)}`)
            .replace(/\s*([,:;{}()>])\s*/g, '$1')
            .replace(/(?<![\w.])0\./g, '.'));
      });
    }, parts);
  const [ours, theirs] = [await rules(source), await rules(built)];
  assert(ours[0].length > 200 && ours[1].length > 20);
  assert.deepEqual(theirs, ours);
});
