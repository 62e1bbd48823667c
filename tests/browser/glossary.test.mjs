// A key term in the text: tapped, clicked or reached by keyboard it tells what it means, below its lines and over none of
// them; before the player runs, while it takes over, and where no script runs at all.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityProblems, hold, open, screenshot, sidewaysScroll } from './browser.mjs';

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 320, height: 568 };

const term = (page, name) => page.getByRole('button', { name, exact: true }).filter({ visible: true }).first();
const opened = (page) => page.locator('.definition:popover-open');
const shows = (page, words) => opened(page).filter({ hasText: words }).waitFor();
const gone = (page) => page.waitForFunction(() => {
  const trees = [document, document.querySelector('kurso-player').shadowRoot];
  return trees.every((tree) => !tree.querySelector('.definition:popover-open'));
});

/** Waits until the term says so itself. */
const expanded = (page, name, state) =>
  page.getByRole('button', { name, exact: true, expanded: state }).filter({ visible: true }).first().waitFor();

/** What has the focus, in the page or in the player. */
const focused = (page) =>
  page.evaluate(() => {
    const { id, ariaLabel, textContent } = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
    return ariaLabel ?? (textContent.trim() || id);
  });

/** Where the open definition is, the lines of its sentence, and the window, all in the window's coordinates. */
function measured(page) {
  return opened(page).evaluate((definition) => {
    const button = definition.getRootNode().querySelector(`.term[aria-controls="${definition.id}"]`);
    const block = button.closest('p, li, td, th, dd');
    const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const lines = [];
    while (texts.nextNode()) {
      if (texts.currentNode.parentElement.closest('.definition')) continue;
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      lines.push(...[...range.getClientRects()].map(({ top, bottom }) => ({ top, bottom })));
    }
    const { top, bottom, left, right } = definition.getBoundingClientRect();
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    return { box: { top, bottom, left, right }, lines, window: { width, height } };
  });
}

async function coversNothing(page, where) {
  // It is brought into view a moment after it opened.
  const inView = async () => {
    const { box, window } = await measured(page);
    return box.top >= 0 && box.bottom <= window.height + 1;
  };
  for (let tries = 0; tries < 50 && !(await inView()); tries += 1) await page.waitForTimeout(20);
  const { box, lines, window } = await measured(page);
  assert(lines.length > 0, where);
  for (const line of lines) assert(line.bottom <= box.top + 1 || line.top >= box.bottom - 1, `${where}: it covers its sentence`);
  assert(box.left >= 0 && box.right <= window.width, `${where}: it sticks out sideways: ${JSON.stringify(box)}`);
  assert(box.top >= 0 && box.bottom <= window.height + 1, `${where}: it is out of sight: ${JSON.stringify(box)}`);
}

test('GL1 a click toggles what a term means, and the button says so', async (t) => {
  const { page } = await open(t, { path: '#/compliance' });
  await expanded(page, 'HIPAA', false);
  await term(page, 'HIPAA').click();
  await shows(page, 'The US law');
  await expanded(page, 'HIPAA', true);
  await term(page, 'HIPAA').click();
  await gone(page);
  await expanded(page, 'HIPAA', false);
});

test('GL1 a tap does the same on a small phone', async (t) => {
  const { page } = await open(t, { path: '#/compliance', viewport: PHONE, hasTouch: true });
  await term(page, 'GDPR').tap();
  await shows(page, 'data protection law');
  await expanded(page, 'GDPR', true);
  await term(page, 'GDPR').tap();
  await gone(page);
});

test('GL1 GL2 Enter opens, Escape closes, and the focus is where it was', async (t) => {
  const { page } = await open(t, { path: '#/compliance' });
  await term(page, 'HIPAA').focus();
  await page.keyboard.press('Enter');
  await shows(page, 'The US law');
  await page.keyboard.press('Escape');
  await gone(page);
  await expanded(page, 'HIPAA', false);
  assert.equal(await focused(page), 'HIPAA');

  await page.keyboard.press('Enter');
  await shows(page, 'The US law');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'Close', 'what is in it comes next');
  await page.keyboard.press('Escape');
  await gone(page);
  assert.equal(await focused(page), 'HIPAA', 'Escape gives the focus back');
});

test('GL2 it stays until Close, a tap elsewhere or another term puts it away', async (t) => {
  const { page } = await open(t, { path: '#/compliance' });
  await term(page, 'HIPAA').click();
  await shows(page, 'The US law');
  await opened(page).hover();
  await page.mouse.move(5, 5);
  assert.equal(await opened(page).count(), 1, 'the pointer may come and go');
  await opened(page).getByRole('button', { name: 'Close' }).click();
  await gone(page);
  await expanded(page, 'HIPAA', false);

  await term(page, 'HIPAA').click();
  await shows(page, 'The US law');
  await page.getByRole('heading', { level: 1 }).click();
  await gone(page);

  await term(page, 'HIPAA').click();
  await shows(page, 'The US law');
  await term(page, 'GDPR').click();
  await shows(page, 'data protection law');
  assert.equal(await opened(page).count(), 1);
  await expanded(page, 'HIPAA', false);
});

test('GL2 no definition covers its sentence or leaves the window, on a desk or a small phone', async (t) => {
  for (const viewport of [DESK, PHONE]) {
    for (const path of ['#/why-it-matters', '#/of-and-in-the-cloud', '#/service-types', '#/encryption-and-networks', '#/compliance']) {
      const { page } = await open(t, { path, viewport });
      const terms = page.locator('.term:visible');
      const count = await terms.count();
      assert(count > 0, path);
      for (let at = 0; at < count; at += 1) {
        await terms.nth(at).focus();
        await page.keyboard.press('Enter');
        await opened(page).waitFor();
        await page.locator('.term[aria-expanded="true"]').waitFor();
        await coversNothing(page, `${path} ${viewport.width} px, term ${at + 1}`);
        assert.deepEqual(await sidewaysScroll(page), []);
        await page.keyboard.press('Escape');
        await gone(page);
      }
    }
  }
});

