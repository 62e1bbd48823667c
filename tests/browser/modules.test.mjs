// A course of many modules is a page for each: one leads to the next, each keeps its own progress, and a page that was
// visited can be read again without a network. To the learner it is one course all the same: what is due, one file and one
// link for all of it, and deleting all.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MODULES, accessibilityProblems, crashed, eventually, open, screenshot, sidewaysScroll, started, stored } from './browser.mjs';
import { embed } from './embed.mjs';
import { HANDS, learner } from './learner.mjs';

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

/** What is kept of each module, by key. */
const kept = async (page) => Object.fromEntries(Object.entries(await stored(page)).filter(([key]) => /^kurso:[a-z0-9-]+:1:/.test(key)));

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
  const modules = page.locator('.modules > li > a');
  assert.equal(await modules.count(), 10);
  assert.deepEqual(await accessibilityProblems(page, { still: true }), []);
  await modules.last().click();
  await started(page);
  assert.equal(await page.locator('.bar .next').count(), 1, 'to the next step');
  assert.equal(server.requests.filter(({ status }) => status !== 200).length, 0);
});

test('each module keeps its own progress', async (t) => {
  const { page, server } = await course(t, { initScript: keepPlan });
  await answer(page);
  const first = await kept(page);
  const [key] = Object.keys(first);
  assert.match(key, /^kurso:[a-z0-9-]+:1:[a-z0-9-]+$/);
  await page.goto(new URL('all_modules.html', server.url).href);
  await page.locator('.modules > li > a').nth(1).click();
  await started(page);
  await answer(page);
  const both = await kept(page);
  assert.equal(both[key], first[key], 'the first module\'s is not touched');
  const [other] = Object.keys(both).filter((name) => name !== key);
  assert.equal(Object.keys(JSON.parse(both[other]).exercises).length, 1);
});

test('a module that was visited can be read again without a network', async (t) => {
  const { page, server } = await course(t);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.goto(new URL('all_modules.html', server.url).href);
  await page.locator('.modules > li > a').nth(4).click();
  await started(page);
  const title = await page.locator('h1').innerText();
  await page.context().setOffline(true);
  await page.reload();
  await started(page);
  assert.equal(await page.locator('h1').innerText(), title);
  await page.goto(server.url);
  await started(page);
});

const COURSE = 'kurso:generated:1';
const DAY = 86_400_000;
const GOOD = 3;
const keyOf = (module) => `${COURSE}:module-${module}`;

/** Progress in a module of which a step is done, and so many terms were known five days ago, so they are due. */
const known = (module, terms) => ({
  course: 'generated',
  opened: [`step-${module}-6`],
  read: [`step-${module}-6`],
  exercises: { [`choice-${module}-10`]: { answer: [], phase: 'open', attempts: 1, key_version: 1, seq: 3, at: 5 } },
  reviews: Object.fromEntries(Array.from({ length: terms }, (_, at) => [`_term-${module}-${at + 1}`, [[Date.now() - 5 * DAY, GOOD]]])),
});

/** A script by which so many terms are due in each of those modules, unless something is kept there already. */
function keep(due) {
  const kept = Object.entries(due).map(([module, terms]) => [keyOf(module), JSON.stringify(known(module, terms))]);
  return `for (const [key, json] of ${JSON.stringify(kept)}) localStorage[key] ??= json`;
}

/** The titles of those modules. */
async function titles(server, ...modules) {
  const list = await (await fetch(new URL('all_modules.html', server.url))).text();
  return modules.map((module) => list.match(new RegExp(`data-module="module-${module}"><a[^>]*><b>([^<]*)`))[1]);
}

/** The page of that module, the first of which is the page of the course. */
const file = (module) => (module === 1 ? '' : `module-${module}.html`);
const dueIn = (page) => page.locator('.top .due').filter({ visible: true });
const parse = (text) => JSON.parse(text);

