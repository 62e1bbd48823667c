// Key terms in the text, and the page of all of them.
import assert from 'node:assert/strict';
import { HANDS } from '../engines.mjs';
import { TITLES } from '../module.mjs';
import { OPTIONS } from '../page.mjs';

const { clicks: CLICKS, keys: KEYBOARD, mouse: MOUSE, taps: TAPS } = HANDS;
const [HIPAA, GDPR] = ['HIPAA', 'GDPR'].map((label) => ({ css: '.term', label, nth: 0 }));
const OPEN = { css: '.definition:popover-open' };
const DEFINITION = { ...OPEN, name: 'The US law' };
const CLOSE = { css: 'button', label: 'Close', within: DEFINITION };

/** Where the definition is that is open, and the lines that mention it, in the window. */
const MEASURE = `const definition = find({ css: '.definition:popover-open' });
  const block = base.querySelector('.term[aria-controls="' + definition.id + '"]').closest('p, li, td, th, dd');
  const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const lines = [];
  while (texts.nextNode()) {
    if (texts.currentNode.parentElement.closest('.definition')) continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    lines.push(...[...range.getClientRects()].map(({ top, bottom }) => [top, bottom]));
  }
  const { top, bottom, left, right } = definition.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight + 1 && { top, bottom, left, right, lines, width: innerWidth };`;

