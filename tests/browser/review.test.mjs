// The review: what is due shows, each kind of question can be answered by every hand, a miss comes back, and the last
// answer can be taken back, also after a reload.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ARABIC, accessibilityProblems, open, screenshot, sidewaysScroll, started } from './browser.mjs';
import { OPTIONS } from './page.mjs';
import { HANDS, learner, progress } from './learner.mjs';

const DAY = 86_400_000;
const AGAIN = 1;
const GOOD = 3;
const EASY = 4;

/** A learner who answered so many days ago, once each, well or not: a question of each kind, in the order of their turn. */
const ANSWERED = {
  'duties_failed-drive': [1, AGAIN],
  'controls_public-bucket': [5, GOOD],
  'patient-data': [5, GOOD],
  'key-term-cards_least-privilege': [5, GOOD],
  _gdpr_meaning: [5, GOOD],
  _hipaa: [5, GOOD],
};

/** Opens the review of a learner with those answers. */
async function review(t, answered = ANSWERED, { path = '#/review', course = 'clf-c02', ...options } = {}) {
  const reviews = Object.entries(answered).map(([key, [days, grade]]) => [key, [[Date.now() - days * DAY, grade]]]);
  const kept = { course, opened: [], read: [], exercises: {}, reviews: Object.fromEntries(reviews) };
  const key = `kurso:${course}:1`;
  const initScript = `localStorage.getItem('${key}') ?? localStorage.setItem('${key}', ${JSON.stringify(JSON.stringify(kept))})`;
  const opened = await open(t, { path, initScript, ...options });
  return { ...opened, me: learner(opened.page, options.hand ?? HANDS['a mouse']) };
}

const title = (page) => page.locator('#question');
const task = (page) => page.locator('.page .task').innerText();

/** Checks that answer, and waits until a screen reader was told how it was. */
async function check(me, verdict) {
  await me.press('Check');
  await me.told(verdict);
}

for (const [name, hand] of Object.entries(HANDS)) {
  test(`G1 a review of every kind of question with ${name}`, async (t) => {
    const { page, me } = await review(t, ANSWERED, { hand, ...hand.options });
    await me.reads('6 questions are due.');
    await me.press('Review 6 questions');
    await me.isAt(title(page));
    assert.match(await task(page), /0 of 6 done · Because you missed it once/);

    const options = (group) => page.getByRole('group', { name: group });
    await me.choose(options(/hard drive/), 'AWS');
    await check(me, 'Correct.');
    if (!name.startsWith('click events')) await me.isAt(me.button('Next question'));
    await me.reads('Where this is taught');
    await me.press('Next question');
    await me.isAt(title(page));

    assert.match(await task(page), /1 of 6 done · You knew it 5 days ago/);
    await me.choose(options(/makes an S3 bucket/), 'S3 Block Public Access');
    await check(me, 'Correct.');
    await me.press('Next question');

    await me.choose(options(/A healthcare company/), 'AWS secures the data centers');
    await check(me, 'Correct.');
    await me.press('Next question');

    await me.press('Show answer');
    await me.isAt(page.getByRole('heading', { name: 'Answer', exact: true }));
    await hand.press(page, page.getByRole('button', { name: /^Good/ }));
    await me.isAt(title(page));

    await me.choose(options('What does “GDPR” mean?'), 'The data protection law of the European Union');
    await check(me, 'Correct.');
    await me.press('Next question');
    await me.choose(options(/standards for protecting patients/), 'HIPAA');
    await check(me, 'Correct.');
    await me.press('Next question');

    await me.headed('Done: 6 questions reviewed');
    await me.isAt(title(page));
    await hand.press(page, page.getByRole('link', { name: 'How you stand' }));
    await me.isAt(page.getByRole('heading', { name: 'How you stand' }));
    await me.reads('11 known and 1 missed in four weeks');
    await me.press('Done');
    await me.reads('Nothing is due at the moment.');
    const { reviews, sitting } = await progress(page);
    assert.deepEqual(Object.values(reviews).map((log) => log.map(([, grade]) => grade)), Array.from({ length: 6 }, (_, at) => [at === 3 ? AGAIN : GOOD, GOOD]));
    assert.equal(sitting, undefined);
  });
}

