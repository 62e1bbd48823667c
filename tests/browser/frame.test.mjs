// The page in a frame of somebody else's page, on another origin: as high as what is in it, talking to nobody but whom it
// was told to, and no danger to what is around.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { open, PAGE } from './browser.mjs';
import { HEAR, told } from './embed.mjs';
import { DUTIES, RISKS, TITLES } from './learner.mjs';

/** The attributes that the page itself has given to the player. */
const OWN = ['hash', 'data-saved', 'offline', 'class'];

const SANDBOX = 'allow-scripts allow-same-origin allow-popups allow-downloads';

/** Opens a page with the course in a frame, whose address ends like that. */
async function embed(t, search, { script = '<script src="HOST"></script>', sandbox = SANDBOX, before = '', files = {}, ...options } = {}) {
  const host = (server) => ({
    files: {
      '/': `<!doctype html><html lang="en"><head><title>A blog</title><link rel="icon" href="data:,"><link rel="stylesheet" href="blog.css">
        <script src="hear.js"></script>${script.replace('HOST', `${server.url}embed-host.js`)}</head>
        <body>${before}<iframe id="course" src="${server.url}${search}" title="A course" sandbox="${sandbox}"></iframe></body></html>`,
      '/hear.js': HEAR,
      '/blog.css': 'iframe { display: block; width: 100%; height: 300px; box-sizing: border-box } .tall { height: 2000px }',
      ...files,
    },
    policy: `default-src 'none'; script-src 'self' ${server.origin}; style-src 'self'; frame-src ${server.origin}; img-src data:`,
  });
  const opened = await open(t, { ...options, host, starts: false });
  const frame = opened.page.frameLocator('iframe');
  await frame.locator('[part="base"]:not([hidden]) main').waitFor();
  return { ...opened, frame };
}

/** Waits until nothing in the frame is cut off and nothing is empty, and returns how high it is then. */
async function fits(page) {
  const inner = page.frames()[1];
  await page.waitForFunction(() => {
    const last = self.messages.findLast(({ data }) => data.type === 'height');
    return last && document.querySelector('iframe').clientHeight === last.data.height;
  });
  const { content, room } = await inner.evaluate(() => ({
    content: Math.ceil(document.documentElement.getBoundingClientRect().height),
    room: innerHeight,
  }));
  assert.equal(room, content);
  return room;
}

test('EM1 the frame is as high as what is in it, up and down, within 100 ms, and comes to rest', async (t) => {
  const { page, frame } = await embed(t, '?embed#/whose-job');
  const whole = await fits(page);
  assert(whole > 600, `${whole}`);
  const inner = page.frames()[1];
  const grows = async (by) => {
    await page.evaluate(() => (self.messages.length = 0));
    const changed = await inner.evaluate((by) => {
      document.body.style.paddingBottom = `${by}px`;
      return performance.timeOrigin + performance.now();
    }, by);
    await page.waitForFunction((height) => document.querySelector('iframe').clientHeight === height, whole + by);
    const told = await page.evaluate(() => self.messages.map(({ data, at }) => ({ data, at: performance.timeOrigin + at })));
    assert.deepEqual(told.map(({ data }) => data), [
      { context: 'h5p', action: 'hello', scrollHeight: whole + by },
      { subject: 'lti.frameResize', height: whole + by },
      { source: 'kurso', v: 1, type: 'height', height: whole + by },
    ]);
    assert(told[0].at - changed < 100, `${told[0].at - changed} ms`);
  };
  await grows(500);
  await grows(0);
  // Less than a pixel is nothing.
  await page.evaluate(() => (self.messages.length = 0));
  await inner.evaluate(() => (document.body.style.paddingBottom = '0.4px'));
  await inner.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  assert.deepEqual(await page.evaluate(() => self.messages.length), 0);
  // Another step is another height.
  await frame.getByRole('link', { name: TITLES[0] }).click();
  await frame.getByRole('heading', { level: 1, name: TITLES[0] }).waitFor();
  const other = await fits(page);
  assert.notEqual(other, whole);
});

