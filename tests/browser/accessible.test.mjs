// Every step is accessible before and after Check, and so is every view beside the steps, in light, dark and forced colours,
// on a desk and on a small phone; and on the phone nothing needs sideways scrolling or a fine finger.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityProblems, open, screenshot, sidewaysScroll } from './browser.mjs';
import { DUTIES, EVALUATION, HANDS, QUESTION, RISKS, TITLES, learner } from './learner.mjs';
import { OPTIONS } from './page.mjs';

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 320, height: 568 };

/** A browser that was asked for letters twice as large as usual. */
const LARGE = { preferences: { webkit: { webprefs: { default_font_size: 32 } } } };

/**
 * Goes through the module by mouse, and asks `problems` for what is wrong in each state that a step can be in.
 * All of it is told at once.
 */
async function visit(page, problems) {
  const found = [];
  const look = async (state) => found.push(...(await problems(state)).map((problem) => `${state}: ${problem}`));
  const me = learner(page, HANDS['a mouse']);
  await me.shows(TITLES[0]);
  for (const [at, title] of TITLES.entries()) {
    if (at > 0) {
      await me.next();
      await me.shows(title);
    }
    await look(`step ${at + 1}`);
    if (title in EXERCISES) await EXERCISES[title](me, page, (state) => look(`step ${at + 1} ${state}`));
  }
  assert.deepEqual(found, []);
}

const EXERCISES = {
  'Whose job is it?': async (me, page, look) => {
    await me.exercise('Six duties').getByText('Hint').click();
    await look('with its hint');
    await me.press('Check');
    await me.told('6 more items');
    await look('checked too early');
    await me.press('Use a board');
    await page.locator('.pool .chip').first().click();
    await me.told('picked up');
    await look('on a board, with something picked up');
    await page.locator('.slot .take').first().click();
    await me.told('Placed in');
    await look('on a board, with something placed');
    await me.press('Use a list');
    await me.row(DUTIES[0][0]).waitFor();
    for (const [at, [item, side]] of DUTIES.entries()) await me.choose(me.row(item), at % 2 ? side : 'Customer');
    await checkAndSolve(me, look);
  },
  'Match the control to the risk': async (me, page, look) => {
    await me.pick(RISKS[0][0], 'F');
    await me.press('Check');
    await me.told('3 more items');
    await look('checked too early');
    await me.press('Use a board');
    await page.locator('.pool .chip').nth(1).click();
    await me.told('picked up');
    await look('as pairs, with something picked up');
    await page.locator('.slot .take').first().click();
    await me.told('matched with');
    await look('as pairs, with something matched');
    await me.press('Use a list');
    await page.getByRole('combobox').first().waitFor();
    for (const [risk, control] of RISKS.slice(1)) await me.pick(risk, control);
    await checkAndSolve(me, look);
  },
  'Reading an IAM policy': async (me, page, look) => {
    await checkAndSolve(me, look);
    await me.press('Practise again');
    await me.arrange(EVALUATION);
    await look('put in order');
  },
  'A question in the style of the exam': async (me, page, look) => {
    await me.press('Rule out B');
    await me.told('B is ruled out');
    await page.getByRole('checkbox', { name: 'I am not sure' }).check();
    await look('with an option ruled out');
    await me.choose(me.row(QUESTION.stem), QUESTION.wrong);
    await checkAndSolve(me, look);
  },
  'Key terms to know by heart': async (me, page, look) => {
    await me.press('Show answer');
    await look('with a card turned');
    await me.press('Again');
    for (let card = 0; card < 10; card += 1) {
      await me.press('Show answer');
      await me.press('Got it');
    }
    await me.told('That was the last card.');
    await look('with all cards turned');
  },
};

