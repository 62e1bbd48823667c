// The module played from the first step to the last, with four different hands. All of them leave the same answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, screenshot } from './browser.mjs';
import { CARDS, DUTIES, EVALUATION, HANDS, RISKS, QUESTION, TITLES, learner, progress } from './learner.mjs';

for (const [name, hand] of Object.entries(HANDS)) {
  test(`G1 the whole module with ${name}`, async (t) => {
    const { page } = await open(t, hand.options);
    const me = learner(page, hand);
    await me.shows(TITLES[0]);
    for (const title of TITLES.slice(1, 4)) {
      await me.next();
      await me.arrived(title);
    }

    await sort(me);
    for (const title of TITLES.slice(4, 6)) {
      await me.next();
      await me.arrived(title);
    }
    await me.arrange(EVALUATION);
    await me.press('Check');
    await me.told('All 4 correct.');
    for (const title of TITLES.slice(6, 8)) {
      await me.next();
      await me.arrived(title);
    }
    await match(me);
    for (const title of TITLES.slice(8, 10)) {
      await me.next();
      await me.arrived(title);
    }
    await choose(me);
    await me.next();
    await me.arrived(TITLES[10]);
    await turnCards(me, page);
    await me.press('Done');
    await me.arrived(TITLES[11]);

    await page.getByText('12 of 12 steps done. 15 of 15 correct in the exercises.').waitFor();
    for (const outcome of ['6 of 6 correct, 2 tries', '4 of 4 correct, 1 try', '1 of 1 correct, 2 tries', '10 cards known']) {
      await page.getByText(outcome).first().waitFor();
    }
    await screenshot(page, `wrap-up with ${name}`);
    assert.equal((await progress(page)).read.length, 11);
    assert.deepEqual(await me.kept('duties'), {
      answer: [
        'medical-records customer',
        'guest-patches customer',
        'certifications aws',
        'password-policy customer',
        'region customer',
        'failed-drive aws',
      ],
      phase: 'checked',
      attempts: 2,
      first: { right: 5, of: 6 },
      best: { right: 6, of: 6 },
      kept: ['medical-records', 'guest-patches', 'certifications', 'password-policy', 'region'],
    });
    const order = (await me.kept('evaluation')).answer;
    assert.deepEqual(order, ['deny position-1', 'scp position-2', 'allow position-3', 'silence position-4']);
    assert.deepEqual(await me.kept('controls'), {
      answer: [
        'public-bucket block-public-access',
        'stolen-drive disk-encryption',
        'lateral-move security-groups',
        'eavesdropping tls',
      ],
      phase: 'checked',
      attempts: 1,
      first: { right: 4, of: 4 },
      best: { right: 4, of: 4 },
      kept: [],
    });
    assert.deepEqual(await me.kept('patient-data'), {
      answer: ['split picked'],
      phase: 'checked',
      attempts: 2,
      first: { right: 0, of: 1 },
      best: { right: 1, of: 1 },
      kept: [],
    });
    const cards = await me.kept('key-term-cards');
    assert.deepEqual(cards.answer.slice(0, 2), ['shared-responsibility-model again', 'security-of-the-cloud got-it']);
    assert.equal(cards.answer.length, CARDS + 1);
    assert.deepEqual(cards.best, { right: CARDS, of: CARDS });
  });
}

test('G2 G5 the focus stays where the learner works, and choosing grades nothing', async (t) => {
  const { page } = await open(t, { path: '#/whose-job' });
  const me = learner(page, HANDS['the keyboard alone']);
  await me.shows('Whose job is it?');
  await me.choose(me.row(DUTIES[0][0]), 'AWS');
  await me.press('Check');
  await me.told('Choose an answer for 5 more items');
  await me.isAt(me.row(DUTIES[1][0]));
  assert.equal((await me.kept('duties')).attempts, 0, 'an incomplete answer is no attempt');

  for (const [item] of DUTIES.slice(1)) {
    await me.choose(me.row(item), 'AWS');
    await me.isAt(me.row(item));
  }
  assert.equal((await me.kept('duties')).attempts, 0, 'choosing the last one is no attempt either');
  await me.press('Check');
  await me.told('2 of 6 correct');
  await me.isAt(me.button('Try again'));
  await me.press('Try again');
  await me.isAt(me.button('Check'));
  await me.press('Show solution');
  await me.told('The solution is shown.');
  await me.isAt(me.exercise('Six duties'));
  assert.equal((await progress(page)).exercises.duties.solution_seen, true);
});