test('EM1 on a small phone, too, and without the script of the page around it scrolls inside', async (t) => {
  const viewport = { width: 360, height: 640 };
  const { page } = await embed(t, '?embed#/whose-job', { viewport });
  await fits(page);
  const plain = await embed(t, '?embed#/whose-job', { viewport, script: '' });
  const scrolls = await plain.page.frames()[1].evaluate(() => {
    scrollTo(0, 1e6);
    return [scrollY > 0, scrollY + innerHeight >= document.documentElement.scrollHeight - 1];
  });
  assert.deepEqual(scrolls, [true, true]);
});

/** Of the others' scripts none knows of borders. */
const PLAIN = { '/blog.css': 'iframe { display: block; width: 100%; height: 300px; border: 0 }' };

/** What a page with H5P's own script does: its protocol, as that script speaks it. */
const H5P = `const frames = () => [...document.querySelectorAll('iframe')];
addEventListener('message', ({ data, source, origin }) => {
  if (data.context !== 'h5p') return;
  const frame = frames().find(({ contentWindow }) => contentWindow === source);
  const respond = (action) => source.postMessage({ action, context: 'h5p' }, origin);
  const { action, scrollHeight, clientHeight } = data;
  if (action === 'hello') {
    frame.style.width = '100%';
    addEventListener('resize', () => respond('resize'));
    respond('hello');
  } else if (action === 'prepareResize') {
    if (frame.clientHeight === scrollHeight && scrollHeight === clientHeight) return;
    frame.style.height = clientHeight + 'px';
    respond('resizePrepared');
  } else if (action === 'resize') {
    frame.style.height = scrollHeight + 'px';
  }
});
for (const frame of frames()) if (frame.src.includes('h5p')) frame.contentWindow.postMessage({ context: 'h5p', action: 'ready' }, '*');`;

for (const [when, script] of [['first', '<script src="h5p.js"></script>'], ['beside ours', '<script src="h5p.js"></script><script src="HOST"></script>']]) {
  test(`EM1 where H5P's script is, ${when}, the frame fits by it`, async (t) => {
    const { page, frame } = await embed(t, '?embed#/whose-job', { script, files: { '/h5p.js': H5P, ...(when === 'first' && PLAIN) } });
    const whole = await fits(page);
    await frame.getByRole('link', { name: TITLES[0] }).click();
    await frame.getByRole('heading', { level: 1, name: TITLES[0] }).waitFor();
    assert(await fits(page) < whole);
    await page.setViewportSize({ width: 400, height: 700 });
    await page.frames()[1].waitForFunction(() => innerWidth <= 400);
    assert(await fits(page) > whole);
  });
}

test("EM1 H5P's script may come after us, and say so or not", async (t) => {
  for (const search of ['?embed&h5p#/whose-job', '?embed#/whose-job']) {
    const { page, frame } = await embed(t, search, { script: '', files: { '/h5p.js': H5P, ...PLAIN } });
    await page.evaluate(() => document.head.append(Object.assign(document.createElement('script'), { src: 'h5p.js' })));
    // Whom it does not greet it hears of with the next height.
    if (!search.includes('h5p')) await frame.getByRole('link', { name: TITLES[0] }).click();
    await fits(page);
  }
});

/** What Canvas does. Engines scroll to what gets the focus in a frame, or not, so it says how far it is scrolled. */
const CANVAS = `self.down = 0;
addEventListener('message', ({ data, source }) => {
  const size = { height: innerHeight, width: innerWidth, offset: { top: 90, left: 0 }, footer: 0, scrollY: self.down };
  if (data.subject === 'lti.fetchWindowSize') source.postMessage({ subject: 'lti.fetchWindowSize.response', ...size }, '*');
  if (data.subject === 'lti.frameResize') document.querySelector('iframe').style.height = data.height + 'px';
});`;

