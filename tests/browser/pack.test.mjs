// What `cargo xtask pack` makes: a file that runs from a disk, and a folder for other people's pages.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { open, PACKED, started } from './browser.mjs';
import { DUTIES, TITLES } from './learner.mjs';

assert(existsSync(PACKED), `nothing is packed in ${PACKED}: run \`cargo xtask test pack\``);

test('EM6 the single file runs from a disk, with all that is loaded later, and keeps answers', async (t) => {
  const { page } = await open(t, { starts: false });
  const address = `${pathToFileURL(join(PACKED, 'kurso.html'))}`;
  await page.goto(`${address}#/whose-job`);
  await started(page);
  const answer = () => page.getByRole('group', { name: DUTIES[0][0] }).getByRole('radio', { name: DUTIES[0][1] });
  await answer().check();
  // What is loaded later: the data, the search, the review.
  await page.getByText('Your data').click();
  await page.locator('.data .size:not([hidden])').waitFor();
  await page.getByRole('button', { name: 'Display' }).click();
  await page.getByRole('radio', { name: 'Dark', exact: true }).check();
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(18, 22, 29)');
  await page.keyboard.press('Escape');
  await page.goto(`${address}#/glossary`);
  await page.getByRole('searchbox').fill('hard drive');
  await page.getByRole('link', { name: /Whose job/ }).first().waitFor();
  assert.equal(await page.getByText('Embed this course').count(), 0);
  await page.goto(`${address}#/review`);
  await page.getByText('Nothing is due at the moment.').waitFor();
  await page.goto(`${address}#/whose-job`);
  await page.reload();
  await started(page);
  assert(await answer().isChecked());
});

test('the folder is a package that has all of its files, and names its types', async () => {
  const folder = join(PACKED, 'embed');
  const read = (name) => readFile(join(folder, name), 'utf8');
  const made = JSON.parse(await read('package.json'));
  assert.deepEqual([made.name, made.type, made.main, made.types], ['kurso-player', 'module', 'kurso.js', 'kurso.d.ts']);
  const files = await readdir(folder);
  for (const name of ['kurso.js', 'kurso_bg.wasm', 'kurso_rest.wasm', 'kurso.css', 'kurso.d.ts', 'index.html', 'embed-host.js', 'README.md']) assert(files.includes(name), name);
  const [types, guide] = [await read('kurso.d.ts'), await read('README.md')];
  for (const [, name] of guide.matchAll(/`(kurso-[a-z]+)` \|/g)) assert(types.includes(`'${name}': CustomEvent`), name);
  for (const name of ['src', 'step', 'exercise', 'theme', 'storage', 'export()', 'import(json', 'reset()']) assert(types.includes(`  ${name}`), name);
});

test('one line takes the course of the folder from another origin', async (t) => {
  const { page } = await open(t, {
    folder: join(PACKED, 'embed'),
    host: ({ url }) => ({
      files: { '/': `<!doctype html><html lang="en"><title>A blog</title><link rel="icon" href="data:,"><script type="module" src="${url}kurso.js"></script><kurso-player></kurso-player>` },
    }),
  });
  assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), TITLES[0]);
  await page.evaluate(() => (document.querySelector('kurso-player').step = 'review'));
  await page.getByText('Nothing is due at the moment.').waitFor();
});
