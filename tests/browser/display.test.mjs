// How the player shows is the learner's choice: theme, text size, single-key shortcuts. It holds at once for all players
// and tabs, is remembered, and is there at the first paint.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityProblems, ARABIC, hold, MODULES, open, screenshot, sidewaysScroll, started, stored } from './browser.mjs';
import { HANDS, KEY, learner, progress } from './learner.mjs';

const DISPLAY = 'kurso:display';
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 320, height: 568 };
const LIGHT = 'rgb(247, 246, 243)';
const DARK = 'rgb(18, 22, 29)';

const opener = (page) => page.getByRole('button', { name: 'Display' });
const panel = (page) => page.getByRole('group', { name: 'Display' });
const radio = (page, name) => panel(page).getByRole('radio', { name, exact: true });
const shortcuts = (page) => panel(page).getByRole('checkbox', { name: 'Single-key shortcuts' });
const keep = (choice) => `localStorage.setItem('${DISPLAY}', ${JSON.stringify(JSON.stringify(choice))})`;

/** Opens the choices, makes one by its name, and puts them away. */
async function choose(page, ...names) {
  await opener(page).click();
  for (const name of names) await radio(page, name).check();
  await page.keyboard.press('Escape');
  await panel(page).waitFor({ state: 'hidden' });
}

/** The colours and sizes of that player, which may be the page before it. */
function look(page, base = '.kurso') {
  return page.locator(base).first().evaluate((kurso) => {
    const control = kurso.querySelector('input');
    const { backgroundColor } = getComputedStyle(kurso);
    const { fontSize } = getComputedStyle(kurso.querySelector('main'));
    return { background: backgroundColor, text: parseFloat(fontSize), scheme: getComputedStyle(control).colorScheme };
  });
}

async function shows(page, expected) {
  const seen = await look(page);
  assert.deepEqual({ ...seen, ...expected }, seen);
}

for (const [colorScheme, own, other] of [['light', LIGHT, DARK], ['dark', DARK, LIGHT]]) {
  const name = colorScheme === 'light' ? 'Dark' : 'Light';
  test(`another theme than the ${colorScheme} one of the system shows at once, and after a reload`, async (t) => {
    const { page } = await open(t, { path: '#/whose-job', colorScheme });
    await shows(page, { background: own, scheme: colorScheme });
    await choose(page, name);
    await shows(page, { background: other, scheme: name.toLowerCase() });
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), other, 'the page around, too');
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.reload();
    await started(page);
    await shows(page, { background: other, scheme: name.toLowerCase() });
    await opener(page).click();
    assert(await radio(page, name).isChecked());
    await radio(page, 'Automatic').check();
    await shows(page, { background: own, scheme: colorScheme });
    await page.emulateMedia({ colorScheme: name.toLowerCase() });
    await shows(page, { background: other, scheme: name.toLowerCase() });
  });
}

test('what was chosen shows from the first paint, long before the player runs', async (t) => {
  const watch = `window.painted = new Set();
    const look = () => {
      if (document.querySelector('.still main')) painted.add(getComputedStyle(document.body).backgroundColor + ' ' + getComputedStyle(document.body).fontSize);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);`;
  const initScript = `${keep({ theme: 'dark', size: '1.25' })}; ${watch}`;
  const { page, release } = await hold(t, { initScript });
  const expected = [`${DARK} 21.25px`];
  await page.waitForFunction(() => window.painted.size > 0);
  assert.deepEqual(await page.evaluate(() => [...window.painted]), expected);
  await release();
  await shows(page, { background: DARK, text: 21.25, scheme: 'dark' });
  assert.deepEqual(await page.evaluate(() => [...window.painted]), expected);
});

test('the theme that the system has, chosen by name, looks the same in every pixel', async (t) => {
  const { page } = await open(t, { path: '#/whose-job', colorScheme: 'light' });
  const picture = async () => {
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.blur());
    return (await page.screenshot()).toString('base64');
  };
  const same = (one, other) => page.evaluate(alike, [one, other]);
  const light = await picture();
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await picture();
  assert(!(await same(light, dark)));
  await choose(page, 'Dark');
  assert(await same(dark, await picture()), 'dark is another dark');
  await page.emulateMedia({ colorScheme: 'light' });
  assert(await same(dark, await picture()), 'dark depends on the system');
  await choose(page, 'Light');
  assert(await same(light, await picture()), 'light is another light');
});