test('FC3 FC4 a miss comes back, and the last answer can be taken back, also after a reload', async (t) => {
  const { page, me } = await review(t, { 'duties_failed-drive': [1, AGAIN], 'controls_public-bucket': [5, GOOD] });
  const group = (name) => page.getByRole('group', { name });
  await me.press('Review 2 questions');
  await me.choose(group(/hard drive/), 'Customer');
  await check(me, 'Not correct. The right answer is marked, and it will come again.');
  await me.exercise('Six duties').getByText('Correct, you missed it').waitFor();
  await me.press('Next question');
  await me.choose(group(/makes an S3 bucket/), 'S3 Block Public Access');
  await me.press('Check');
  await me.press('Next question');
  await group(/hard drive/).waitFor();
  assert.match(await task(page), /1 of 2 done · Because you missed it twice/);
  await me.choose(group(/hard drive/), 'AWS');
  await me.press('Check');
  await me.press('Next question');
  await me.headed('Done: 2 questions reviewed');
  await page.getByRole('listitem').filter({ hasText: 'hard drive' }).waitFor();

  await page.reload();
  await started(page);
  await me.headed('Done: 2 questions reviewed');
  await me.press('Undo');
  await me.told('The last rating was taken back.');
  await group(/hard drive/).waitFor();
  await page.reload();
  await started(page);
  await group(/hard drive/).waitFor();
  assert.match(await task(page), /1 of 2 done/);
});

test('G3 an answer that is not there is asked for, and nothing is kept of it', async (t) => {
  const { page, me } = await review(t, { 'patient-data': [5, GOOD] });
  await me.press('Review 1 question');
  await check(me, 'Choose an answer first.');
  await page.locator('.verdict').getByText('Choose an answer first.').waitFor();
  assert.equal((await progress(page)).reviews['patient-data'].length, 1);
});

test('MC2 a question with two right answers says so, and one of them is not the answer', async (t) => {
  const { page, me } = await review(t, { filters: [5, GOOD] }, { course: 'options', folder: OPTIONS });
  await me.press('Review 1 question');
  await me.isAt(title(page));
  assert.equal(await page.locator('.page .select').innerText(), 'Select TWO');
  const group = page.getByRole('group', { name: /filter network traffic/ });
  await me.choose(group, 'Security groups');
  await me.press('Check');
  assert.equal(await page.getByText('Correct, you chose it').count(), 0);
  await me.choose(group, 'Network ACLs');
  await check(me, 'Correct.');
});

test('G6 G7 after the verdict each option says how it fared and why, and none can be changed', async (t) => {
  const { page, me } = await review(t, { 'patient-data': [5, GOOD] });
  await me.press('Review 1 question');
  const option = (words) => page.locator('.option').filter({ hasText: words });
  const [chosen, missed, other] = ['AWS encrypts the patient data', 'AWS secures the data centers', 'AWS makes the whole application'].map(option);
  await chosen.locator('label').click();
  assert(await missed.getByRole('radio').isEnabled());
  await check(me, 'Not correct.');
  await page.locator('.verdict').getByText('Not correct. The right answer is marked, and it will come again.').waitFor();
  await chosen.getByText('Incorrect, you chose it').waitFor();
  await chosen.getByText('which data to encrypt, with which keys').waitFor();
  await missed.getByText('Correct, you missed it').waitFor();
  await missed.getByText('This is the line between security').waitFor();
  await other.getByText('Incorrect, not chosen').waitFor();
  assert.equal(await other.getByText('No provider can make').count(), 0);
  await page.locator('.verdict .explanation').waitFor();
  for (const radio of await page.getByRole('radio').all()) assert(await radio.isDisabled());
  assert.equal(await page.getByRole('radio', { checked: true }).count(), 1);
});

