// The harness notices what it is there to notice.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { accessibilityProblems, open, sidewaysScroll } from './browser.mjs';

/** Opens the page as a test would, lets `mischief` happen, and returns the judgement at the end of that test. */
async function judgement(mischief, options) {
  const endings = [];
  const { page } = await open({ after: (ending) => endings.push(ending) }, options);
  await mischief(page).catch(() => {});
  return () => Promise.all(endings.map((ending) => ending()));
}

test('an error in the console fails the test', async () => {
  const end = await judgement((page) => page.evaluate(() => console.error('mischief')));
  await assert.rejects(end, /the page reported errors[^]*console: mischief/);
});

test('an uncaught error fails the test', async () => {
  const end = await judgement((page) => page.evaluate(() => setTimeout(() => { throw new Error('mischief'); })));
  await assert.rejects(end, /the page reported errors[^]*uncaught: Error: mischief/);
});

test('an inline style, which the policy forbids, fails the test', async () => {
  const end = await judgement((page) => page.evaluate(() => document.body.setAttribute('style', 'color: red')));
  await assert.rejects(end, /Content Security Policy/);
});

test('a request to another origin fails the test', async () => {
  const end = await judgement((page) => page.goto('http://localhost:9/'));
  await assert.rejects(end, /another origin[^]*localhost:9/);
});

test('an expected error that does not occur fails the test', async () => {
  const end = await judgement(async () => {}, { expected: [/mischief/] });
  await assert.rejects(end, /did not report \/mischief\//);
});

test('a control without a name, deep in the player, is not accessible', async (t) => {
  const { page } = await open(t);
  await page.getByRole('main').evaluate((main) => main.append(document.createElement('input')));
  assert.match((await accessibilityProblems(page)).join(), /^label: .* at kurso-player /);
});

test('what sticks out sideways is named', async (t) => {
  const { page } = await open(t);
  await page.getByRole('main').evaluate((main) => {
    main.append(document.createElement('canvas'));
    main.lastChild.width = 5000;
    main.lastChild.style.maxWidth = 'none';
  });
  assert.match((await sidewaysScroll(page)).join(), /^\d+ px in 1280 px,.*<canvas/);
});

test('what failed is named, with its place and the beginning of its error', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kurso-failures-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'some.test.mjs');
  writeFileSync(file, `import { test } from 'node:test';
    test('good', () => {});
    test('bad', () => { throw new Error('1\\n\\n2\\n3\\n4\\n5\\n6\\n7'); });
    test('not yet', { todo: true }, () => { throw new Error('hush'); });
    test('around', (t) => t.test('within', () => { throw 'a text'; }));
  `);
  const reporter = new URL('failures.mjs', import.meta.url).href;
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  const { stdout } = spawnSync(process.execPath, ['--test', `--test-reporter=${reporter}`, file], { encoding: 'utf8', env });
  assert.equal(stdout, 'some.test.mjs:3: bad\n  1\n  2\n  3\n  4\n  5\n  6\nsome.test.mjs:5: within\n  a text\n');
});
