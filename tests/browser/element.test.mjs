// <kurso-player> in somebody else's page, on another origin: it starts under that page's policy, does what its attributes
// say, tells what the learner achieves, and survives being moved about.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { draggable, open, sidewaysScroll, stored } from './browser.mjs';
import { embed, GUIDE, told } from './embed.mjs';
import { DUTIES, HANDS, KEY, QUESTION, TITLES, learner, play } from './learner.mjs';

const heading = (page) => page.locator('[part="base"] h1').innerText();
const answer = (page, at = 0) => page.getByRole('group', { name: DUTIES[at][0] }).getByRole('radio', { name: DUTIES[at][1] });

test('EM3 S2 one line in a page of another origin, under a strict policy and Trusted Types, is a course', async (t) => {
  const { page } = await embed(t, '<kurso-player id="a"><p>Only without a script</p></kurso-player>');
  assert.equal(await heading(page), TITLES[0]);
  assert(await page.getByText('Only without a script').isHidden());
  assert.deepEqual(await told(page), [['kurso-ready', { course: 'clf-c02' }, 'a']]);
  assert.equal(new URL(page.url()).hash, '');
});

test('EM4 what the learner achieves is told to the page, and what the page does is not', async (t) => {
  const { page } = await embed(t, '<kurso-player id="a" step="exam-question"></kurso-player>');
  await page.getByRole('radio', { name: QUESTION.wrong }).check();
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('radio', { name: QUESTION.right }).check();
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('link', { name: 'Next', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: TITLES[10] }).waitFor();
  const exercise = await page.evaluate(() => self.told.find(({ type }) => type === 'kurso-answer').detail.exercise);
  const checked = (correct, attempt) => ['kurso-answer', { exercise, correct, score: { right: Number(correct), of: 1 }, attempt }, 'a'];
  assert.deepEqual(await told(page, 'start', 'answer', 'step', 'complete'), [
    ['kurso-start', {}, 'a'],
    checked(false, 1),
    ['kurso-complete', { step: 'exam-question' }, 'a'],
    checked(true, 2),
    ['kurso-step', { step: 'key-terms' }, 'a'],
  ]);
  assert(await page.evaluate(() => self.told.every(({ composed }) => composed)));
  // A second player finds all that, and the page leads the first one elsewhere.
  const before = (await told(page)).length;
  await page.evaluate(() => {
    document.querySelector('kurso-player').step = 'compliance';
    const second = document.createElement('kurso-player');
    second.id = 'b';
    document.body.append(second);
  });
  await page.locator('[part="base"]:not([hidden])').nth(1).waitFor();
  await page.evaluate(() => document.querySelector('#a').reset());
  await page.locator('#b').getByText('0 of 12').first().waitFor();
  assert.deepEqual((await told(page)).slice(before), [['kurso-ready', { course: 'clf-c02' }, 'b']]);
});

