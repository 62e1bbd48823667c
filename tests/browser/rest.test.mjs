// A part of the wasm is loaded by whoever comes back, has something to ask again or wants a board, and by nobody else; where
// it cannot be loaded, a sentence says so and everything else goes on.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { accessibilityProblems, eventually, hold, open, PAGE, screenshot, started, stored } from './browser.mjs';
import { DUTIES, HANDS, KEY, learner, progress } from './learner.mjs';

const REST = 'kurso_rest.wasm';
const DAY = 86_400_000;

/** What is kept of a learner who knew one question five days ago. */
function returning() {
  const reviews = { 'controls_public-bucket': [[Date.now() - 5 * DAY, 3]] };
  const kept = { course: 'clf-c02', opened: [], read: [], exercises: {}, reviews };
  return `localStorage.getItem('${KEY}') ?? localStorage.setItem('${KEY}', ${JSON.stringify(JSON.stringify(kept))})`;
}

/** How often the page has asked for the rest. What keeps the course for when there is no network does so, too, in its own time. */
const asked = (seen) => seen.requests.filter((url) => new URL(url).pathname.endsWith(REST)).length;

/** Resolves when it was asked for. */
const request = (page) => page.waitForRequest((asked) => new URL(asked.url()).pathname.endsWith(REST));

const due = (page) => page.getByRole('link', { name: /^Review: 1 due/ });

/** That something could not be loaded, where everybody sees it. */
const missing = (page) => page.locator('.warning').getByText(/could not be loaded\. The lessons work all the same/);

/** Sorts the duties, and has it checked. */
async function check(page) {
  await page.evaluate(() => (location.hash = '#/whose-job'));
  const me = learner(page, HANDS['a mouse']);
  for (const [name, who] of DUTIES) await me.choose(page.getByRole('group', { name }), who);
  await me.press('Check');
  await me.told('All 6 correct.');
}

test('a first visit does without the rest of the wasm until there is something to ask again', async (t) => {
  const { page, seen } = await open(t);
  await page.getByRole('link', { name: 'Next' }).click();
  await page.getByRole('heading', { level: 1, name: 'Security of the cloud' }).waitFor();
  assert.equal(asked(seen), 0);
  await Promise.all([request(page), check(page)]);
  await page.evaluate(() => (location.hash = '#/review'));
  await page.getByText('Nothing is due at the moment.').waitFor();
  assert.equal(asked(seen), 1);
});

test('whoever has something due is told so, and whoever goes to the review gets there', async (t) => {
  const { page, seen } = await open(t, { initScript: returning() });
  await due(page).click();
  await page.getByRole('button', { name: 'Review 1 question' }).waitFor();
  assert.equal(asked(seen), 1);
  const first = await open(t, { path: '#/review' });
  await first.page.getByText('Nothing is due at the moment.').waitFor();
  assert.equal(asked(first.seen), 1);
});

test('whoever wants a board gets it, and has a list where it cannot be loaded', async (t) => {
  const { page, server, seen } = await open(t, { path: '#/whose-job', serverOptions: { lost: REST }, expected: [/404/] });
  await page.getByRole('button', { name: 'Use a board' }).click();
  await missing(page).waitFor();
  await page.getByRole('radio', { name: 'AWS' }).first().check();
  server.lose(undefined);
  await page.getByRole('button', { name: 'Use a list' }).click();
  assert.equal(await missing(page).count(), 0);
  await page.getByRole('button', { name: 'Use a board' }).click();
  await page.locator('.board .chip.used').first().waitFor();
  assert.equal(asked(seen), 2);
});