test('FC6 each rating says when the card comes back, and G17 keys 1 to 4 and U work inside only', async (t) => {
  const cards = { 'key-term-cards_least-privilege': [5, GOOD], 'key-term-cards_security-group': [5, GOOD] };
  const { page, me } = await review(t, cards);
  await me.press('Review 2 questions');
  await me.press('Show answer');
  const ratings = await page.locator('.rating').allInnerTexts();
  const [again, ...known] = ratings.map((text) => text.replace(/\s+/, ' '));
  assert.equal(again, 'Again 10 min');
  const days = known.map((text, at) => Number(text.match(`^${['Hard', 'Good', 'Easy'][at]} (\\d+) days$`)?.[1]));
  assert(5 < days[0] && days[0] < days[1] && days[1] < days[2], known.join());
  await page.keyboard.press('3');
  await me.isAt(title(page));
  assert.match(await task(page), /1 of 2 done/);
  await page.keyboard.press('u');
  await me.told('The last rating was taken back.');
  assert.match(await task(page), /0 of 2 done/);
  await page.keyboard.press('3');
  assert.match(await task(page), /0 of 2 done/, 'a card that was not turned cannot be rated');
  await page.evaluate(() => document.activeElement.shadowRoot.activeElement.blur());
  await page.keyboard.press('u');
  await page.waitForTimeout(100);
  assert.equal((await progress(page)).reviews['key-term-cards_least-privilege'].filter(([, grade]) => grade > 0).length, 1);
});

test('FC7 after a long break twenty are asked, and the others wait', async (t) => {
  const terms = ['gdpr', 'hipaa', 'aws-config', 'aws-artifact', 'aws-cloudtrail', 'security-group', 'least-privilege', 'encryption-at-rest', 'network-acl', 'aws-compliance-center', 'aws-kms'];
  const answered = terms.flatMap((term) => [[`_${term}`, [300, GOOD]], [`_${term}_meaning`, [300, GOOD]]]);
  const { page, me } = await review(t, Object.fromEntries(answered));
  await me.reads('22 questions are due.');
  await me.reads('2 more waiting');
  await me.press('Review 20 questions');
  assert.match(await task(page), /0 of 20 done/);
});

test('what is due is offered wherever the learner is, and leads there and back', async (t) => {
  const { page, me } = await review(t, ANSWERED, { path: '' });
  await page.getByRole('link', { name: 'Review: 6 due' }).click();
  await me.arrived('Review');
  assert.equal(new URL(page.url()).hash, '#/review');
  assert.equal(await page.title(), 'Review – AWS Certified Cloud Practitioner (CLF-C02)');
  await page.getByRole('link', { name: 'Back', exact: true }).click();
  await me.shows('Why security and compliance matter');
  await page.goBack();
  await me.shows('Review');
});

test('what is missed in a lesson is due some minutes later', async (t) => {
  const { page } = await open(t, { path: '#/exam-question' });
  const me = learner(page, HANDS['a mouse']);
  await me.choose(me.row(/A healthcare company/), 'AWS encrypts the patient data');
  await me.press('Check');
  await me.told('Not correct');
  assert.equal(await page.getByText('due', { exact: false }).filter({ visible: true }).count(), 0);
  await page.clock.install({ time: Date.now() + 11 * 60_000 });
  await page.reload();
  await started(page);
  await page.getByRole('link', { name: 'Review: 1 due' }).waitFor();
});

test('terms are asked once they were seen', async (t) => {
  const { page, me } = await review(t, {});
  await me.reads('Nothing is due at the moment.');
  await page.evaluate(() => { location.hash = '#/key-terms'; });
  await me.shows('Key terms to know by heart');
  await page.evaluate(() => { location.hash = '#/wrap-up'; });
  await me.shows('Wrap-up');
  await page.getByRole('link', { name: /^Review: 10 due/ }).click();
  await me.press('Review 10 questions');
  assert.match(await task(page), /A new term/);
  assert.equal(await page.getByRole('radio').count(), 4);
});

test('how much is to be known is kept, and asks sooner', async (t) => {
  const { page, me } = await review(t, { 'patient-data': [5, EASY] });
  await me.reads('Nothing is due at the moment.');
  await page.getByRole('combobox', { name: 'Of what comes back' }).selectOption('95');
  await me.reads('1 question is due.');
  await page.reload();
  await started(page);
  assert.equal(await page.getByRole('combobox', { name: 'Of what comes back' }).inputValue(), '95');
  await me.reads('1 question is due.');
});

