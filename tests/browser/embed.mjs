// A page of somebody else with the element in it, on another origin than the course.
import { readFile } from 'node:fs/promises';
import { open } from './browser.mjs';

/** Notes down what the players of a page tell, and every message. */
export const HEAR = `self.told = [];
self.messages = [];
addEventListener('message', ({ data, origin }) => messages.push({ data, origin, at: performance.now() }), true);
for (const name of ['ready', 'start', 'answer', 'step', 'complete', 'error']) {
  document.addEventListener('kurso-' + name, ({ type, detail, target, composed }) => told.push({ type, detail, id: target.id, composed }));
}`;

export const GUIDE = await readFile(new URL('../../docs/embedding.md', import.meta.url), 'utf8');

/** The least that a careful page has to allow, as the documentation says, and its own files. */
export const policy = ({ origin }) => {
  const least = GUIDE.match(/^script-src https:.*$/m)[0].replaceAll('https://example.org', `'self' ${origin}`);
  return `default-src 'none'; ${least}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'`;
};

/**
 * Opens a page of somebody else that holds that, and waits for so many players in it.
 *
 * @param {string | ((url: string) => string)} body what the page holds; it may need the address of the course
 * @param {object} [options] those of `open`, and
 * @param {string | ((url: string) => string)} [options.head] what else stands in the head of the page; it may need the
 *   address of the course
 * @param {object} [options.files] further files of the page
 * @param {RegExp} [options.without] what its policy lacks
 */
export async function embed(t, body, { players = 1, files = {}, head = '', without, ...options } = {}) {
  const host = (server) => ({
    files: {
      '/': `<!doctype html><html lang="en"><head><title>A blog</title><link rel="icon" href="data:,"><script src="/hear.js"></script>${typeof head === 'string' ? head : head(server.url)}
        <script type="module" src="${server.url}kurso.js"></script></head><body><h1>Here</h1>${typeof body === 'string' ? body : body(server.url)}</body></html>`,
      '/hear.js': HEAR,
      ...files,
    },
    policy: policy(server).replace(without, ''),
    ...options.host?.(server),
  });
  const opened = await open(t, { ...options, host, starts: false });
  if (players) await opened.page.locator('[part="base"]:not([hidden])').nth(players - 1).waitFor();
  return opened;
}

/** What the players of the page have told of these types, or of all: type, detail and the id of the player. */
export const told = (page, ...types) =>
  page.evaluate(
    (types) => self.told.filter(({ type }) => !types.length || types.includes(type)).map(({ type, detail, id }) => [type, detail, id]),
    types.map((type) => `kurso-${type}`),
  );