/** Progress of when the course was one page, in modules 2 and 7 and in what is no part of it any more. */
function whole(...terms) {
  const [two, seven] = [known(2, terms[0]), known(7, terms[1])];
  const gone = { answer: [['a', 'b']], phase: 'checked', attempts: 2, key_version: 1, seq: 4, at: 9 };
  return {
    course: 'generated',
    step: 'step-7-6',
    opened: [...two.opened, ...seven.opened],
    read: [...two.read, ...seven.read],
    exercises: { ...two.exercises, ...seven.exercises, 'gone-for-good': gone },
    reviews: { ...two.reviews, ...seven.reviews, _gone: [[5, 3]] },
  };
}

/** A script that keeps that under the key of the whole course, once. */
const keepWhole = (json) => `if (!localStorage.once) Object.assign(localStorage, { once: 1, '${COURSE}': ${JSON.stringify(json)} })`;
const asides = (all) => Object.entries(all).filter(([key]) => key.startsWith(`${COURSE}:set-aside:`)).map(([, json]) => json);
/** Waits until what was kept of the whole course was dealt out, and returns all that is stored. */
async function dealt(page) {
  await page.waitForFunction((course) => !localStorage.getItem(course), COURSE);
  return stored(page);
}

test('PR2 what was kept while the course was one page is dealt out to its modules, each its own, and set aside whole', async (t) => {
  const before = JSON.stringify(whole(3, 4));
  const { page } = await course(t, { path: file(7), initScript: keepWhole(before) });
  assert.equal(new URL(page.url()).hash, '#/step-7-6', 'where they were is where they are');
  const all = await dealt(page);
  assert.deepEqual(asides(all), [before], 'nothing of it is lost, whatever it was');
  const [two, seven] = [2, 7].map((module) => parse(all[keyOf(module)]));
  assert.deepEqual(Object.keys(all).filter((key) => /:module-\d+$/.test(key)).sort(), [keyOf(2), keyOf(7)], 'and no others');
  assert.deepEqual([two, seven].map(({ exercises }) => Object.keys(exercises)), [['choice-2-10'], ['choice-7-10']]);
  assert.deepEqual([two, seven].map(({ reviews }) => Object.keys(reviews).length), [3, 4]);
  assert.deepEqual([two.opened, seven.opened], [['step-2-6'], ['step-7-6']]);
  await dueIn(page).filter({ hasText: 'Review: 7 due' }).waitFor();
});

test('PR2 what was done in a module since stays beside what was kept while the course was one page', async (t) => {
  const since = { ...known(2, 1), exercises: { 'choice-2-9': known(2, 1).exercises['choice-2-10'] } };
  const initScript = `${keepWhole(JSON.stringify(whole(3, 4)))}; localStorage['${keyOf(2)}'] ??= ${JSON.stringify(JSON.stringify(since))}`;
  const { page } = await course(t, { path: file(2), initScript });
  const two = parse((await dealt(page))[keyOf(2)]);
  assert.deepEqual(Object.keys(two.exercises), ['choice-2-10', 'choice-2-9']);
  assert.equal(Object.keys(two.reviews).length, 3);
});

test('PR1 what a crash left in the journal alone of the course as one page is dealt out, too', async (t) => {
  const { page } = await course(t, { path: file(3) });
  await crashed(page, COURSE, JSON.stringify(whole(1, 0)), JSON.stringify(whole(3, 4)));
  await page.reload();
  await started(page);
  const all = await dealt(page);
  assert.deepEqual([2, 7].map((module) => Object.keys(parse(all[keyOf(module)]).reviews).length), [3, 4]);
  assert.equal(asides(all).length, 2);
});

test('PR1 without the network to find the other modules, what was kept of the whole course stays until it is there', async (t) => {
  const before = JSON.stringify(whole(3, 4));
  const { page, server } = await course(t, { path: file(7), initScript: keepWhole(before), serverOptions: { lost: 'all_modules.html' }, expected: [/404/] });
  await page.waitForFunction((key) => localStorage.getItem(key)?.includes('_term-7-4'), keyOf(7));
  await eventually(async () => server.requests.some(({ path }) => path.endsWith('all_modules.html')));
  await page.waitForTimeout(200);
  assert.equal((await stored(page))[COURSE], before);
  server.lose(undefined);
  await page.reload();
  await started(page);
  assert.deepEqual(asides(await dealt(page)), [before]);
});

