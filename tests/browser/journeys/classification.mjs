// Items that belong into categories: as rows of radio buttons, as lists of many, and on a board.
import assert from 'node:assert/strict';
import { HANDS } from '../engines.mjs';
import { DUTIES, KEY } from '../module.mjs';
import { OPTIONS } from '../page.mjs';

const { clicks: CLICKS, keys: KEYBOARD, mouse: MOUSE, taps: TAPS } = HANDS;
const [[DRIVE, DRIVES_SIDE], [RECORDS]] = DUTIES;

export const CLASSIFICATION = {
  async 'CL1 an item is the legend of native radio buttons, the same in each row'(begin, session) {
    await begin('whose-job', CLICKS);
    const rows = await session.run(`return findAll({ css: '.rows fieldset' }).map((row) =>
      [words(row.querySelector(':scope > legend')), [...row.querySelectorAll('label > input[type="radio"]')].map((input) => words(input.closest('label')))])`);
    assert.equal(rows.length, DUTIES.length);
    for (const [at, [legend, categories]] of rows.entries()) {
      assert.match(legend, DUTIES[at][0]);
      assert.deepEqual(categories, ['AWS', 'Customer']);
    }
  },

  async 'CL1 with many categories an item is the label of a native list'(begin, session) {
    const me = await begin('many', CLICKS, { folder: OPTIONS });
    const [bucket] = await session.run(`return findAll({ css: '.rows select' }).map((select) =>
      [words(select.labels[0]), select.value, ...[...select.options].map(words)]).reverse()`);
    assert.deepEqual(bucket, ['A bucket', '', 'Choose an answer…', 'Compute', 'Storage', 'Databases', 'Networks', 'Logs']);
    for (const [name, at] of [['A virtual server', 1], ['A bucket', 2]]) await session.option({ css: 'select', within: { css: '.row', name } }, at);
    await me.press('Check');
    await me.told('All 2 correct.');
  },

  async 'CL2 CL8 wide, it is a table; narrow, the categories are below their item; counted in words'(begin, session) {
    const me = await begin('whose-job', CLICKS);
    const places = () => session.run(`return findAll({ css: '.rows .row' }).map((row) => {
      const [item, categories] = ['legend', '.segments'].map((part) => row.querySelector(part).getBoundingClientRect());
      return [categories.top < item.bottom && categories.left >= item.right - 1, categories.top >= item.bottom - 1, Math.round(categories.left)];
    })`);
    const wide = await places();
    assert(wide.every(([beside]) => beside), JSON.stringify(wide));
    assert.equal(new Set(wide.map(([, , left]) => left)).size, 1, 'the categories are columns');
    await me.reads('0 of 6 sorted');
    await me.choose(me.row(DRIVE), 'AWS');
    await me.reads('1 of 6 sorted');
    await session.run('window.row = find(arguments[0])', me.row(DRIVE));
    await session.resize(600, 700);
    await session.until('a narrow window', 'return innerWidth < 720');
    const narrow = await places();
    assert(narrow.every(([, below]) => below), JSON.stringify(narrow));
    assert(await session.run('return window.row === find(arguments[0])', me.row(DRIVE)), 'it is the same row');
    await me.chose(DRIVE, 'AWS');
  },

  async 'CL3 Tab stops once at each item, arrows choose, and nothing moves'(begin, session) {
    const me = await begin('whose-job', KEYBOARD);
    const places = () => session.run(`return findAll({ css: '.rows :is(legend, .segment)' }).map((part) => {
      const { left, top, width, height } = part.getBoundingClientRect();
      return [left, top + scrollY, width, height].map(Math.round);
    })`);
    await session.reach(me.row(DRIVE));
    const before = await places();
    for (const [item] of DUTIES) {
      await me.isAt(me.row(item));
      await me.choose(me.row(item), 'AWS');
      await me.isAt(me.row(item));
      await session.key('Tab');
    }
    assert.deepEqual(await places(), before);
    assert.equal((await me.kept('duties')).answer.length, DUTIES.length);
  },

  async 'CL3 CL4 Tab never drops, Escape puts back, and an item that is placed can be taken out'(begin, session) {
    const me = await begin('whose-job', KEYBOARD);
    await me.press('Use a board');
    const [drive, records] = [DRIVE, RECORDS].map(me.chip);
    await me.press(drive);
    await me.told('picked up. 2 groups. Use arrows, Enter to place, Escape to cancel.');
    await session.key('ArrowRight');
    await me.told('AWS, 1 of 2, contains 0 items');
    await session.key('Tab');
    await me.isAt(records);
    assert(!(await session.stored())[KEY]?.includes('failed-drive'), 'Tab drops');
    await session.key('Escape');
    await me.told('Cancelled.');
    await session.gone({ css: '.chip[aria-pressed="true"]' });

    await me.press(drive);
    await me.told('picked up.');
    await session.key('ArrowRight');
    await session.key('ArrowRight');
    await me.told('Customer, 2 of 2');
    await session.key('ArrowLeft');
    await me.told('AWS, 1 of 2');
    await session.key('Enter');
    await me.told('Placed in AWS. 1 of 6 sorted.');
    await me.isAt(drive);
    await session.key('Enter');
    await me.told('picked up');
    await me.press('Back to the list');
    await me.told('Back in the list. 0 of 6 sorted.');
    assert.deepEqual((await me.kept('duties')).answer, []);
  },

  async 'CL4 a drag does what two taps do, and a drop beside the board does nothing'(begin, session) {
    const me = await begin('whose-job', MOUSE);
    await me.press('Use a board');
    const handle = (item) => ({ css: '.handle', within: me.chip(item) });
    await session.there(handle(DRIVE));
    await session.drag(handle(DRIVE), me.slot('AWS'));
    await me.told('Placed in AWS. 1 of 6 sorted.');
    await session.drag(handle(RECORDS), { css: 'h2', nth: 0 });
    await session.gone({ css: '.lifted' });
    // Less than 10 px are a tap.
    await session.point(handle(DUTIES[2][0]), 'mouse', { x: 3, y: 3 });
    await me.told('picked up');
    assert.deepEqual((await me.kept('duties')).answer, ['failed-drive aws']);
  },

  async 'CL5 a board says what is picked up, where it would go, where it went and that it did not'(begin, session) {
    const me = await begin('whose-job', KEYBOARD);
    await me.press('Use a board');
    const name = await session.of({ css: '.words', within: me.chip(DRIVE) }, 'words(element)');
    await me.press(me.chip(DRIVE));
    await session.key('ArrowRight');
    await session.key('ArrowRight');
    await session.key('Enter');
    await me.told('Placed in');
    await me.press(me.chip(DRIVE));
    await session.key('Escape');
    await me.told('Cancelled.');
    assert.deepEqual(await session.said(), [
      `${name}, picked up. 2 groups. Use arrows, Enter to place, Escape to cancel.`,
      'AWS, 1 of 2, contains 0 items',
      'Customer, 2 of 2, contains 0 items',
      'Placed in Customer. 1 of 6 sorted.',
      `${name}, picked up.`,
      'Cancelled. Everything is where it was.',
    ]);
    assert(!(await session.run("return find({ css: '[role=application], [aria-grabbed], [aria-dropeffect]', hidden: true })")));
  },

  async 'CL6 an item may belong into several categories, and its feedback names them all, with a note'(begin, session) {
    const me = await begin('sort', CLICKS, { folder: OPTIONS });
    await me.choose(me.row(/Locking/), 'Customer');
    await me.choose(me.row(/Training/), 'Customer');
    await me.choose(me.row(/Choosing/), 'Customer');
    await me.press('Check');
    await me.told('2 of 3 correct');
    const [building, training] = await session.run("return findAll({ css: '.rows .feedback' }).map(words)");
    assert.match(training, /^Correct: AWS or Customer.*Each trains its own\..*It depends on whose people they are\./);
    assert.match(building, /^Incorrect\. Belongs to: AWS.*You could not get in/);
  },

  async 'CL7 what is not answered is wrong only for who checks anyway, and nothing is subtracted'(begin, session) {
    const me = await begin('whose-job', CLICKS);
    await me.choose(me.row(DRIVE), DRIVES_SIDE);
    await me.choose(me.row(RECORDS), 'AWS');
    assert(!(await session.run('return find(arguments[0])', me.button('Check anyway'))));
    await me.press('Check');
    await me.told('Choose an answer for 4 more items.');
    assert.equal((await me.kept('duties')).attempts, 0);
    await me.press('Check anyway');
    await me.told('1 of 6 correct. 5 items need another look.');
    assert.deepEqual((await me.kept('duties')).first, { right: 1, of: 6 });
    const marks = await session.run("return findAll({ css: '.rows .mark' }).map(words)");
    assert.deepEqual(marks.slice(0, 3), ['Correct: AWS', 'Incorrect. Belongs to: Customer', 'Not answered. Belongs to: Customer']);
  },
};

for (const hand of [KEYBOARD, TAPS, CLICKS]) {
  CLASSIFICATION[`CL4 items are sorted on a board with ${hand.name}`] = async (begin) => {
    const me = await begin('whose-job', hand);
    await me.press('Use a board');
    for (const [at, [item, side]] of DUTIES.slice(0, 2).entries()) {
      await me.place(me.chip(item), me.slot(side), { at: side === 'AWS' ? 1 : 2, groupFirst: at === 1 });
      await me.told(`Placed in ${side}. ${at + 1} of 6 sorted.`);
    }
    assert.deepEqual((await me.kept('duties')).answer.toSorted(), ['failed-drive aws', 'medical-records customer']);
  };
}