test('a page that opens at cards or an order shows them at once, and does what was pressed early', async (t) => {
  const watch = () => {
    const look = () => {
      window.waited ||= document.querySelector('kurso-player')?.shadowRoot.textContent.includes('Loading');
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };
  for (const [path, early, then] of [['#/key-terms', 'Show answer', 'Got it'], ['#/reading-a-policy', 'Check', 'Show solution']]) {
    const { page, seen, release } = await hold(t, { path, initScript: watch });
    await page.getByRole('button', { name: early, exact: true }).click();
    await release();
    await page.getByRole('button', { name: then, exact: true }).waitFor();
    assert.equal(asked(seen), 1);
    assert(!(await page.evaluate(() => window.waited)), path);
  }
});

test('cards, an order and results show as soon as what shows them is there, and a button asks for it again', async (t) => {
  const { page, server, seen } = await open(t, { serverOptions: { lost: REST }, expected: [/404/] });
  const go = (step) => page.evaluate((step) => (location.hash = `#/${step}`), step);
  const again = page.getByRole('button', { name: 'Try again' });
  for (const step of ['key-terms', 'reading-a-policy']) {
    await go(step);
    await again.waitFor();
    assert.equal(await missing(page).count(), 1);
    assert.deepEqual(await accessibilityProblems(page), []);
  }
  await screenshot(page, 'awaited');
  const before = asked(seen);
  await again.click();
  await eventually(async () => asked(seen) > before);
  await again.waitFor();
  await go('wrap-up');
  await missing(page).waitFor();
  server.lose(undefined);
  await go('reading-a-policy');
  await page.getByRole('button', { name: /^Move up/ }).first().waitFor();
  assert.equal(await missing(page).count(), 0);
  await go('key-terms');
  await page.getByRole('button', { name: 'Show answer' }).waitFor();
  await go('wrap-up');
  await page.locator('.results li').first().waitFor();
});

test('what is asked for before it can be done is done once it can, and not where the learner has gone on', async (t) => {
  const { page, server } = await open(t, { path: '#/whose-job', serverOptions: { lost: REST }, expected: [/404/] });
  const first = page.getByRole('radio', { name: 'AWS' }).first();
  const reset = page.getByRole('button', { name: 'Reset', exact: true });
  await first.check();
  await reset.click();
  await missing(page).waitFor();
  assert(await first.isChecked(), 'nothing is lost');
  await page.getByRole('radio', { name: 'AWS' }).nth(1).check();
  assert.equal(await missing(page).count(), 0);
  server.lose(undefined);
  await reset.click();
  await eventually(async () => !(await first.isChecked()));
  await page.getByRole('status').filter({ hasText: 'Ready for another try.' }).waitFor();
  const focused = await page.evaluate(() => document.querySelector('kurso-player').shadowRoot.activeElement?.type);
  assert.equal(focused, 'radio');
});

test('a solution shows as soon as what shows it is there, and is asked for again where that could not be loaded', async (t) => {
  const { page, server } = await open(t, { path: '#/whose-job', serverOptions: { lost: REST }, expected: [/404/] });
  await page.getByRole('radio', { name: 'AWS' }).first().check();
  for (const name of ['Check', 'Check anyway', 'Show solution']) await page.getByRole('button', { name, exact: true }).click();
  await missing(page).waitFor();
  assert.equal(await page.locator('.solution').count(), 0);
  server.lose(undefined);
  await page.getByRole('button', { name: 'Show solution' }).click();
  await page.locator('.solution li').first().waitFor();
  assert.equal(await missing(page).count(), 0);
});

test('how it looks comes with it, in the theme and size that are chosen then and later', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  const look = () =>
    page.locator('.board .pool .chip').first().evaluate((chip) => {
      const { borderTopStyle, minHeight, backgroundColor } = getComputedStyle(chip);
      return [borderTopStyle, minHeight, backgroundColor];
    });
  const choose = async (...names) => {
    await page.getByRole('button', { name: 'Display' }).click();
    for (const name of names) await page.getByRole('radio', { name, exact: true }).check();
    await page.keyboard.press('Escape');
  };
  await page.getByRole('button', { name: 'Use a board' }).click();
  assert.deepEqual(await look(), ['solid', '46px', 'rgb(255, 255, 255)']);
  await choose('Dark', 'Largest');
  assert.deepEqual(await look(), ['solid', '69px', 'rgb(26, 32, 42)']);
  await page.reload();
  await started(page);
  assert.deepEqual(await look(), ['solid', '69px', 'rgb(26, 32, 42)']);
  await choose('Light', 'Standard');
  assert.deepEqual(await look(), ['solid', '46px', 'rgb(255, 255, 255)']);
});

test('two players on a page share it', async (t) => {
  const { page, server, seen } = await open(t, { initScript: returning() });
  await due(page).waitFor();
  const body = `<!doctype html><html lang="en"><title>A blog</title><script type="module" src="kurso.js"></script>
    <h1>Here</h1><kurso-player></kurso-player><kurso-player></kurso-player>`;
  await page.route('**/blog', (route) => route.fulfill({ contentType: 'text/html', body }));
  const before = asked(seen);
  await page.goto(`${server.url}blog`);
  for (const at of [0, 1]) await due(page).nth(at).waitFor();
  assert.equal(asked(seen), before + 1);
});

