// How a learner works through the shipped module: the same moves with different hands. Each hand can press a button or
// a link, choose a radio button in a row, and pick an option of a select; with it the whole module can be played.
import assert from 'node:assert/strict';
import { stored } from './browser.mjs';
import { KEY, kept } from './module.mjs';

export * from './module.mjs';

const label = (row, name) => row.locator('label').filter({ hasText: name });
const radio = (row, name) => row.getByRole('radio', { name });

/** Chooses the option that begins with that letter. The list that a browser opens for it is no part of the page. */
async function pickFromList(page, select, letter) {
  const texts = await select.locator('option').allTextContents();
  await select.selectOption({ index: texts.findIndex((text) => text.startsWith(`${letter}. `)) });
}

/** Taps at a person's pace: two taps at one place within 300 ms are a double tap, whose second half does not count. */
async function tap(page, target) {
  await page.waitForTimeout(Math.max(0, tapped + 400 - performance.now()));
  await target.tap();
  tapped = performance.now();
}

let tapped = 0;

/** Whether the focus is on the element, or on something in it. */
function holdsFocus(target) {
  return target.evaluate((element) => element.contains(element.getRootNode().activeElement));
}

/** Presses Tab until the focus gets there, as somebody must who has only a keyboard. */
async function reach(page, target) {
  for (let presses = 0; presses < 100; presses += 1) {
    if (await holdsFocus(target)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not lead to ${target}`);
}

const DESKTOP = { width: 1280, height: 800 };
const SMALL_PHONE = { width: 320, height: 568 };

export const HANDS = {
  'a mouse': {
    options: { viewport: DESKTOP },
    press: (page, target) => target.click(),
    choose: (page, row, name) => label(row, name).click(),
    pick: pickFromList,
  },
  'single taps at 320 × 568': {
    options: { viewport: SMALL_PHONE, hasTouch: true },
    press: tap,
    choose: (page, row, name) => tap(page, label(row, name)),
    pick: pickFromList,
  },
  'the keyboard alone': {
    options: { viewport: DESKTOP },
    async press(page, target) {
      await reach(page, target);
      await page.keyboard.press('Enter');
    },
    async choose(page, row, name) {
      await reach(page, row);
      const wanted = radio(row, name);
      if (await holdsFocus(wanted)) await page.keyboard.press('Space');
      for (let presses = 0; !(await wanted.isChecked()); presses += 1) {
        assert(presses < 10, `the arrow keys do not lead to ${wanted}`);
        await page.keyboard.press('ArrowDown');
      }
    },
    async pick(page, select, letter) {
      await reach(page, select);
      await page.keyboard.press(letter);
    },
  },
  'click events only, as voice control sends them': {
    options: { viewport: DESKTOP },
    press: (page, target) => target.evaluate((element) => element.click()),
    choose: (page, row, name) => label(row, name).evaluate((element) => element.click()),
    pick: pickFromList,
  },
};

/** A learner with the given hand on the given page. */
export function learner(page, hand) {
  const exercise = (name) => page.getByRole('region', { name });
  const step = (title) => page.getByRole('heading', { level: 1, name: title, exact: true });
  const button = (name) => page.getByRole('button', { name, exact: true });

  return {
    exercise,
    button,
    press: (name) => hand.press(page, button(name)),
    next: () => hand.press(page, page.getByRole('link', { name: 'Next', exact: true })),
    choose: (row, name) => hand.choose(page, row, name),
    pick: (prompt, letter) => hand.pick(page, page.getByRole('combobox', { name: prompt }), letter),
    /** The group of radio buttons that asks that: an item of a classification, or a question. */
    row: (item) => page.getByRole('group', { name: item }),
    /** Waits until a screen reader was told that. */
    told: (words) => page.getByRole('status').filter({ hasText: words }).waitFor({ state: 'attached' }),
    /** Waits until that can be read somewhere. */
    reads: (words) => page.getByText(words).filter({ visible: true }).first().waitFor(),
    /** Waits for a heading that says that. */
    headed: (words) => page.getByRole('heading', { name: words, exact: true }).waitFor(),
    /** Waits for the step of that title. */
    shows: (title) => step(title).waitFor(),
    /** Waits for the step of that title, on whose heading the focus must be. */
    async arrived(title) {
      await step(title).waitFor();
      assert(await holdsFocus(step(title)), `the focus is not on the heading of ${title}`);
    },
    /** Fails unless the focus is on that, or on something in it. */
    async isAt(target) {
      assert(await holdsFocus(target), `the focus is not on ${target}`);
    },
    /** Moves what is to be put in order until it stands as in that list, each entry being found by its words. */
    async arrange(order) {
      const rows = () => page.locator('.order .words').allInnerTexts();
      for (const [to, item] of order.entries()) {
        for (let at = -1; at !== to; ) {
          at = (await rows()).findIndex((text) => item.test(text));
          assert(at >= to, `${item} does not come up`);
          if (at === to) break;
          const up = page.getByRole('button', { name: new RegExp(`^Move up: .*${item.source}`) });
          await hand.press(page, up);
          await page.getByRole('status').filter({ hasText: `position ${at} of` }).waitFor({ state: 'attached' });
        }
      }
    },
    /** What is kept of an exercise, without counters and times. */
    kept: async (id) => kept(await progress(page), id),
  };
}

/** Fails if an answer was lost; tells how many were given before a fault, and how many were kept after it. */
export function nothingLost(t, given, kept) {
  t.diagnostic(`answers given ${given}, kept ${kept}, lost ${given - kept}`);
  assert.equal(kept, given, 'answers that are kept');
}

/** The progress that is stored. */
export async function progress(page) {
  const json = (await stored(page))[KEY];
  assert(json, `nothing is stored under ${KEY}`);
  return JSON.parse(json);
}
