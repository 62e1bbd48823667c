// Boards and pairs: the same answers as with radio buttons and lists, by tapping, by keys and by dragging.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draggable, open, started } from './browser.mjs';
import { DUTIES, HANDS, RISKS, learner } from './learner.mjs';

/** Opens the board of an exercise for that hand. */
async function board(t, path, hand, options = {}) {
  const { page } = await open(t, { path, ...options });
  const me = learner(page, hand);
  await me.press('Use a board');
  await page.locator('.board').waitFor();
  const chip = (item) => page.locator('.pool .chip').filter({ hasText: item });
  const slot = (name) => page.locator('.slot').filter({ has: page.locator('.take', { hasText: name }) });
  return { page, me, chip, slot, take: (name) => slot(name).locator('.take'), press: (target) => hand.press(page, target) };
}

const answers = async (me) => (await me.kept('duties')).answer.toSorted();
const RIGHT = ['certifications aws', 'failed-drive aws', 'guest-patches customer', 'medical-records customer', 'password-policy customer', 'region customer'];

for (const name of ['a mouse', 'single taps at 320 × 568', 'click events only, as voice control sends them']) {
  test(`CL4 items are sorted on a board with ${name}`, async (t) => {
    const hand = HANDS[name];
    const { me, chip, take, press } = await board(t, '#/whose-job', hand, hand.options);
    for (const [at, [item, side]] of DUTIES.entries()) {
      // Item first or group first.
      const taps = at % 2 ? [chip(item), take(side)] : [take(side), chip(item)];
      for (const target of taps) await press(target);
      await me.told(`Placed in ${side}. ${at + 1} of 6 sorted.`);
    }
    assert.deepEqual(await answers(me), RIGHT);
    await me.press('Check');
    await me.told('All 6 correct.');
  });
}

test('CL3 CL4 items are sorted on a board with the keyboard alone, and the focus stays', async (t) => {
  const hand = HANDS['the keyboard alone'];
  const { page, me, chip, press } = await board(t, '#/whose-job', hand);
  for (const [at, [item, side]] of DUTIES.entries()) {
    await press(chip(item));
    await me.told(at ? 'picked up.' : 'picked up. 2 groups. Use arrows, Enter to place, Escape to cancel.');
    await page.keyboard.press('ArrowRight');
    await me.told('AWS, 1 of 2, contains');
    if (side === 'Customer') {
      await page.keyboard.press('ArrowRight');
      await me.told('Customer, 2 of 2, contains');
    }
    await me.isAt(chip(item));
    await page.keyboard.press('Enter');
    await me.told(`Placed in ${side}. ${at + 1} of 6 sorted.`);
    await me.isAt(chip(item));
  }
  assert.deepEqual(await answers(me), RIGHT);
});

test('CL4 an item that is placed is picked up again, and the pool takes it back', async (t) => {
  const { page, me, chip, slot, take } = await board(t, '#/whose-job', HANDS['a mouse']);
  await chip(DUTIES[0][0]).click();
  await take('Customer').click();
  await me.told('Placed in Customer.');
  // In the board: to reach a slot, the page may be scrolled.
  const place = () => chip(DUTIES[1][0]).evaluate((chip) => {
    const [here, board] = [chip, chip.closest('.board')].map((element) => element.getBoundingClientRect());
    return [here.left - board.left, here.top - board.top, here.width, here.height];
  });
  const before = await place();
  await slot('Customer').locator('.chip').click();
  await me.told('picked up');
  await take('AWS').click();
  await me.told('Placed in AWS.');
  assert.deepEqual(await answers(me), ['failed-drive aws']);
  assert.deepEqual(await place(), before, 'used items stay where they were, so nothing moves');
  await chip(DUTIES[0][0]).click();
  await me.button('Back to the list').click();
  await me.told('Back in the list. 0 of 6 sorted.');
  assert.deepEqual(await answers(me), []);
});

/** Drags by mouse from the handle of an item. */
async function drag(page, chip, to, { drop = true } = {}) {
  await draggable(page);
  const handle = await chip.locator('.handle').boundingBox();
  const [x, y] = [handle.x + handle.width / 2, handle.y + handle.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 4, y + 12, { steps: 4 });
  await page.locator('.lifted').waitFor();
  await page.mouse.move(to.x, to.y, { steps: 5 });
  if (drop) await page.mouse.up();
}

const middle = async (target) => {
  const { x, y, width, height } = await target.boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
};