test('EM2 in Canvas the frame fits, and is scrolled to only if its top is out of view', async (t) => {
  const { page, frame } = await embed(t, '?embed', { script: '<script src="canvas.js"></script>', files: { '/canvas.js': CANVAS, ...PLAIN } });
  await fits(page);
  const goesOn = async (at, down) => {
    await page.evaluate((down) => (self.down = down), down);
    await frame.getByRole('link', { name: 'Next', exact: true }).click();
    await frame.getByRole('heading', { level: 1, name: TITLES[at] }).waitFor();
    await page.waitForFunction((at) => self.messages.filter(({ data }) => data.subject === 'lti.fetchWindowSize').length === at, at);
    await fits(page);
    return page.evaluate(() => self.messages.filter(({ data }) => data.subject === 'lti.scrollToTop').length);
  };
  assert.equal(await goesOn(1, 80), 0);
  assert.equal(await goesOn(2, 100), 1);
});

test('EM8 Back and Forward go from step to step in the frame, and the page around stays', async (t) => {
  const { page, frame } = await embed(t, '?embed');
  const address = page.url();
  const shows = (at) => frame.getByRole('heading', { level: 1, name: TITLES[at] }).waitFor();
  for (const at of [1, 2]) {
    await frame.getByRole('link', { name: 'Next', exact: true }).click();
    await shows(at);
  }
  await page.evaluate(() => history.back());
  await shows(1);
  await page.evaluate(() => history.back());
  await shows(0);
  await page.evaluate(() => history.forward());
  await shows(1);
  assert.equal(page.url(), address);
});

test('EM1 in a narrow frame the answers that come up with a prompt bring it to rest, too', async (t) => {
  const { page, frame } = await embed(t, '?embed#/risks-and-controls', { viewport: { width: 600, height: 800 } });
  await frame.getByRole('button', { name: 'Use a board' }).click();
  await frame.locator('.board').waitFor();
  const before = await fits(page);
  await frame.locator('.pool .chip').filter({ hasText: RISKS[0][0] }).click();
  await frame.locator('.pairs.holding').waitFor();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  const held = await fits(page);
  assert(held < before + 200, `${held - before} px more`);
});

test('what is beside the text does not follow the height of the frame, whatever theme is chosen', async (t) => {
  const { page, frame } = await embed(t, '?embed#/whose-job');
  const positions = () => frame.locator('.outline').evaluate((outline) => getComputedStyle(outline).position);
  assert.equal(await positions(), 'static');
  await frame.getByRole('button', { name: 'Display' }).click();
  await frame.getByRole('radio', { name: 'Dark', exact: true }).check();
  assert.equal(await positions(), 'static');
  await page.keyboard.press('Escape');
  await fits(page);
});

test('EM2 another step brings the top of the frame into view, and nothing takes the focus on load', async (t) => {
  const { page, frame } = await embed(t, '?embed', { before: '<input id="field" autofocus><p class="tall">Before</p>' });
  assert.deepEqual(await page.evaluate(() => [document.activeElement.id, scrollY]), ['field', 0]);
  // Browsers do not lay out what is far away.
  await page.locator('iframe').scrollIntoViewIfNeeded();
  await fits(page);
  await frame.getByRole('link', { name: 'Next', exact: true }).click();
  await frame.getByRole('heading', { level: 1, name: TITLES[1] }).waitFor();
  assert(await page.evaluate(() => self.messages.some(({ data }) => data.type === 'scroll')));
  const inView = () => {
    const { top } = document.querySelector('iframe').getBoundingClientRect();
    return top >= 0 && top < innerHeight / 2;
  };
  await page.waitForFunction(inView);
});

test('S3 answers go to the origin that is named, and to nobody else', async (t) => {
  const { page, frame, host, server } = await embed(t, '?embed#/whose-job');
  const play = async (frame) => {
    await frame.getByRole('group', { name: DUTIES[0][0] }).getByRole('radio', { name: DUTIES[0][1] }).check();
    await frame.getByRole('link', { name: 'Next', exact: true }).click();
    await frame.getByRole('heading', { level: 1, name: TITLES[4] }).waitFor();
  };
  await play(frame);
  const types = () => page.evaluate(() => [...new Set(self.messages.map(({ data }) => data.type ?? data.subject ?? data.context))].sort());
  const OPEN = ['h5p', 'height', 'lti.fetchWindowSize', 'lti.frameResize', 'scroll'];
  assert.deepEqual(await types(), OPEN);
  const go = async (origin) => {
    await page.evaluate((src) => {
      self.messages.length = self.told.length = 0;
      document.querySelector('iframe').src = src;
    }, `${server.url}?embed&storage=none&origin=${encodeURIComponent(origin)}#/whose-job`);
    await frame.getByRole('heading', { level: 1, name: TITLES[3] }).waitFor();
    await frame.locator('[part="base"]:not([hidden]) main').waitFor();
    await play(frame);
  };
  for (const other of ['https://elsewhere.example', '*', 'null', 'data:,']) {
    await go(other);
    assert.deepEqual(await types(), OPEN, other);
  }
  await go(host.origin);
  await page.waitForFunction(() => self.told.length > 2);
  assert.deepEqual(await told(page), [
    ['kurso-ready', { course: 'clf-c02' }, 'course'],
    ['kurso-start', {}, 'course'],
    ['kurso-step', { step: 'identity-and-least-privilege' }, 'course'],
  ]);
});

