// The page of all terms, and the search of steps, cards and terms that stands on it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityProblems, open, screenshot, sidewaysScroll, started } from './browser.mjs';

const PHONE = { width: 320, height: 568 };

const box = (page) => page.getByRole('searchbox');
const told = (page, sentence) => page.locator('.search [role="status"]').filter({ hasText: sentence }).waitFor();
const terms = (page) => page.locator('.page > .terms > div:visible');
const found = (page, group) => page.locator('.search > div').filter({ has: page.getByRole('heading', { name: group }) }).getByRole('listitem');

/** Waits until so many of those show. */
async function count(locator, expected) {
  for (let tries = 0; tries < 100 && (await locator.count()) !== expected; tries += 1) await locator.page().waitForTimeout(20);
  assert.equal(await locator.count(), expected);
}

/** Opens the glossary, and searches for that. */
async function search(t, words, options = {}) {
  const opened = await open(t, { path: '#/glossary', ...options });
  await box(opened.page).fill(words);
  return opened;
}

test('GL4 the count of results is told for steps, cards and terms', async (t) => {
  const { page } = await search(t, 'encryption');
  await told(page, /^\d+ results for “encryption”$/);
  const [said] = (await page.locator('.search [role="status"]').innerText()).match(/\d+/);
  const groups = [await found(page, 'Steps').count(), await found(page, 'Cards').count(), await terms(page).count()];
  assert(groups.every((results) => results > 0), String(groups));
  assert.equal(groups.reduce((sum, results) => sum + results), Number(said));
  await page.getByRole('heading', { level: 2, name: 'Terms' }).waitFor();

  await box(page).fill('artifact agreements');
  await told(page, '“artifact agreements”');
  await box(page).fill('zebra');
  await told(page, 'No results for “zebra”');
  await count(terms(page), 0);
  assert.equal(await page.locator('.search > div:visible').count(), 0);
});

test('GL4 what is shown of a result stands nearer to its title than to the next one', async (t) => {
  const { page } = await search(t, 'access');
  await found(page, 'Steps').nth(1).waitFor();
  const [[title, excerpt], [next]] = await found(page, 'Steps').evaluateAll((items) => items.slice(0, 2).map((item) => [...item.children].map((part) => part.getBoundingClientRect().toJSON())));
  assert(next.top - excerpt.bottom > 2 * Math.abs(excerpt.top - title.bottom), `${excerpt.top - title.bottom} and ${next.top - excerpt.bottom}`);
});

test('GL4 one result is one result, and % and # and $& are letters as any', async (t) => {
  const { page } = await search(t, 'hypervisors host');
  await told(page, /results? for “hypervisors host”|No results/);
  await box(page).fill('history configured');
  await told(page, '1 result for “history configured”');
  await count(terms(page), 1);
  await box(page).fill('encryption $& %');
  await told(page, 'results for “encryption $& %”');
});

test('GL4 GL5 capitals, accents and plurals do not matter, and all words must occur', async (t) => {
  const { page } = await search(t, 'SECURITY GROUPS');
  await told(page, 'SECURITY GROUPS');
  await terms(page).filter({ hasText: 'Security group' }).first().waitFor();
  const plural = await terms(page).count();
  await box(page).fill('sécurity group');
  await told(page, 'sécurity group');
  assert.equal(await terms(page).count(), plural);
  await box(page).fill('security zebra');
  await told(page, 'No results');
});

test('GL4 what was found is marked, and nothing that is looked for becomes markup', async (t) => {
  const { page } = await search(t, 'least privilege');
  await told(page, 'least privilege');
  const marks = await page.locator('mark').allTextContents();
  assert(marks.length > 3 && marks.every((mark) => /^(least|privileges?)$/i.test(mark)), String(marks));
  const term = terms(page).filter({ hasText: 'Least privilege' }).first();
  assert.equal(await term.locator('dt mark').count(), 4, 'in its title and in its other name');
  await box(page).fill('<b>iam</b>');
  await told(page, '“<b>iam</b>”');
  assert.equal(await page.locator('.search b, .terms b').count(), 0);
});

test('GL4 what can be chosen in a comparison is words of its own', async (t) => {
  const { page } = await search(t, 'RDS Lambda');
  await told(page, 'RDS Lambda');
  const step = found(page, 'Steps').filter({ hasText: 'How the line moves with the service' });
  assert.match(await step.locator('p').innerText(), /EC2 RDS Lambda S3/);
});

test('GL4 Escape clears the search and all terms are back as they were', async (t) => {
  const { page } = await open(t, { path: '#/glossary' });
  const before = await page.locator('.page > .terms').innerHTML();
  await box(page).fill('kms');
  await told(page, 'kms');
  assert(await page.getByRole('navigation', { name: 'Terms by letter' }).isHidden());
  await page.keyboard.press('Escape');
  await count(terms(page), 15);
  assert.equal(await box(page).inputValue(), '');
  assert.equal(await page.locator('.page > .terms').evaluate((list) => list.innerHTML.replaceAll(' hidden=""', '')), before);
  await page.waitForFunction(() => document.querySelector('kurso-player').shadowRoot.querySelector('.search [role="status"]').textContent === '');
  assert.equal(await page.locator('.search > div:visible').count(), 0);
});