test('CL4 a drag does what two taps do; Escape and a drop beside the board do nothing', async (t) => {
  const { page, me, chip, slot } = await board(t, '#/whose-job', HANDS['a mouse'], { viewport: { width: 1280, height: 1400 } });
  await drag(page, chip(DUTIES[0][0]), await middle(slot('AWS')));
  await me.told('Placed in AWS. 1 of 6 sorted.');
  assert.deepEqual(await answers(me), ['failed-drive aws']);

  await drag(page, chip(DUTIES[1][0]), { x: 20, y: 20 });
  await page.locator('.lifted').waitFor({ state: 'detached' });
  await drag(page, chip(DUTIES[1][0]), await middle(slot('Customer')), { drop: false });
  await page.locator('.slot.under').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.lifted').waitFor({ state: 'detached' });
  await page.mouse.up();
  await drag(page, slot('AWS').locator('.chip'), await middle(slot('Customer')));
  await me.told('Placed in Customer. 1 of 6 sorted.');
  assert.deepEqual(await answers(me), ['failed-drive customer'], 'neither of the others was placed');

  const handle = await middle(chip(DUTIES[2][0]).locator('.handle'));
  await page.mouse.move(handle.x, handle.y);
  await page.mouse.down();
  await page.mouse.move(handle.x + 4, handle.y + 4);
  await page.mouse.up();
  await me.told('picked up');
  assert.equal(await chip(DUTIES[2][0]).getAttribute('aria-pressed'), 'true', 'a drag under 10 px is a tap');
});

test('CL4 a drag near the edge scrolls the page, and a finger on the words scrolls it too', async (t) => {
  const { page, chip } = await board(t, '#/whose-job', HANDS['a mouse'], { viewport: { width: 600, height: 500 } });
  await chip(DUTIES[0][0]).scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  await drag(page, chip(DUTIES[0][0]), { x: 300, y: 495 }, { drop: false });
  await page.waitForFunction((before) => scrollY > before + 100, before);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  const touch = (selector) => page.locator(selector).first().evaluate((element) => getComputedStyle(element).touchAction);
  assert.equal(await touch('.pool .handle'), 'none');
  assert.equal(await touch('.pool .chip'), 'manipulation', 'which lets a finger scroll');
});

test('MA4 pairs are made by tapping a prompt and an answer, in either order, and are told by number and letter', async (t) => {
  const { page, me, chip, slot, take } = await board(t, '#/risks-and-controls', HANDS['a mouse']);
  const [[listening], [bucket]] = RISKS;
  const [first, second] = [page.locator('.take').nth(0), page.locator('.take').nth(1)];
  await chip(listening).click();
  await chip(bucket).click();
  assert.equal(await chip(listening).getAttribute('aria-pressed'), 'false', 'the same column selects anew');
  await first.click();
  await me.told('matched with HTTPS (TLS)');
  assert.match(await chip(bucket).innerText(), /A\. HTTPS/);
  assert.equal((await slot('HTTPS').locator('.chips').innerText()).trim(), '2');
  await second.click();
  await chip(listening).click();
  await me.told('2 of 4 matched');
  await first.click();
  await page.keyboard.press('Escape');
  await me.told('Cancelled.');
  await chip(listening).click();
  await take('HTTPS').click();
  await me.told('Moved from 2. 2 is now empty.');
  assert.deepEqual((await me.kept('controls')).answer, ['eavesdropping tls']);
});

test('the choice of a board is remembered, and its verdict is a list', async (t) => {
  const { page, me, chip, take } = await board(t, '#/whose-job', HANDS['a mouse']);
  await page.reload();
  await started(page);
  await page.locator('.board').waitFor();
  for (const [item] of DUTIES) {
    await chip(item).click();
    await take('AWS').click();
  }
  await me.press('Check');
  await me.told('2 of 6 correct');
  assert.equal(await page.locator('.board').count(), 0);
  await me.press('Try again');
  await page.locator('.board').waitFor();
  assert.equal(await page.locator('.pool .chip:disabled').count(), 2, 'what was right stays');
  await me.press('Use a list');
  await me.row(DUTIES[0][0]).waitFor();
});

test('an ordering keeps the focus on the button that moves, and says where things are', async (t) => {
  const { page } = await open(t, { path: '#/reading-a-policy' });
  const me = learner(page, HANDS['the keyboard alone']);
  const rows = () => page.locator('.order .words').allInnerTexts();
  const [first, ...others] = await rows();
  const down = page.getByRole('button', { name: `Move down: ${first}` });
  for (let at = 2; at <= 4; at += 1) {
    await down.press('Enter');
    await me.told(`is now at position ${at} of 4.`);
    await me.isAt(down);
  }
  assert.deepEqual(await rows(), [...others, first]);
  await down.press('Enter');
  await me.isAt(down);
  assert.deepEqual(await rows(), [...others, first], 'at the end there is nowhere to go');
  await page.reload();
  await started(page);
  assert.deepEqual(await rows(), [...others, first]);
});
