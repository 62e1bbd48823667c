// What holds for every exercise: answering, checking, being told, trying again, and that nobody is hurried or hindered.
import assert from 'node:assert/strict';
import { HANDS, STATUS } from '../engines.mjs';
import { ARABIC, OPTIONS } from '../page.mjs';
import { DUTIES, KEY, QUESTION, TITLES, assertPlayed, play } from '../module.mjs';

const { clicks: CLICKS, keys: KEYBOARD, mouse: MOUSE, taps: TAPS } = HANDS;
const [DRIVE, RECORDS] = DUTIES.map(([item]) => item);
const DAY = 86_400_000;

export const EXERCISES = {
  async 'G2 G5 choosing grades nothing, and the focus stays where the learner works'(begin, session) {
    const me = await begin('whose-job', KEYBOARD);
    for (const [item] of DUTIES) {
      await me.choose(me.row(item), 'AWS');
      await me.isAt(me.row(item));
    }
    await session.key('Tab');
    const { attempts, phase } = await me.kept('duties');
    assert.deepEqual([attempts, phase, await session.run('return location.hash')], [0, 'open', '#/whose-job']);
    assert.deepEqual(await session.said(), []);
    await me.press('Check');
    await me.told('2 of 6 correct');
    await me.isAt(me.button('Try again'));
    await me.press('Try again');
    await me.isAt(me.button('Check'));
    await me.press('Show solution');
    await me.told('The solution is shown.');
    await me.isAt({ css: '.exercise' });
  },

  async 'G3 Check with answers missing says so once, leads to the first of them, and is no attempt'(begin, session) {
    const me = await begin('whose-job', KEYBOARD);
    assert(await session.of(me.button('Check'), '!element.disabled && element.ariaDisabled === null'));
    await me.choose(me.row(DRIVE), 'AWS');
    await me.press('Check');
    await me.told('Choose an answer for 5 more items');
    await me.isAt(me.row(RECORDS));
    assert.equal((await me.kept('duties')).attempts, 0);
    assert.equal((await session.said()).length, 1);
  },

  async 'G4 the verdict is told once, politely, by a region that was there before'(begin, session) {
    const me = await begin('whose-job', CLICKS);
    await session.run('window.region = find(arguments[0])', STATUS);
    const loud = { css: '[role="alert"], [role="status"][aria-live], [aria-live="assertive"]', hidden: true };
    assert(!(await session.run('return find(arguments[0])', loud)));
    for (const [item] of DUTIES) await me.choose(me.row(item), 'AWS');
    await me.press('Check');
    const verdict = '2 of 6 correct. 4 items need another look. Try again or show the solution.';
    await me.told(verdict);
    assert(await session.run('return window.region === find(arguments[0])', STATUS), 'it is another region');
    // Rendered anew, for another reason.
    await me.press({ css: 'summary', label: 'Your data' });
    await session.run("dispatchEvent(new Event('storage'))");
    assert.deepEqual(await session.said(), [verdict]);
  },

  async 'G4 PR1 a verdict is told though it cannot be saved, and then that it cannot'(begin, session) {
    const me = await begin('exam-question', CLICKS);
    await me.choose(me.row(QUESTION.stem), QUESTION.right);
    await session.until('the choice to be saved', `return Object.values(localStorage).some((json) => json.includes('"patient-data"'))`);
    await session.run("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }");
    await me.press('Check');
    await me.told(/Correct\. .*storage is full/);
    await me.reads('Progress cannot be saved');
  },

  async 'G5 the focus is on what took the place of Check, it and the verdict are seen, and wherever it goes from there, nothing lies over it'(begin, session) {
    const me = await begin('exam-question', KEYBOARD);
    await session.resize(600, 568);
    await me.choose(me.row(QUESTION.stem), QUESTION.wrong);
    await me.press('Check');
    await me.told('Not correct this time');
    await me.isAt(me.button('Try again'));
    const verdict = { css: '.verdict .outcome' };
    await session.so(verdict, 'element.getBoundingClientRect().top >= 0 && element.getBoundingClientRect().bottom <= innerHeight');
    for (let tabs = 0; tabs < 5; tabs += 1) {
      if (tabs > 0) await session.key('Tab');
      await session.until('what has the focus to be seen', `const { left, top, width, height } = active.getClientRects()[0];
        const over = active.getRootNode().elementFromPoint(left + width / 2, top + height / 2);
        return active.contains(over) || { missing: words(active) + ' is below ' + over?.className }`);
    }
  },

  async 'G6 MC4 each option says by one of four texts how it fared, beside a drawing of its own'(begin, session) {
    const me = await begin('exam-question', CLICKS);
    await me.choose(me.row(QUESTION.stem), QUESTION.wrong);
    await me.press('Check');
    await session.there({ css: '.option .mark' });
    const marks = await session.run(`return findAll({ css: '.option .mark' }).map((mark) => [words(mark), mark.querySelector('svg path').getAttribute('d')])`);
    const told = ['Correct, you missed it', 'Incorrect, not chosen', 'Incorrect, not chosen', 'Incorrect, you chose it'];
    assert.deepEqual(marks.map(([text]) => text).sort(), told);
    assert.equal(new Set(marks.map(([, drawing]) => drawing)).size, 3);
    // What was not chosen is folded, and there for who wants it.
    const folded = { css: 'details.feedback', nth: 0 };
    await me.press({ css: 'summary', within: folded });
    await session.so({ css: 'p', within: folded, nth: 0 }, 'words(element).length > 20');
    await me.press('Try again');
    await me.choose(me.row(QUESTION.stem), QUESTION.right);
    await me.press('Check');
    await session.there({ css: '.option .mark', name: 'Correct, you chose it' });
  },

  async 'G6 each item that was sorted carries a text beside an icon'(begin, session) {
    const me = await begin('whose-job', CLICKS);
    for (const [item] of DUTIES) await me.choose(me.row(item), 'AWS');
    await me.press('Check');
    await session.there({ css: '.rows .mark svg' });
    const texts = await session.run("return findAll({ css: '.rows .mark:has(svg)' }).map(words)");
    const right = DUTIES.map(([, side]) => (side === 'AWS' ? 'Correct: AWS' : 'Incorrect. Belongs to: Customer'));
    assert.deepEqual(texts, right);
  },

  async 'G7 why an answer is right or wrong stands right after it'(begin, session) {
    const me = await begin('whose-job', CLICKS);
    for (const [item] of DUTIES) await me.choose(me.row(item), 'Customer');
    await me.press('Check');
    await session.there({ css: '.rows .feedback' });
    const rows = await session.run(`return findAll({ css: '.rows > li' }).map(({ children: [row, feedback, ...others] }) =>
      [words(row.querySelector('legend')), feedback.className, words(feedback.lastElementChild), others.length])`);
    for (const [at, [item, side]] of DUTIES.entries()) {
      const [legend, kind, why, others] = rows[at];
      assert.match(legend, item);
      assert.deepEqual([kind, others], [side === 'AWS' ? 'feedback wrong' : 'feedback right', 0]);
      assert(why.length > 20, `${legend}: ${why}`);
    }
    assert.match(rows[0][2], /You cannot enter an AWS data center/, 'what is said of that very answer');
  },

  async 'G8 a new try keeps what is right, practising again nothing, and Reset leaves other exercises alone'(begin, session) {
    const me = await begin('exam-question', CLICKS);
    await me.choose(me.row(QUESTION.stem), QUESTION.right);
    await session.go('#/whose-job');
    for (const [item] of DUTIES) await me.choose(me.row(item), 'Customer');
    await me.press('Check');
    await me.told('4 of 6 correct');
    await me.press('Try again');
    await me.told('4 correct items are kept');
    const rows = await session.run(`return findAll({ css: '.rows fieldset' }).map((row) =>
      [row.querySelector('input').disabled, Boolean(row.querySelector(':checked'))])`);
    assert.deepEqual(rows, DUTIES.map(([, side]) => (side === 'AWS' ? [false, false] : [true, true])));
    for (const [item, side] of DUTIES.filter(([, side]) => side === 'AWS')) await me.choose(me.row(item), side);
    await me.press('Check');
    await me.told('All 6 correct.');
    await me.press('Practise again');
    await me.reads('0 of 6 sorted');
    assert.deepEqual((await me.kept('duties')).best, { right: 6, of: 6 });
    await me.choose(me.row(DRIVE), 'AWS');
    await me.press('Reset');
    await me.reads('0 of 6 sorted');
    assert.deepEqual((await me.kept('patient-data')).answer, ['split picked']);
  },

  async 'G8 resetting everything asks once, and offers the progress as a file first'(begin, session) {
    const me = await begin('exam-question', CLICKS);
    await me.choose(me.row(QUESTION.stem), QUESTION.right);
    for (const label of ['Your data', 'Reset everything…']) await me.press({ css: 'summary', label });
    await session.there({ css: '.data button', label: 'Download progress' });
    assert.deepEqual((await me.kept('patient-data')).answer, ['split picked']);
    await me.press('Delete all progress');
    await me.told('All progress was deleted.');
    assert(!(await session.stored())[KEY]?.includes('patient-data'));
  },

  async 'G9 the solution comes after a check, stands beside the answer, is no mastery, and is asked again'(begin, session) {
    const me = await begin('whose-job', CLICKS);
    for (const [item] of DUTIES) await me.choose(me.row(item), 'Customer');
    assert(!(await session.run('return find(arguments[0])', me.button('Show solution'))));
    await me.press('Check');
    await me.press('Show solution');
    await me.told('The solution is shown.');
    const [first] = await session.until('the solution', `const rows = findAll({ css: '.solution li' }).map((row) => [...row.querySelectorAll('dt, dd')].map(words));
      return rows.length && rows.flat().every(Boolean) && rows`);
    assert.deepEqual(first, ['Your answer', 'Customer', 'Solution', 'AWS']);
    await me.press('Practise again');
    for (const [item, side] of DUTIES) await me.choose(me.row(item), side);
    await me.press('Check');
    await me.told('All 6 correct.');
    await session.go('#/wrap-up');
    await me.reads('6 of 6 correct, 2 tries, solution seen');
    await session.run('window.later = arguments[0]', DAY);
    await session.go('#/whose-job');
    await me.reads('Six duties, two sides');
    await session.go('#/review');
    await session.there({ css: 'button', name: /^Review \d+ questions$/ });
    await me.press({ css: 'button', name: /^Review \d+ questions$/ });
    await me.reads('Because you missed it once');
  },

  async 'G10 a new try has another order, which stays whatever happens to the window'(begin, session) {
    const me = await begin('exam-question', CLICKS);
    const options = () => session.run("return findAll({ css: '.option .words' }).map(words)");
    const first = await options();
    await me.choose(me.row(QUESTION.stem), QUESTION.wrong);
    await me.press('Check');
    await me.told('Not correct');
    assert.deepEqual(await options(), first, 'the verdict stands where the answer was given');
    await me.press('Try again');
    await me.told('Ready for another try');
    const again = await options();
    assert.notDeepEqual(again, first);
    assert.deepEqual(again.toSorted(), first.toSorted());
    assert.deepEqual(await session.run("return findAll({ css: '.option .letter' }).map(words)"), ['A', 'B', 'C', 'D']);
    await me.reload();
    assert.deepEqual(await options(), again);
    await session.resize(600, 568);
    assert.deepEqual(await options(), again);
  },

  async 'G10 an option that the author fixed stays where it is'(begin, session) {
    const me = await begin('ask', CLICKS, { folder: OPTIONS });
    const options = () => session.run("return findAll({ css: '.option .words' }).map(words)");
    const first = await options();
    for (const name of ['IAM policies', 'A trail']) await me.choose(me.row(/Which of these/), name);
    await me.press('Check');
    await me.press('Try again');
    await me.told('Ready for another try');
    const again = await options();
    assert.notDeepEqual(again, first);
    assert.equal(again.at(-1), 'None of them');
  },

  async 'G11 a change is stored within a quarter of a second'(begin, session) {
    const me = await begin('exam-question', CLICKS);
    await session.run(`base.addEventListener('change', () => setTimeout(() => (window.then = localStorage[arguments[0]]), 250))`, KEY);
    await me.choose(me.row(QUESTION.stem), QUESTION.right);
    const then = await session.until('a quarter of a second', 'return window.then');
    assert.deepEqual(JSON.parse(then).exercises['patient-data'].answer, [['split', 'picked']]);
  },

  async 'G11 a reload in the middle keeps answers and the verdict'(begin) {
    const me = await begin('whose-job', MOUSE);
    const [[drive], ...others] = DUTIES;
    await me.choose(me.row(drive), 'Customer');
    await me.choose(me.row(others[0][0]), 'Customer');
    await me.reads('2 of 6 sorted');
    await me.reload();
    await me.chose(drive, 'Customer');
    await me.chose(others[0][0], 'Customer');
    await me.reads('2 of 6 sorted');
    for (const [item, side] of others.slice(1)) await me.choose(me.row(item), side);
    await me.press('Check');
    await me.told('5 of 6 correct');
    await me.reload();
    await me.reads('5 of 6 correct');
    await me.reads('You cannot enter an AWS data center');
    await me.press('Try again');
    await me.chose(others[0][0], 'Customer');
  },

  async 'G12 time changes nothing: a day later the answer is as it was, and nobody was hurried'(begin, session) {
    const me = await begin('whose-job', CLICKS);
    await me.choose(me.row(DRIVE), 'AWS');
    const lesson = () => session.of({ css: 'main' }, 'element.innerText');
    const before = await lesson();
    await session.run('window.later = arguments[0]; document.dispatchEvent(new Event("visibilitychange"))', DAY);
    assert.equal(await lesson(), before);
    assert.doesNotMatch(before, /streak|hurry|seconds left|lives|hearts/i);
    await me.press('Check');
    await me.told('Choose an answer for 5 more items.');
    await me.chose(DRIVE, 'AWS');
  },

  async 'G13 on a small phone every control is big enough for a thumb, and a press can be taken back'(begin, session) {
    const me = await begin('whose-job', TAPS);
    const small = [];
    for (const step of ['exam-question', 'reading-a-policy', 'risks-and-controls', 'key-terms', 'whose-job']) {
      await session.go(`#/${step}`);
      await session.there({ css: `.sheet[id="/${step}"]` });
      const low = await session.run(`return findAll({ css: 'button, select, summary, label:has(input), nav a' })
        .filter((control) => control.getBoundingClientRect().height < 43.5).map((control) => words(control))`);
      small.push(...low.map((control) => `${step}: ${control}`));
    }
    assert.deepEqual(small, []);
    // Down on it, and up elsewhere.
    await session.point({ css: 'label', name: 'AWS', within: me.row(DRIVE) }, 'mouse', { x: 0, y: 20 }, { x: 0, y: 120 });
    await session.point(me.button('Check'), 'mouse', { x: 0, y: -20 }, { x: 0, y: -120 });
    assert(await session.of(me.row(DRIVE), '!element.querySelector(":checked")'));
    assert.deepEqual(await session.said(), []);
    // All of the row is the target.
    await me.choose(me.row(DRIVE), 'AWS');
    await me.chose(DRIVE, 'AWS');
  },

  async 'G14 nothing scrolls sideways or is cut off in the narrowest window that there is, with wider spacing too'(begin, session) {
    // A phone's window, but a click is enough to go on.
    const me = await begin('', CLICKS, { phone: true });
    const found = [];
    const look = async (what) => found.push(...(await session.misfits()).map((misfit) => `${what}: ${misfit}`));
    for (const [at, title] of TITLES.entries()) {
      if (at > 0) await me.next();
      await me.shows(title);
      await look(title);
      await session.run(`const { adoptedStyleSheets } = document.querySelector('kurso-player').shadowRoot;
        const spaced = new CSSStyleSheet();
        spaced.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
        window.usual = [...adoptedStyleSheets];
        document.querySelector('kurso-player').shadowRoot.adoptedStyleSheets = [...usual, spaced];`);
      await look(`${title}, spaced`);
      await session.run("document.querySelector('kurso-player').shadowRoot.adoptedStyleSheets = window.usual");
    }
    assert.deepEqual(found, []);
  },

  async 'G15 who wants less motion gets none'(begin, session) {
    await begin('whose-job', CLICKS);
    const moving = () => session.run(`const long = (times) => times.split(', ').some((time) => parseFloat(time) > 0.001);
      return [...base.querySelectorAll('*')].filter((element) => {
        const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(element);
        return long(transitionDuration) || (animationName !== 'none' && long(animationDuration)) || scrollBehavior === 'smooth';
      }).map((element) => element.localName + '.' + element.className)`);
    assert.notDeepEqual(await moving(), [], 'who does not mind gets some, so this test can fail');
    assert(await session.run("return matchMedia('(prefers-reduced-motion: reduce)').media.includes('reduce')"), 'the engine can be asked');
    await session.answer('prefers-reduced-motion: reduce', 'prefers-reduced-motion: no-preference');
    for (const step of ['service-types', 'exam-question', 'key-terms', 'wrap-up', 'whose-job']) {
      await session.go(`#/${step}`);
      await session.there({ css: `.sheet[id="/${step}"]` });
      assert.deepEqual(await moving(), [], step);
    }
  },

  async 'G16 two players on a page share no ids and no answers, and take no focus'(begin, session) {
    const player = '<kurso-player storage="none" step="whose-job"></kurso-player>';
    const around = ({ url }) => `<!doctype html><html lang="en"><title>A blog</title><link rel="icon" href="data:,">
      <script type="module" src="${url}kurso.js"></script><input id="field" autofocus>${player}${player}`;
    const me = await begin('', CLICKS, { around });
    const [here, there] = [0, 1].map((player) => ({ css: 'label', name: 'AWS', within: { css: 'fieldset', legend: DRIVE, player } }));
    for (const target of [here, there]) await session.there(target);
    assert.equal(await session.run('return active.id'), 'field');
    const twice = await session.run(`return [document, ...players.map(({ shadowRoot }) => shadowRoot)].flatMap((tree) => {
      const ids = [...tree.querySelectorAll('[id]')].map(({ id }) => id);
      return ids.filter((id, at) => ids.indexOf(id) !== at);
    })`);
    assert.deepEqual(twice, []);
    await me.press(here);
    await session.so(here, 'element.control.checked');
    await session.so(there, '!element.control.checked');
    assert.deepEqual(await session.stored(), {});
  },

  async 'G17 single keys rate a card only in the deck, and can be turned off'(begin, session) {
    const me = await begin('key-terms', KEYBOARD);
    const display = me.button('Display');
    await me.press('Show answer');
    await me.headed('Answer');
    await session.reach(display);
    await session.key('2');
    await session.reach(me.button('Got it'));
    await me.headed('Card 1 of 10');
    await session.key('2');
    await me.headed('Card 2 of 10');
    await session.key('u');
    await me.headed('Card 1 of 10');

    await me.press(display);
    const shortcuts = { css: '.display input[type="checkbox"]' };
    await session.reach(shortcuts);
    await session.key('Space');
    await session.so(shortcuts, '!element.checked');
    await session.key('Escape');
    await session.gone(shortcuts);
    await session.reach(me.button('Show answer'));
    await session.key('Space');
    await me.headed('Answer');
    await session.reach(me.button('Got it'));
    for (const key of ['1', '2', 'u']) await session.key(key);
    await session.key('Enter');
    await me.headed('Card 2 of 10');
    assert.equal((await me.kept('key-term-cards')).answer.length, 1);
  },

  async 'G17 EM10 the digits of an Arabic keyboard rate cards as well'(begin, session) {
    const me = await begin('cards', KEYBOARD, { folder: ARABIC });
    await me.press({ css: '.deck .main' });
    await session.there({ css: '.deck .back' });
    await session.key('٢');
    await session.gone({ css: '.deck .back' });
    const [[, rating]] = JSON.parse((await session.stored())['kurso:mithal:1']).exercises.terms.answer;
    assert.equal(rating, 'got-it');
  },

  async 'an exercise is accessible before and after Check'(begin, session) {
    const me = await begin('whose-job', CLICKS);
    assert.deepEqual(await session.accessibilityProblems(), []);
    for (const [item] of DUTIES) await me.choose(me.row(item), 'AWS');
    await me.press('Check');
    await me.told('2 of 6 correct');
    assert.deepEqual(await session.accessibilityProblems(), []);
  },
};