for (const [colorScheme, viewport] of [['light', { width: 320, height: 568 }], ['dark', { width: 1280, height: 800 }]]) {
  test(`a review is accessible in each state, ${colorScheme}, ${viewport.width} px`, async (t) => {
    const { page, me } = await review(t, ANSWERED, { colorScheme, viewport });
    const found = [];
    const look = async (state) => {
      await screenshot(page, `review-${state}-${colorScheme}`);
      const problems = [...(await accessibilityProblems(page)), ...(await sidewaysScroll(page))];
      found.push(...problems.map((problem) => `${state}: ${problem}`));
    };
    await look('due');
    await me.press('Review 6 questions');
    for (let at = 0; at < 6; at += 1) {
      await look(`question-${at}`);
      const turn = me.button('Show answer');
      if (await turn.count()) {
        await turn.click();
        await look('turned');
        await page.getByRole('button', { name: /^Again/ }).click();
        continue;
      }
      await me.press('Check');
      await look(`incomplete-${at}`);
      await page.locator('.option label').first().click();
      await me.press('Check');
      await look(`answered-${at}`);
      await me.press('Next question');
    }
    // Whatever was missed, once more, with the right answer.
    for (let at = 0; (await page.getByRole('button', { name: 'Done', exact: true }).count()) === 0; at += 1) {
      assert(at < 60, 'the review does not end');
      if (await me.button('Show answer').count()) {
        await me.press('Show answer');
        await page.getByRole('button', { name: /^Easy/ }).click();
        continue;
      }
      const options = page.locator('.option label');
      await options.nth(at % (await options.count())).click();
      await me.press('Check');
      await me.press('Next question');
    }
    await look('end');
    assert.deepEqual(found, []);
  });
}

test('EM10 the review speaks Arabic, from right to left', async (t) => {
  const { page } = await open(t, { folder: ARABIC, path: '#/review' });
  await page.getByRole('heading', { level: 1, name: 'المراجعة' }).waitFor();
  assert.equal(await page.locator('.kurso:not(.still)').getAttribute('dir'), 'rtl');
});

/** A learner of some weeks: right, wrong, long ago and just now. */
const SOME_WEEKS = { ...ANSWERED, 'controls_eavesdropping': [30, GOOD], '_least-privilege': [12, EASY], '_security-group': [0, AGAIN] };

test('how the learner stands shows in pictures, with their figures as tables', async (t) => {
  const { page, me } = await review(t, SOME_WEEKS);
  const picture = (name) => page.getByRole('img', { name });
  /** The heights of the bars in that picture: of those that are filled, and of those that are outlined. */
  const bars = (name) => picture(name).locator('path').evaluateAll((paths) => paths.map((path) => (path.getAttribute('d').match(/v-\d+/g) ?? []).map((bar) => Number(bar.slice(2)))));
  await picture('Exercises mastered: 0 of 5').waitFor();
  await picture('9 today, 9 in two weeks').waitFor();
  await picture('9 questions, 0 of them with 90 % or more').waitFor();
  await picture('6 known and 2 missed in four weeks').waitFor();
  assert.deepEqual(await bars('Exercises mastered: 0 of 5'), [[], [100, 100, 100, 100, 100]]);
  assert.deepEqual(await bars('9 today, 9 in two weeks'), [[100], []]);
  const [known, missed] = await bars('9 questions, 0 of them with 90 % or more');
  assert.deepEqual([known.length, missed], [7, [100, 100]]);
  assert.deepEqual(known, known.toSorted((one, other) => one - other), 'the weakest first');
  assert.deepEqual(await bars('6 known and 2 missed in four weeks'), [[20, 100], [20, 20]]);
  const figures = async (heading) => {
    const section = page.locator('section.results', { has: page.getByRole('heading', { name: heading }) });
    await section.getByText('The figures').click();
    return section.getByRole('row').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText).join(' | ')));
  };
  const ahead = await figures('What comes when');
  assert.equal(ahead.length, 15);
  assert.deepEqual(ahead.slice(0, 2), ['When | Questions', 'Today | 9']);
  const strengths = await figures('What you would know now');
  assert.match(strengths[1], / \| Missed$/, 'the weakest first');
  assert.match(strengths.at(-1), / \| \d\d %$/);
  const back = await figures('What you have answered');
  assert.deepEqual([back.length, back[1], back[2], back[6]], [29, 'The last 24 hours | 0 | 1', '1 day ago | 0 | 1', '5 days ago | 5 | 0']);

  await page.evaluate(() => { location.hash = '#/exam-question'; });
  await me.choose(me.row(/A healthcare company/), 'AWS secures the data centers');
  await me.press('Check');
  await me.told('Correct');
  await page.evaluate(() => { location.hash = '#/review'; });
  await picture('Exercises mastered: 1 of 5').waitFor();
  assert.deepEqual(await bars('Exercises mastered: 1 of 5'), [[100], [100, 100, 100, 100]]);
  assert((await figures('What you have mastered')).some((row) => row.endsWith('| 1 of 1 | 1 of 1 correct, 1 try | Mastered')));
});