test('PR1 what cannot be read of the course as one page is set aside, and told', async (t) => {
  const { page } = await course(t, { path: file(7), initScript: keepWhole('{"course":"gener') });
  await page.getByText('could not be read. It was set aside, not deleted').waitFor();
  const all = await dealt(page);
  assert(asides(all).includes('{"course":"gener'), JSON.stringify(all));
});

test('S7 what was dealt out and then deleted does not come back', async (t) => {
  const { page, me } = await data(t, 7, { initScript: keepWhole(JSON.stringify(whole(3, 4))) });
  await dealt(page);
  await page.getByText('Reset everything…').click();
  await me.press('Delete all progress');
  await me.told('All progress was deleted.');
  await page.waitForFunction(() => !JSON.stringify(localStorage).includes('_term-'), undefined);
  await page.reload();
  await started(page);
  await page.evaluate(() => document.querySelector('kurso-player').export()).then((json) => assert(!json.includes('_term')));
});

test('how much is to be known is one choice for the course, in whichever module it is made', async (t) => {
  const { page, server } = await course(t, { path: `${file(3)}#/review`, initScript: keep({ 2: 3, 3: 1 }) });
  const wanted = (page) => page.getByRole('combobox').filter({ has: page.locator('option[value="95"]') });
  const has = (page, percent) => page.waitForFunction(
    ([percent]) => [...document.querySelector('kurso-player').shadowRoot.querySelectorAll('select')].some((select) => select.value === percent),
    [percent],
  );
  /** The review of that module in a tab beside, which asks for that much. */
  const beside = async (module, percent) => {
    const tab = await page.context().newPage();
    await tab.goto(new URL(`${file(module)}#/review`, server.url).href);
    await started(tab);
    await has(tab, percent);
    return tab;
  };
  await has(page, '90');
  const other = await beside(2, '90');
  await wanted(page).selectOption('95');
  await has(other, '95');
  // A module that is opened for the first time, and one that was open all the time and is chosen in.
  const third = await beside(5, '95');
  await wanted(other).selectOption('80');
  for (const each of [page, third]) await has(each, '80');
  await third.close();
  await page.reload();
  await started(page);
  await has(page, '80');
  for (const module of [2, 3, 5]) assert.equal(parse((await stored(page))[keyOf(module)]).retention, 80);
});

test('what is due in a module follows from what was chosen in another', async (t) => {
  // Known two days after the day before: due at 95 percent sooner than at 80.
  const initScript = `${keep({ 2: 0, 3: 0 })}; const log = [[Date.now() - 6 * ${DAY}, 3], [Date.now() - 4 * ${DAY}, 3]];
    const module = JSON.parse(localStorage['${keyOf(2)}']);
    if (!module.reviews['_term-2-1']) localStorage['${keyOf(2)}'] = JSON.stringify({ ...module, reviews: { '_term-2-1': log } })`;
  const { page } = await course(t, { path: `${file(3)}#/review`, initScript });
  const elsewhere = page.getByRole('heading', { name: 'Due in other modules' });
  const select = page.getByRole('combobox').filter({ has: page.locator('option[value="95"]') });
  await select.selectOption('80');
  await elsewhere.waitFor({ state: 'detached' });
  await select.selectOption('95');
  await elsewhere.waitFor();
});

