// A course of many modules is a page for each: one leads to the next, each keeps its own progress, and a page that was
// visited can be read again without a network.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityProblems, MODULES, open, started, stored } from './browser.mjs';

const course = (t, options = {}) => open(t, { folder: MODULES, ...options });

/** The first question of a module, which asks for one answer. */
const QUESTION = 'input[type="radio"][name^="choice_"]';

/** Goes to the step with the first question of the module that shows, and chooses its first answer. */
async function answer(page) {
  const step = await page.evaluate((selector) => {
    const plan = JSON.parse(window.plan);
    const has = (step) => step.blocks.some(({ exercise }) => exercise?.kind.choice?.select === 1);
    return plan.modules[0].steps.find(has).id;
  }, QUESTION);
  await page.evaluate((id) => (location.hash = `#/${id}`), step);
  await page.locator(QUESTION).first().check();
}

/** Keeps the plan of the page before the player takes its place. */
const keepPlan = `addEventListener('DOMContentLoaded', () => {
  const script = document.querySelector('kurso-player > script[type="application/json"]');
  if (script) window.plan = JSON.stringify(JSON.parse(script.textContent).plan);
})`;

test('one module leads to the next, and the list to all of them', async (t) => {
  const { page, server } = await course(t);
  const steps = await page.locator('.outline ol .entry').count();
  assert.equal(steps, 12, 'only the steps of this module');
  await page.locator('.outline ol .entry').last().click();
  await page.getByRole('link', { name: 'Next', exact: true }).click();
  await page.waitForURL((url) => url.pathname.endsWith('.html'));
  await started(page);
  const second = new URL(page.url()).pathname;
  await page.getByRole('link', { name: 'Back', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== second);
  await started(page);

  await page.locator('.outline').getByRole('link', { name: 'All modules' }).click();
  await page.getByRole('heading', { level: 1, name: 'All modules' }).waitFor();
  const modules = page.locator('.modules a');
  assert.equal(await modules.count(), 10);
  assert.deepEqual(await accessibilityProblems(page, { still: true }), []);
  await modules.last().click();
  await started(page);
  assert.equal(await page.locator('.bar .next').count(), 1, 'to the next step');
  assert.equal(server.requests.filter(({ status }) => status !== 200).length, 0);
});

test('each module keeps its own progress, and finds what was kept while the course was one page', async (t) => {
  const { page, server } = await course(t, { initScript: keepPlan });
  await answer(page);
  const first = await stored(page);
  const [key] = Object.keys(first);
  assert.match(key, /^kurso:[a-z0-9-]+:1:[a-z0-9-]+$/);
  await page.goto(new URL('all_modules.html', server.url).href);
  await page.locator('.modules a').nth(1).click();
  await started(page);
  await answer(page);
  const both = await stored(page);
  assert.equal(both[key], first[key], 'the first module\'s is not touched');
  const [other] = Object.keys(both).filter((name) => name !== key);
  assert.equal(Object.keys(JSON.parse(both[other]).exercises).length, 1);

  // As an earlier build kept it: everything under one key.
  const whole = key.split(':').slice(0, 3).join(':');
  await page.evaluate(([whole, text]) => { localStorage.clear(); localStorage.setItem(whole, text); }, [whole, first[key]]);
  await page.goto(server.url);
  await started(page);
  await page.waitForFunction((key) => localStorage.getItem(key), key);
  const found = await stored(page);
  assert.deepEqual(JSON.parse(found[key]).exercises, JSON.parse(first[key]).exercises);
  assert.equal(found[whole], first[key], 'the earlier one stays');
});

test('a module that was visited can be read again without a network', async (t) => {
  const { page, server } = await course(t);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.goto(new URL('all_modules.html', server.url).href);
  await page.locator('.modules a').nth(4).click();
  await started(page);
  const title = await page.locator('h1').innerText();
  await page.context().setOffline(true);
  await page.reload();
  await started(page);
  assert.equal(await page.locator('h1').innerText(), title);
  await page.goto(server.url);
  await started(page);
});