test('before anything is answered, it says what will show there', async (t) => {
  const { page, me } = await review(t, {});
  await me.reads('Once you have answered something, you see here what you have mastered');
  assert.equal(await page.getByRole('img').filter({ visible: true }).count(), 0);
});

for (const [name, options] of Object.entries({
  'on a narrow phone': { viewport: { width: 320, height: 568 } },
  'in the dark': { colorScheme: 'dark' },
  'in forced colours': { forcedColors: 'active' },
})) {
  test(`the pictures are accessible ${name}, with their figures`, async (t) => {
    const { page } = await review(t, SOME_WEEKS, options);
    for (const figures of await page.getByText('The figures').filter({ visible: true }).all()) await figures.click();
    await screenshot(page, `dashboard-${name.replaceAll(' ', '-')}`);
    assert.deepEqual([...(await accessibilityProblems(page)), ...(await sidewaysScroll(page))], []);
    const bars = page.locator('.chart path').first();
    const [fill, ground] = await bars.evaluate((path) => [getComputedStyle(path).fill, getComputedStyle(document.body).backgroundColor]);
    assert.notEqual(fill, ground);
  });
}

for (const width of [320, 768, 1280]) {
  test(`1.4.4 with letters of twice the size no word breaks in the figures, ${width} px wide, and nothing but a table scrolls`, async (t) => {
    const { page } = await review(t, SOME_WEEKS, { viewport: { width, height: 800 } });
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('html { font-size: 200% }');
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    });
    for (const figures of await page.getByText('The figures').filter({ visible: true }).all()) await figures.click();
    const broken = await page.locator('.results table').evaluateAll((tables) => tables.flatMap((table) => {
      const texts = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
      const found = [];
      while (texts.nextNode()) {
        for (const { 0: word, index } of texts.currentNode.data.matchAll(/[\p{L}\p{N}]+/gu)) {
          const range = document.createRange();
          range.setStart(texts.currentNode, index);
          range.setEnd(texts.currentNode, index + word.length);
          if (range.getClientRects().length > 1) found.push(word);
        }
      }
      return found;
    }));
    assert.deepEqual(broken, []);
    assert.deepEqual(await sidewaysScroll(page), []);
  });
}

test('in Arabic time goes from right to left in the pictures, too', async (t) => {
  const kept = { course: 'mithal', opened: [], read: [], exercises: {}, reviews: { question: [[Date.now() - DAY, GOOD]] } };
  const initScript = `localStorage.setItem('kurso:mithal:1', ${JSON.stringify(JSON.stringify(kept))})`;
  const { page } = await open(t, { folder: ARABIC, path: '#/review', initScript });
  const days = page.getByRole('img', { name: /عرفتها .* خلال أربعة أسابيع/ });
  await days.waitFor();
  assert(await days.evaluate((drawing) => drawing.getScreenCTM().a < 0), 'the drawing is not turned');
});