test('S3 the named page may say what shows; another page, version or name changes nothing', async (t) => {
  const { page, frame, host, server } = await embed(t, '?embed');
  const send = (message) => page.evaluate((message) => document.querySelector('iframe').contentWindow.postMessage(message, '*'), message);
  const set = (name, value) => ({ source: 'kurso', v: 1, type: 'set', name, value });
  const attributes = () => page.frames()[1].evaluate((own) => document.querySelector('kurso-player').getAttributeNames().filter((name) => !own.includes(name)), OWN);
  const name = async (origin) => {
    const src = `${server.url}?embed&origin=${encodeURIComponent(origin)}`;
    await page.evaluate((src) => (document.querySelector('iframe').src = src), src);
    await page.frames()[1].waitForURL(src);
    await frame.locator('[part="base"]:not([hidden]) main').waitFor();
  };
  // Nobody was named, or another; and who was named, but is not the page around.
  await send(set('step', 'compliance'));
  assert.deepEqual(await attributes(), []);
  await name('https://elsewhere.example');
  await send(set('step', 'compliance'));
  assert.deepEqual(await attributes(), []);
  await name(server.origin);
  await page.frames()[1].evaluate((message) => postMessage(message, '*'), set('step', 'compliance'));
  assert.deepEqual(await attributes(), []);
  await name(host.origin);
  for (const bad of [{ ...set('step', 'compliance'), v: 2 }, { ...set('step', 'compliance'), source: 'other' }, set('src', 'evil.html'), set('onclick', 'x'), set('step', { toString: 1 }), null, 'kurso']) await send(bad);
  await send(set('step', 'compliance'));
  await frame.getByRole('heading', { level: 1, name: TITLES[8] }).waitFor();
  assert.deepEqual(await attributes(), ['step']);
  await send(set('step', null));
  await page.frames()[1].waitForFunction(() => !document.querySelector('kurso-player').hasAttribute('step'));
});

test('the address says what shows, but not whose course', async (t) => {
  const { page, frame } = await embed(t, '?embed&exercise=duties&theme=dark&src=evil.html&no-header&onclick=x');
  await frame.getByRole('heading', { name: 'Six duties' }).waitFor();
  assert.equal(await frame.locator('h1').isVisible(), false);
  const names = await page.frames()[1].evaluate((own) => document.querySelector('kurso-player').getAttributeNames().filter((name) => !own.includes(name)), OWN);
  assert.deepEqual(names, ['exercise', 'theme', 'no-header']);
  await fits(page);
});

test('S2 in a sandbox without its origin the course works, says that nothing is kept, and keeps nothing', async (t) => {
  const { page, frame } = await embed(t, '?embed#/whose-job', { sandbox: 'allow-scripts' });
  await fits(page);
  await frame.getByRole('radio', { name: 'AWS' }).first().check();
  await frame.getByText('Progress cannot be saved here.').first().waitFor();
});