/** Whether pictures are alike, but for how the browser rounds the colours along a curve. */
async function alike(pictures) {
  const [one, other] = await Promise.all(pictures.map(async (picture) => {
    const bytes = Uint8Array.from(atob(picture), (byte) => byte.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    canvas.drawImage(bitmap, 0, 0);
    return canvas.getImageData(0, 0, bitmap.width, bitmap.height).data;
  }));
  return one.length === other.length && one.every((part, at) => Math.abs(part - other[at]) <= 2);
}

test('a dark theme is printed light', async (t) => {
  const { page } = await open(t, { path: '#/whose-job', initScript: keep({ theme: 'dark' }) });
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const style = () => page.locator('.still .exercise').first().evaluate((element) => getComputedStyle(element).backgroundColor);
  assert.equal(await style(), 'rgb(255, 255, 255)');
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'light');
});

test('2.1.1 the keyboard alone opens the choices, makes them and leaves, back where it was', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  await opener(page).focus();
  await page.keyboard.press('Enter');
  await panel(page).waitFor();
  assert.equal(await opener(page).getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert(await radio(page, 'Automatic').evaluate((element) => element.matches(':focus-visible')));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await shows(page, { background: DARK });
  await page.keyboard.press('Escape');
  await panel(page).waitFor({ state: 'hidden' });
  assert(await opener(page).evaluate((element) => element === element.getRootNode().activeElement));
  assert.equal(await opener(page).getAttribute('aria-expanded'), 'false');
});

test('EM7 what is chosen before the player runs holds, stays open, and is no answer', async (t) => {
  const { page, release } = await hold(t, { path: '#/whose-job' });
  await opener(page).click();
  await radio(page, 'Dark').check();
  await radio(page, 'Large').focus();
  await shows(page, { background: DARK });
  assert.deepEqual(await accessibilityProblems(page, { still: true }), []);
  await release();
  await shows(page, { background: DARK, scheme: 'dark' });
  assert(await radio(page, 'Dark').isChecked());
  assert(await radio(page, 'Large').evaluate((element) => element === element.getRootNode().activeElement));
  assert.deepEqual((await progress(page)).exercises, {});
  await page.keyboard.press('Escape');
  await panel(page).waitFor({ state: 'hidden' });
});

test('without JavaScript nothing is offered that nobody would do', async (t) => {
  const { page } = await open(t, { javaScriptEnabled: false, starts: false });
  assert.equal(await opener(page).count(), 0);
});

test('storage that refuses remembers nothing, and the choice holds for the visit', async (t) => {
  const initScript = `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })`;
  const { page } = await open(t, { path: '#/whose-job', initScript });
  await choose(page, 'Dark');
  await shows(page, { background: DARK });
  await page.getByRole('link', { name: 'Next' }).click();
  await page.getByRole('heading', { level: 1, name: 'Identity' }).waitFor();
  await shows(page, { background: DARK });
  await opener(page).click();
  assert(await radio(page, 'Dark').isChecked());
});

const broken = ['{', 'null', '[]', '"dark"', '{"theme":"blue","size":"9"}', '{"theme":["dark"],"size":1.5,"shortcuts":false}', '{"size":"1.5rem } * { display: none }"}'];
for (const value of broken) {
  test(`what is remembered as ${value} is as good as nothing`, async (t) => {
    const { page } = await open(t, { path: '#/whose-job', initScript: `localStorage.setItem('${DISPLAY}', ${JSON.stringify(value)})` });
    await shows(page, { background: LIGHT, text: 17, scheme: 'light' });
    await opener(page).click();
    assert(await radio(page, 'Automatic').isChecked());
    assert(await radio(page, 'Standard').isChecked());
    assert(await shortcuts(page).isChecked());
  });
}

