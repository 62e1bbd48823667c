// What is around the exercises: the address, paper, languages, the start, what keeps progress and takes it elsewhere.
import assert from 'node:assert/strict';
import { HANDS } from '../engines.mjs';
import { DUTIES, KEY, QUESTION, TITLES } from '../module.mjs';
import { ARABIC } from '../page.mjs';

const { clicks: CLICKS, keys: KEYBOARD, mouse: MOUSE } = HANDS;
const [[DRIVE, SIDE], [RECORDS]] = DUTIES;

export const AROUND = {
  async 'EM7 what is answered before the player runs is adopted'(begin, session) {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    const me = await begin('whose-job', MOUSE, { held });
    await me.choose(me.row(DRIVE), 'AWS');
    await me.choose(me.row(RECORDS), 'Customer');
    assert(await session.run('return !base'), 'the player runs already');
    release();
    await session.started();
    await me.chose(DRIVE, 'AWS');
    await me.chose(RECORDS, 'Customer');
    await me.reads('2 of 6 sorted');
    assert.deepEqual((await me.kept('duties')).answer.toSorted(), ['failed-drive aws', 'medical-records customer']);
  },

  async 'EM8 an address leads to an exercise, a step or a term, and Back and Forward lead out and in again'(begin, session) {
    const me = await begin('controls', CLICKS);
    const at = (hash) => session.until(`the address ${hash}`, 'return location.hash === arguments[0]', hash);
    // Chromium forgets first, of all that it has shown, where nobody has touched anything.
    const touch = () => session.point({ css: 'main h1' }, 'mouse');
    const controls = { css: 'h2', label: 'Four risks, one control each' };
    await session.so(controls, 'element.getBoundingClientRect().top < innerHeight');
    await at('#/risks-and-controls');
    await touch();
    await session.go('#/glossary/hipaa');
    await session.there({ css: 'dt', name: 'HIPAA' });
    await touch();
    await session.go('#/duties');
    await me.isAt({ css: 'h2', label: 'Six duties, two sides' });
    await session.turn(-1);
    await at('#/glossary/hipaa');
    await session.turn(-1);
    await at('#/risks-and-controls');
    await session.there(controls);
    await session.turn(1);
    await at('#/glossary/hipaa');
    await me.shows('Search and glossary');
  },

  async 'EM8 in a frame Back leads to the step before, and the page around stays where it is'(begin, session) {
    const around = ({ url }) => `<!doctype html><html lang="en"><title>A blog</title><link rel="icon" href="data:,"><iframe src="${url}" title="A course" width="900" height="700"></iframe>`;
    const me = await begin('', CLICKS, { around });
    const address = await session.run('return document.URL');
    await session.enter();
    await me.next();
    await me.shows(TITLES[1]);
    await session.leave();
    await session.run('history.back()');
    await session.enter();
    await me.shows(TITLES[0]);
    await session.leave();
    assert.equal(await session.run('return document.URL'), address);
  },

  async 'EM8 on a page of somebody else the address stays theirs'(begin, session) {
    const around = ({ url }) => `<!doctype html><html lang="en"><title>A blog</title><link rel="icon" href="data:,">
      <script type="module" src="${url}kurso.js"></script><h1 id="theirs">Here</h1><kurso-player></kurso-player>`;
    const me = await begin('', CLICKS, { around });
    await session.go('#theirs');
    await me.next();
    await me.shows(TITLES[1]);
    assert.deepEqual(await session.run('return [location.hash, document.title]'), ['#theirs', 'A blog']);
  },

  async 'EM9 on paper are all steps without controls, and the answers on a page of their own'(begin, session) {
    const me = await begin('whose-job', CLICKS);
    await me.choose(me.row(DRIVE), 'Customer');
    const before = (await session.progress()).exercises;
    await session.run("dispatchEvent(new Event('beforeprint'))");
    await session.answer('print', 'screen');
    // What is on paper stands in the page, not in the player.
    const shown = (css) => session.run('return findAll({ css: arguments[0] }).map(words)', css);
    const titles = await shown('h1');
    assert.deepEqual([titles.slice(0, TITLES.length), titles.at(-1)], [TITLES, 'Answers']);
    assert.deepEqual(await shown('input, select, button, .bar, .outline, progress'), []);
    assert.equal((await shown('.exercise legend')).length, DUTIES.length + 1);
    assert.equal((await shown('.answer-key h2')).length, 5);
    assert.equal((await shown('.answer-key dt')).length, 6 + 4 + 4 + 4 + 10);
    assert.deepEqual(await shown('.exercise dt'), [], 'no answer beside its question');
    assert((await shown('.terms dt')).length >= 15, 'the glossary');
    const style = await session.run(`const { breakBefore } = getComputedStyle(find({ css: '.answer-key' }));
      return [breakBefore, getComputedStyle(document.documentElement).colorScheme]`);
    assert.deepEqual(style, ['page', 'light']);
    await session.run("dispatchEvent(new Event('afterprint'))");
    await session.answer('nothing', 'all');
    assert.equal((await shown('h1')).length, 1);
    await me.chose(DRIVE, 'Customer');
    assert.deepEqual((await session.progress()).exercises, before);
  },

  async 'EM10 everything is in the language of the course, and lines, arrows and keys go its way'(begin, session) {
    const me = await begin('sort', KEYBOARD, { folder: ARABIC });
    assert.deepEqual(await session.run('return [document.documentElement.lang, document.documentElement.dir]'), ['ar', 'rtl']);
    const words = await session.run(`const kurso = base.querySelector('.kurso');
      return [kurso.lang, getComputedStyle(kurso).direction, kurso.innerText + [...kurso.querySelectorAll('[aria-label]')].map(({ ariaLabel }) => ariaLabel)]`);
    assert.deepEqual(words.slice(0, 2), ['ar', 'rtl']);
    assert.doesNotMatch(words[2], /[a-z0-9]/i);
    const next = { css: '.bar .next' };
    assert.equal(await session.of({ css: '.icon', within: next }, 'getComputedStyle(element).transform'), 'matrix(-1, 0, 0, 1, 0, 0)');
    assert(await session.run("return find({ css: '.outline' }).getBoundingClientRect().left > find(arguments[0]).getBoundingClientRect().left", next), 'what comes first is at the right');
    await me.press('استخدم لوحة');
    await me.press({ css: '.pool .chip', nth: 0 });
    await me.told('مجموعتان');
    await session.key('ArrowLeft');
    await me.told('المزوّد، ١ من ٢');
    await session.key('ArrowLeft');
    await me.told('العميل، ٢ من ٢');
    await session.key('ArrowRight');
    await me.told('المزوّد، ١ من ٢');
  },

  async 'PR3 a link holds progress, and who opens it is asked before that is added'(begin, session) {
    const me = await begin('whose-job', MOUSE);
    await me.choose(me.row(DRIVE), SIDE);
    for (const label of ['Your data', 'Move to another device…']) await me.press({ css: 'summary', label });
    await session.there({ css: '.code svg' });
    const link = await session.of({ css: '.transfer input' }, 'element.value');
    await me.press({ css: 'summary', label: 'Reset everything…' });
    await me.press('Delete all progress');
    await me.told('All progress was deleted.');
    await session.go(new URL(link).hash);
    await session.there(me.button('Add them'));
    assert(!(await session.run('return location.hash')).includes('progress'));
    assert(!(await session.stored())[KEY]?.includes('failed-drive'), 'it is added already');
    await me.press('Add them');
    await session.go('#/whose-job');
    await me.chose(DRIVE, SIDE);
  },
};

const REFUSALS = {
  'whose getter throws': () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } }),
  'that is full': () => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; },
};

for (const [name, first] of Object.entries(REFUSALS)) {
  AROUND[`PR1 with a storage ${name} the lesson says so and goes on`] = async (begin) => {
    const me = await begin('exam-question', MOUSE, { first });
    await me.reads('Progress cannot be saved');
    await me.choose(me.row(QUESTION.stem), QUESTION.right);
    await me.press('Check');
    await me.told('Correct.');
    await me.next();
    await me.arrived(TITLES[10]);
    await me.reads('Progress cannot be saved');
  };
}