/** The places beside the steps, and what opens in them; for who has gone through the module. */
const BESIDE = {
  async 'a key term that is open'(page) {
    await page.evaluate(() => (location.hash = '#/compliance'));
    await page.getByRole('heading', { level: 1, name: TITLES[8] }).waitFor();
    await page.locator('.term:visible').nth(3).click();
    await page.locator('.definition:popover-open').waitFor();
  },
  async 'how it shows'(page) {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Display' }).click();
    await page.locator('.display:popover-open').waitFor();
  },
  async 'the outline'(page) {
    await page.keyboard.press('Escape');
    const outline = page.getByRole('navigation', { name: 'Course outline' });
    if (!(await outline.isVisible())) await page.getByRole('navigation', { name: 'Steps' }).getByRole('button').click();
    await outline.waitFor();
  },
  async 'the glossary'(page) {
    await page.keyboard.press('Escape');
    await page.evaluate(() => (location.hash = '#/glossary'));
    await page.getByRole('heading', { level: 1, name: 'Search and glossary' }).waitFor();
  },
  async 'what was found'(page) {
    await page.getByRole('searchbox').fill('encryption');
    await page.locator('.search [role="status"]').filter({ hasText: /\d/ }).waitFor();
  },
  async 'the review'(page) {
    await page.evaluate(() => (location.hash = '#/review'));
    await page.getByRole('button', { name: /^Review \d+ questions$/ }).waitFor();
    for (const summary of await page.locator('main summary:visible').all()) await summary.click();
  },
  async 'a question of the review'(page) {
    await page.getByRole('button', { name: /^Review \d+ questions$/ }).click();
    await page.getByRole('radio').first().check();
  },
  async 'its verdict'(page) {
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByRole('button', { name: 'Next question' }).waitFor();
  },
  async 'what is kept, and how to take it along'(page) {
    await page.evaluate(() => (location.hash = '#/wrap-up'));
    await page.getByRole('heading', { level: 1, name: TITLES[11] }).waitFor();
    await page.locator('.data > summary').click();
    await page.getByText('Move to another device…').click();
    await page.locator('.transfer input').waitFor();
    await page.getByText('Reset everything…').click();
  },
  async 'the lines that embed the course'(page) {
    await page.getByText('Embed this course').click();
    await page.waitForFunction(() => document.querySelector('kurso-player').shadowRoot.querySelector('textarea')?.value);
  },
};

async function checkAndSolve(me, look) {
  await me.press('Check');
  await me.told('Try again or show the solution.');
  await look('checked');
  await me.press('Try again');
  await look('tried again');
  await me.press('Show solution');
  await me.told('The solution is shown.');
  await look('solved');
}

/** Goes through the module, and then to all places beside the steps, and asks the same. */
async function visitAll(page, problems) {
  await visit(page, problems);
  const found = [];
  for (const [state, reach] of Object.entries(BESIDE)) {
    await reach(page);
    found.push(...(await problems(state)).map((problem) => `${state}: ${problem}`));
  }
  assert.deepEqual(found, []);
}

/**
 * The colours that a browser may be asked for, and what axe-core is asked then: the page is the same but for its colours in
 * the dark, and where they are forced, a script is told of others than those that are seen.
 */
const COLOURS = {
  light: [{ colorScheme: 'light' }, {}],
  dark: [{ colorScheme: 'dark' }, { runOnly: ['color-contrast', 'link-in-text-block'] }],
  forced: [{ colorScheme: 'dark', forcedColors: 'active' }, { rules: { 'color-contrast': { enabled: false } } }],
};

for (const [colours, [media, asked]] of Object.entries(COLOURS)) {
  for (const [place, viewport] of Object.entries({ 'at a desk': DESK, 'on a small phone': PHONE })) {
    test(`every step and view ${place} in ${colours} colours is accessible`, async (t) => {
      const { page } = await open(t, { viewport });
      await page.emulateMedia(media);
      await visitAll(page, async (state) => {
        await screenshot(page, `${state} ${place} ${colours}`);
        return accessibilityProblems(page, { asked });
      });
    });
  }
}