test('the list of all modules, where no player is, shows as was chosen', async (t) => {
  const initScript = keep({ theme: 'dark', size: '1.5' });
  const { page } = await open(t, { folder: MODULES, path: 'all_modules.html', initScript, starts: false });
  const seen = await page.evaluate(() => {
    const { backgroundColor, fontSize } = getComputedStyle(document.body);
    return [backgroundColor, fontSize];
  });
  assert.deepEqual(seen, [DARK, '25.5px']);
});

for (const [name, viewport] of Object.entries({ 'on a small phone': PHONE, 'at a desk': DESK })) {
  test(`EM10 the choices speak the language of the course, from right to left, ${name}`, async (t) => {
    const { page } = await open(t, { folder: ARABIC, viewport });
    await page.getByRole('button', { name: 'العرض' }).click();
    const choices = page.getByRole('group', { name: 'العرض' });
    assert.doesNotMatch((await choices.getByRole('group').allInnerTexts()).join(), /[a-z]/i);
    const box = await choices.boundingBox();
    assert(box.x >= 0 && box.x < viewport.width / 4, 'it is where the line ends');
    await choices.getByRole('radio', { name: 'داكن' }).check();
    await shows(page, { background: DARK });
    assert.deepEqual(await accessibilityProblems(page), []);
    await screenshot(page, `display in Arabic ${name}`);
  });
}

test('deleting all progress leaves the choice alone', async (t) => {
  const { page } = await open(t, { path: '#/wrap-up' });
  await choose(page, 'Dark');
  const before = (await stored(page))[DISPLAY];
  await page.locator('.data > summary').click();
  await page.getByText('Reset everything…').click();
  await page.getByRole('button', { name: 'Delete all progress' }).click();
  await page.getByRole('status').filter({ hasText: /deleted/ }).waitFor({ state: 'attached' });
  assert.equal((await stored(page))[DISPLAY], before);
  await shows(page, { background: DARK });
});

test('PR4 another tab follows, also while the choices are open in it', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  const other = await page.context().newPage();
  await other.goto(page.url());
  await started(other);
  await opener(other).click();
  await choose(page, 'Dark', 'Large');
  await other.waitForFunction((dark) => getComputedStyle(document.body).backgroundColor === dark, DARK);
  assert(await radio(other, 'Dark').isChecked());
  await shows(other, { background: DARK, text: 21.25 });
  await page.evaluate(() => localStorage.clear());
  await other.waitForFunction((light) => getComputedStyle(document.body).backgroundColor === light, LIGHT);
});