export const GLOSSARY = {
  async 'GL1 a term is a button of dotted words, and what it opens stands right after it'(begin, session) {
    const me = await begin('compliance', CLICKS);
    const all = await session.run(`return findAll({ css: '.term' }).map((term) =>
      [term.getAttribute('role'), getComputedStyle(term).display, getComputedStyle(term).textDecorationStyle, term.ariaExpanded])`);
    assert(all.length > 5);
    for (const term of all) assert.deepEqual(term, ['button', 'inline', 'dotted', 'false']);
    for (const term of [HIPAA, GDPR]) {
      await me.press(term);
      await session.so(term, "element.ariaExpanded === 'true'");
      await session.so(term, "element.nextElementSibling.id === element.getAttribute('aria-controls')");
      await session.so(term, "element.nextElementSibling.popover === 'auto' && element.nextElementSibling.matches(':popover-open')");
    }
    assert(!(await session.run("return find({ css: 'dialog, [aria-modal]', hidden: true })")));
  },

  async 'GL1 GL2 a key term opens and closes by clicks'(begin, session) {
    const me = await begin('compliance', MOUSE);
    await me.press(HIPAA);
    await session.there(DEFINITION);
    await session.so(HIPAA, "element.ariaExpanded === 'true'");
    await me.press(HIPAA);
    await session.gone(DEFINITION);
    await session.so(HIPAA, "element.ariaExpanded === 'false'");
    await me.press(HIPAA);
    await session.there(DEFINITION);
    await me.press({ css: 'h1' });
    await session.gone(DEFINITION);
    await me.press(HIPAA);
    await me.press(CLOSE);
    await session.gone(DEFINITION);
    await me.press(HIPAA);
    await me.press(GDPR);
    await session.there({ ...OPEN, name: 'data protection law' });
    await session.gone(DEFINITION);
  },

  async 'GL1 GL2 Enter opens a key term, Escape closes it, and the focus is back'(begin, session) {
    const me = await begin('compliance', KEYBOARD);
    await me.press(HIPAA);
    await session.there(DEFINITION);
    await session.key('Escape');
    await session.gone(DEFINITION);
    await me.isAt(HIPAA);
    for (const there of [true, false]) {
      await session.key('Space');
      await session[there ? 'there' : 'gone'](DEFINITION);
    }
    await me.press(HIPAA);
    await session.there(DEFINITION);
    await session.reach(CLOSE);
    await session.key('Escape');
    await session.gone(DEFINITION);
    await me.isAt(HIPAA);
  },

  async 'GL1 a term of several words breaks over lines as words do'(begin, session) {
    await begin('of-and-in-the-cloud', TAPS);
    assert(await session.run("return findAll({ css: '.term' }).some((term) => term.getClientRects().length > 1)"));
  },

  async 'GL2 on a small phone no definition covers its sentence or leaves the window'(begin, session) {
    const me = await begin('compliance', TAPS);
    for (const term of [HIPAA, GDPR]) {
      await me.press(term);
      await session.there(OPEN);
      const { top, bottom, left, right, lines, width } = await session.until('a definition in view', MEASURE);
      assert(left >= 0 && right <= width, `it sticks out: ${left} to ${right} in ${width}`);
      assert(lines.length > 0);
      for (const [above, below] of lines) assert(below <= top + 1 || above >= bottom - 1, 'it covers its sentence');
      assert.deepEqual(await session.misfits(), []);
      await me.press(term);
      await session.gone(OPEN);
    }
  },

  async 'GL2 EM8 what is open closes when somebody goes back, before the player runs as well'(begin, session) {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    const me = await begin('why-it-matters', CLICKS, { held });
    const back = async (what) => {
      await session.there(what);
      await session.turn(-1);
      await me.shows(TITLES[0]);
      assert(!(await session.run("return find({ css: ':popover-open', hidden: true })")));
    };
    for (const runs of [false, true]) {
      if (runs) {
        release();
        await session.started();
      }
      // A place that nobody has touched, some browsers do not lead back to.
      await session.point({ css: 'h1', label: TITLES[0] }, 'mouse');
      await session.go('#/compliance');
      await me.shows(TITLES[8]);
      await me.press(HIPAA);
      await back(DEFINITION);
      await session.turn(1);
      await me.shows(TITLES[8]);
      await me.press('Display');
      await back({ css: '.display:popover-open' });
    }
  },

  async 'GL3 GL5 the first mention in a step is linked, by any of its names'(begin, session) {
    await begin('sort', CLICKS, { folder: OPTIONS });
    assert.deepEqual(await session.run("return findAll({ css: '.term' }).map(words)"), ['MFA', 'Security groups']);
  },

  async 'GL3 no term is linked where that would disturb'(begin, session) {
    await begin('', CLICKS);
    for (const title of TITLES) {
      await session.there({ css: 'h1', label: title });
      const disturbing = await session.run("return findAll({ css: ':is(h1, h2, h3, a, code, figure, .exercise) .term' }).map(words)");
      assert.deepEqual(disturbing, [], title);
      if (title !== TITLES.at(-1)) await session.run("find({ css: 'a', label: 'Next' }).click()");
    }
  },

  async 'GL4 GL5 the search counts what it finds, in capitals and plurals as well'(begin, session) {
    const me = await begin('glossary', KEYBOARD);
    const box = { css: 'input[type="search"]' };
    const told = (name) => session.there({ css: '.search [role="status"]', name });
    const terms = () => session.run("return findAll({ css: '.page > .terms dt' }).map(words)");
    await session.reach(box);
    for (const letter of 'SECURITY GROUPS') await session.key(letter);
    await told(/^\d+ results for “SECURITY GROUPS”$/);
    const [count] = (await session.of({ css: '.search [role="status"]' }, 'words(element)')).match(/\d+/);
    const found = await session.run("return findAll({ css: '.search li, .page > .terms dt' }).length");
    assert.equal(found, Number(count));
    assert((await terms()).some((term) => term.startsWith('Security group')));
    await session.key('Escape');
    await session.until('all terms', "return findAll({ css: '.page > .terms dt' }).length === 15");
    for (const letter of 'zebra') await session.key(letter);
    await told('No results for “zebra”');
    await me.shows('Search and glossary');
  },

  async 'GL4 letters lead to terms, terms to the steps that mention them, and an address to its term'(begin, session) {
    const me = await begin('glossary/least-privilege', CLICKS);
    const has = (id) => session.until(`the focus on ${id}`, 'return active.id === arguments[0]', id);
    await me.shows('Search and glossary');
    await me.press({ css: '.letters a', label: 'H' });
    await has('/glossary/hipaa');
    await session.go('#/glossary/least-privilege');
    await has('/glossary/least-privilege');
    await me.press({ css: 'a', label: TITLES[8], within: { css: '.terms > div', name: 'HIPAA' }, nth: 0 });
    await me.arrived(TITLES[8]);
  },
};