test('EM4 the end of a module is told, with what it comes to', async (t) => {
  const { page } = await embed(t, '<kurso-player id="a" storage="none"></kurso-player>');
  await play(learner(page, HANDS['a mouse']));
  const ends = (await told(page, 'complete')).filter(([, { module }]) => module);
  const [type, { module, score, passed }, id] = ends.at(-1);
  assert.deepEqual([type, module, score, passed, id], ['kurso-complete', 'security-and-compliance', { right: 15, of: 15 }, true, 'a']);
  // The guide names each event that there was, with all that is in it, and no other but that of a failure.
  const names = (detail) => Object.entries(detail).map(([name, value]) => (value instanceof Object ? `${name}: { ${Object.keys(value).join(', ')} }` : name));
  const heard = new Set((await told(page)).map(([type, detail]) => `${type} {${names(detail).map((name) => ` ${name}`)} }`.replace('{ }', '{}')));
  const described = [...GUIDE.matchAll(/^\| `(kurso-[a-z]+)` \| `([^`]*)` \|/gm)].map(([, type, detail]) => `${type} ${detail}`);
  assert.deepEqual(described.filter((event) => !event.startsWith('kurso-error')).sort(), [...heard].sort());
});

test('attributes that change act at once, and take no focus', async (t) => {
  const { page } = await embed(t, '<input id="field"><kurso-player step="whose-job" theme="dark" no-header></kurso-player>');
  assert.equal(await heading(page), TITLES[3]);
  const player = page.locator('kurso-player');
  const look = () => player.locator('.kurso').evaluate((kurso) => getComputedStyle(kurso).colorScheme);
  const shows = (selector) => player.locator(selector).isVisible();
  assert.equal(await look(), 'dark');
  assert.deepEqual(await Promise.all(['.top', '.outline', '.foot', '.bar'].map(shows)), [false, true, true, true]);
  await page.locator('#field').focus();
  const set = (name, value) => player.evaluate((player, [name, value]) => (player[name] = value), [name, value]);
  await set('theme', 'light');
  assert.equal(await look(), 'light');
  // What the learner has chosen holds.
  await player.evaluate((player) => player.removeAttribute('no-header'));
  await page.getByRole('button', { name: 'Display' }).click();
  await page.getByRole('radio', { name: 'Dark', exact: true }).check();
  await page.keyboard.press('Escape');
  assert.equal(await look(), 'dark');
  await page.locator('#field').focus();
  await set('step', 'compliance');
  await page.getByRole('heading', { level: 1, name: TITLES[8] }).waitFor();
  await player.evaluate((player) => player.toggleAttribute('no-outline', true));
  assert.deepEqual(await Promise.all(['.top', '.outline', '.foot', '.bar'].map(shows)), [true, false, true, true]);
  assert.equal(await player.evaluate((player) => player.getAttribute('step')), 'compliance');
  // What is no step leads nowhere.
  await set('step', '"]no such step');
  await set('exercise', 'duties');
  await page.getByRole('heading', { name: 'Six duties' }).waitFor();
  assert.deepEqual(await Promise.all(['.top', '.outline', '.foot', '.bar', 'h1'].map(shows)), [false, false, false, false, false]);
  await set('exercise', null);
  await page.getByRole('heading', { level: 1, name: TITLES[3] }).waitFor();
  assert(await page.locator('#field').evaluate((input) => input === document.activeElement), 'the focus has stayed');
});

test('an exercise alone shows nothing else and is kept with the rest', async (t) => {
  const { page } = await embed(t, '<kurso-player exercise="duties"></kurso-player>');
  await answer(page).check();
  const seen = await page.locator('kurso-player').innerText();
  assert(!seen.includes(TITLES[3]) && !seen.includes('Next') && !seen.includes('saved on this device'), seen);
  assert.equal(JSON.parse((await stored(page))[KEY]).exercises.duties.answer.length, 1);
});

test('with storage="none" nothing is kept, which is said, and nothing is lost while the page is open', async (t) => {
  const { page } = await embed(t, '<kurso-player step="whose-job" storage="none"></kurso-player>');
  await answer(page).check();
  await page.getByText('Progress is kept only until you leave this page.').waitFor();
  assert.equal(await page.getByText('Your data').isVisible(), false);
  await page.evaluate(async () => {
    const player = document.querySelector('kurso-player');
    player.remove();
    player.removeAttribute('step');
    await new Promise((resolve) => setTimeout(resolve, 50));
    document.body.append(player);
  });
  await page.getByRole('heading', { level: 1, name: TITLES[3] }).waitFor();
  assert(await answer(page).isChecked());
  assert.deepEqual(await stored(page), {});
  assert.deepEqual(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)), []);
});

test('progress goes out and comes in as JSON, of this course only', async (t) => {
  const { page } = await embed(t, '<kurso-player step="whose-job" storage="none"></kurso-player>');
  await answer(page).check();
  const json = await page.evaluate(() => document.querySelector('kurso-player').export());
  assert.equal(JSON.parse(json).exercises.duties.answer.length, 1);
  await page.evaluate(() => document.querySelector('kurso-player').reset());
  await page.locator('kurso-player').getByText('Progress is kept only').waitFor();
  await page.waitForFunction(async () => !JSON.parse(await document.querySelector('kurso-player').export()).exercises.duties);
  const taken = (json) => page.evaluate((json) => document.querySelector('kurso-player').import(json), json);
  assert.deepEqual([await taken('{"half'), await taken(json.replace('clf-c02', 'other'))], [false, false]);
  assert.equal(await taken(json), true);
  for (const step of ['compliance', 'whose-job']) await page.evaluate((step) => (document.querySelector('kurso-player').step = step), step);
  await answer(page).and(page.locator(':checked')).waitFor();
});

test('G16 a player that is moved, taken out and put in again loses nothing and leaves nothing', async (t) => {
  // Counts what listens at the page itself.
  const initScript = () => {
    self.listening = 0;
    for (const target of [window, document]) {
      const { addEventListener: add, removeEventListener: remove } = target;
      target.addEventListener = (...args) => void ((self.listening += 1), add.apply(target, args));
      target.removeEventListener = (...args) => void ((self.listening -= 1), (self.ended = true), remove.apply(target, args));
    }
  };
  const { page } = await embed(t, '<kurso-player id="a" step="whose-job"></kurso-player><div id="there"></div>', { initScript });
  await answer(page).check();
  // An answer that nobody sees is played in a player of its own, which ends some time after the start.
  await page.waitForFunction(() => self.ended);
  const listening = () => page.evaluate(() => self.listening);
  const before = await listening();
  const isTheSame = await page.evaluate(async () => {
    const player = document.querySelector('#a');
    const base = player.shadowRoot.querySelector('[part="base"]');
    document.querySelector('#there').append(player);
    await new Promise((resolve) => setTimeout(resolve));
    return player.shadowRoot.querySelector('[part="base"]') === base;
  });
  assert(isTheSame, 'it went on while it was moved');
  assert(await answer(page).isChecked());
  for (let turn = 0; turn < 5; turn += 1) {
    await page.evaluate(async () => {
      const player = document.querySelector('#a');
      player.remove();
      await new Promise((resolve) => setTimeout(resolve));
      document.body.append(player);
    });
    await answer(page).and(page.locator(':checked')).waitFor();
  }
  assert.equal(await listening(), before);
  assert.equal(await page.locator('[part="base"]').count(), 1);
  // One press is one download.
  await page.getByText('Your data').click();
  const downloads = [];
  page.on('download', (download) => downloads.push(download));
  await Promise.all([page.waitForEvent('download'), page.locator('.data').getByRole('button', { name: 'Download' }).first().click()]);
  assert.equal(downloads.length, 1);
  await page.evaluate(() => document.querySelector('#a').remove());
});

test('EM3 the CSS of the page does not get in, and ours does not get out', async (t) => {
  const hostile = `html { font-size: 10px; letter-spacing: 3px }
    * { color: red !important; text-transform: uppercase !important; letter-spacing: 5px !important; line-height: 3 !important;
      text-align: right; visibility: visible; cursor: wait !important; float: left }
    div, section, button { display: none !important } h1 { font-size: 90px !important } .kurso { border: 9px solid red }`;
  const plain = await embed(t, '<kurso-player step="whose-job"></kurso-player>');
  const broken = await embed(t, '<kurso-player step="whose-job"></kurso-player><kurso-player step="whose-job"></kurso-player>', {
    players: 0,
    head: '<link rel="stylesheet" href="hostile.css">',
    files: { '/hostile.css': hostile },
  });
  await broken.page.locator('[part="base"]:not([hidden])').nth(1).waitFor({ state: 'attached' });
  const look = ({ page }) =>
    page.evaluate(() => {
      const of = (selector) => {
        const style = getComputedStyle(document.querySelector('kurso-player').shadowRoot.querySelector(selector));
        const names = ['color', 'textTransform', 'letterSpacing', 'lineHeight', 'fontSize', 'textAlign', 'cursor', 'display', 'borderTopWidth', 'minHeight'];
        return names.map((name) => `${selector} ${name} ${style[name]}`);
      };
      return ['.kurso', 'h1', '.page p', '.exercise', '.main'].flatMap(of);
    });
  assert.deepEqual(await look(broken), await look(plain));
  const around = await plain.page.evaluate(() => [document.styleSheets.length, document.adoptedStyleSheets.length, getComputedStyle(document.querySelector('h1')).color]);
  assert.deepEqual(around, [0, 0, 'rgb(0, 0, 0)']);
});

test('a page themes the player by properties and parts', async (t) => {
  const theme = `kurso-player { --kurso-accent: rgb(1, 2, 3) } kurso-player::part(foot) { border-top: 7px solid rgb(4, 5, 6) }
    ${['base', 'header', 'outline'].map((part, at) => `kurso-player::part(${part}) { outline-offset: ${at + 11}px }`).join('')}`;
  const { page } = await embed(t, '<kurso-player step="whose-job"></kurso-player>', {
    head: '<link rel="stylesheet" href="theme.css">',
    files: { '/theme.css': theme },
  });
  const style = (selector, name) => page.locator(selector).first().evaluate((element, name) => getComputedStyle(element)[name], name);
  assert.equal(await style('.main', 'backgroundColor'), 'rgb(1, 2, 3)');
  assert.equal(await style('.foot', 'borderTopWidth'), '7px');
  const offsets = await Promise.all(['[part=base]', '.top', '.outline'].map((selector) => style(selector, 'outlineOffset')));
  assert.deepEqual(offsets, ['11px', '12px', '13px']);
});

test('a course of another address is shown, and nothing of it can run', async (t) => {
  const course = (html) => `<!doctype html><kurso-player data-saved="kurso:other:1">${html}</kurso-player>`;
  // Without a policy, nothing but the player itself is in the way.
  const { page, server } = await embed(t, '<kurso-player></kurso-player>', { host: () => ({ policy: undefined }) });
  const own = await (await fetch(`${server.url}index.html`)).text();
  const element = own.match(/<kurso-player[^>]*>([^]*)<\/kurso-player>/)[1];
  const evil = element
    .replace(/<h1 /, '<h1 onclick="self.ran = true" ')
    .replace('<p class="eyebrow">', '<script src="hear.js?evil"></script><img src="data:," onerror="self.ran = true"><a href=" java\nscript:self.ran=1">x</a><p class="eyebrow">')
    .replace('"clf-c02"', '"other"');
  await page.route('**/evil.html', (route) => route.fulfill({ contentType: 'text/html', headers: { 'Access-Control-Allow-Origin': '*' }, body: course(evil) }));
  await page.evaluate((url) => (document.querySelector('kurso-player').src = url), `${server.url}evil.html`);
  await page.waitForFunction(() => self.told.length > 1);
  assert.deepEqual((await told(page))[1], ['kurso-ready', { course: 'other' }, '']);
  assert.equal(await heading(page), TITLES[0]);
  const left = await page.evaluate(() => {
    const base = document.querySelector('kurso-player').shadowRoot;
    return [...base.querySelectorAll('script, [onclick], [onerror], a[href*="script"]')].length;
  });
  assert.equal(left, 0);
  assert.equal(await page.evaluate(() => self.ran), undefined);
});

test('the documentation names all that an element has', async (t) => {
  const { page } = await open(t);
  const { properties, own, members } = await page.evaluate(() => {
    const player = customElements.get('kurso-player');
    const names = Object.getOwnPropertyNames(player.prototype).filter((name) => !/constructor|Callback|tellStopped|layOut|putAway|receive|look/.test(name));
    // Every element has a `lang`.
    const own = player.observedAttributes.filter((name) => !(name in HTMLElement.prototype));
    return { properties: player.observedAttributes, own, members: names.sort() };
  });
  assert.deepEqual(members, [...own, 'export', 'import', 'reset'].sort());
  for (const name of properties) assert(GUIDE.includes(`| \`${name}\` |`), name);
  const style = await readFile(new URL('../../src/kurso.css', import.meta.url), 'utf8');
  for (const [, name] of style.matchAll(/var\(--kurso(-[a-z-]+)/g)) assert(GUIDE.includes(`${name}\``), name);
  for (const [, name] of style.matchAll(/:host\(\[(no-[a-z]+)\]\)/g)) assert(GUIDE.includes(`\`${name}\``), name);
});