test('G16 all players of a page follow, and the page around them does not', async (t) => {
  const { page, server } = await open(t);
  const body = `<!doctype html><html lang="en"><title>A blog</title><script type="module" src="kurso.js"></script>
    <h1>Here</h1><kurso-player></kurso-player><kurso-player></kurso-player>`;
  await page.route('**/blog', (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(`${server.url}blog`);
  const players = page.locator('[part="base"]:not([hidden]) .kurso');
  await players.nth(1).waitFor();
  const around = () => page.evaluate(() => {
    const { backgroundColor, colorScheme, fontSize } = getComputedStyle(document.body);
    return { backgroundColor, colorScheme, fontSize, root: getComputedStyle(document.documentElement).fontSize };
  });
  const before = await around();
  await players.first().getByRole('button', { name: 'Display' }).click();
  for (const name of ['Dark', 'Largest']) await players.first().getByRole('radio', { name, exact: true }).check();
  for (const at of [0, 1]) {
    const seen = await look(page, `kurso-player >> nth=${at} >> .kurso`);
    assert.deepEqual(seen, { background: DARK, text: 25.5, scheme: 'dark' });
  }
  assert.deepEqual(await around(), before);
  // One that is taken out and put in again, later, is no exception.
  await page.evaluate(async () => {
    const player = document.querySelector('kurso-player');
    player.remove();
    await new Promise((resolve) => setTimeout(resolve, 50));
    document.body.append(player);
  });
  await players.nth(1).waitFor();
  assert.deepEqual(await look(page, 'kurso-player >> nth=1 >> .kurso'), { background: DARK, text: 25.5, scheme: 'dark' });
});

test('1.4.4 text and targets grow with the chosen size, from that of the browser', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  const measure = () => page.getByRole('main').evaluate((main) => {
    const root = main.getRootNode();
    const size = (selector) => parseFloat(getComputedStyle(root.querySelector(selector)).fontSize);
    const target = parseFloat(getComputedStyle(root.querySelector('.segment')).minHeight);
    return [size('main .page p:not([class])'), size('h1'), size('legend'), size('.bar .move'), size('.foot'), target];
  });
  const usual = await measure();
  for (const [name, times] of [['Small', 0.875], ['Large', 1.25], ['Largest', 1.5], ['Standard', 1]]) {
    await choose(page, name);
    const now = await measure();
    now.forEach((size, at) => assert(Math.abs(size / usual[at] - times) < 0.15, `${name}: ${usual[at]} px became ${size} px`));
    assert.equal(now[0], usual[0] * times, name);
    assert.equal(now[5], usual[5] * times, name);
  }
  await choose(page, 'Largest');
  // A browser whose own letters are larger.
  await page.evaluate(() => (document.documentElement.style.fontSize = '20px'));
  assert.equal((await measure())[0], usual[0] * 1.5 * 1.25);
});

test('1.4.4 a window with room for a column beside small text has none beside the largest', async (t) => {
  const { page } = await open(t, { viewport: DESK });
  const column = () => page.getByRole('navigation', { name: 'Course outline' }).isVisible();
  assert(await column());
  await choose(page, 'Largest');
  assert(!(await column()));
});

test('1.4.10 the largest text scrolls sideways nowhere, in a window of 320 px', async (t) => {
  const { page } = await open(t, { viewport: PHONE, initScript: keep({ size: '1.5' }) });
  const steps = await page.locator('.outline a.entry').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert(steps.length > 10);
  for (const step of steps) {
    await page.evaluate((step) => (location.hash = step), step);
    await page.locator(`[id="${step.slice(1)}"]`).waitFor();
    assert.deepEqual(await sidewaysScroll(page), [], step);
  }
  await page.evaluate(() => scrollTo(0, 0));
  await opener(page).click();
  assert.deepEqual(await sidewaysScroll(page), [], 'the choices');
  await screenshot(page, 'display, largest, on a small phone');
});

for (const [name, viewport] of Object.entries({ 'on a small phone': PHONE, 'at a desk': DESK, 'in a low window': { width: 740, height: 320 } })) {
  for (const size of ['1', '1.5']) {
    test(`2.5.8 the choices fit ${name}, ${size} times as large, with controls for a thumb`, async (t) => {
      const { page } = await open(t, { viewport, hasTouch: true, initScript: keep({ size }) });
      await opener(page).tap();
      const box = await panel(page).boundingBox();
      assert(box.x >= 0 && box.y >= 0, JSON.stringify(box));
      assert(box.x + box.width <= viewport.width && box.y + box.height <= viewport.height, JSON.stringify(box));
      for (const control of await panel(page).locator('label, button').all()) {
        await control.scrollIntoViewIfNeeded();
        const { width, height } = await control.boundingBox();
        assert(width >= 44 && height >= 44, `${await control.innerText()}: ${width} × ${height}`);
      }
      assert.deepEqual(await accessibilityProblems(page), []);
      await screenshot(page, `display ${name} ${size}`);
      await panel(page).getByRole('button', { name: 'Close' }).tap();
      await panel(page).waitFor({ state: 'hidden' });
    });
  }
}

test('G17 single keys work in the deck only, and can be turned off; Tab, Enter, Space and Escape stay', async (t) => {
  const { page } = await open(t, { path: '#/key-terms' });
  const me = learner(page, HANDS['the keyboard alone']);
  const id = await page.locator('[data-exercise]').first().getAttribute('data-exercise');
  const rated = async () => ((await progress(page)).exercises[id]?.answer ?? []).length;
  await me.press('Show answer');
  await page.getByRole('button', { name: 'Got it' }).waitFor();

  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('2');
  await opener(page).focus();
  await page.keyboard.press('2');
  assert.equal(await rated(), 0, 'the focus is outside of the deck');

  await page.getByRole('button', { name: 'Got it' }).focus();
  await page.keyboard.press('2');
  await page.getByRole('heading', { name: 'Card 2 of 10' }).waitFor();
  assert.equal(await rated(), 1);

  await opener(page).click();
  await shortcuts(page).uncheck();
  await page.keyboard.press('Escape');
  await panel(page).waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Show answer' }).focus();
  await page.keyboard.press('u');
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Got it' }).waitFor();
  await page.getByRole('button', { name: 'Got it' }).focus();
  for (const key of ['1', '2', 'u', 'U']) await page.keyboard.press(key);
  assert.equal(await rated(), 1, 'they are off');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Card 3 of 10' }).waitFor();
  assert.equal(await rated(), 2);

  await page.reload();
  await started(page);
  await page.getByRole('button', { name: 'Show answer' }).focus();
  await page.keyboard.press('u');
  assert.equal(await rated(), 2, 'and stay off');
  await opener(page).click();
  await shortcuts(page).check();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Show answer' }).focus();
  await page.keyboard.press('u');
  await page.getByRole('heading', { name: 'Card 2 of 10' }).waitFor();
  assert.equal(await rated(), 1, 'on again');
});

test('G17 with single keys off one can still type, and pick by letter', async (t) => {
  const { page } = await open(t, { path: '#/risks-and-controls', initScript: keep({ shortcuts: 'off' }) });
  const select = page.getByRole('combobox').first();
  await select.focus();
  await page.keyboard.press('C');
  assert.match(await select.evaluate((element) => element.selectedOptions[0].text), /^C\. /);
  await page.evaluate(() => (location.hash = '#/glossary'));
  await page.getByRole('searchbox').focus();
  await page.keyboard.type('kms');
  assert.equal(await page.getByRole('searchbox').inputValue(), 'kms');
});

for (const colorScheme of ['light', 'dark']) {
  test(`in forced ${colorScheme} colours what is chosen and what has the focus can be seen`, async (t) => {
    const { page } = await open(t, { path: '#/whose-job', colorScheme });
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    const me = learner(page, HANDS['a mouse']);
    const outlined = (selector) => page.locator(selector).first().evaluate((element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle === 'solid' ? outlineWidth : 'none';
    });
    // Another theme than that of the system changes nothing of it.
    await choose(page, colorScheme === 'light' ? 'Dark' : 'Light');
    await page.getByRole('radio', { name: 'AWS' }).first().check();
    await page.getByRole('radio', { name: 'AWS' }).nth(1).focus();
    assert.equal(await outlined('.segment:has(:checked):visible'), '2px');
    await page.keyboard.press('Space');
    assert.equal(await outlined('.segment:has(:focus-visible):visible'), '3px', 'the focus is seen on what is selected, too');

    await page.evaluate(() => (location.hash = '#/risks-and-controls'));
    await page.locator('[id="/risks-and-controls"]').waitFor();
    await me.press('Use a board');
    await page.locator('.pool .chip').nth(1).click();
    await me.told('picked up');
    await page.mouse.move(0, 0);
    assert.equal(await outlined('.chip[aria-pressed="true"]'), '2px');
    assert.equal(await outlined('.chip[aria-pressed="false"]'), 'none');
  });
}

test('in forced colours drawings take the colours of the system, whatever the theme', async (t) => {
  const { page } = await open(t, { path: '#/encryption-and-networks', colorScheme: 'dark', initScript: keep({ theme: 'light' }) });
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  const drawn = (name, property) => page.locator(`figure .${name}`).first().evaluate((element, property) => getComputedStyle(element)[property], property);
  assert.equal(await drawn('fig-text', 'fill'), 'rgb(255, 255, 255)');
  assert.equal(await drawn('fig-line', 'stroke'), 'rgb(255, 255, 255)');
  await screenshot(page, 'forced dark figure');
});
