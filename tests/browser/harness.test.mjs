// The harness notices what it is there to notice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, assertNoSidewaysScroll, focused, open, stored } from './browser.mjs';

/** Opens the page as a test would, lets `mischief` happen, and returns the judgement at the end of that test. */
async function judgement(mischief, options) {
  const endings = [];
  const { page } = await open({ after: (ending) => endings.push(ending) }, options);
  await page.getByRole('heading', { level: 1 }).waitFor();
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
  await assert.rejects(assertAccessible(page, 'here'), /axe-core complains: here[^]*label/);
});

test('what sticks out sideways is named', async (t) => {
  const { page } = await open(t);
  await page.getByRole('main').evaluate((main) => {
    main.append(document.createElement('canvas'));
    main.lastChild.width = 5000;
    main.lastChild.style.maxWidth = 'none';
  });
  await assert.rejects(assertNoSidewaysScroll(page, 'here'), /scrolls sideways: here[^]*<canvas/);
});

test('focus and storage are read from inside the player', async (t) => {
  const { page } = await open(t);
  await page.getByRole('main').focus();
  assert.equal((await focused(page)).tag, 'main');
  await page.evaluate(() => localStorage.setItem('mark', 'value'));
  assert.equal((await stored(page)).mark, 'value');
});
