// The page before the player runs: it can be read and answered, and what was done in it is not lost when the player
// takes its place, nor is anything seen to move.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { accessibilityProblems, hold, open, PAGE, stored } from './browser.mjs';
import { KEY, TITLES } from './learner.mjs';

/** Adds up how far things on the page move without the learner's doing: Cumulative Layout Shift. */
function watchShifts() {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, value } of list.getEntries()) if (!hadRecentInput) window.shifted += value;
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Waits until that is the one title that shows: the address changes first, and the page is told of it later. */
async function heading(page, title) {
  await page.locator('h1:visible').filter({ hasText: title }).waitFor();
  assert.equal(await page.locator('h1:visible').count(), 1);
}

/** What has the focus, in the page or in the player. */
function focused(page) {
  return page.evaluate(() => {
    const { id, textContent } = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
    return { id, text: textContent.trim() };
  });
}

const record = async (page, exercise) => JSON.parse((await stored(page))[KEY]).exercises[exercise];

test('EM7 radio buttons chosen before the player runs are adopted', async (t) => {
  const { page, release } = await hold(t, { path: '#/whose-job' });
  await page.getByRole('radio', { name: 'AWS' }).first().check();
  await page.getByRole('radio', { name: 'Customer' }).nth(1).check();
  await release();
  assert.equal(await page.getByRole('radio', { checked: true }).count(), 2);
  assert.deepEqual(
    (await record(page, 'duties')).answer.map(([, slot]) => slot),
    ['aws', 'customer'],
  );
});

test('EM7 options picked, a hint opened and the focus are carried over', async (t) => {
  const { page, release } = await hold(t, { path: '#/risks-and-controls' });
  const select = page.getByRole('combobox').nth(1);
  await select.selectOption({ index: 3 });
  const value = await select.inputValue();
  await page.locator('.hint summary:visible').click();
  await page.getByRole('combobox').nth(2).focus();
  const before = await focused(page);
  await release();
  assert.equal(await page.getByRole('combobox').nth(1).inputValue(), value);
  assert.equal(await page.locator('.hint[open]').count(), 1);
  assert.equal((await focused(page)).id, before.id);
  assert.equal((await record(page, 'controls')).answer.length, 1);
});

test('EM7 Check pressed early shows that it waits, and is done as soon as it can be', async (t) => {
  const { page, release } = await hold(t, { path: '#/exam-question' });
  await page.getByRole('radio').nth(1).check();
  const check = page.getByRole('button', { name: 'Check', exact: true });
  await check.click();
  assert.equal(await check.getAttribute('aria-busy'), 'true');
  await release();
  await page.getByText('Correct, you chose it').waitFor();
  assert.equal((await focused(page)).text, 'Practise again');
  assert.equal((await record(page, 'patient-data')).attempts, 1);
});

test('EM7 Check pressed while the player takes over is done, however slow that is', async (t) => {
  // Whoever looks at the clock finds that they have taken long.
  const hurry = () => {
    const { now } = Date;
    let late = 0;
    Date.now = () => now() + (late += 20);
  };
  const { page, release } = await hold(t, { path: '#/exam-question', initScript: hurry });
  await page.getByRole('radio').nth(1).check();
  await page.evaluate(() => {
    const player = document.querySelector('kurso-player');
    const press = () => (player.querySelector('[id="/exam-question"] .main') ?? player.shadowRoot.querySelector('.exercise .main')).click();
    const watch = new MutationObserver(() => {
      watch.disconnect();
      setTimeout(press);
    });
    watch.observe(player.shadowRoot, { childList: true });
  });
  await release();
  await page.getByText('Correct, you chose it').waitFor();
});

test('EM7 what is chosen and pressed while the player has read the course and does not show it yet is done, too', async (t) => {
  const pause = () => (scheduler.yield = () => new Promise((resolve) => (window.goOn = resolve)));
  const { page, release } = await hold(t, { path: '#/exam-question', initScript: pause });
  const released = release();
  await page.waitForFunction(() => window.goOn);
  await page.getByRole('radio').nth(1).check();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  assert.deepEqual(await stored(page), {}, 'until it shows it saves nothing');
  await page.evaluate(() => window.goOn());
  await released;
  await page.getByText('Correct, you chose it').waitFor();
  assert.equal((await record(page, 'patient-data')).attempts, 1);
});

test('EM7 the page stays where it is: nothing moves when the player takes over', async (t) => {
  for (const path of ['', '#/whose-job', '#/encryption-and-networks', '#/reading-a-policy', '#/key-terms', '#/glossary/least-privilege']) {
    const { page, release } = await hold(t, { path, initScript: watchShifts, viewport: { width: 412, height: 823 } });
    const before = await page.locator('h1:visible').innerText();
    await release();
    await heading(page, before);
    await page.waitForTimeout(300);
    const shifted = await page.evaluate(() => window.shifted);
    assert(shifted <= 0.02, `${path}: a layout shift of ${shifted}`);
  }
});

