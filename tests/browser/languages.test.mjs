// The interface speaks the language of the course: here Arabic, which is written from right to left, has its own digits
// and letters, and six plurals.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityProblems, ARABIC, open, screenshot, sidewaysScroll } from './browser.mjs';
import { HANDS, learner } from './learner.mjs';

const STEPS = ['sort', 'match', 'ask', 'order', 'cards'];

/** Opens the course in Arabic. */
const arabic = (t, options) => open(t, { folder: ARABIC, ...options });

test('EM10 every word of a step is in the language of the course, which the page names', async (t) => {
  const { page } = await arabic(t);
  assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ['ar', 'rtl']);
  for (const step of [...STEPS, 'glossary']) {
    await page.goto(`${page.url().split('#')[0]}#/${step}`);
    const sheet = page.locator(`.sheet[id="/${step}"]`);
    await sheet.waitFor();
    const base = page.locator('[part="base"] > .kurso');
    assert.equal(await base.getAttribute('lang'), 'ar');
    assert.equal(await base.evaluate((element) => getComputedStyle(element).direction), 'rtl');
    assert.doesNotMatch(await base.innerText(), /[a-z0-9]/i, step);
    const names = await base.evaluate((element) => [...element.querySelectorAll('[aria-label]')].map(({ ariaLabel }) => ariaLabel));
    assert.doesNotMatch(names.join(), /[a-z0-9]/i, step);
  }
});

test('EM10 the page counts as the player does: the digits and plurals of a library and of the browser are the same', async (t) => {
  const texts = (page) => page.locator('.task:visible, .eyebrow:visible, .outcome:visible, .progress:visible').allInnerTexts();
  for (const step of ['sort', 'match', 'order']) {
    const still = await arabic(t, { path: `#/${step}`, serverOptions: { held: new Promise(() => {}) }, starts: false });
    await still.page.locator(`.still .sheet[id="/${step}"] .task`).waitFor();
    const before = await texts(still.page);
    assert.match(before.join(), /[٠-٩]/, step);
    const { page } = await arabic(t, { path: `#/${step}` });
    assert.deepEqual(await texts(page), before, step);
  }
});

test('EM10 what is told has the plural of its number', async (t) => {
  const { page } = await arabic(t);
  const me = learner(page, HANDS['a mouse']);
  for (const told of ['من أجل ٣ عناصر أخرى', 'من أجل عنصرين آخرين', 'من أجل عنصر واحد آخر']) {
    await me.press('تحقق');
    await me.told(told);
    await page.getByRole('group').filter({ has: page.getByRole('radio', { checked: false }) }).filter({ hasNot: page.getByRole('radio', { checked: true }) })
      .first().getByRole('radio', { name: 'المزوّد' }).check();
  }
  await me.press('تحقق');
  await me.told('٢ من ٣ صحيحة. عنصر واحد يحتاج إلى نظرة أخرى.');
  await page.goto(`${page.url().split('#')[0]}#/glossary`);
  await page.getByRole('searchbox').fill('المزوّد');
  await me.told('نتيجة واحدة عن «المزوّد»');
  await page.getByRole('searchbox').fill('من');
  await me.told('٤ نتائج عن «من»');
  await page.getByRole('searchbox').fill('لا شيء من هذا');
  await me.told('لا نتائج عن «لا شيء من هذا»');
});

test('EM10 MC1 options have letters of the language', async (t) => {
  const { page } = await arabic(t, { path: '#/ask' });
  assert.deepEqual(await page.locator('.option .letter').allInnerTexts(), ['أ', 'ب', 'ج', 'د']);
});

test('EM10 a player that cannot start says so in the language of the course', async (t) => {
  const { page } = await arabic(t, { serverOptions: { wasm: 'missing' }, expected: [/404/], starts: false });
  await page.getByRole('alert').filter({ hasText: 'تعذر بدء الدرس التفاعلي هنا' }).waitFor();
});

for (const [width, height, colorScheme] of [[320, 568, 'light'], [768, 1024, 'dark'], [1280, 800, 'light']]) {
  test(`EM10 G14 from right to left everything is accessible and fits at ${width} px`, async (t) => {
    const { page } = await arabic(t, { viewport: { width, height }, colorScheme });
    for (const step of [...STEPS, 'glossary']) {
      await page.goto(`${page.url().split('#')[0]}#/${step}`);
      await page.locator(`.sheet[id="/${step}"]`).waitFor();
      assert.deepEqual(await accessibilityProblems(page), [], step);
      assert.deepEqual(await sidewaysScroll(page), [], step);
      await screenshot(page, `arabic-${step}-${width}`);
    }
  });
}
