// The page starts where a careful host puts it, and stays calm where it cannot.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, assertNoSidewaysScroll, open, screenshot } from './browser.mjs';

const heading = (page) => page.getByRole('heading', { level: 1 });

test('the page starts below a folder, under the strictest policy, with four further requests', async (t) => {
  const { page, server } = await open(t);
  await heading(page).waitFor();
  assert.deepEqual(
    server.requests.map(({ method, path, status }) => `${method} ${path} ${status}`).sort(),
    ['', 'kurso.css', 'kurso.js', 'kurso_bg.wasm', 'player.js'].map((file) => `GET /some/folder/${file} 200`),
  );
  await assertAccessible(page, 'the first step');
  await screenshot(page, 'start');
});

test('at 320 px the page does not scroll sideways', async (t) => {
  const { page } = await open(t, { viewport: { width: 320, height: 568 }, hasTouch: true });
  await heading(page).waitFor();
  await assertNoSidewaysScroll(page, 'the first step');
});

test('wasm that is served as plain bytes starts all the same', async (t) => {
  const { page, seen } = await open(t, { serverOptions: { wasmType: 'application/octet-stream' } });
  await heading(page).waitFor();
  assert(seen.warnings.some((warning) => warning.includes('MIME type')), 'the browser is expected to remark on it');
});

const failures = [
  ['missing', { wasm: 'missing' }, [/404/]],
  ['cut short', { wasm: 'cut' }, []],
  ['forbidden by the policy', { allowsWasm: false }, []],
];
for (const [name, serverOptions, expected] of failures) {
  test(`wasm that is ${name} leaves a calm sentence`, async (t) => {
    const { page } = await open(t, { serverOptions, expected });
    const alert = page.getByRole('alert');
    await alert.waitFor();
    assert.match(await alert.innerText(), /could not start here.*Saved progress is not affected/);
  });
}

test('without JavaScript the page says what is missing', async (t) => {
  const { page } = await open(t, { javaScriptEnabled: false });
  // Locators by text leave `noscript` out, as it never shows where scripts can run.
  await page.locator('noscript p', { hasText: 'please allow JavaScript' }).waitFor();
});