test('EM7 EM8 while the end of the page is on its way, it shows where the address leads, and no other step before', async (t) => {
  // What shows in each frame, but for the one in which the style has only just come.
  const watchTitles = () => {
    window.titles = [];
    const look = () => {
      const titles = [...document.querySelectorAll('.still h1')].filter((title) => title.checkVisibility()).map(({ textContent }) => textContent);
      if (titles.length && titles.join() !== window.titles.at(-1)) window.titles.push(titles.join());
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };
  for (const [path, title] of [['#/encryption-and-networks', 'Encryption and network protection'], ['#/glossary/least-privilege', 'Search and glossary'], ['#/no-such-step', TITLES[0]], ['#main', TITLES[0]]]) {
    let end;
    const ends = new Promise((resolve) => (end = resolve));
    const held = new Promise(() => {});
    const { page } = await open(t, { path, starts: false, initScript: watchTitles, serverOptions: { held, ends } });
    // What leads nowhere is known to do so at the end only.
    if (title !== TITLES[0]) {
      await page.waitForFunction(() => window.titles.length);
      assert.equal(await page.evaluate(() => document.readyState), 'loading');
    }
    end();
    await page.waitForFunction(() => document.readyState === 'complete');
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    assert.deepEqual(await page.evaluate(() => window.titles), [title]);
  }
});

test('EM7 a returning learner sees the step where they were from the first paint, and no answer that is not theirs', async (t) => {
  const saved = {
    course: 'clf-c02',
    step: 'whose-job',
    opened: ['whose-job'],
    exercises: {},
  };
  const initScript = `(${watchShifts})(); localStorage.setItem(${JSON.stringify(KEY)}, ${JSON.stringify(JSON.stringify(saved))});`;
  const { page, release } = await hold(t, { initScript });
  await heading(page, 'Whose job is it?');
  assert.equal(await page.getByRole('radio').filter({ visible: true }).count(), 0, 'what was answered is not known yet');
  await page.getByRole('link', { name: 'Match the control to the risk' }).filter({ visible: true }).click();
  await heading(page, 'Match the control to the risk');
  assert.equal(await page.getByRole('combobox').filter({ visible: true }).count(), 0, 'nor is it at another step');
  await page.goBack();
  await release();
  await heading(page, 'Whose job is it?');
  assert((await page.evaluate(() => window.shifted)) <= 0.02);
});

test('the page is accessible before the player runs, and where it cannot', async (t) => {
  for (const path of ['#/whose-job', '#/risks-and-controls', '#/exam-question', '#/key-terms', '#/glossary']) {
    const { page } = await hold(t, { path });
    assert.deepEqual(await accessibilityProblems(page, { still: true }), [], path);
  }
  const { page } = await open(t, { starts: false, serverOptions: { wasm: 'missing' }, expected: [/404/] });
  await page.getByRole('alert').waitFor();
  assert.deepEqual(await accessibilityProblems(page, { still: true }), []);
});

test('links work before the player runs', async (t) => {
  const { page, release } = await hold(t);
  await page.getByRole('link', { name: 'Next' }).filter({ visible: true }).click();
  const title = 'Security of the cloud, security in the cloud';
  await heading(page, title);
  await release();
  await heading(page, title);
});

/** All of the course, in order, with its answers. */
async function readsAll(page) {
  assert.equal(await page.locator('h1:visible').count(), 13);
  assert.equal(await page.locator('.answers-only:visible').count(), 5);
  assert.equal(await page.getByRole('button').filter({ visible: true, hasText: 'Check' }).count(), 0);
  await page.locator('.answers-only summary').last().click();
  assert.equal(await page.locator('.answers-only[open] dt:visible').count(), 10, 'every card with its back');
}

test('without JavaScript all of the course is there, in order, with its answers', async (t) => {
  const { page } = await open(t, { javaScriptEnabled: false, starts: false });
  await readsAll(page);
});

test('EM6 so it is in a browser that is too old for the script and for half of the style', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'kurso-old-'));
  t.after(() => rm(folder, { recursive: true }));
  await cp(PAGE, folder, { recursive: true });
  const edit = async (name, before, after) => {
    const text = await readFile(join(folder, name), 'utf8');
    assert(text.includes(before), before);
    await writeFile(join(folder, name), text.replaceAll(before, after));
  };
  await edit('index.html', 'type="module"', 'type="of another time"');
  await edit('kurso.css', ':has(', ':of-another-time(');
  await edit('kurso.css', '@supports not (container-type:inline-size)', '@supports not (of-another-time:inline-size)');
  const { page } = await open(t, { folder, starts: false });
  await readsAll(page);
});

test('the page is described to search engines and to whoever shares its address', async (t) => {
  const { page } = await open(t, { javaScriptEnabled: false, starts: false });
  assert.match(await page.title(), /CLF-C02/);
  const content = (selector) => page.locator(selector).getAttribute('content');
  for (const selector of ['meta[name="description"]', 'meta[property="og:title"]', 'meta[property="og:description"]']) {
    assert((await content(selector)).length > 20, selector);
  }
  const course = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
  const [module] = course.hasPart;
  assert.deepEqual([module['@type'], module.hasPart['@type']], ['LearningResource', 'Quiz']);
  assert.equal(module.hasPart.hasPart[0].acceptedAnswer.length, 1);
});
