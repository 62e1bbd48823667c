// Cards and key terms as a file for Anki: what an author wrote, under ids that stay.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { open, PAGE } from './browser.mjs';
import { CARDS } from './learner.mjs';

/** What the file says of itself, and its notes. */
async function downloaded(t, options = {}) {
  const { page } = await open(t, { path: '#/key-terms', ...options });
  await page.getByText('All cards as a list').click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download cards and terms for Anki' }).click();
  const file = await download;
  assert.match(file.suggestedFilename(), /^kurso-clf-c02-[\d-]+\.tsv$/);
  let text = '';
  for await (const chunk of await file.createReadStream()) text += chunk;
  const notes = parse(text, { delimiter: '\t', comment: '#', comment_no_infix: true });
  return { page, text, notes: notes.map(([guid, front, back, tags]) => ({ guid, front, back, tags })) };
}

/** What a text of the page says to Anki's reader: without its markup, and with single spaces. */
const plain = (html) => html.replace(/<[^>]*>/g, ' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replace(/\s+/g, ' ').trim();

test('FC9 the file has every card and every key term, with its meaning, tags and an id', async (t) => {
  const { page, text, notes } = await downloaded(t);
  for (const line of ['#separator:tab', '#html:true', '#notetype:Basic', '#guid column:1', '#tags column:4']) {
    assert(text.slice(0, text.indexOf('\n' + notes[0].guid)).split('\n').includes(line), line);
  }
  const cards = notes.filter(({ tags }) => tags === 'clf-c02::key-term-cards');
  const terms = notes.filter(({ tags }) => tags === 'clf-c02::glossary');
  assert.equal(cards.length, CARDS);
  const glossary = await readFile(new URL('../../content/clf-c02/04-security-and-compliance/glossary.md', import.meta.url), 'utf8');
  const authored = [...glossary.matchAll(/^\S.* \{#([a-z0-9-]+)/gm)].map(([, id]) => `clf-c02/glossary/${id}`);
  assert.deepEqual(terms.map(({ guid }) => guid).sort(), authored.sort());
  assert.equal(cards.length + terms.length, notes.length);
  assert.equal(new Set(notes.map(({ guid }) => guid)).size, notes.length);
  const least = notes.find(({ guid }) => guid === 'clf-c02/key-term-cards/least-privilege');
  assert.equal(plain(least.front), 'Least privilege');
  assert.equal(plain(least.back), 'Give an identity the smallest set of permissions that lets it do its task. Everything else stays denied.');
  const list = page.locator('.answers-only');
  const seen = await list.locator('dt').allTextContents();
  assert.deepEqual(cards.map(({ front }) => plain(front)), seen.map(plain));
  for (const { front, back } of notes) assert(plain(front) && plain(back), front);
});

test('FC9 what is emphasized stays so, and nothing of the page but markup that authors may write comes along', async (t) => {
  const { notes } = await downloaded(t);
  const of = (id) => notes.find(({ guid }) => guid === `clf-c02/key-term-cards/${id}`);
  assert.equal(of('security-of-the-cloud').front, 'Security <em>of</em> the cloud');
  assert.match(of('security-group').back, /<strong>Stateful<\/strong>/);
  for (const { front, back } of notes) {
    assert.doesNotMatch(front + back, /<(script|button|span popover|input)|xmlns|data-text|href="#/, front);
  }
});

test('FC9 a later file updates what is there: ids stay when texts change', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'kurso-cards-'));
  t.after(() => rm(folder, { recursive: true }));
  await cp(PAGE, folder, { recursive: true });
  const index = await readFile(join(folder, 'index.html'), 'utf8');
  const edited = index.replaceAll('Give an identity the smallest set', 'Give an identity "the\tsmallest"\nset')
    .replaceAll(/(data-text="item_least-privilege"[^>]*>)Least privilege/g, '$1Least of all');
  await writeFile(join(folder, 'index.html'), edited);
  const [before, after] = [await downloaded(t), await downloaded(t, { folder })];
  assert.deepEqual(after.notes.map(({ guid }) => guid), before.notes.map(({ guid }) => guid));
  const changed = after.notes.filter((note, at) => note.front !== before.notes[at].front);
  assert.deepEqual(changed.map(({ front }) => front), ['Least of all']);
  assert.match(changed[0].back, /Give an identity "the\tsmallest"\nset of permissions/, 'quotes, tabs and ends of lines are kept');
});