test('a result leads to its step, and a term to another though that was filtered out', async (t) => {
  const { page } = await search(t, 'hipaa');
  await told(page, 'hipaa');
  await terms(page).first().locator('dd').evaluate((meaning) => {
    meaning.append(Object.assign(document.createElement('a'), { href: '#/glossary/gdpr', textContent: 'See there' }));
  });
  await page.getByRole('link', { name: 'See there' }).click();
  await page.waitForFunction(() => document.querySelector('kurso-player').shadowRoot.activeElement?.id === '/glossary/gdpr');

  await box(page).fill('analyst');
  await told(page, 'analyst');
  await found(page, 'Steps').getByRole('link').first().click();
  await page.getByRole('heading', { level: 1, name: /Identity|policy/ }).waitFor();
});

test('whoever goes back from a result finds all of them again, and the focus on that one', async (t) => {
  const { page } = await search(t, 'encryption');
  await told(page, /^\d+ results for “encryption”$/);
  const results = await found(page, 'Steps').count();
  const [group, name] = ['Steps', 'Match the control to the risk'];
  const result = found(page, group).getByRole('link', { name });
  await result.click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.goBack();
  await result.waitFor();
  assert.equal(await box(page).inputValue(), 'encryption');
  await count(found(page, group), results);
  await page.waitForFunction((name) => document.querySelector('kurso-player').shadowRoot.activeElement?.textContent === name, name);
  assert(await result.evaluate((link) => link === link.getRootNode().activeElement));
  await told(page, /^\d+ results for “encryption”$/);
  // The same with what leads there from a term, and as often as somebody likes.
  await box(page).fill('artifact');
  await told(page, '“artifact”');
  await terms(page).first().getByRole('link').last().press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Compliance is shared too' }).waitFor();
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('kurso-player').shadowRoot.activeElement?.closest('.terms'));
  assert.equal(await box(page).inputValue(), 'artifact');
  // Whoever comes anew, begins anew.
  await page.goForward();
  await page.getByRole('heading', { level: 1, name: 'Compliance is shared too' }).waitFor();
  await page.getByRole('link', { name: 'Search and glossary' }).click();
  await page.getByRole('heading', { level: 1, name: 'Search and glossary' }).waitFor();
  await box(page).focus();
  assert.equal(await box(page).inputValue(), '');
  await count(found(page, group), 0);
});

test('no answer is found before it is given', async (t) => {
  // Only the feedback of the matching says so, and only the back of a card.
  const { page } = await search(t, 'listener collects noise');
  await told(page, 'No results');
  await box(page).fill('scrambling');
  await told(page, 'No results');
  // The front of a card is found, and shows no more than itself.
  await box(page).fill('least privilege');
  await told(page, 'least privilege');
  assert.doesNotMatch(await found(page, 'Cards').first().innerText(), /smallest set/);
});

test('what searches is loaded by who searches, and by nobody else', async (t) => {
  const { page, server } = await open(t, { path: '#/glossary' });
  const asked = () => server.requests.filter(({ path }) => path.endsWith('search.js')).length;
  assert.equal(asked(), 0);
  await box(page).fill('iam');
  await told(page, 'iam');
  assert.equal(asked(), 1);
});

test('without a network the search works on the second visit', async (t) => {
  const { page } = await open(t, { path: '#/glossary' });
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.context().setOffline(true);
  await page.reload();
  await started(page);
  await box(page).fill('iam');
  await told(page, 'iam');
});

test('GL4 without JavaScript the glossary is a list with its letters, and no search that does nothing', async (t) => {
  const { page } = await open(t, { javaScriptEnabled: false, starts: false, path: '#/glossary' });
  assert.equal(await page.locator('dl.terms:visible').last().locator('dt').count(), 15);
  assert.equal(await page.locator('input[type="search"]:visible').count(), 0);
  await page.getByRole('link', { name: 'H', exact: true }).click();
  assert.match(page.url(), /#\/glossary\/hipaa$/);
});

for (const colorScheme of ['light', 'dark']) {
  for (const viewport of [PHONE, { width: 768, height: 1024 }, { width: 1280, height: 800 }]) {
    test(`the glossary and what was found are accessible at ${viewport.width} px in ${colorScheme} colours`, async (t) => {
      const { page } = await open(t, { path: '#/glossary', viewport, colorScheme });
      await page.getByRole('heading', { level: 1 }).waitFor();
      await screenshot(page, `glossary ${viewport.width} ${colorScheme}`);
      assert.deepEqual(await accessibilityProblems(page), []);
      await box(page).fill('encryption');
      await told(page, 'encryption');
      await screenshot(page, `search ${viewport.width} ${colorScheme}`);
      assert.deepEqual(await accessibilityProblems(page), []);
      assert.deepEqual(await sidewaysScroll(page), []);
    });
  }
}
