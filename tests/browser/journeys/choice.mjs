// Questions with options.
import assert from 'node:assert/strict';
import { HANDS } from '../engines.mjs';
import { QUESTION } from '../module.mjs';
import { OPTIONS } from '../page.mjs';

const { clicks: CLICKS, keys: KEYBOARD } = HANDS;
const WHICH = /Which of these filter network traffic/;

export const CHOICE = {
  async 'MC1 an option is a native control in its label, below the whole question, and leads to why'(begin, session) {
    const me = await begin('exam-question', CLICKS);
    const fieldset = me.row(QUESTION.stem);
    assert.match(await session.of({ css: 'legend', within: fieldset }, 'words(element)'), /A healthcare company .* best\?$/);
    const options = () => session.run(`return findAll({ css: '.option' }).map((option) => {
      const [input, letter] = [option.querySelector('label > input'), option.querySelector('label > .letter')];
      const why = input.getAttribute('aria-describedby');
      return [input.type, letter.textContent, getComputedStyle(letter, '::before').content, why && option.contains(base.querySelector('[id="' + why + '"]'))];
    })`);
    assert.deepEqual(await options(), ['A', 'B', 'C', 'D'].map((letter) => ['radio', letter, 'none', null]));
    await me.choose(fieldset, QUESTION.wrong);
    await me.press('Check');
    await me.told('Not correct');
    assert.deepEqual(await options(), ['A', 'B', 'C', 'D'].map((letter) => ['radio', letter, 'none', true]));
  },

  async 'MC2 how many to select is said twice and counted, and one too many is allowed and explained'(begin, session) {
    const me = await begin('ask', KEYBOARD, { folder: OPTIONS });
    const box = (name) => ({ css: 'label', name });
    const tick = async (name) => {
      await session.reach(box(name));
      await session.key('Space');
      await session.so(box(name), 'element.control.checked');
    };
    assert.match(await session.of({ css: 'legend' }, 'words(element)'), /Select TWO/);
    await session.there({ css: '.select', label: 'Select TWO' });
    await tick('IAM policies');
    await me.told('1 of 2 selected');
    await tick('Security groups');
    await tick('Network ACLs');
    await me.told('3 of 2 selected');
    for (const name of ['IAM policies', 'Security groups', 'Network ACLs']) await session.so(box(name), 'element.control.checked');
    await me.press('Check');
    await me.told('The question asks for TWO. Clear 1 option.');
    assert.equal(JSON.parse((await session.stored())['kurso:options:1']).exercises.filters.attempts, 0);
  },

  async 'MC3 MC4 practice says what was found, and that the exam gives nothing for a part'(begin, session) {
    const me = await begin('ask', CLICKS, { folder: OPTIONS });
    for (const name of ['Security groups', 'IAM policies']) await me.choose(me.row(WHICH), name);
    await me.press('Check');
    await me.told('You found 1 of 2 and chose 1 that is not correct. In the exam this scores 0; there is no partial credit.');
    assert.deepEqual(JSON.parse((await session.stored())['kurso:options:1']).exercises.filters.best, { right: 0, of: 1 });
    const marks = await session.run("return findAll({ css: '.option' }).map((option) => words(option.querySelector('.mark')))");
    assert.deepEqual(marks, ['Correct, you chose it', 'Correct, you missed it', 'Incorrect, you chose it', 'Incorrect, not chosen', 'Incorrect, not chosen']);
  },

  async 'MC5 an option is ruled out and doubted, and both are kept'(begin, session) {
    const me = await begin('exam-question', KEYBOARD);
    const unsure = { css: 'label', label: 'I am not sure' };
    await me.press('Rule out C');
    await me.told('C is ruled out.');
    await me.isAt(me.button('Rule out C'));
    await session.reach(unsure);
    await session.key('Space');
    await session.so(unsure, 'element.control.checked');
    await me.reload();
    await session.so(me.button('Rule out C'), "element.ariaPressed === 'true'");
    await session.so(unsure, 'element.control.checked');
    await me.press('Rule out C');
    await me.told('C is possible again.');
    await me.choose(me.row(QUESTION.stem), QUESTION.right);
    await me.press('Check');
    await me.told('Correct.');
    await session.run('window.later = 864e5');
    await session.go('#/review');
    await me.press({ css: 'button', name: /^Review \d+ question/ });
    await me.reads('Because you were not sure');
  },

  async 'MC6 a problem is reported where the author wants it, with the exercise and its version'(begin, session) {
    const me = await begin('ask', CLICKS, { folder: OPTIONS });
    for (const name of ['Security groups', 'Network ACLs']) await me.choose(me.row(WHICH), name);
    await me.press('Check');
    await me.told('Correct.');
    const href = await session.of({ css: 'a', label: 'Report a problem with this exercise' }, 'element.href');
    assert.match(href, /^https:\/\/example\.org\/problems\/new\?title=filters&body=version%20[0-9a-f]{8}$/);
  },
};