for (const hand of Object.values(HANDS)) {
  EXERCISES[`G1 the whole module with ${hand.name}`] = async (begin, session) => {
    const me = await begin('', hand);
    await play(me);
    assertPlayed(await session.progress());
  };
}

EXERCISES['a row of an order is dragged by its handle, which says what the buttons say, and Escape puts it back'] = async (begin, session) => {
  const me = await begin('reading-a-policy', MOUSE);
  const words = "findAll({ css: '.order .words' }).map(words)";
  const so = (order) => session.until('that order', `return JSON.stringify(${words}) === arguments[0]`, JSON.stringify(order));
  const [first, second, ...others] = await session.run(`return ${words}`);
  const handle = { css: '.handle', within: { css: '.order > li', name: first } };
  const row = await session.run(`const [one, other] = findAll({ css: '.order > li' }).map((row) => row.getBoundingClientRect());
    return (other.top + other.bottom - one.top - one.bottom) / 2 + 8`);
  // What drags is loaded once there is something to drag.
  for (let tries = 0; tries < 20; tries += 1) {
    await session.hold(handle, { x: 0, y: row });
    if (await session.run("return Boolean(find({ css: '.sliding' }))")) break;
    await session.drop();
  }
  await so([second, first, ...others]);
  await session.drop();
  await me.told('is now at position 2 of 4.');
  await session.hold(handle, { x: 0, y: -row });
  await so([first, second, ...others]);
  await session.key('Escape');
  await so([second, first, ...others]);
  await session.drop();
  assert.equal(await session.of(handle, 'getComputedStyle(element).touchAction'), 'none');
  assert.deepEqual((await me.kept('evaluation')).answer.length, 4);
};

for (const hand of [MOUSE, KEYBOARD]) {
  EXERCISES[`things are put in order with ${hand.name}, up and down, and the focus goes along`] = async (begin, session) => {
    const me = await begin('reading-a-policy', hand);
    const words = () => session.run("return findAll({ css: '.order .words' }).map(words)");
    const [first, ...others] = await words();
    const move = (way) => ({ css: 'button', label: `Move ${way}: ${first}` });
    for (const at of [2, 3, 4]) {
      await me.press(move('down'));
      await me.told(`is now at position ${at} of 4.`);
      await me.isAt(move('down'));
    }
    assert.deepEqual(await words(), [...others, first]);
    await me.press(move('up'));
    await me.told('is now at position 3 of 4.');
    await me.reload();
    assert.deepEqual(await words(), [...others.slice(0, 2), first, others[2]]);
  };
}