test('S3 a flood of messages, and what goes round in circles, disturb neither the frame nor the page around', async (t) => {
  const { page, frame, host, server } = await embed(t, '?embed#/whose-job');
  await page.evaluate((src) => (document.querySelector('iframe').src = src), `${server.url}?embed&origin=${encodeURIComponent(host.origin)}#/whose-job`);
  await page.waitForFunction(() => self.told.length > 0);
  const flood = (up) => {
    const to = up ? parent : document.querySelector('iframe').contentWindow;
    const ring = { source: 'kurso', v: 1, type: 'set', name: 'step', context: 'h5p', action: 'hello', subject: 'lti.fetchWindowSize.response' };
    Object.assign(ring, { value: ring, detail: ring, height: ring, offset: ring, scrollHeight: ring });
    for (let at = 0; at < 2000; at += 1) to.postMessage(at % 2 ? ring : { ...ring, action: 'resize', type: 'height', height: -at }, '*');
  };
  await page.evaluate(flood, false);
  await page.frames()[1].evaluate(flood, true);
  await frame.getByRole('group', { name: DUTIES[0][0] }).getByRole('radio', { name: DUTIES[0][1] }).check();
  await page.waitForFunction(() => self.told.some(({ type }) => type === 'kurso-start'));
  await page.evaluate(() => (self.messages = []));
  await frame.getByRole('link', { name: TITLES[0] }).click();
  await frame.getByRole('heading', { level: 1, name: TITLES[0] }).waitFor();
  await fits(page);
});

test('a message that is not ours changes nothing in the page around', async (t) => {
  const { page } = await embed(t, '?embed');
  const height = await fits(page);
  const bad = [{ type: 'height', height: 10 }, { source: 'kurso', v: 1, type: 'height', height: -5 }, { source: 'kurso', v: 1, type: 'height', height: 'x' }, { source: 'kurso', v: 1, type: 'height' }, null, 7];
  await page.frames()[1].evaluate((bad) => bad.forEach((message) => parent.postMessage(message, '*')), bad);
  // Not of a frame at all.
  await page.evaluate(() => postMessage({ source: 'kurso', v: 1, type: 'height', height: 10 }, '*'));
  await page.waitForFunction(() => self.messages.some(({ data }) => data?.height === 10 && data.source));
  assert.equal(await page.evaluate(() => document.querySelector('iframe').clientHeight), height);
  const huge = { source: 'kurso', v: 1, type: 'height', height: 1e9 };
  await page.frames()[1].evaluate((huge) => parent.postMessage(huge, '*'), huge);
  await page.waitForFunction(() => document.querySelector('iframe').clientHeight === 50000);
});

test('the script for the page around is small', async () => {
  const { length } = await readFile(`${PAGE}/embed-host.js`);
  assert(length < 2048, `${length}`);
});

test('the lines that the course shows for a page of somebody else are those of the documentation, and work there', async (t) => {
  const { page, server } = await open(t);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByText('Embed this course').click();
  const field = page.getByRole('textbox', { name: 'Embed this course' });
  await page.waitForFunction(() => document.querySelector('kurso-player').shadowRoot.querySelector('textarea')?.value);
  const lines = await field.inputValue();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByText('Copied.').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), lines);
  const guide = await readFile(new URL('../../docs/embedding.md', import.meta.url), 'utf8');
  assert(guide.includes(lines.replaceAll(server.url, 'https://example.org/course/')), lines);
  const pasted = await open(t, {
    starts: false,
    host: (other) => ({
      files: { '/': `<!doctype html><html lang="en"><title>A blog</title><link rel="icon" href="data:,"><body>${lines.replaceAll(server.url, other.url)}`, },
    }),
  });
  const frame = pasted.page.frameLocator('iframe');
  await frame.locator('[part="base"]:not([hidden]) main').waitFor();
  await pasted.page.waitForFunction(() => document.querySelector('iframe').clientHeight > 650);
});

test('where the clipboard is closed, the lines are selected', async (t) => {
  const initScript = () => Object.defineProperty(navigator, 'clipboard', { value: undefined });
  const { page } = await open(t, { initScript });
  await page.getByText('Embed this course').click();
  await page.waitForFunction(() => document.querySelector('kurso-player').shadowRoot.querySelector('textarea')?.value);
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByText('It is selected').waitFor();
  const [selected, all] = await page.evaluate(() => {
    const { selectionStart, selectionEnd, value } = document.querySelector('kurso-player').shadowRoot.querySelector('textarea');
    return [selectionEnd - selectionStart, value.length];
  });
  assert.equal(selected, all);
});
