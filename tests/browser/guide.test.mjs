// Whoever follows the guide for other people's pages gets what it says: its lines are taken out of docs/embedding.md and
// put into a page of another origin as they stand, but for the address of the course.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ARABIC, MODULES, open } from './browser.mjs';
import { embed, GUIDE, HEAR, policy, told } from './embed.mjs';
import { DUTIES, TITLES } from './learner.mjs';

/** What stands for the course and for the page around it in the guide. */
const COURSE = 'https://example.org/course/';
const BLOG = 'https://blog.example';

/** The first block of lines below that heading of the guide. */
function lines(heading, language) {
  const [, section] = GUIDE.split(`\n## ${heading}\n`);
  const [, block] = section.match(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'm'));
  return block;
}

const ELEMENT = lines('The element', 'html');
const FRAME = lines('The frame', 'html');

/** Opens a page that has nothing but that in it, and what listens. */
function paste(t, body, options = {}) {
  const host = ({ url }) => ({
    files: { '/': `<!doctype html><html lang="en"><title>A blog</title><link rel="icon" href="data:,"><script src="/hear.js"></script><body>${body.replaceAll(COURSE, url)}`, '/hear.js': HEAR },
  });
  return open(t, { starts: false, host, ...options });
}

const running = (page) => page.locator('[part="base"]:not([hidden]) main').first().waitFor();

test('EM3 the lines of the element, in a page that has nothing else, are the course', async (t) => {
  const { page } = await paste(t, ELEMENT);
  await running(page);
  await page.getByRole('heading', { level: 1, name: TITLES[0] }).waitFor();
  assert(await page.getByRole('link', { name: 'Open the course' }).isHidden(), 'what stands in for the course has gone');
  assert.deepEqual(await told(page), [['kurso-ready', { course: 'clf-c02' }, '']]);
});

test('EM6 where its script is not to be had, the lines of the element are a link to the course', async (t) => {
  const { page, server } = await paste(t, ELEMENT, { serverOptions: { lost: 'kurso.js' }, expected: [/404/] });
  const link = page.getByRole('link', { name: 'Open the course' });
  assert.equal(await link.getAttribute('href'), server.url);
  await link.click();
  await page.getByRole('heading', { level: 1, name: TITLES[0] }).waitFor();
});

test('EM3 the lines of style theme the player', async (t) => {
  const css = lines('The element', 'css');
  const { page } = await embed(t, '<kurso-player step="whose-job"></kurso-player>', { head: '<link rel="stylesheet" href="theme.css">', files: { '/theme.css': css } });
  const style = (selector, name) => page.locator(selector).first().evaluate((element, name) => getComputedStyle(element)[name], name);
  assert.equal(await style('.main', 'backgroundColor'), 'rgb(122, 31, 162)');
  assert.match(await style('.kurso', 'fontFamily'), /^Georgia/);
  assert.deepEqual([await style('.foot', 'borderTopWidth'), await style('.foot', 'borderTopStyle')], ['1px', 'solid']);
});

