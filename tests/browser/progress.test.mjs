// Progress stays: through a reload in the middle of each exercise, and as long as the page is open where the browser
// keeps nothing. What cannot be read is set aside, not deleted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, started, stored } from './browser.mjs';
import { DUTIES, HANDS, KEY, QUESTION, RISKS, learner, progress } from './learner.mjs';

const MOUSE = HANDS['a mouse'];

/** Opens a step, and reloads whatever happens there at once, as somebody does who closes the page by mistake. */
async function begin(t, step, options = {}) {
  const { page, ...rest } = await open(t, { path: `#/${step}`, ...options });
  const reload = async () => {
    await page.reload();
    await started(page);
  };
  return { page, me: learner(page, MOUSE), reload, ...rest };
}

test('G11 a reload in the middle of a classification', async (t) => {
  const { me, reload } = await begin(t, 'whose-job');
  const [[drive], [records]] = DUTIES;
  const chosen = (item, side) => me.row(item).getByRole('radio', { name: side }).isChecked();
  await me.choose(me.row(drive), 'Customer');
  await me.choose(me.row(records), 'Customer');
  await reload();
  assert(await chosen(drive, 'Customer'), 'the choice is still there');
  await me.exercise('Six duties').getByText('2 of 6 sorted').waitFor();

  for (const [item, side] of DUTIES.slice(2)) await me.choose(me.row(item), side);
  await me.press('Check');
  await me.told('5 of 6 correct');
  await reload();
  await me.exercise('Six duties').getByText('5 of 6 correct').waitFor();
  await me.exercise('Six duties').getByText('You cannot enter an AWS data center').waitFor();

  await me.press('Try again');
  await reload();
  assert(await chosen(records, 'Customer'), 'what was right is kept');
  assert.deepEqual(await Promise.all(['AWS', 'Customer'].map((side) => chosen(drive, side))), [false, false]);

  await me.press('Show solution');
  await reload();
  await me.button('Practise again').waitFor();
});

test('G11 a reload in the middle of matching', async (t) => {
  const { page, me, reload } = await begin(t, 'risks-and-controls');
  const [[listening, tls], [bucket]] = RISKS;
  const value = (risk) => page.getByRole('combobox', { name: risk }).inputValue();
  await me.pick(listening, tls);
  await reload();
  assert.equal(await value(listening), 'tls');
  assert.equal(await value(bucket), '');

  for (const [risk, control] of RISKS.slice(1)) await me.pick(risk, control);
  await me.press('Check');
  await me.told('All 4 correct');
  await reload();
  await me.exercise('Four risks').getByText('All 4 correct').waitFor();
  assert.equal(await value(bucket), 'block-public-access');
});

test('G11 a reload in the middle of a question', async (t) => {
  const { me, reload } = await begin(t, 'exam-question');
  const wrong = me.row(QUESTION.stem).getByRole('radio', { name: QUESTION.wrong });
  await me.choose(me.row(QUESTION.stem), QUESTION.wrong);
  await reload();
  assert(await wrong.isChecked());

  await me.press('Check');
  await me.told('Not correct this time');
  await reload();
  await me.exercise('Who protects').getByText('Incorrect, you chose it').waitFor();
  assert(await wrong.isChecked());
});

test('G11 a reload in the middle of the flashcards', async (t) => {
  const { page, me, reload } = await begin(t, 'key-terms');
  const card = (words) => page.getByRole('heading', { name: words, exact: true }).waitFor();
  await card('Card 1 of 10');
  await me.press('Show answer');
  await reload();
  await card('Answer');
  await me.press('Got it');
  await reload();
  await card('Card 2 of 10');
  assert.equal(await page.getByRole('heading', { name: 'Answer', exact: true }).count(), 0);

  await me.press('Undo');
  await reload();
  await card('Card 1 of 10');
});

test('G11 a change is stored within a quarter of a second', async (t) => {
  const { page, me } = await begin(t, 'exam-question');
  await me.choose(me.row(QUESTION.stem), QUESTION.right);
  await page.waitForTimeout(250);
  assert.deepEqual((await me.kept('patient-data')).answer, ['split picked']);
});

test('the course opens where the learner left it', async (t) => {
  const { page, me, server } = await begin(t, 'identity-and-least-privilege');
  await me.next();
  await page.goto('about:blank');
  await page.goto(server.url);
  await started(page);
  await me.shows('Reading an IAM policy');
});

