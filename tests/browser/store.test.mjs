// Progress survives what happens to pages: a second tab, a second player, a tab that crashes, and a browser that is
// killed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { ARGUMENTS, chromiumPath, open, PAGE, started, stored } from './browser.mjs';
import { DUTIES, HANDS, KEY, QUESTION, learner, progress } from './learner.mjs';
import { serve } from './server.mjs';

const MOUSE = HANDS['a mouse'];
const item = (page, at) => learner(page, MOUSE).row(DUTIES[at][0]);
const answered = async (page) => (await progress(page)).exercises.duties?.answer.length ?? 0;

/** A second tab beside that page, at the same address. */
async function second(page) {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await started(other);
  return other;
}

test('PR4 what is answered in one tab shows in the other, and neither overwrites the other', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  const other = await second(page);
  for (const [at, [, side]] of DUTIES.entries()) {
    const [here, there] = at % 2 ? [page, other] : [other, page];
    await MOUSE.choose(here, item(here, at), side);
    await item(there, at).getByRole('radio', { name: side }).and(there.locator(':checked')).waitFor();
  }
  assert.equal(await answered(page), DUTIES.length);
});

test('PR4 what is answered in two tabs that do not hear of each other is all kept', async (t) => {
  // As if both were asleep.
  const initScript = () => addEventListener('storage', (event) => event.stopImmediatePropagation());
  const { page } = await open(t, { path: '#/whose-job', initScript });
  await page.context().addInitScript(initScript);
  const other = await second(page);
  await other.evaluate(() => (location.hash = '#/risks-and-controls'));
  await other.getByRole('combobox').first().waitFor();
  await MOUSE.choose(page, item(page, 0), DUTIES[0][1]);
  // It takes a moment until one process has what another has written.
  await eventually(async () => (await answered(other)) === 1);
  await other.getByRole('combobox').first().selectOption({ index: 2 });
  await eventually(async () => {
    const { exercises } = await progress(page);
    return exercises.duties?.answer.length === 1 && exercises.controls?.answer.length === 1;
  });
});

test('PR4 what a tab wrote over in the same moment, before it had heard of it, is saved again', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  await MOUSE.choose(page, item(page, 0), DUTIES[0][1]);
  await eventually(async () => (await answered(page)) === 1);
  const other = await second(page);
  await item(other, 0).getByRole('radio', { name: DUTIES[0][1] }).and(other.locator(':checked')).waitFor();
  // As if the other one had saved what it had before.
  const before = await other.evaluate((key) => localStorage.getItem(key), KEY);
  await MOUSE.choose(page, item(page, 1), DUTIES[1][1]);
  await eventually(async () => (await answered(page)) === 2);
  await item(other, 1).getByRole('radio', { name: DUTIES[1][1] }).and(other.locator(':checked')).waitFor();
  await other.evaluate(([key, before]) => localStorage.setItem(key, before), [KEY, before]);
  for (const tab of [page, other]) await eventually(async () => (await answered(tab)) === 2);
});

test('PR4 S7 what was deleted in one tab does not come back from the other', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  await MOUSE.choose(page, item(page, 0), DUTIES[0][1]);
  const other = await second(page);
  await other.locator('.data > summary').click();
  await other.locator('.reset summary').click();
  await other.getByRole('button', { name: 'Delete all progress' }).click();
  await page.waitForFunction(() => !document.querySelector('kurso-player').shadowRoot.querySelector('.exercise input:checked'));
  await MOUSE.choose(page, item(page, 1), DUTIES[1][1]);
  assert.equal(await answered(page), 1);
});

test('PR4 G16 two players on one page show the same answers', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  await page.evaluate(() => {
    const copy = document.createElement('kurso-player');
    document.body.append(copy);
  });
  const [one, two] = [page.locator('kurso-player').first(), page.locator('kurso-player').last()];
  await two.locator('[part="base"]:not([hidden]) main').waitFor();
  await one.getByRole('radio', { name: DUTIES[0][1] }).first().check();
  await two.getByRole('radio', { name: DUTIES[0][1] }).first().and(page.locator(':checked')).waitFor();
  await two.getByRole('radio', { name: DUTIES[1][1] }).nth(1).check();
  await one.getByRole('radio', { name: DUTIES[1][1] }).nth(1).and(page.locator(':checked')).waitFor();
  assert.equal(await answered(page), 2);
});

