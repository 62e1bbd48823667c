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
import { ARGUMENTS, chromiumPath, eventually, MODULES, open, PAGE, started, stored } from './browser.mjs';
import { DUTIES, HANDS, KEY, QUESTION, learner, nothingLost, progress } from './learner.mjs';
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
  nothingLost(t, DUTIES.length, await answered(page));
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
  // It takes a moment until one process has what another has written; of two that write in that moment and hear nothing of it, one would be lost.
  await eventually(async () => (await answered(other)) === 1);
  await other.getByRole('combobox').first().selectOption({ index: 2 });
  nothingLost(t, 2, await both(page));
});

/** How many duties are sorted and risks matched, as soon as that are two: whoever has to read first what another has saved saves a moment later. */
async function both(page) {
  const kept = async () => {
    const { exercises } = await progress(page);
    return (exercises.duties?.answer.length ?? 0) + (exercises.controls?.answer.length ?? 0);
  };
  await eventually(async () => (await kept()) === 2).catch(() => {});
  return kept();
}

/** Answers the first exercise of the page so many times, as fast as it goes. */
const work = (page, times) => page.evaluate(async (times) => {
  const exercise = () => document.querySelector('kurso-player').shadowRoot.querySelector('.exercise');
  const find = async (look) => {
    for (;;) {
      const found = look(exercise());
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve));
    }
  };
  const named = (...names) => (within) => [...within.querySelectorAll('button')].find(({ textContent }) => names.includes(textContent));
  for (let given = 0; given < times; given += 1) {
    (await find((within) => within.querySelector('input:not(:disabled, :checked)'))).click();
    await find((within) => within.querySelector('input:checked'));
    (await find(named('Check'))).click();
    (await find(named('Try again', 'Practise again'))).click();
    await find(named('Check'));
  }
}, times);

test('PR4 of 300 answers in each of two tabs at the same time none is lost', async (t) => {
  const { page, server } = await open(t, { folder: MODULES, path: 'module-3.html' });
  const html = await (await fetch(new URL('module-3.html', server.url))).text();
  const { plan } = JSON.parse(html.match(/<script type="application\/json">(.*?)<\/script>/s)[1]);
  const first = ({ blocks }) => blocks.find(({ exercise }) => exercise)?.exercise;
  const steps = plan.modules[0].steps.filter((step) => first(step)?.kind.choice?.select === 1).slice(0, 2);
  const tabs = [page, await page.context().newPage()];
  for (const [at, tab] of tabs.entries()) {
    await tab.goto(new URL(`module-3.html#/${steps[at].id}`, server.url).href);
    await tab.reload();
    await started(tab);
  }
  await Promise.all(tabs.map((tab) => work(tab, 300)));
  const kept = () => page.evaluate((ids) => ids.map((id) => JSON.parse(localStorage['kurso:generated:1:module-3']).exercises[id]?.attempts ?? 0), steps.map((step) => first(step).id));
  // The last of them hears of the other afterwards.
  await eventually(async () => (await kept()).every((attempts) => attempts === 300)).catch(() => {});
  nothingLost(t, 600, (await kept()).reduce((sum, attempts) => sum + attempts));
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

test('PR4 S7 a tab that can read only later what another has saved hears of a deletion all the same', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route('**/kurso_rest.wasm*', async (route) => {
    await released;
    await route.continue();
  });
  await MOUSE.choose(page, item(page, 0), DUTIES[0][1]);
  const other = await second(page);
  await other.locator('.data > summary').click();
  await other.locator('.reset summary').click();
  await other.getByRole('button', { name: 'Delete all progress' }).click();
  await other.waitForFunction((key) => !localStorage.getItem(key), KEY);
  release();
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
  nothingLost(t, 2, await answered(page));
});

test('PR4 G16 two players on one page that write at the same moment lose nothing', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  await page.evaluate(() => {
    const copy = document.createElement('kurso-player');
    copy.step = 'risks-and-controls';
    document.body.append(copy);
  });
  await page.locator('[part="base"]:not([hidden]) main').nth(1).waitFor();
  await page.evaluate(() => {
    const [one, two] = [...document.querySelectorAll('kurso-player')].map(({ shadowRoot }) => shadowRoot);
    const select = two.querySelector('.exercise select');
    select.selectedIndex = 2;
    one.querySelector('.exercise input').click();
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  nothingLost(t, 2, await both(page));
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
  nothingLost(t, 2, await answered(page));
});

test('what the storage has lost comes back from the journal, and is told to nobody as an answer of its own', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  await MOUSE.choose(page, item(page, 0), DUTIES[0][1]);
  await eventually(async () => (await journaled(page)) === 1);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await started(page);
  await item(page, 0).getByRole('radio', { name: DUTIES[0][1] }).and(page.locator(':checked')).waitFor();
  nothingLost(t, 1, await answered(page));
});

test('what the journal has, and could not tell once, is not written over', async (t) => {
  const { page, server } = await open(t, { path: '#/whose-job' });
  await MOUSE.choose(page, item(page, 0), DUTIES[0][1]);
  await eventually(async () => (await journaled(page)) === 1);
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.fails = 'yes';
  });
  await page.goto('about:blank');
  await page.addInitScript(() => {
    if (!sessionStorage.fails) return;
    IDBObjectStore.prototype.get = () => { throw new DOMException('no', 'UnknownError'); };
  });
  await page.goto(`${server.url}#/risks-and-controls`);
  await started(page);
  await page.getByRole('combobox').first().selectOption({ index: 2 });
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await started(page);
  nothingLost(t, 2, await both(page));
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
  nothingLost(t, 5, (await progress(page)).exercises['patient-data'].attempts);
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
      // Whatever of it still ends may hold what the next one opens.
      await eventually(async () => !isAlive(-child.pid)).catch(() => {});
      await browser.close();
      await rm(join(folder, 'DevToolsActivePort'), { force: true });
    },
  };
}

