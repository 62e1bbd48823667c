// Decks of cards, and the review that asks again.
import assert from 'node:assert/strict';
import { HANDS } from '../engines.mjs';
import { CARDS } from '../module.mjs';

const { clicks: CLICKS, keys: KEYBOARD, taps: TAPS } = HANDS;
const DECK = 'key-term-cards';
const FRONT = { css: '.deck .front' };

const front = (session) => session.of(FRONT, 'words(element)');

/** Turns a card and rates it, and returns what was on its front. */
async function turn(me, session, rating) {
  const seen = await front(session);
  await me.press('Show answer');
  await me.press(rating);
  return seen;
}

export const CARD_SESSIONS = {
  async 'FC1 FC2 a card is one side until the other is asked for, which takes the focus; the ratings come next'(begin, session) {
    const me = await begin('key-terms', KEYBOARD);
    await me.headed('Card 1 of 10');
    assert(!(await session.run("return find({ css: '.deck .back', hidden: true })")));
    await session.reach(me.button('Show answer'));
    await session.key('Space');
    const answer = { css: 'h4', label: 'Answer' };
    await me.isAt(answer);
    await session.so({ css: '.deck .back' }, "words(element).includes('split the work of security')");
    assert.deepEqual(await session.said(), [], 'it is not said twice');
    await session.key('Tab');
    await me.isAt(me.button('Again'));
    await session.key('Tab');
    await me.isAt(me.button('Got it'));
    await session.key('Enter');
    await me.isAt({ css: 'h3', label: 'Card 2 of 10' });
    await session.key('Tab');
    await session.key('Enter');
    await me.headed('Answer');
    await session.reach(me.button('Again'));
    await session.key('2');
    await me.isAt({ css: 'h3', label: 'Card 3 of 10' });
  },

  async 'FC3 FC4 a missed card comes back soon, the end lists it, and the last rating can be taken back after a reload'(begin, session) {
    const me = await begin('key-terms', CLICKS);
    const seen = [await turn(me, session, 'Again')];
    for (let card = 0; card < CARDS; card += 1) seen.push(await turn(me, session, 'Got it'));
    const back = seen.lastIndexOf(seen[0]);
    assert(back >= 3 && back <= 6, `it came back ${back} cards later`);
    await me.headed('10 cards known');
    assert.deepEqual(await session.run("return findAll({ css: '.deck li' }).map(words)"), [seen[0]]);
    for (const label of ['Review missed (1)', 'Done', 'Undo']) await session.there(me.button(label));
    await me.reload();
    await me.headed('10 cards known');
    await me.press('Undo');
    await me.told('The last rating was taken back.');
    assert.equal(await front(session), seen.at(-1));
    await turn(me, session, 'Got it');
    await me.press('Review missed (1)');
    await me.headed('Card 1 of 1');
    assert.equal(await front(session), seen[0]);
  },

  async 'FC4 an answer of a review stays after a reload, and can be taken back then'(begin, session) {
    const me = await begin('wrap-up', KEYBOARD);
    await session.go('#/review');
    await me.press('Review 10 questions');
    await me.reads('0 of 10 done · A new term');
    await me.choose(me.row('What does “AWS Artifact” mean?'), 'The AWS service where you help yourself');
    await me.press('Check');
    await me.told('Correct.');
    await me.isAt(me.button('Next question'));
    await me.press('Next question');
    await me.reads('1 of 10 done');
    await me.reload();
    await me.reads('1 of 10 done');
    await me.press('Undo');
    await me.told('The last rating was taken back.');
    await me.reads('0 of 10 done');
  },

  async 'FC5 a swipe does nothing, and the buttons are always there'(begin, session) {
    const me = await begin('key-terms', TAPS);
    await me.press('Show answer');
    const before = (await session.progress()).exercises[DECK];
    for (const by of [-120, 120]) await session.point(FRONT, session.finger, { x: by / 2, y: 0 }, { x: by, y: 0 });
    for (const label of ['Again', 'Got it']) await session.there(me.button(label));
    assert.deepEqual((await session.progress()).exercises[DECK], before);
    assert.equal(await session.run('return location.hash'), '#/key-terms');
  },

  async 'FC8 cards are shuffled, stay so after a reload, and go back into their order'(begin, session) {
    const me = await begin('key-terms', CLICKS);
    const order = async () => {
      const seen = [];
      for (let at = 1; at <= 3; at += 1) {
        await me.headed(`Card ${at} of 10`);
        seen.push(await turn(me, session, 'Got it'));
      }
      return seen;
    };
    const authored = await order();
    const options = { css: 'summary', label: 'Card options' };
    await me.press(options);
    await me.press('Shuffle all cards');
    await me.headed('Card 1 of 10');
    const first = await front(session);
    await me.reload();
    assert.equal(await front(session), first);
    assert.notDeepEqual(await order(), authored);
    await me.press(options);
    await me.press('All cards, in order');
    assert.deepEqual(await order(), authored);
  },

  async 'FC8 the meaning comes first for who wants it, and all cards are there as a list'(begin, session) {
    const me = await begin('key-terms', KEYBOARD);
    const term = await front(session);
    await me.press({ css: 'summary', label: 'Card options' });
    const meaningFirst = { css: 'label', label: 'Show the meaning first' };
    await session.reach(meaningFirst);
    await session.key('Space');
    await me.isAt(meaningFirst);
    assert.match(await front(session), /split the work of security/);
    await me.press('Show answer');
    await session.so({ css: '.deck .back' }, `words(element) === ${JSON.stringify(term)}`);
    await me.reload();
    await session.so({ css: '.deck .back' }, `words(element) === ${JSON.stringify(term)}`);
    await me.press({ css: '.answers-only summary' });
    const list = await session.run("return findAll({ css: '.answers-only :is(dt, dd)' }).map(words)");
    assert.equal(list.length, 2 * CARDS);
    assert.equal(list[0], term);
  },
};

for (const hand of [KEYBOARD, TAPS, CLICKS]) {
  CARD_SESSIONS[`FC8 starred cards are a session of their own with ${hand.name}`] = async (begin, session) => {
    const me = await begin('key-terms', hand);
    const star = me.button('Star');
    await turn(me, session, 'Got it');
    await me.headed('Card 2 of 10');
    const second = await front(session);
    await me.press(star);
    await session.so(star, "element.ariaPressed === 'true'");
    await me.reload();
    await session.so(star, "element.ariaPressed === 'true'");
    await me.press({ css: 'summary', label: 'Card options' });
    await me.press('Only 1 starred card');
    await me.isAt({ css: 'h3', label: 'Card 1 of 1' });
    assert.equal(await front(session), second);
    await turn(me, session, 'Got it');
    await me.headed('1 card known');
    assert.equal((await session.progress()).exercises[DECK].best, undefined, 'one card is not the deck');
  };
}