test('the glossary and the outline are accessible', async (t) => {
  const { page } = await open(t, { viewport: PHONE, path: '#/glossary/least-privilege' });
  await page.getByRole('heading', { level: 1, name: 'Glossary' }).waitFor();
  assert.deepEqual(await accessibilityProblems(page), []);
  assert.deepEqual(await sidewaysScroll(page), []);

  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button').click();
  await page.getByRole('navigation', { name: 'Course outline' }).waitFor();
  assert.deepEqual(await accessibilityProblems(page), []);
  await screenshot(page, 'outline on a small phone');
  await page.getByRole('link', { name: TITLES[3] }).click();
  await page.getByRole('heading', { level: 1, name: TITLES[3] }).waitFor();
  assert(await page.getByRole('navigation', { name: 'Course outline' }).isHidden(), 'going somewhere closes the outline');
});

test('G13 G14 on a small phone nothing scrolls sideways and every control is big enough for a thumb', async (t) => {
  const { page } = await open(t, { viewport: PHONE, hasTouch: true });
  await visit(page, async () => [...(await sidewaysScroll(page)), ...(await smallControls(page))]);
});

test('1.4.10 on a small phone what there is to read of an answer has most of its width, before and after Check', async (t) => {
  const { page } = await open(t, { viewport: PHONE, path: '#/exam-question' });
  const me = learner(page, HANDS['a mouse']);
  const parts = () => page.locator('.option').evaluateAll((options) => options.map((option) => {
    const words = document.createRange();
    words.selectNodeContents(option.querySelector('.words'));
    const lines = [...words.getClientRects()].map(({ left, right }) => right - left);
    return Math.max(...lines) / option.clientWidth;
  }));
  assert((await parts()).every((part) => part > 0.6), String(await parts()));
  await me.choose(me.row(QUESTION.stem), QUESTION.wrong);
  await me.press('Check');
  await me.told('Not correct');
  assert((await parts()).every((part) => part > 0.6), String(await parts()));
  await page.evaluate(() => (location.hash = '#/reading-a-policy'));
  const rows = page.locator('.order .words');
  await rows.first().waitFor();
  const widths = await rows.evaluateAll((words) => words.map((part) => part.clientWidth / part.parentElement.clientWidth));
  assert(widths.every((part) => part > 0.5), String(widths));
});

/** What of these is above the window, or reaches below what of it is above the bar. */
const outOfView = (parts) => parts.evaluateAll((elements) => elements.flatMap((element) => {
  const { top, bottom } = element.getBoundingClientRect();
  const limit = element.getRootNode().querySelector('.bar').getBoundingClientRect().top;
  return top < 0 || bottom > limit ? [`${element.textContent}: ${top} to ${bottom}, of ${limit}`] : [];
}));

test('2.4.11 on a small phone what an answer has come to is in view, with all that can be pressed next', async (t) => {
  const { page } = await open(t, { viewport: PHONE, folder: OPTIONS, path: '#/many' });
  for (const list of await page.getByRole('combobox').all()) await list.selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('button', { name: 'Show solution' }).waitFor();
  const next = page.locator('.verdict, .verdict + .actions > *');
  assert.equal(await next.count(), 3);
  // By then it was scrolled.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  assert.deepEqual(await outOfView(next), []);
});

test('2.4.11 on a small phone a card that was turned shows where its answer begins, and how to rate it', async (t) => {
  const { page } = await open(t, { viewport: PHONE, path: '#/key-terms' });
  const me = learner(page, HANDS['a mouse']);
  await me.press('Show answer');
  const next = page.locator('.deck h4').or(page.getByRole('button', { name: /^(Again|Got it)$/ }));
  await next.nth(2).waitFor();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  assert.deepEqual(await outOfView(next), []);
});