/** Whether there is that process, or any of that group. */
function isAlive(id) {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
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

/** A browser of its own for one test, which is started anew with what is on the disk: returns what starts it. */
async function disk(t) {
  const folder = await mkdtemp(join(tmpdir(), 'kurso-killed-'));
  const server = await serve(PAGE);
  t.after(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return async () => {
    const started = await launch(folder, `${server.url}#/whose-job`);
    t.after(started.kill);
    return started;
  };
}

const inJournal = (page, given) => eventually(async () => (await journaled(page)) === given);
for (const [when, settled] of [
  ['as soon as the journal has it', inJournal],
  ['500 ms after it shows, when the journal has it', (page, given) => Promise.all([wait(500), inJournal(page, given)])],
]) {
  test(`no answer is lost when the browser is killed ${when}`, async (t) => {
    const start = await disk(t);
    for (let given = 0; given <= 3; given += 1) {
      const { page, kill } = await start();
      for (let before = 0; before < given; before += 1) {
        await item(page, before).getByRole('radio', { name: DUTIES[before][1] }).and(page.locator(':checked')).waitFor();
      }
      if (given < 3) {
        await item(page, given).getByRole('radio', { name: DUTIES[given][1] }).check();
        await settled(page, given + 1);
      } else {
        nothingLost(t, given, await answered(page));
      }
      await kill();
    }
  });
}

/** Starts the browser, and tells how many duties are kept once what the journal has was taken in. It may fail to tell once. */
async function restarted(start) {
  for (let tries = 1; ; tries += 1) {
    const { page, kill } = await start();
    let kept;
    const isSame = async () => {
      kept = await answered(page);
      return (await journaled(page)) === kept;
    };
    if ((await eventually(isSame).catch(() => false)) || tries === 2) return { page, kill, kept };
    await kill();
  }
}

// A browser has nothing that is on the disk at once, so what is given at the very moment when it is killed is a race with
// the disk. Whatever comes of it is told; nothing else may be lost.
for (const delay of [0, 50]) {
  test(`when the browser is killed ${delay} ms after an answer shows, that one is lost at most, and none before it`, async (t) => {
    const start = await disk(t);
    let [expected, lost] = [0, 0];
    const total = 4;
    for (let given = 0; given <= total; given += 1) {
      const { page, kill, kept } = await restarted(start);
      assert(kept >= expected - 1, `${kept} of ${expected}`);
      lost += expected - kept;
      if (given < total) {
        await item(page, kept).getByRole('radio', { name: DUTIES[kept][1] }).check();
        await wait(delay);
        expected = kept + 1;
      }
      await kill();
    }
    t.diagnostic(`answers given ${total}, kept ${total - lost}, lost ${lost}`);
  });
}