test('GL2 with letters of twice the size it still stands below its lines and within the width', async (t) => {
  const { page } = await open(t, { path: '#/compliance', viewport: PHONE });
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('html { font-size: 200% }');
    document.adoptedStyleSheets = [sheet];
  });
  await term(page, 'HIPAA').click();
  await shows(page, 'The US law');
  const { box, lines, window } = await measured(page);
  for (const line of lines) assert(line.bottom <= box.top + 1, 'it covers its sentence');
  assert(box.left >= 0 && box.right <= window.width, JSON.stringify(box));
});

test('GL2 where it cannot stand by its lines, it stands at the bottom, and they are above it', async (t) => {
  const { page } = await open(t, { path: '#/compliance', viewport: PHONE });
  await page.getByRole('main').evaluate((main) => {
    const sheet = new CSSStyleSheet();
    const rules = [...[...main.getRootNode().styleSheets].find(({ href }) => href?.includes('kurso.css')).cssRules];
    const fallback = rules.filter((rule) => /definition|\.term[[:]/.test(rule.selectorText)).map(({ cssText }) => cssText).join('\n');
    // As a browser without anchors reads the style: what is said under @supports does not count.
    sheet.replaceSync(`${fallback} .definition { position: fixed; inset: auto 1rem 1rem; max-height: 45vh } .kurso .term[aria-expanded="true"] { scroll-margin-block-end: 50vh }`);
    main.getRootNode().adoptedStyleSheets = [sheet];
  });
  await term(page, 'security in the cloud').click();
  await opened(page).waitFor();
  await page.locator('.term[aria-expanded="true"]').waitFor();
  await coversNothing(page, 'at the bottom');
});

test('GL1 GL2 before the player runs it is the same, and stays open when the player takes over', async (t) => {
  const { page, release } = await hold(t, { path: '#/compliance', viewport: PHONE });
  await term(page, 'HIPAA').focus();
  await page.keyboard.press('Enter');
  await shows(page, 'The US law');
  await expanded(page, 'HIPAA', true);
  await coversNothing(page, 'before the player runs');
  assert.deepEqual(await accessibilityProblems(page, { still: true }), []);
  await release();
  await shows(page, 'The US law');
  await expanded(page, 'HIPAA', true);
  assert.equal(await focused(page), 'HIPAA');
  await page.keyboard.press('Escape');
  await gone(page);
  assert.equal(await focused(page), 'HIPAA');
});

test('GL1 without JavaScript a term leads to what it means', async (t) => {
  const { page } = await open(t, { javaScriptEnabled: false, starts: false, path: '#/compliance' });
  await page.getByRole('button', { name: 'HIPAA', exact: true }).click();
  await page.waitForURL(/#\/glossary\/hipaa$/);
  await page.locator('[id="/glossary/hipaa"]').filter({ visible: true }).waitFor();
  await page.locator('dd').filter({ hasText: 'The US law' }).filter({ visible: true }).last().waitFor();
});

test('GL1 Space presses a term, too, and the page stays where it is', async (t) => {
  const { page } = await open(t, { path: '#/compliance' });
  await term(page, 'HIPAA').focus();
  const scrolled = await page.evaluate(() => scrollY);
  await page.keyboard.press('Space');
  await shows(page, 'The US law');
  await page.keyboard.press('Space');
  await gone(page);
  assert.equal(await page.evaluate(() => scrollY), scrolled);
  assert.match(page.url(), /#\/compliance$/);
});

test('a term of several words breaks over lines as words do', async (t) => {
  const { page } = await open(t, { path: '#/of-and-in-the-cloud', viewport: PHONE });
  const lines = await page.locator('.term:visible').evaluateAll((terms) => terms.map((term) => term.getClientRects().length));
  assert(Math.max(...lines) > 1, `${lines}`);
  // What follows a term stands behind its last word.
  const follows = await page.locator('.term:visible').first().evaluate((term) => {
    const after = document.createRange();
    const text = term.nextSibling;
    after.setStart(text, 0);
    after.setEnd(text, 1);
    return Math.abs(after.getBoundingClientRect().bottom - [...term.getClientRects()].at(-1).bottom);
  });
  assert(follows < 4, `${follows} px below`);
});

test('GL1 a definition leads to its entry in the glossary', async (t) => {
  const { page } = await open(t, { path: '#/compliance' });
  await term(page, 'HIPAA').click();
  await opened(page).getByRole('link', { name: 'HIPAA' }).click();
  await page.getByRole('heading', { level: 1, name: 'Glossary' }).waitFor();
  await page.waitForFunction(() => document.querySelector('kurso-player').shadowRoot.activeElement?.id === '/glossary/hipaa');
  assert.match(page.url(), /#\/glossary\/hipaa$/);
});

for (const colorScheme of ['light', 'dark']) {
  test(`GL2 an open definition in ${colorScheme} colours is accessible`, async (t) => {
    const { page } = await open(t, { path: '#/compliance', viewport: PHONE, colorScheme });
    await term(page, 'HIPAA').click();
    await shows(page, 'The US law');
    await screenshot(page, `a definition on a small phone ${colorScheme}`);
    assert.deepEqual(await accessibilityProblems(page), []);
  });
}
