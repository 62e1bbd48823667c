// What `cargo xtask pack` makes: a file that runs from a disk, and a folder for other people's pages.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { open, PACKED, started } from './browser.mjs';
import { embed } from './embed.mjs';
import { DUTIES, TITLES } from './learner.mjs';
import { unzip } from './lms.mjs';
import { faults } from './schemas.mjs';

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
  // No other device can open the address of a file.
  assert(await page.locator('.data .transfer').isHidden());
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

test('S4 the single file lets nothing be loaded from anywhere', async (t) => {
  const { page } = await open(t, { starts: false, expected: [/Content Security Policy/] });
  await page.goto(`${pathToFileURL(join(PACKED, 'kurso.html'))}`);
  await started(page);
  const violated = await page.evaluate(async (url) => {
    const violated = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violated.push(effectiveDirective));
    await fetch(url).catch(() => {});
    await new Promise((resolve) => Object.assign(new Image(), { src: url, onerror: resolve, onload: resolve }));
    await new Promise((resolve) => document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url, onerror: resolve, onload: resolve })));
    return violated;
  }, 'file:///elsewhere');
  assert.deepEqual(violated, ['connect-src', 'img-src', 'style-src-elem']);
});

test('the folder is a package that has all of its files, and names its types', async () => {
  const folder = join(PACKED, 'embed');
  const read = (name) => readFile(join(folder, name), 'utf8');
  const made = JSON.parse(await read('package.json'));
  assert.deepEqual([made.name, made.type, made.main, made.types], ['kurso-player', 'module', 'kurso.js', 'kurso.d.ts']);
  const files = await readdir(folder);
  for (const name of ['kurso.js', 'kurso_bg.wasm', 'kurso_rest.wasm', 'kurso.css', 'kurso.d.ts', 'index.html', 'embed-host.js', 'README.md']) assert(files.includes(name), name);
  // Its page asks for nothing that is not there, and is not to be installed.
  const page = await read('index.html');
  const asked = [...page.matchAll(/<(?:link|script)[^>]*(?:href|src)="(?!data:)([^"?#]+)/g)].map(([, name]) => name);
  assert(asked.includes('kurso.js') && asked.includes('kurso_bg.wasm'));
  for (const name of asked) assert(existsSync(join(folder, name)), name);
  assert(!/<kurso-player[^>]* offline/.test(page));
  const [types, guide] = [await read('kurso.d.ts'), await read('README.md')];
  for (const [, name] of guide.matchAll(/`(kurso-[a-z]+)` \|/g)) assert(types.includes(`'${name}': CustomEvent`), name);
  for (const name of ['src', 'step', 'exercise', 'theme', 'storage', 'export()', 'import(json', 'reset()']) assert(types.includes(`  ${name}`), name);
});

test('EM10 an element of the package speaks the language that is wanted, around a course that stays in its own', async (t) => {
  const { page } = await embed(t, '<kurso-player lang="de-AT" step="whose-job"><p>A text to read</p></kurso-player>', { folder: join(PACKED, 'embed') });
  const player = page.locator('kurso-player');
  const answer = page.getByRole('group', { name: DUTIES[0][0] }).getByRole('radio', { name: DUTIES[0][1] });
  await page.getByRole('button', { name: 'Prüfen' }).waitFor();
  const spoken = (selector) => player.locator(selector).first().evaluate((element) => [element.closest('[lang]').lang, getComputedStyle(element).direction]);
  assert.deepEqual([await spoken('.exercise .main'), await spoken('h1')], [['de', 'ltr'], ['en', 'ltr']]);
  await answer.check();
  // It acts at once, and what was answered is still there.
  await player.evaluate((player) => (player.lang = 'ar'));
  await page.getByRole('button', { name: 'تحقق' }).waitFor();
  assert.deepEqual([await spoken('.exercise .main'), await spoken('h1')], [['ar', 'rtl'], ['en', 'ltr']]);
  assert(await answer.isChecked());
  // What the package does not have is as without.
  await player.evaluate((player) => (player.lang = 'fr'));
  await page.getByRole('button', { name: 'Check', exact: true }).waitFor();
  await player.evaluate((player) => player.removeAttribute('lang'));
  await page.getByRole('button', { name: 'Check', exact: true }).waitFor();
  assert(await answer.isChecked());
});

test('S9 whatever is passed on says whose works are in it, and under which terms', async () => {
  const folder = join(PACKED, 'embed');
  const read = (name) => readFile(join(folder, name), 'utf8');
  const licences = await read('licences.txt');
  for (const part of [/^yew [\d.]+: MIT OR Apache-2\.0\. https:/m, /^wasm-bindgen /m, /^Copyright \(c\) Project Nayuki$/m, /Permission is hereby granted/]) assert.match(licences, part);
  assert.equal(JSON.parse(await read('package.json')).license, 'MIT OR Apache-2.0');
  assert.match(await read('LICENSE-MIT'), /The Kurso contributors/);
  assert.match(await read('LICENSE-APACHE'), /Version 2\.0, January 2004/);
  for (const name of ['kurso-scorm12', 'kurso-cmi5']) assert.equal(`${(await unzip(join(PACKED, `${name}.zip`))).get('licences.txt')}`, licences, name);
  assert((await readFile(join(PACKED, 'kurso.html'), 'utf8')).endsWith(`<!--\n${licences}-->\n`));
});

/** A section of wasm that says nothing. */
const MEANINGLESS = Buffer.of(0, 2, 1, 97);

/**
 * Opens a page of somebody else with the lines for the element or the frame that hold it to the package, or with these
 * lines without what `holds` it; that file of the package was changed since.
 */
async function held(t, { frame = false, alter, holds = true, expected }) {
  const folder = await mkdtemp(join(tmpdir(), 'kurso-held-'));
  t.after(() => rm(folder, { recursive: true }));
  await cp(join(PACKED, 'embed'), folder, { recursive: true });
  // It does the same as before.
  if (alter) await appendFile(join(folder, alter), alter.endsWith('.wasm') ? MEANINGLESS : '/**/');
  const lines = (await readFile(join(folder, 'integrity.html'), 'utf8')).split('<!-- For the frame -->')[Number(frame)];
  const host = ({ url }) => {
    const held = lines.replaceAll('https://example.org/course/', url);
    const pasted = holds ? held : held.replace(/<script type="importmap">.*?<\/script>/s, '').replace(/ integrity="[^"]+"/, '');
    const place = frame ? `<iframe src="${url}?embed" title="A course" height="123"></iframe>` : '<kurso-player><p>The text around</p></kurso-player>';
    return { files: { '/': `<!doctype html><html lang="en"><title>A blog</title><link rel="icon" href="data:,">${pasted}${place}` } };
  };
  return open(t, { folder, host, starts: false, expected });
}

/** Waits until the browser has refused something. */
async function refused({ page, seen }) {
  while (!seen.errors.some((error) => /integrity/.test(error))) await page.waitForTimeout(20);
}

const REFUSED = [/integrity/];

test('S9 the lines that hold a page to a build name the digest of each script, and a browser takes them', async (t) => {
  const lines = await readFile(join(PACKED, 'embed/integrity.html'), 'utf8');
  const digests = [...lines.matchAll(/course\/([\w-]+\.js)"(?:: | integrity=)"(sha384-[^"]+)"/g)];
  const scripts = (await readdir(join(PACKED, 'embed'))).filter((name) => name.endsWith('.js'));
  assert.deepEqual(digests.map(([, name]) => name).sort(), scripts.sort());
  for (const [, name, digest] of digests) {
    assert.equal(digest, `sha384-${createHash('sha384').update(await readFile(join(PACKED, 'embed', name))).digest('base64')}`, name);
  }
  const { page } = await held(t, {});
  await page.getByRole('heading', { level: 1, name: TITLES[0] }).waitFor();
});

for (const alter of ['kurso.js', 'embed.js', 'kurso_bg.wasm', 'kurso_rest.wasm']) {
  test(`S9 a page that is held to a build refuses another ${alter}`, async (t) => {
    const isWasm = alter.endsWith('.wasm');
    // What is refused would run: the wasm is one, and the script does where nothing holds it.
    if (isWasm) assert(WebAssembly.validate(Buffer.concat([await readFile(join(PACKED, 'embed', alter)), MEANINGLESS])));
    else await (await held(t, { alter, holds: false })).page.getByRole('heading', { level: 1, name: TITLES[0] }).waitFor();
    const opened = await held(t, { alter, expected: REFUSED });
    await refused(opened);
    await opened.page.getByText('The text around').waitFor();
    assert.equal(await opened.page.locator('[part="base"]:not([hidden])').count(), 0);
  });
}

test('S9 the line for the frame holds the page around to its script', async (t) => {
  const high = ({ page }) => page.waitForFunction(() => document.querySelector('iframe').clientHeight > 650);
  await high(await held(t, { frame: true }));
  await high(await held(t, { frame: true, alter: 'embed-host.js', holds: false }));
  const opened = await held(t, { frame: true, alter: 'embed-host.js', expected: REFUSED });
  await refused(opened);
  await opened.page.frameLocator('iframe').locator('[part="base"]:not([hidden]) main').waitFor();
  assert.equal(await opened.page.evaluate(() => document.querySelector('iframe').clientHeight), 123);
});

/** What a page may do with the package, in TypeScript. */
const RIGHT = [
  "const player = document.createElement('kurso-player'); player.step = 'whose-job'; player.theme = null; document.body.append(player);",
  "document.addEventListener('kurso-answer', ({ detail }) => { const marks: number = detail.score.right / detail.score.of; console.log(marks, detail.correct); });",
  "document.querySelector('kurso-player')?.addEventListener('kurso-complete', ({ detail }) => { if ('module' in detail) console.log(detail.passed); });",
  "const move = async (player = document.createElement('kurso-player')) => { const taken: boolean = await player.import(await player.export()); console.log(taken); }; move();",
  "import type { KursoPlayer, Score } from 'kurso-player'; export const all = async (player: KursoPlayer): Promise<Score> => ({ right: (await player.export()).length, of: 1 });",
];

/** What it may not, and in which words it is told. */
const WRONG = [
  ["document.createElement('kurso-player').theme = 'blue';", /"blue"/],
  ["document.createElement('kurso-player').src = 1;", /number/],
  ["document.createElement('kurso-player').import(new Blob());", /Blob/],
  ["document.addEventListener('kurso-answer', ({ detail }) => console.log(detail.mark));", /mark/],
  ["document.addEventListener('kurso-complete', ({ detail }) => console.log(detail.step.length));", /step/],
  ["document.createElement('kurso-player').restart();", /restart/],
];

test('who writes TypeScript is told what the package can, and what not', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'kurso-types-'));
  t.after(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'node_modules'));
  await symlink(join(PACKED, 'embed'), join(folder, 'node_modules/kurso-player'), 'junction');
  const uses = [...RIGHT, ...WRONG.map(([use]) => use)];
  const files = uses.map((_, at) => join(folder, `${at}.ts`));
  await Promise.all(uses.map((use, at) => writeFile(files[at], `import 'kurso-player';\n${use}\nexport {};\n`)));
  const options = { strict: true, noEmit: true, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, types: [] };
  const program = ts.createProgram(files, options);
  const said = (file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  RIGHT.forEach((use, at) => assert.deepEqual(said(files[at]), [], use));
  WRONG.forEach(([use, words], at) => {
    const complaints = said(files[RIGHT.length + at]);
    assert.equal(complaints.length, 1, `${use} ${complaints}`);
    assert.match(complaints[0], words);
  });
  assert.deepEqual(program.getSemanticDiagnostics(program.getSourceFiles().find(({ fileName }) => fileName.endsWith('kurso.d.ts'))), []);
});

for (const [name, standard, activities] of [
  ['kurso-scorm12', 'scorm12', 1],
  ['kurso-scorm2004', 'scorm2004', 1],
  ['modules-scorm12', 'scorm12', 2],
  ['modules-scorm2004', 'scorm2004', 2],
  ['large-scorm2004', 'scorm2004', 10],
]) {
  test(`EM5 the manifest of ${name} is valid, and tells of each file and of ${activities} activities`, async () => {
    const files = await unzip(join(PACKED, `${name}.zip`));
    const manifest = String(files.get('imsmanifest.xml'));
    assert.deepEqual(faults(standard, manifest), []);
    const all = (pattern) => [...manifest.matchAll(pattern)].map(([, value]) => value);
    // What no schema asks for.
    const identifiers = all(/ identifier="([^"]*)"/g);
    for (const reference of all(/ (?:identifierref|default)="([^"]*)"/g)) assert(identifiers.includes(reference), reference);
    assert.equal(all(/<item [^>]*identifierref="([^"]*)"/g).length, activities);
    assert.equal(all(/ adlcp:scorm[Tt]ype="(sco)" href="[^"]*"/g).length, activities);
    assert(manifest.includes(standard === 'scorm12' ? 'adlcp:scormtype=' : 'adlcp:scormType='));
    assert.deepEqual(all(/<file href="([^"]*)"/g).sort(), [...files.keys()].filter((file) => file !== 'imsmanifest.xml').sort());
    // No broken one is.
    for (const [part, other] of [
      [/<schemaversion>/, '<version>'],
      [/<organizations /, '<organisations '],
      [/"webcontent"/, '"webcontent" kind="all"'],
      [/="asset"/, '="thing"'],
      [/(<item identifier=")[^"]*/, '$1kurso 1'],
      [/<dependency identifierref/, '<dependency identifier'],
      [/<file href=/, '<file src='],
      [/ identifier="[^"]*-shared"/, ` identifier="${identifiers.at(-2)}"`],
      ...(standard === 'scorm2004' ? [[/completionSetByContent="true"/, 'completionSetByContent="yes"'], [/imsss:deliveryControls/, 'imsss:delivery']] : []),
    ]) {
      assert.match(manifest, part);
      assert.notDeepEqual(faults(standard, manifest.replace(part, other)), [], `${part} became ${other}`);
    }
  });
}

for (const name of ['kurso-scorm12', 'kurso-scorm2004', 'kurso-cmi5', 'large-scorm2004']) {
  test(`S8 ${name} has no service worker, no schema that others own, and no name that a server may not know`, async () => {
    const files = await unzip(join(PACKED, `${name}.zip`));
    const odd = [...files.keys()].filter((file) => /(^|\/)sw\.js$|\.mjs$|\.webmanifest$|\.xsd$|(^|\/)tincan\.xml$/.test(file));
    assert.deepEqual(odd, []);
    for (const [file, page] of files) if (file.endsWith('.html')) assert.doesNotMatch(String(page), /<kurso-player[^>]* offline/, file);
  });
}

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
