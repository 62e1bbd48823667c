// What a learner does, in each of the three engines that browsers are made of: all of them do the same with it.
//
// The journeys lie in `journeys/`, and each behaviour that a learner can tell is in the name of one. What does not apply
// here: MA6 is the compiler's to warn of. WebKit's driver for GTK knows no touch, so there a tap is one of the mouse, and
// MiniBrowser's windows are no narrower than 334 px. No driver asks for paper, forced colours or less motion: the style
// is made to answer as if there were (`Session.answer`), and what comes out of a printer is tested in Chromium.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { ENGINES, begin, start } from './engines.mjs';
import { AROUND } from './journeys/around.mjs';
import { CARD_SESSIONS } from './journeys/cards.mjs';
import { CHOICE } from './journeys/choice.mjs';
import { CLASSIFICATION } from './journeys/classification.mjs';
import { EXERCISES } from './journeys/exercises.mjs';
import { GLOSSARY } from './journeys/glossary.mjs';
import { MATCHING } from './journeys/matching.mjs';

const JOURNEYS = { ...EXERCISES, ...CHOICE, ...CLASSIFICATION, ...MATCHING, ...CARD_SESSIONS, ...GLOSSARY, ...AROUND };

/** How many behaviours each letter has, but for those of the compiler, of an exam and of an LMS. */
const BEHAVIOURS = { G: 17, CL: 8, MA: [1, 2, 3, 4, 5, 7, 8], MC: 6, FC: [1, 2, 3, 4, 5, 8], GL: 5, EM: [8, 9, 10] };

test('each behaviour is in the name of a journey', () => {
  const numbers = (which) => (Array.isArray(which) ? which : Array.from({ length: which }, (_, at) => at + 1));
  const all = Object.entries(BEHAVIOURS).flatMap(([letter, which]) => numbers(which).map((number) => `${letter}${number}`));
  const named = new Set(Object.keys(JOURNEYS).flatMap((name) => name.split(' ')));
  assert.deepEqual(all.filter((id) => !named.has(id)), []);
});

// Most of the time goes into waiting, as a hand does, so the engines wait together.
describe('every engine', { concurrency: Object.keys(ENGINES).length }, () => {
  for (const engine of Object.keys(ENGINES)) {
    describe(engine, { concurrency: 1 }, () => {
      let started;
      after(async () => (await started)?.end());

      for (const [name, journey] of Object.entries(JOURNEYS)) {
        test(`${name} in ${engine}`, async (t) => {
          const session = await (started ??= start(engine));
          await journey((step, hand, options) => begin(t, session, step, hand, options), session);
        });
      }
    });
  }
});