for (const [width, height, colorScheme] of [[320, 568, 'light'], [1280, 800, 'dark']]) {
  test(`before and after a review it says what is due in other modules, and leads there, at ${width} px`, async (t) => {
    const { page, server } = await course(t, { path: `${file(3)}#/review`, initScript: keep({ 2: 3, 3: 1, 7: 4 }), viewport: { width, height }, colorScheme });
    const me = learner(page, HANDS['a mouse']);
    const elsewhere = page.locator('h2:has-text("Due in other modules") ~ ul > li').filter({ visible: true });
    await elsewhere.nth(1).waitFor();
    const [seven, two] = await titles(server, 7, 2);
    const lines = (await elsewhere.allInnerTexts()).map((text) => text.split(/\n+/));
    assert.deepEqual(lines, [[seven, 'Review: 4 due'], [two, 'Review: 3 due']]);
    await me.press('Review 1 question');
    await elsewhere.first().waitFor({ state: 'detached' });
    // It asks which term has a meaning.
    const html = await (await fetch(new URL(file(3), server.url))).text();
    const { plan } = parse(html.match(/<script type="application\/json">(.*?)<\/script>/s)[1]);
    const term = plan.modules[0].terms.find(({ id }) => id === 'term-3-1');
    await page.getByRole('radio', { name: term.title }).check();
    await me.press('Check');
    await me.press('Next question');
    await elsewhere.nth(1).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    assert.deepEqual(await sidewaysScroll(page), []);
    await screenshot(page, `due-elsewhere-${width}`);
    await elsewhere.first().getByRole('link').click();
    await page.waitForURL(/module-7\.html#\/review$/);
    await me.reads('4 questions are due.');
  });
}

/** All that the journal has. */
const journal = (page) => page.evaluate(() => new Promise((resolve) => {
  const opening = indexedDB.open('kurso');
  opening.onsuccess = () => {
    const entries = opening.result.transaction('journal').objectStore('journal').getAll();
    entries.onsuccess = () => resolve(entries.result.join());
  };
}));

for (const [width, height, colorScheme] of [[320, 568, 'light'], [1280, 800, 'dark']]) {
  test(`the list of modules says how each of them stands and what is due, at ${width} px`, async (t) => {
    const initScript = keep({ 2: 3, 7: 4 });
    const mastered = `{ const key = '${keyOf(7)}', module = JSON.parse(localStorage[key]), all = { right: 99, of: 99 };
      module.exercises['flashcards-7-4'] = { answer: [], phase: 'open', attempts: 1, first: all, best: all, key_version: 1, seq: 3, at: 5 };
      localStorage[key] = JSON.stringify(module); }`;
    const { page, server } = await course(t, { path: 'all_modules.html', starts: false, initScript: `${initScript}\n${mastered}`, viewport: { width, height }, colorScheme });
    const entry = (module) => page.locator(`[data-module="module-${module}"]`);
    await entry(2).getByText('Steps done: 1 of 12. Correct in the exercises: 0 of').waitFor();
    assert.equal(await entry(2).getByRole('link', { name: 'Review: 3 due' }).count(), 1);
    assert.equal(await entry(3).locator('.field').isVisible(), false, 'nothing is said of what was not begun');
    assert.equal(await entry(2).getByRole('progressbar').getAttribute('value'), '1');
    await entry(7).getByRole('img', { name: 'Exercises mastered: 1 of 20' }).waitFor();
    assert.deepEqual(await entry(7).locator('path').evaluateAll((paths) => paths.map((path) => path.getAttribute('d').split('z').length - 1)), [1, 19]);
    assert.equal(await entry(3).getByRole('img').filter({ visible: true }).count(), 0);
    await page.getByRole('img', { name: '7 today, 7 in two weeks' }).waitFor();
    await screenshot(page, `modules-${width}`);
    assert.deepEqual(await accessibilityProblems(page, { still: true }), []);
    assert.deepEqual(await sidewaysScroll(page), []);
    const before = await stored(page);
    assert.deepEqual([before[keyOf(2)], before[keyOf(7)]].map(parse).map(({ reviews }) => Object.keys(reviews).length), [3, 4]);
    await entry(7).getByRole('link', { name: 'Review: 4 due' }).click();
    await page.waitForURL(/module-7\.html#\/review$/);
    await page.getByText('4 questions are due.').waitFor();
    await page.goto(new URL('all_modules.html', server.url).href);
    await page.getByRole('link', { name: 'Review: 7 due' }).click();
    await page.waitForURL(/module-2\.html#\/review$/);
  });
}

test('the header counts what is due in the course, and leads to what is next', async (t) => {
  const { page } = await course(t, { path: file(3), initScript: keep({ 2: 3, 3: 1, 7: 4 }) });
  const me = learner(page, HANDS['a mouse']);
  await dueIn(page).filter({ hasText: 'Review: 8 due' }).click();
  await me.reads('1 question is due.');
  assert.match(page.url(), /module-3\.html#\/review$/, 'first what is due here');
  await dueIn(page).filter({ hasText: 'Review: 7 due' }).waitFor();
  await me.press('Review 1 question');
  // Known or not, it is not due any more.
  await page.getByRole('radio').first().check();
  await me.press('Check');
  await dueIn(page).filter({ hasText: 'Review: 7 due' }).click();
  await page.waitForURL(/module-7\.html#\/review$/);
  await me.reads('4 questions are due.');
  await dueIn(page).filter({ hasText: 'Review: 3 due' }).click();
  await page.waitForURL(/module-2\.html#\/review$/);
});

/** Answers whatever the review asks, rightly or not, until it says that it is done. */
async function workOff(page) {
  const me = learner(page, HANDS['a mouse']);
  const done = page.getByRole('button', { name: 'Done', exact: true });
  const asks = page.locator('#question');
  for (let answers = 0; !(await done.count()); answers += 1) {
    assert(answers < 100, 'the review does not end');
    const options = page.locator('.option label');
    await options.nth(answers % (await options.count())).click();
    await me.press('Check');
    await me.press('Next question');
    await asks.waitFor();
  }
}

test('after the last question of a module the review goes on to the next that has something due, and begins there at once', async (t) => {
  const { page, server } = await course(t, { path: `${file(3)}#/review`, initScript: keep({ 2: 3, 3: 1, 7: 2 }) });
  const me = learner(page, HANDS['a mouse']);
  const on = page.getByRole('button', { name: /^Go on/ });
  const [two, seven] = await titles(server, 2, 7);
  await page.getByRole('heading', { name: 'Due in other modules' }).waitFor();
  assert.equal(await on.count(), 0, 'first what is due here');
  await me.press('Review 1 question');
  await workOff(page);
  await page.getByRole('button', { name: `Go on: 2 due in ${seven}`, exact: true }).click();
  await page.waitForURL(/module-7\.html#\/review$/);
  await page.locator('.task').filter({ hasText: '0 of 2 done' }).waitFor();
  await me.isAt(page.locator('#question'));
  await workOff(page);
  await page.getByRole('button', { name: `Go on: 3 due in ${two}`, exact: true }).press('Enter');
  await page.waitForURL(/module-2\.html#\/review$/);
  await page.locator('.task').filter({ hasText: '0 of 3 done' }).waitFor();
  await workOff(page);
  await page.getByRole('link', { name: 'How you stand in the whole course' }).waitFor();
  await page.getByRole('heading', { name: 'Due in other modules' }).waitFor({ state: 'detached' });
  assert.equal(await on.count(), 0, 'nothing is due any more');
  // It was one press, and begins nothing later.
  await page.goto(new URL(`${file(7)}#/review`, server.url).href);
  await page.reload();
  await started(page);
  await me.headed('Done: 2 questions reviewed');
});

test('a review that was gone on with is not begun once more by a reload, nor in a module that somebody goes to later', async (t) => {
  const { page, server } = await course(t, { path: `${file(3)}#/review`, initScript: keep({ 2: 3, 7: 2 }) });
  const me = learner(page, HANDS['a mouse']);
  await page.getByRole('button', { name: /^Go on: 2 due/ }).click();
  await page.locator('.task').filter({ hasText: '0 of 2 done' }).waitFor();
  await me.press('Stop for now');
  await me.reads('2 questions are due.');
  await page.reload();
  await started(page);
  await me.reads('2 questions are due.');
  await page.goto(new URL(`${file(2)}#/review`, server.url).href);
  await started(page);
  await me.reads('3 questions are due.');
  await page.getByRole('link', { name: 'How you stand in the whole course' }).waitFor();
  assert.equal(await page.locator('#question').count(), 0);
});

/** The figures of what comes when, day by day. */
async function daysAhead(page) {
  const section = page.locator('section.results').filter({ has: page.getByRole('heading', { name: 'What comes when' }) });
  await section.getByRole('img').waitFor();
  return {
    gist: await section.getByRole('img').getAttribute('aria-label'),
    days: (await section.locator('tbody td').allTextContents()).map(Number),
    bars: (await section.locator('path').first().getAttribute('d')).match(/v-\d+/g)?.map((bar) => Number(bar.slice(2))),
  };
}

/** Progress in a module in which some terms were answered so many days ago, each once, well or not. */
function answeredOn(module, days, opened = []) {
  const log = ([days, grade], at) => [`_term-${module}-${at + 1}`, [[Date.now() - days * DAY, grade]]];
  return { course: 'generated', opened, read: [], exercises: {}, reviews: Object.fromEntries(days.map(log)) };
}

/** A script that keeps that progress of modules. */
const keepAll = (modules) => `for (const [module, progress] of ${JSON.stringify(Object.entries(modules))})
  localStorage['${COURSE}:module-' + module] ??= JSON.stringify(progress)`;

test('what comes when in the whole course is the sum of what each module says of itself', async (t) => {
  // Due at once, after some days, after the two weeks, missed just now, and new terms of more than a day.
  const [AGAIN, EASY] = [1, 4];
  const modules = {
    2: answeredOn(2, [[5, GOOD], [0.3, GOOD], [1.4, GOOD], [2, EASY], [0, AGAIN], [0.1, EASY]]),
    7: answeredOn(7, [[0.5, GOOD], [9, EASY]], Array.from({ length: 12 }, (_, at) => `step-7-${at + 1}`)),
  };
  const { page, server } = await course(t, { path: 'all_modules.html', starts: false, initScript: keepAll(modules) });
  const all = await daysAhead(page);
  const lead = await page.locator('.lead').innerText();
  const each = [];
  for (const module of [2, 7]) {
    await page.goto(new URL(`${file(module)}#/review`, server.url).href);
    await started(page);
    each.push((await daysAhead(page)).days);
  }
  const sum = each[0].map((n, day) => n + each[1][day]);
  assert.deepEqual(all.days, sum);
  assert(sum[0] > 10 && sum.slice(1).some((n) => n > 0) && each[1][1] === 10, sum.join());
  assert.equal(lead, `Review: ${sum[0] - 1} due`, 'all of today but what was missed just now');
  assert.equal(all.gist, `${sum[0]} today, ${sum.reduce((before, n) => before + n, 0)} in two weeks`);
  assert.deepEqual(all.bars, sum.filter((n) => n > 0).map((n) => Math.ceil((n * 100) / Math.max(...sum))));
});

test('where only the module that shows was begun, no other page is asked for', async (t) => {
  const { page, server } = await course(t, { path: file(3), initScript: keep({ 3: 2 }) });
  await dueIn(page).filter({ hasText: 'Review: 2 due' }).waitFor();
  await page.waitForTimeout(800);
  assert.deepEqual(server.requests.filter(({ path }) => /all_modules|module-[^3]/.test(path)), []);
});

test('the page of another module is asked for only when something was done there since', async (t) => {
  const { page, seen } = await course(t, { path: file(3), initScript: keep({ 2: 3, 7: 4 }) });
  const asked = () => seen.requests.filter((url) => /module-[27]\.html/.test(url)).length;
  await dueIn(page).filter({ hasText: 'Review: 7 due' }).waitFor();
  assert.equal(asked(), 2);
  await page.reload();
  await started(page);
  await dueIn(page).filter({ hasText: 'Review: 7 due' }).waitFor();
  assert.equal(asked(), 2);
  // As another tab would.
  await page.evaluate(([key, json]) => {
    localStorage[key] = json;
    dispatchEvent(new StorageEvent('storage', { key }));
  }, [keyOf(2), JSON.stringify(known(2, 5))]);
  await dueIn(page).filter({ hasText: 'Review: 9 due' }).waitFor();
  assert.equal(asked(), 3);
});

/** Opens what is kept of a learner in that module. */
async function data(t, module, options) {
  const { page, ...rest } = await course(t, { path: file(module), ...options });
  await page.locator('.data > summary').click();
  await page.getByText(/^They take [\d.]+ (bytes|kB)\.$/).waitFor();
  return { page, me: learner(page, HANDS['a mouse']), ...rest };
}

async function exported(page) {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download progress' }).first().click();
  let text = '';
  for await (const chunk of await (await download).createReadStream()) text += chunk;
  return text;
}

const upload = (page, text) => page.getByLabel('Add from a file…').setInputFiles({ name: 'progress.json', mimeType: 'application/json', buffer: Buffer.from(text) });

test('PR3 one file has the progress of all modules, and is added to all of them', async (t) => {
  const { page } = await data(t, 2, { initScript: keep({ 2: 3, 7: 4 }) });
  const text = await exported(page);
  const { course: id, modules } = parse(text);
  assert.deepEqual([id, Object.keys(modules).sort()], ['generated', ['module-2', 'module-7']]);
  assert.deepEqual(modules['module-7'], parse((await stored(page))[keyOf(7)]));

  const { page: other, me } = await data(t, 3, { initScript: keep({ 7: 1 }) });
  await upload(other, text);
  const preview = other.locator('.preview');
  await preview.waitFor();
  assert.match(await preview.innerText(), /Exercises that would be added\s+1\s+Exercises with something newer\s+2/);
  assert(!(keyOf(2) in (await stored(other))), 'nothing is added yet');
  await me.press('Add them');
  await me.told('Added. Nothing that was here is lost.');
  const added = await kept(other);
  assert.deepEqual([2, 7].map((module) => Object.keys(parse(added[keyOf(module)]).reviews).length), [3, 4]);
  assert((await journal(other)).includes('_term-2-3'), 'on the disk, too');
  await dueIn(other).filter({ hasText: 'Review: 7 due' }).waitFor();
  await upload(other, text);
  await me.told('There is nothing in it that is not here already.');
});

test('S7 what is kept is listed module by module, with its size', async (t) => {
  const { page, server } = await data(t, 7, { initScript: keep({ 2: 3, 7: 40, 10: 1 }) });
  const list = page.locator('.data .size + ul > li');
  await list.nth(2).waitFor();
  const [all, names] = [await stored(page), await titles(server, 2, 7, 10)];
  const said = (size) => (size < 1000 ? `${size} bytes` : `${Math.round(size / 100) / 10} kB`);
  const size = (module) => said(all[keyOf(module)].length);
  assert.deepEqual(await list.allInnerTexts(), [2, 7, 10].map((module, at) => `${names[at]}: ${size(module)}`));
});

test('PR3 to a page around, too, a course in parts is one: export, import and reset are of all modules', async (t) => {
  const { page } = await course(t, { path: file(2), initScript: keep({ 2: 3, 7: 4 }) });
  const call = (name, ...args) => page.evaluate(([name, args]) => document.querySelector('kurso-player')[name](...args), [name, args]);
  const text = await call('export');
  assert.deepEqual(Object.keys(parse(text).modules).sort(), ['module-2', 'module-7']);

  const { page: other } = await course(t, { path: file(3) });
  const there = (name, ...args) => other.evaluate(([name, args]) => document.querySelector('kurso-player')[name](...args), [name, args]);
  assert.deepEqual([await there('import', text.replace('"generated"', '"another"')), await there('import', '{"half')], [false, false]);
  assert(!(keyOf(2) in (await stored(other))), 'nothing was added');
  assert.equal(await there('import', text), true);
  const reviews = async () => [2, 7].map((module) => kept(other).then((all) => Object.keys(parse(all[keyOf(module)]).reviews ?? {}).length));
  assert.deepEqual(await Promise.all(await reviews()), [3, 4]);
  assert.equal(await there('import', text), true, 'also when it is here already');
  await there('reset');
  await other.waitForFunction(() => !JSON.stringify(localStorage).includes('_term'));
  assert(!(await there('export')).includes('_term'));
});

test('PR3 of a file of the whole course a page of somebody else takes all modules, too', async (t) => {
  const modules = { 'module-2': known(2, 3), 'module-7': known(7, 4) };
  const { page } = await embed(t, (url) => `<kurso-player src="${url}module-3.html"></kurso-player>`, { folder: MODULES });
  const call = (name, ...args) => page.evaluate(([name, args]) => document.querySelector('kurso-player')[name](...args), [name, args]);
  assert.equal(await call('import', JSON.stringify({ course: 'generated', modules })), true);
  assert.deepEqual(Object.keys(parse(await call('export')).modules).sort(), ['module-2', 'module-3', 'module-7']);
  await call('reset');
  await page.waitForFunction(() => !JSON.stringify(localStorage).includes('_term'));
});

test('PR3 a file of when the course was one page is added to the modules that are in it', async (t) => {
  const { page, me } = await data(t, 3, { initScript: keep({ 7: 1 }) });
  await upload(page, JSON.stringify(whole(3, 4)));
  await page.locator('.preview').waitFor();
  await me.press('Add them');
  await me.told('Added.');
  const reviews = Object.entries(await kept(page)).map(([key, json]) => [key, Object.keys(parse(json).reviews ?? {}).length]);
  assert.deepEqual(reviews.sort(), [[keyOf(2), 3], [keyOf(3), 0], [keyOf(7), 4]], 'to each its own, and nothing where nothing was done');
  await dueIn(page).filter({ hasText: 'Review: 7 due' }).waitFor();
});

for (const [name, modules] of Object.entries({
  'is of another course': { 'module-2': { ...known(2, 1), course: 'other' } },
  'is damaged in one of them': { 'module-2': known(2, 1), 'module-7': { ...known(7, 1), reviews: 1 } },
  'would be kept elsewhere': { '1:set-aside': known(2, 1) },
})) {
  test(`PR3 a file of all modules that ${name} is refused and changes nothing`, async (t) => {
    const { page, me } = await data(t, 3, { initScript: keep({ 7: 1 }) });
    const before = await kept(page);
    await upload(page, JSON.stringify({ course: 'generated', modules }));
    await me.told('This is no progress of Kurso, or a part of it is missing.');
    assert.deepEqual(await kept(page), before);
  });
}

test('PR3 one link takes all modules along', async (t) => {
  const { page } = await data(t, 2, { initScript: keep({ 2: 3, 7: 4 }) });
  await page.getByText('Move to another device…').click();
  const field = page.getByLabel('Link with your progress');
  await page.waitForFunction((input) => input.value !== '', await field.elementHandle());
  const { hash } = new URL(await field.inputValue());
  const { page: other } = await course(t, { path: `${file(5)}${hash}` });
  await other.getByRole('button', { name: 'Add them' }).click();
  await learner(other, HANDS['a mouse']).told('Added.');
  await dueIn(other).filter({ hasText: 'Review: 7 due' }).waitFor();
});

test('PR3 where there is no room for all modules it says so', async (t) => {
  const { page, me } = await data(t, 3, { initScript: keep({ 3: 1 }) });
  await page.evaluate(() => {
    for (let size = 1e6; size >= 1; size /= 10) {
      try {
        for (let at = 0; ; at += 1) localStorage.setItem(`of another program ${size} ${at}`, 'x'.repeat(size));
      } catch {
        // Full, for a value of that size.
      }
    }
  });
  await upload(page, JSON.stringify({ course: 'generated', modules: { 'module-2': known(2, 9) } }));
  await me.press('Add them');
  await me.told('storage is full');
});

test('S7 deleting leaves nothing of any module, nor in another tab', async (t) => {
  const { page, me, server } = await data(t, 2, {});
  await page.evaluate((entries) => Object.assign(localStorage, entries), Object.fromEntries([2, 7].map((module) => [keyOf(module), JSON.stringify(known(module, 3))])));
  await page.evaluate(() => localStorage.setItem('kurso:generated-too:1', 'of another course'));
  // As after a visit there.
  await page.evaluate((entries) => new Promise((resolve) => {
    const opening = indexedDB.open('kurso');
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('journal', 'readwrite');
      for (const [json, key] of entries) transaction.objectStore('journal').put(json, key);
      transaction.oncomplete = resolve;
    };
  }), [[JSON.stringify(known(5, 3)), keyOf(5)], ['of another course', 'kurso:generated-too:1']]);
  const other = await page.context().newPage();
  await other.goto(new URL(file(7), server.url).href);
  await started(other);
  await dueIn(other).waitFor();
  await page.getByText('Reset everything…').click();
  await me.press('Delete all progress');
  await me.told('All progress was deleted.');
  await page.waitForFunction(() => !JSON.stringify(localStorage).includes('_term'));
  await page.waitForTimeout(300);
  const left = await journal(page);
  assert(!left.includes('_term') && left.includes('of another course'), left);
  await dueIn(other).waitFor({ state: 'detached' });
  await other.reload();
  await started(other);
  await other.waitForTimeout(800);
  assert.equal(await dueIn(other).count(), 0);
  assert.equal((await stored(page))['kurso:generated-too:1'], 'of another course');
});