test('PR1 what another program wrote over the progress is set aside, and the answers stay', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  await MOUSE.choose(page, item(page, 0), DUTIES[0][1]);
  await page.evaluate((key) => localStorage.setItem(key, '{"half": '), KEY);
  await MOUSE.choose(page, item(page, 1), DUTIES[1][1]);
  // What can tell is loaded first.
  await eventually(async () => (await answered(page)) === 2);
  const aside = Object.entries(await stored(page)).filter(([key]) => key.startsWith(`${KEY}:set-aside:`));
  assert.deepEqual(aside.map(([, text]) => text), ['{"half": ']);
});

test('what the storage has lost comes back from the journal, and is told to nobody as an answer of its own', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  await MOUSE.choose(page, item(page, 0), DUTIES[0][1]);
  await wait(200);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await started(page);
  await item(page, 0).getByRole('radio', { name: DUTIES[0][1] }).and(page.locator(':checked')).waitFor();
  assert.equal(await answered(page), 1);
});

test('without such a database answers are kept all the same', async (t) => {
  const initScript = () => Object.defineProperty(window, 'indexedDB', { get: () => { throw new DOMException('no', 'SecurityError'); } });
  const { page } = await open(t, { path: '#/whose-job', initScript });
  await MOUSE.choose(page, item(page, 0), DUTIES[0][1]);
  assert.equal(await answered(page), 1);
});

test('no answer is lost when the tab crashes 0 ms after it was checked', async (t) => {
  const { page: first } = await open(t, { path: '#/exam-question', expected: [/the page crashed/] });
  const check = (page) => page.getByRole('button', { name: 'Check', exact: true });
  let page = first;
  for (let given = 1; given <= 5; given += 1) {
    const me = learner(page, MOUSE);
    await me.choose(me.row(QUESTION.stem), given % 2 ? QUESTION.wrong : QUESTION.right);
    const session = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    await check(page).evaluate((button) => button.click());
    session.send('Page.crash').catch(() => {});
    await crashed;
    page = await page.context().newPage();
    await page.goto(first.url());
    await started(page);
    const { attempts, first: score } = (await progress(page)).exercises['patient-data'];
    assert.deepEqual([attempts, score.right], [given, 0], 'kept as often as given');
    await page.getByRole('button', { name: given % 2 ? 'Try again' : 'Practise again' }).click();
    await check(page).waitFor();
  }
});

/** Starts a browser of its own, with its data in that folder, and returns the page and how to kill it. */
async function launch(folder, url) {
  const child = spawn(chromiumPath(), [...ARGUMENTS, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${folder}`, url], { stdio: 'ignore', detached: true });
  const port = await eventually(async () => (await readFile(join(folder, 'DevToolsActivePort'), 'utf8')).split('\n')[0]);
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const page = await eventually(async () => browser.contexts()[0].pages().find((page) => page.url().startsWith(url)));
  await started(page);
  return {
    page,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      process.kill(-child.pid, 'SIGKILL');
      await exited;
      await browser.close();
      await rm(join(folder, 'DevToolsActivePort'), { force: true });
    },
  };
}

/** What that gives, as soon as it gives anything. */
async function eventually(act) {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = await act().catch(() => undefined);
    if (found) return found;
    await wait(50);
  }
  throw new Error('nothing came of it');
}

/** How many duties are sorted in what the journal has, which is on the disk by then. */
const journaled = (page) => page.evaluate((key) => new Promise((resolve) => {
  const opening = indexedDB.open('kurso');
  opening.onsuccess = () => {
    const entry = opening.result.transaction('journal').objectStore('journal').get(key);
    entry.onsuccess = () => {
      opening.result.close();
      resolve(JSON.parse(entry.result ?? '{}').exercises?.duties?.answer.length ?? 0);
    };
  };
}), KEY);

// A browser has nothing that is on the disk at once, so what is given at the very moment when it is killed is a race with
// the disk.
for (const [when, settled] of [
  ['as soon as the journal has it', (page, given) => eventually(async () => (await journaled(page)) === given)],
  ['500 ms after it shows', () => wait(500)],
]) {
  test(`no answer is lost when the browser is killed ${when}`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'kurso-killed-'));
    const server = await serve(PAGE);
    t.after(async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    });
    const url = `${server.url}#/whose-job`;
    for (let given = 0; given <= 3; given += 1) {
      const { page, kill } = await launch(folder, url);
      t.after(kill);
      for (let before = 0; before < given; before += 1) {
        await item(page, before).getByRole('radio', { name: DUTIES[before][1] }).and(page.locator(':checked')).waitFor();
      }
      if (given < 3) {
        await item(page, given).getByRole('radio', { name: DUTIES[given][1] }).check();
        await settled(page, given + 1);
      }
      await kill();
    }
  });
}
