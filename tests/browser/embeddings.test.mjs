// Pages as they are: without the right headers, with old libraries, with scripts twice. The course works there, or its
// text stays and a sentence says why.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from './browser.mjs';
import { embed, told } from './embed.mjs';
import { DUTIES, TITLES } from './learner.mjs';

const LINE = '<kurso-player id="a" step="whose-job"><p>A text to read</p></kurso-player>';
const answer = (page) => page.getByRole('group', { name: DUTIES[0][0] }).getByRole('radio', { name: DUTIES[0][1] });

const works = {
  'with wasm that is served as plain bytes': { serverOptions: { wasmType: 'application/octet-stream' } },
  'with a script that was loaded twice': { head: (url) => `<script type="module" src="${url}kurso.js?again"></script>` },
  'with a base address of its own': { head: '<base href="/elsewhere/">', host: () => ({ policy: undefined }) },
  'with ids as ours': { body: '<div id="main"></div><div id="outline" popover></div><div id="display"></div><div id="item_duties_failed-drive"></div>' },
  'with old libraries that extend everything': {
    files: {
      '/first.js': `for (const { prototype } of [Object, Array, Function, String, Element, Event]) {
        prototype.extend = prototype.each = function () { throw new Error('not for you'); };
      }
      Array.prototype.at = Array.prototype.flat = undefined;`,
    },
    head: '<script src="/first.js"></script>',
  },
  'with a fragment in its address that is not ours': { path: '#/compliance' },
};
for (const [name, { body = '', ...options }] of Object.entries(works)) {
  test(`the element works in a page ${name}`, async (t) => {
    const { page } = await embed(t, body + LINE, options);
    assert.equal(await page.locator('[part="base"] h1').innerText(), TITLES[3]);
    await answer(page).check();
    await page.getByText('saved on this device').first().waitFor();
    await page.reload();
    await answer(page).and(page.locator(':checked')).waitFor();
    assert.deepEqual((await told(page)).map(([type]) => type), ['kurso-ready']);
  });
}

const fails = {
  'where wasm is missing': [{ serverOptions: { wasm: 'missing' }, expected: [/404/] }, /cannot be loaded/],
  'where wasm is cut short': [{ serverOptions: { wasm: 'cut' } }, /cannot be loaded/],
  'in a browser that is too old': [{ initScript: () => delete self.WebAssembly }, /too old/],
  'where the policy lets nothing be fetched': [{ without: /connect-src [^;]*/, expected: [/Content Security Policy|violates/] }, /cannot be loaded/],
};
for (const [name, [{ without, ...options }, sentence]] of Object.entries(fails)) {
  test(`EM6 ${name} the text in the element stays, and it is said why`, async (t) => {
    const { page } = await embed(t, LINE, { ...options, players: 0, without });
    await page.getByRole('alert').filter({ hasText: sentence }).waitFor();
    assert(await page.getByText('A text to read').isVisible());
    const [[type, { reason }]] = await told(page);
    assert.deepEqual([type, reason], ['kurso-error', 'start']);
  });
}

test('where the course may not be used from other origins, the text in the element stays', async (t) => {
  const { page } = await embed(t, LINE, { serverOptions: { shared: false }, players: 0, expected: [/CORS/, /Failed to load/] });
  assert(await page.getByText('A text to read').isVisible());
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