test('FC2 G17 a card shows its answer to who asked for it, and keys rate it', async (t) => {
  const { page } = await open(t, { path: '#/key-terms' });
  const me = learner(page, HANDS['the keyboard alone']);
  const heading = (name) => page.getByRole('heading', { name, exact: true });
  await heading('Card 1 of 10').waitFor();
  await me.press('Show answer');
  await me.isAt(heading('Answer'));
  await page.keyboard.press('Tab');
  await me.isAt(me.button('Again'));
  await page.keyboard.press('2');
  await me.isAt(heading('Card 2 of 10'));
  await page.keyboard.press('u');
  await me.isAt(heading('Card 1 of 10'));
  assert.deepEqual((await me.kept('key-term-cards')).answer, []);
});

/** Checks too early, then with one mistake, then without. */
async function sort(me) {
  await me.press('Check');
  await me.told('Choose an answer for 6 more items');
  for (const [item, side] of DUTIES) {
    await me.choose(me.row(item), item === DUTIES[0][0] ? 'Customer' : side);
  }
  await me.exercise('Six duties').getByText('6 of 6 sorted').waitFor();
  await me.press('Check');
  await me.told('5 of 6 correct. 1 item needs another look. Try again or show the solution.');
  await me.press('Try again');
  await me.told('5 correct items are kept');
  await me.choose(me.row(DUTIES[0][0]), 'AWS');
  await me.press('Check');
  await me.told('All 6 correct.');
}

/** Gives one control to two risks, which moves it, and mends that. */
async function match(me) {
  const [[listening, tls], [bucket, blockPublicAccess], ...others] = RISKS;
  await me.pick(listening, blockPublicAccess);
  await me.pick(bucket, blockPublicAccess);
  await me.told('Moved from 1. 1 is now empty.');
  for (const [risk, control] of others) await me.pick(risk, control);
  await me.exercise('Four risks').getByText('3 of 4 matched').waitFor();
  await me.pick(listening, tls);
  await me.press('Check');
  await me.told('All 4 correct.');
}

/** Chooses wrongly, then rightly. */
async function choose(me) {
  const question = me.row(QUESTION.stem);
  await me.choose(question, QUESTION.wrong);
  await me.press('Check');
  await me.told('Not correct this time. Try again or show the solution.');
  await me.press('Try again');
  await me.choose(question, QUESTION.right);
  await me.press('Check');
  await me.told('Correct.');
}

/** Misses the first card once, which brings it back. */
async function turnCards(me, page) {
  for (let turned = 0; turned <= CARDS; turned += 1) {
    await me.press('Show answer');
    await page.getByRole('heading', { name: 'Answer' }).waitFor();
    await me.press(turned === 0 ? 'Again' : 'Got it');
  }
  await me.told('That was the last card.');
}

test('MA3 arrowing through a list takes nothing from another prompt', async (t) => {
  const { page } = await open(t, { path: '#/risks-and-controls' });
  const [first, second] = [page.getByRole('combobox').nth(0), page.getByRole('combobox').nth(1)];
  await first.selectOption({ index: 1 });
  const value = await first.inputValue();
  await second.focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await second.inputValue(), value);
  assert.equal(await first.inputValue(), '', 'taken while it is chosen here');
  await page.keyboard.press('ArrowDown');
  assert.equal(await first.inputValue(), value, 'given back when it is not');
  assert.notEqual(await second.inputValue(), value);
  assert.match(await page.getByRole('status').innerText(), /1 has its answer back/);
});

test('who follows a link to the glossary first can go on to the course', async (t) => {
  const { page } = await open(t, { path: '#/glossary/least-privilege' });
  const me = learner(page, HANDS['a mouse']);
  await page.getByRole('link', { name: 'Back', exact: true }).click();
  await me.arrived(TITLES[0]);
});

test('EM8 an address leads to an exercise, a step or a term, before the player runs and after, and Back leads out', async (t) => {
  const { page } = await open(t, { path: '#/controls' });
  const title = page.getByRole('heading', { name: 'Four risks, one control each' });
  await title.waitFor();
  assert(await title.evaluate((title) => title.getBoundingClientRect().top < innerHeight), 'it is in view');
  assert.equal(new URL(page.url()).hash, '#/risks-and-controls', 'the step is where the learner is');
  await page.evaluate(() => (location.hash = '#/glossary/hipaa'));
  await page.locator('dt').filter({ hasText: 'HIPAA' }).filter({ visible: true }).waitFor();
  await page.evaluate(() => (location.hash = '#/duties'));
  const duties = page.getByRole('heading', { name: 'Six duties, two sides' });
  await duties.waitFor();
  assert(await duties.evaluate((title) => title.getRootNode().activeElement === title), 'the exercise has the focus');
  await page.goBack();
  await page.waitForFunction(() => location.hash === '#/glossary/hipaa');
  await page.goBack();
  await page.waitForFunction(() => location.hash === '#/risks-and-controls');
  await title.waitFor();
});