test('PR2 progress of exercises that this course does not have is kept', async (t) => {
  const other = { answer: [['a', 'b']], phase: 'open', attempts: 3, key_version: 1, seq: 1, at: 1 };
  const kept = { course: 'clf-c02', opened: ['gone'], read: [], exercises: { gone: other } };
  const { page, me } = await begin(t, 'exam-question', { initScript: keep(KEY, JSON.stringify(kept)) });
  await me.choose(me.row(QUESTION.stem), QUESTION.right);
  await me.press('Check');
  await me.told('Correct');
  const { exercises } = await progress(page);
  assert.deepEqual(Object.keys(exercises).sort(), ['gone', 'patient-data']);
  assert.deepEqual(exercises.gone.answer, other.answer);
  assert.equal(exercises.gone.attempts, 3);
});

/** A script that puts that into the storage, unless something is there already. */
function keep(key, value) {
  return `localStorage.getItem(${JSON.stringify(key)}) ?? localStorage.setItem(${JSON.stringify(key)}, ${JSON.stringify(value)})`;
}

const REFUSED = 'Progress cannot be saved here. Download it, or open the course in its own tab.';

const denials = {
  'whose getter throws': [
    () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } }),
    REFUSED,
  ],
  'that is null': [() => Object.defineProperty(window, 'localStorage', { value: null }), REFUSED],
  'that is full': [
    () => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; },
    'storage is full',
  ],
  'that forgets': [() => { Storage.prototype.setItem = () => {}; }, 'storage is full'],
};

for (const [name, [initScript, message]] of Object.entries(denials)) {
  test(`PR1 a storage ${name}: the lesson runs from memory and says so`, async (t) => {
    const { page, me } = await begin(t, 'exam-question', { initScript });
    const main = page.getByRole('main');
    await main.getByText(message).first().waitFor();
    await me.choose(me.row(QUESTION.stem), QUESTION.right);
    await me.press('Check');
    await me.told('Correct');
    await me.next();
    await me.arrived('Key terms to know by heart');
    await main.getByText(message).first().waitFor();

    const download = page.waitForEvent('download');
    await main.getByRole('button', { name: 'Download progress' }).first().click();
    const file = await download;
    assert.match(file.suggestedFilename(), /^kurso-clf-c02-\d{4}-\d\d-\d\d\.json$/);
    const saved = JSON.parse(await text(await file.createReadStream()));
    assert.deepEqual(saved.exercises['patient-data'].best, { right: 1, of: 1 });
  });
}

async function text(stream) {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

const unreadable = {
  'is no JSON': '{"course":',
  'is another thing in JSON': '[1, 2, 3]',
  'belongs to another course': '{"course":"other","opened":[],"read":[],"exercises":{}}',
  'has other types': '{"course":"clf-c02","exercises":{"duties":{"attempts":-1}}}',
};

for (const [name, json] of Object.entries(unreadable)) {
  test(`PR1 progress that ${name} is set aside, not deleted`, async (t) => {
    const { page, me, reload } = await begin(t, 'exam-question', { initScript: keep(KEY, json) });
    const message = page.getByText('could not be read. It was set aside, not deleted');
    await message.waitFor();
    await me.choose(me.row(QUESTION.stem), QUESTION.right);
    const all = await stored(page);
    const aside = Object.keys(all).filter((key) => key !== KEY);
    assert.equal(aside.length, 1);
    assert(aside[0].startsWith(`${KEY}:set-aside:`), aside[0]);
    assert.equal(all[aside[0]], json);
    assert.deepEqual((await me.kept('patient-data')).answer, ['split picked']);

    await reload();
    assert.equal(await message.count(), 0, 'the new progress can be read');
    assert.deepEqual((await me.kept('patient-data')).answer, ['split picked']);
    assert.equal((await stored(page))[aside[0]], json);
  });
}

test('PR1 unreadable progress that cannot be set aside is not overwritten either', async (t) => {
  const deny = `${keep(KEY, '{')}; Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };`;
  const { page, me } = await begin(t, 'exam-question', { initScript: deny });
  await me.choose(me.row(QUESTION.stem), QUESTION.right);
  await page.getByRole('main').getByText('cannot be saved').first().waitFor();
  assert.deepEqual(await stored(page), { [KEY]: '{' });
});