test('where it cannot be loaded, whatever is chosen and pressed stops nothing', async (t) => {
  const { page } = await open(t, { serverOptions: { lost: REST }, expected: [/404/] });
  const steps = await page.locator('.outline .entry').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  let pressed = 0;
  for (const step of steps) {
    await page.evaluate((step) => (location.hash = step), step);
    for (let round = 0; round < 4; round += 1) {
      pressed += await page.evaluate(async () => {
        const root = document.querySelector('kurso-player').shadowRoot;
        const all = (selector) => [...root.querySelectorAll(`.exercise ${selector}`)];
        const choose = (control) => control.dispatchEvent(new Event('change', { bubbles: true }));
        all('input').forEach((input) => input.click());
        for (const select of all('select:enabled')) {
          select.selectedIndex = 1;
          choose(select);
        }
        // What one press takes away is not there for the next one.
        const labels = new Set(all('button:enabled').map((button) => button.textContent));
        for (const label of labels) {
          all('button:enabled').find((button) => button.textContent === label)?.click();
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        return labels.size;
      });
    }
  }
  assert(pressed > 20, `${pressed} were pressed`);
  assert.equal(await page.locator('.stopped').count(), 0);
});

test('where it cannot be loaded, everything else goes on, and it is tried again', async (t) => {
  const { page, server, seen } = await open(t, { starts: false, path: '#/review', serverOptions: { lost: REST }, expected: [/404/] });
  await missing(page).waitFor();
  await page.getByRole('status').filter({ hasText: 'could not be loaded' }).waitFor();
  await check(page);
  const { exercises, reviews } = await progress(page);
  assert.equal(exercises.duties.best.right, 6);
  assert.equal(Object.keys(reviews).length, 6, 'what was answered is noted for the review');
  // It was asked for before the player showed, and once more by that; and what was answered may be due some time.
  const inVain = () => seen.warnings.filter((warning) => warning.includes('could not be loaded in full')).length;
  await eventually(async () => inVain() === 3);
  server.lose(undefined);
  await page.evaluate(() => (location.hash = '#/review'));
  await page.getByText('Nothing is due at the moment.').waitFor();
});

test('where what was saved cannot be read, the course can, a button tries again, and nothing is lost', async (t) => {
  const { page, server, seen } = await open(t, { initScript: returning(), starts: false, serverOptions: { lost: REST }, expected: [/404/] });
  const alert = page.getByRole('alert').filter({ hasText: 'Saved progress is not affected' });
  const again = alert.getByRole('button', { name: 'Try again' });
  await again.waitFor();
  const kept = (await stored(page))[KEY];
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  assert.deepEqual(await accessibilityProblems(page, { still: true }), []);
  await screenshot(page, 'stalled');
  // In vain, as long as it is not there.
  const before = asked(seen);
  await again.press('Enter');
  await eventually(async () => asked(seen) > before);
  await page.waitForFunction(() => document.querySelector('kurso-player').shadowRoot.activeElement?.closest('.stopped'));
  assert.equal((await stored(page))[KEY], kept, 'nothing was written');
  server.lose(undefined);
  await again.press('Enter');
  await started(page);
  await due(page).waitFor();
  assert.equal(await alert.count(), 0);
  await page.waitForFunction(() => document.querySelector('kurso-player').shadowRoot.activeElement?.localName === 'main');
  assert.deepEqual(JSON.parse((await stored(page))[KEY]).reviews, JSON.parse(kept).reviews);
});

test('where what shows and moves progress cannot be loaded, it says so, and nothing is lost', async (t) => {
  const { page, server } = await open(t, { initScript: returning(), serverOptions: { lost: 'data.js' }, expected: [/404/] });
  const kept = (await stored(page))[KEY];
  const summary = page.locator('.data > summary');
  await summary.click();
  const missing = page.locator('.data').getByRole('status').filter({ hasText: 'This could not be loaded.' });
  await missing.waitFor();
  assert.deepEqual(JSON.parse((await stored(page))[KEY]).reviews, JSON.parse(kept).reviews);
  server.lose(undefined);
  await page.reload();
  await started(page);
  await summary.click();
  await page.getByText(/^They take [\d.]+ (bytes|kB)\.$/).waitFor();
});

test('where what embeds the course cannot be loaded, it says so', async (t) => {
  const { page, server } = await open(t, { serverOptions: { lost: 'share.js' }, expected: [/404/] });
  const summary = page.getByText('Embed this course');
  await summary.click();
  await page.locator('.share').getByRole('status').filter({ hasText: 'This could not be loaded.' }).waitFor();
  server.lose(undefined);
  await page.reload();
  await started(page);
  await summary.click();
  await page.getByRole('textbox', { name: 'Embed this course' }).waitFor();
});

test('that of another build is not used', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'kurso-rest-'));
  t.after(() => rm(folder, { recursive: true }));
  await cp(PAGE, folder, { recursive: true });
  const rest = await readFile(join(folder, REST));
  const [{ name }] = WebAssembly.Module.imports(await WebAssembly.compile(rest));
  assert.match(name, /^[0-9a-f]{12}$/);
  rest.write(name.replace(/./g, (digit) => (digit === '0' ? '1' : '0')), rest.indexOf(name));
  await writeFile(join(folder, REST), rest);
  const { page, seen } = await open(t, { folder, path: '#/review' });
  await missing(page).waitFor();
  assert(seen.warnings.some((warning) => warning.includes('LinkError')), seen.warnings.join('\n'));
  await check(page);
});

test('once the page is kept, it works without a network', async (t) => {
  const { page } = await open(t);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.context().setOffline(true);
  await page.evaluate(() => (location.hash = '#/review'));
  await page.getByText('Nothing is due at the moment.').waitFor();
  await page.reload();
  await started(page);
  await page.getByText('Nothing is due at the moment.').waitFor();
});