test('what was not answered is said in the colour of a warning, and with its icon in front at every width', async (t) => {
  for (const viewport of [DESK, PHONE]) {
    const { page } = await open(t, { viewport, path: '#/risks-and-controls', ...(viewport === PHONE && { profile: LARGE }) });
    await page.getByRole('combobox').first().selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    const warning = await page.locator('.alert > *').first().evaluate((element) => getComputedStyle(element).color);
    await page.getByRole('button', { name: 'Check anyway' }).click();
    const mark = page.locator('.feedback.missed .mark').first();
    const { color, gap } = await mark.evaluate((element) => {
      const words = document.createRange();
      words.selectNodeContents(element.lastChild);
      const gap = words.getClientRects()[0].left - element.querySelector('.icon').getBoundingClientRect().right;
      return { color: getComputedStyle(element).color, gap };
    });
    assert.equal(color, warning);
    assert(gap >= 4, String(gap));
  }
});

test('G3 what is missing can be seen wherever in the exercise that is, and lies over nothing that has the focus', async (t) => {
  for (const viewport of [PHONE, DESK]) {
    const { page } = await open(t, { viewport, path: '#/whose-job' });
    const me = learner(page, HANDS['a mouse']);
    await me.press('Check');
    await me.told('6 more items');
    await me.isAt(me.row(DUTIES[0][0]));
    const seen = () => page.locator('.alert').evaluate((alert) => {
      const { top, bottom, left } = alert.getBoundingClientRect();
      const root = alert.getRootNode();
      const shows = [top + 2, bottom - 2].every((y) => root.elementFromPoint(left + 40, y)?.closest('.alert'));
      const focus = root.activeElement.getBoundingClientRect();
      const free = root.elementFromPoint(focus.left + focus.width / 2, focus.top + focus.height / 2);
      return { shows, free: free === root.activeElement || free.contains(root.activeElement) };
    });
    for (const [item] of DUTIES.slice(0, -1)) {
      assert.deepEqual(await seen(), { shows: true, free: true }, `${viewport.width} px: ${item}`);
      await page.keyboard.press('Space');
      await me.row(item).getByRole('radio', { checked: true }).waitFor();
      await page.keyboard.press('Tab');
    }
    assert.deepEqual(await seen(), { shows: true, free: true });
    await me.reads('Choose an answer for 1 more item.');
  }
});

test('G14 with wider text spacing nothing scrolls sideways or is cut off', async (t) => {
  const { page } = await open(t, { viewport: PHONE });
  await page.getByRole('main').evaluate((main) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
      p { margin-bottom: 2em !important; }`);
    main.getRootNode().adoptedStyleSheets = [sheet];
  });
  await visit(page, async () => [...(await sidewaysScroll(page)), ...(await cutOff(page))]);
});

test('G14 with letters of twice the size nothing scrolls sideways or is cut off on a small phone', async (t) => {
  const { page } = await open(t, { viewport: PHONE, profile: LARGE });
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).fontSize), '34px');
  const problems = async (state) => {
    await screenshot(page, `${state} with large letters`);
    return [...(await sidewaysScroll(page)), ...(await cutOff(page))];
  };
  await visitAll(page, problems);
});

/** The controls that show and are lower than 44 px; links and terms within a sentence may be. */
function smallControls(page) {
  return page.getByRole('main').evaluate((main) => {
    const controls = main.getRootNode().querySelectorAll('button, select, summary, label:has(input), nav a');
    return [...controls]
      .filter((control) => control.checkVisibility() && control.getBoundingClientRect().height < 43.5)
      .map((control) => `too small for a thumb: ${control.textContent.trim()} (${control.getBoundingClientRect().height} px)`);
  });
}

/** The elements whose own text overflows a box that hides it, but for words that only a screen reader is to have. */
function cutOff(page) {
  return page.getByRole('main').evaluate((main) =>
    [...main.getRootNode().querySelectorAll('main :not(.unseen)')]
      .filter((element) => element.checkVisibility() && getComputedStyle(element).overflowX === 'hidden')
      .filter((element) => element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
      .map((element) => `cut off: <${element.localName} class="${element.getAttribute('class')}"> ${element.textContent.trim()}`),
  );
}