test('EM3 every property and part that the guide names is one', async (t) => {
  const { page } = await embed(t, '<kurso-player step="whose-job"></kurso-player>');
  const [, properties] = GUIDE.match(/^The properties are ([^;]*);/m);
  const [, parts] = GUIDE.match(/; the parts (.*?)\. /);
  const named = (text) => [...text.matchAll(/`([^`]*)`/g)].map(([, name]) => name);
  const there = await page.evaluate(() => [...new Set([...document.querySelector('kurso-player').shadowRoot.querySelectorAll('[part]')].flatMap(({ part }) => [...part]))]);
  assert.deepEqual(named(parts).sort(), there.sort());
  // Each changes something that can be seen.
  const names = named(properties).map((name) => `--kurso${name.replace('--kurso', '')}`);
  assert.equal(names.length, 12);
  const unmoved = await page.evaluate((names) => {
    const player = document.querySelector('kurso-player');
    const all = [...player.shadowRoot.querySelectorAll('*')];
    const looks = () => all.map((element) => ['', '::before', '::after'].map((pseudo) => [...getComputedStyle(element, pseudo)].map((name) => getComputedStyle(element, pseudo)[name]).join()).join()).join();
    const before = looks();
    return names.filter((name) => {
      player.style.setProperty(name, name.endsWith('font') ? 'monospace' : 'rgb(1, 2, 3)');
      const isTheSame = looks() === before;
      player.style.removeProperty(name);
      return isTheSame;
    });
  }, names);
  assert.deepEqual(unmoved, []);
});

for (const [directive] of policy({ origin: COURSE }).matchAll(/(?<=; )(script|style|connect|img)-src/g)) {
  test(`S2 of the policy in the guide, ${directive} is needed`, async (t) => {
    const initScript = () => document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => (self.violated ??= []).push(effectiveDirective));
    const without = new RegExp(`${directive} [^;]*`);
    const { page } = await embed(t, '<kurso-player step="whose-job"></kurso-player>', { players: 0, initScript, without, expected: [/Content Security Policy|violates/] });
    await page.waitForFunction((directive) => self.violated?.some((violated) => violated.startsWith(directive)), directive);
  });
}

test('S3 EM4 an address of a frame as in the guide shows that step, and tells the page that it names', async (t) => {
  const [address] = GUIDE.match(/^https:.*\?embed&origin=.*$/m);
  const { page, server, host } = await paste(t, FRAME);
  await page.evaluate((src) => (document.querySelector('iframe').src = src), address.replace(COURSE, server.url).replace(BLOG, host.origin));
  const frame = page.frameLocator('iframe');
  await running(frame);
  await frame.getByRole('heading', { level: 1, name: TITLES[3] }).waitFor();
  await page.waitForFunction(() => self.told.some(({ type }) => type === 'kurso-ready'));
  await frame.getByRole('group', { name: DUTIES[0][0] }).getByRole('radio', { name: DUTIES[0][1] }).check();
  await page.waitForFunction(() => self.told.some(({ type }) => type === 'kurso-start'));
});

test('an address of a frame with attributes as in the guide shows that exercise, and that theme', async (t) => {
  const [, search] = GUIDE.match(/as in `(\?embed&[^`]*)`/);
  const { page } = await paste(t, FRAME.replace('?embed', search));
  const frame = page.frameLocator('iframe');
  await frame.getByRole('heading', { name: 'Six duties' }).waitFor();
  await running(frame);
  assert.equal(await frame.locator('h1').isVisible(), false);
  assert.equal(await frame.locator('.kurso').evaluate((kurso) => getComputedStyle(kurso).colorScheme), 'dark');
});

test('EM1 a frame that is far out of view gets its height when it comes near', async (t) => {
  const { page, server } = await paste(t, `<pre>${'\n'.repeat(1000)}</pre>${FRAME}`);
  const height = () => page.evaluate(() => document.querySelector('iframe').clientHeight);
  // The script of the page around is there, so it is not that which is waited for.
  while (!server.requests.some(({ path }) => path.endsWith('embed-host.js'))) await page.waitForTimeout(20);
  assert.equal(await height(), 600);
  await page.locator('iframe').scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector('iframe').clientHeight > 650);
});

test('EM10 an element speaks the language of its course, and says so, whatever the page speaks', async (t) => {
  const { page } = await embed(t, '<kurso-player></kurso-player>', { folder: ARABIC });
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  const said = await page.locator('kurso-player h1').evaluate((heading) => [heading.closest('[lang]').lang, heading.closest('[dir]').dir]);
  assert.deepEqual(said, ['ar', 'rtl']);
});

test('several players share one wasm, though the script is loaded twice', async (t) => {
  const { page, server } = await paste(t, `${ELEMENT}${ELEMENT.replace('kurso.js', 'kurso.js?again')}`);
  await page.locator('[part="base"]:not([hidden]) main').nth(1).waitFor();
  assert.deepEqual(server.requests.filter(({ path }) => /\.wasm$/.test(path)).map(({ path }) => path.split('/').at(-1)).sort(), ['kurso_bg.wasm', 'kurso_rest.wasm']);
});

test('where each module is a page of its own, all of the course is exported', async (t) => {
  const { page, server } = await embed(t, '', { folder: MODULES, players: 0 });
  const show = async (file) => {
    await page.evaluate((src) => {
      document.querySelector('kurso-player')?.remove();
      document.body.append(Object.assign(document.createElement('kurso-player'), { src }));
    }, `${server.url}${file}`);
    await running(page);
  };
  const exports = (step) => page.waitForFunction(async (step) => (await document.querySelector('kurso-player').export()).includes(`"${step}"`), step);
  await show('module-2.html');
  await page.getByRole('link', { name: 'Next', exact: true }).click();
  await exports('step-2-2');
  await show('module-3.html');
  await page.getByRole('link', { name: 'Next', exact: true }).click();
  await exports('step-3-2');
  await exports('step-2-2');
});
