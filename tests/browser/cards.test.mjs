// Cards: sessions by star and in another order, either side first, and all of them as a list.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityProblems, ARABIC, open, screenshot, sidewaysScroll, started } from './browser.mjs';
import { HANDS, learner, progress } from './learner.mjs';

const DECK = 'key-term-cards';
const cards = (t, options) => open(t, { path: '#/key-terms', ...options });
const front = (page) => page.locator('.deck .front').innerText();

for (const name of ['a mouse', 'single taps at 320 × 568', 'the keyboard alone', 'click events only, as voice control sends them']) {
  test(`FC8 starred cards are a session of their own with ${name}`, async (t) => {
    const hand = HANDS[name];
    const { page } = await cards(t, hand.options);
    const me = learner(page, hand);
    const star = page.getByRole('button', { name: 'Star', exact: true });
    await me.press('Show answer');
    await me.press('Got it');
    const second = await front(page);
    await hand.press(page, star);
    assert.equal(await star.getAttribute('aria-pressed'), 'true');
    if (name.includes('keyboard')) await me.isAt(star);
    await page.reload();
    await started(page);
    assert.equal(await star.getAttribute('aria-pressed'), 'true', 'a star stays');
    await hand.press(page, page.locator('.deck summary'));
    await me.press('Only 1 starred card');
    const title = page.getByRole('heading', { name: 'Card 1 of 1' });
    await title.waitFor();
    await me.isAt(title);
    assert.equal(await front(page), second);
    await me.press('Show answer');
    await me.press('Got it');
    await page.getByRole('heading', { name: '1 card known' }).waitFor();
    assert.equal((await progress(page)).exercises[DECK].best, undefined, 'one card is not the deck');
  });
}

test('FC8 cards are shuffled, stay so after a reload, and go back into their order', async (t) => {
  const { page } = await cards(t);
  const me = learner(page, HANDS['a mouse']);
  const order = async () => {
    const seen = [];
    for (let at = 1; at <= 3; at += 1) {
      await page.getByRole('heading', { name: `Card ${at} of 10` }).waitFor();
      seen.push(await front(page));
      await me.press('Show answer');
      await me.press('Got it');
    }
    return seen;
  };
  const authored = await order();
  await page.locator('.deck summary').click();
  await me.press('Shuffle all cards');
  const first = await front(page);
  await page.reload();
  await started(page);
  assert.equal(await front(page), first);
  assert.notDeepEqual(await order(), authored);
  await page.locator('.deck summary').click();
  await me.press('All cards, in order');
  assert.deepEqual(await order(), authored);
});

test('FC8 the meaning comes first for who wants it', async (t) => {
  const { page } = await cards(t);
  const me = learner(page, HANDS['the keyboard alone']);
  const term = await front(page);
  await page.locator('.deck summary').click();
  const meaningFirst = page.getByRole('checkbox', { name: 'Show the meaning first' });
  await meaningFirst.focus();
  await page.keyboard.press('Space');
  await me.isAt(meaningFirst);
  assert.match(await front(page), /split the work of security/);
  await me.press('Show answer');
  assert.equal(await page.locator('.deck .back').innerText(), term);
  await page.reload();
  await started(page);
  assert.equal(await page.locator('.deck .back').innerText(), term);
});

test('FC8 all cards are there as a list', async (t) => {
  const { page } = await cards(t);
  const list = page.locator('.answers-only');
  await list.getByText('All cards as a list').click();
  assert.equal(await list.locator('dt:visible').count(), 10);
  assert.match(await list.innerText(), /Least privilege\s+Give an identity the smallest set/);
});

for (const [width, height, colorScheme] of [[320, 568, 'light'], [1280, 800, 'dark']]) {
  test(`FC8 options and list are accessible and fit at ${width} px`, async (t) => {
    const { page } = await cards(t, { viewport: { width, height }, colorScheme });
    const me = learner(page, HANDS['a mouse']);
    await me.press('Star');
    for (const summary of await page.locator('.exercise summary:visible').all()) await summary.click();
    await page.getByRole('checkbox', { name: 'Show the meaning first' }).check();
    await me.press('Show answer');
    assert.deepEqual(await accessibilityProblems(page), []);
    assert.deepEqual(await sidewaysScroll(page), []);
    await screenshot(page, `cards-${width}`);
  });
}

test('MC6 a problem is reported where the author wants it, with the exercise and its version', async (t) => {
  const { page } = await open(t, { folder: ARABIC, path: '#/ask' });
  await page.getByRole('radio').first().check();
  await learner(page, HANDS['a mouse']).press('تحقق');
  const link = page.getByRole('link', { name: 'الإبلاغ عن مشكلة في هذا التمرين' });
  assert.match(await link.getAttribute('href'), /^mailto:author@example\.org\?subject=question%20[0-9a-f]{8}$/);
});