test('what a page sets before the script is there holds, and can be set anew', async (t) => {
  const { page } = await embed(t, '<kurso-player></kurso-player><script src="/set.js"></script>', {
    files: { '/set.js': "Object.assign(document.querySelector('kurso-player'), { step: 'whose-job', theme: 'dark' })" },
  });
  assert.equal(await heading(page), TITLES[3]);
  assert.equal(await page.locator('.kurso').evaluate((kurso) => getComputedStyle(kurso).colorScheme), 'dark');
  await page.evaluate(() => (document.querySelector('kurso-player').step = 'compliance'));
  await page.getByRole('heading', { level: 1, name: TITLES[8] }).waitFor();
});

test('EM8 the address and the history of the page stay its own', async (t) => {
  const { page } = await embed(t, '<kurso-player></kurso-player>', { path: '?page=2#part' });
  const before = await page.evaluate(() => [location.href, history.length]);
  for (const title of TITLES.slice(1, 3)) {
    await page.getByRole('link', { name: 'Next', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
  }
  assert.deepEqual(await page.evaluate(() => [location.href, history.length]), before);
});

test('EM3 two players on a page have names of their own, and what describes what is inside of one of them', async (t) => {
  const { page, server } = await embed(t, '<kurso-player step="whose-job"></kurso-player><kurso-player step="whose-job"></kurso-player>', { players: 2 });
  const lost = await page.evaluate(() => {
    const names = ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'popovertarget'];
    return [...document.querySelectorAll('kurso-player')].flatMap(({ shadowRoot }) =>
      names.flatMap((name) => [...shadowRoot.querySelectorAll(`[${name}]`)].flatMap((element) => element.getAttribute(name).split(' ')))
        .filter((id) => shadowRoot.querySelectorAll(`[id="${CSS.escape(id)}"]`).length !== 1));
  });
  assert.deepEqual(lost, []);
  assert.equal(server.requests.filter(({ path }) => path.endsWith('kurso_bg.wasm')).length, 1);
  // The outline of the second is of the second.
  await page.setViewportSize({ width: 700, height: 900 });
  const second = page.locator('kurso-player').nth(1);
  await second.locator('.contents').filter({ visible: true }).click();
  await second.getByRole('link', { name: TITLES[8] }).click();
  await second.getByRole('heading', { level: 1, name: TITLES[8] }).waitFor();
  assert.equal(await heading(page.locator('kurso-player').first()), TITLES[3]);
});

test('a player in a narrow column of a wide page looks as on a phone, and one in a wide column as on a desk', async (t) => {
  const columns = `body { margin: 0; display: grid; grid-template-columns: 320px 1fr 720px } kurso-player { grid-area: 1 / 3 }
    kurso-player:first-of-type { grid-area: 1 / 1 } .wide { display: block }`;
  const { page } = await embed(t, '<kurso-player step="whose-job"></kurso-player><kurso-player step="whose-job"></kurso-player>', {
    players: 2,
    viewport: { width: 1280, height: 900 },
    head: '<link rel="stylesheet" href="blog.css">',
    files: { '/blog.css': columns },
  });
  const look = (player) => player.evaluate(({ shadowRoot }) => {
    const find = (selector) => shadowRoot.querySelector(selector);
    const [legend, segments] = ['.row legend', '.row .segments'].map((selector) => find(selector).getBoundingClientRect());
    const kurso = find('.kurso');
    const [left, right] = [kurso.getBoundingClientRect().left - 0.5, kurso.getBoundingClientRect().right + 0.5];
    const shown = [...kurso.querySelectorAll('*')].filter((element) => element.checkVisibility() && !element.closest('.skip, .unseen'));
    const out = shown.filter((element) => element.getBoundingClientRect().left < left || element.getBoundingClientRect().right > right);
    return { width: kurso.clientWidth, below: segments.top >= legend.bottom, bar: getComputedStyle(find('.bar')).position, out: out.map(({ className }) => className) };
  });
  const [narrow, middle] = [page.locator('kurso-player').first(), page.locator('kurso-player').nth(1)];
  assert.deepEqual(await look(narrow), { width: 320, below: true, bar: 'sticky', out: [] });
  assert.deepEqual(await look(middle), { width: 720, below: false, bar: 'sticky', out: [] });
  assert.deepEqual(await sidewaysScroll(page), []);
  assert.equal(await narrow.getByRole('navigation', { name: 'Course outline' }).isVisible(), false);
  await page.evaluate(() => (document.body.className = 'wide'));
  assert.deepEqual(await look(narrow), { width: 1280, below: false, bar: 'static', out: [] });
  await narrow.getByRole('navigation', { name: 'Course outline' }).waitFor();
});

test('in a narrow column how it shows is chosen below the button, wherever in the window the column is', async (t) => {
  const css = 'body { margin: 0 } kurso-player { width: 360px; margin-block-start: 200px } .right kurso-player { margin-inline-start: auto }';
  const { page } = await embed(t, '<kurso-player step="whose-job"></kurso-player>', {
    viewport: { width: 1280, height: 900 },
    head: '<link rel="stylesheet" href="blog.css">',
    files: { '/blog.css': css },
  });
  for (const side of ['left', 'right']) {
    await page.evaluate((side) => (document.body.className = side), side);
    await page.getByRole('button', { name: 'Display' }).click();
    const choices = page.getByRole('group', { name: 'Display' });
    await choices.waitFor();
    const [button, box] = await Promise.all([page.getByRole('button', { name: 'Display' }), choices].map((part) => part.boundingBox()));
    const below = box.y - (button.y + button.height);
    assert(below >= 0 && below < 24, `${below} px below its button at the ${side}`);
    assert(Math.abs(box.x + box.width - button.x - button.width) < 2, `at the ${side} it ends elsewhere`);
    assert(box.x >= 0, `at the ${side} it leaves the window`);
    await page.keyboard.press('Escape');
    await choices.waitFor({ state: 'hidden' });
  }
});

test('a player is as wide as there is room wherever a page puts it', async (t) => {
  const places = { row: 'display: flex', middle: 'display: flex; flex-direction: column; align-items: center', floats: 'display: flow-root', grid: 'display: grid; justify-items: start' };
  const css = `body { margin: 0 } div { width: 600px } .floats > * { float: left } ${Object.entries(places).map(([name, style]) => `.${name} { ${style} }`).join('')}`;
  const body = Object.keys(places).map((name) => `<div class="${name}"><kurso-player exercise="duties"></kurso-player></div>`).join('');
  const { page } = await embed(t, body, { players: 4, head: '<link rel="stylesheet" href="blog.css">', files: { '/blog.css': css } });
  const widths = await page.evaluate(() => [...document.querySelectorAll('kurso-player')].map((player) => player.getBoundingClientRect().width));
  assert.deepEqual(widths, [600, 600, 600, 600]);
  assert.deepEqual(await sidewaysScroll(page), []);
});

test('an item is dragged under the pointer in a page that moves its boxes, too', async (t) => {
  const css = 'body { transform: translate(40px, 30px) } kurso-player { display: block; filter: grayscale(0); contain: layout }';
  const { page } = await embed(t, '<kurso-player exercise="duties"></kurso-player>', { head: '<link rel="stylesheet" href="blog.css">', files: { '/blog.css': css } });
  await page.getByRole('button', { name: 'Use a board' }).click();
  await draggable(page);
  const chip = page.locator('.pool .chip').first();
  await chip.scrollIntoViewIfNeeded();
  const from = await chip.boundingBox();
  const handle = await chip.locator('.handle').boundingBox();
  const [x, y] = [handle.x + handle.width / 2, handle.y + handle.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 40, { steps: 4 });
  const lifted = await page.locator('.lifted').boundingBox();
  assert.deepEqual([lifted.x - from.x, lifted.y - from.y, lifted.width].map(Math.round), [60, 40, Math.round(from.width)]);
  await page.mouse.up();
});
