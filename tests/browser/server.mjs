// Serves a built page on this machine, from a folder below the root and with the strictest policy that it should work
// under, as a careful host would. It can also misbehave on purpose: a missing or cut wasm file, the wrong media type, a
// policy that forbids wasm. Names that end with `.localhost` are this machine, too, and each is a site of its own.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

export const MEDIA_TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** The name of the script that runs first. */
const FIRST = 'first.js';

function policy(allowsWasm, self) {
  return [
    "default-src 'none'",
    `script-src ${self}${allowsWasm ? " 'wasm-unsafe-eval'" : ''}`,
    `style-src ${self}`,
    `img-src ${self} data:`,
    `connect-src ${self}`,
    `manifest-src ${self}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

/**
 * Serves `folder` until `close()` is called.
 *
 * @param {string} folder where the built page is
 * @param {object} [options]
 * @param {string} [options.base] the path that the page lies under
 * @param {'whole' | 'missing' | 'cut' | 'page'} [options.wasm] what becomes of the wasm file; a page comes from servers that
 *   have one for whatever is not there
 * @param {string} [options.wasmType] the media type that is claimed for it
 * @param {boolean} [options.allowsWasm] whether the policy lets the page compile wasm
 * @param {string} [options.lost] the name of a file that is not there
 * @param {Promise} [options.held] what the wasm waits for, as on a slow line
 * @param {Promise} [options.ends] what the end of the page waits for, as on a slow line
 * @param {boolean} [options.shared] whether pages of other origins may load it, as a frame without an origin has to
 * @param {boolean} [options.namesItself] whether that policy says the server's address, and not `'self'`
 * @param {object} [options.headers] what else it answers
 * @param {string} [options.name] another name of this machine
 * @param {string} [options.first] a script that the page runs before its own, for browsers that cannot be told to
 */
export async function serve(folder, options = {}) {
  const { base = '/some/folder/', wasm = 'whole', wasmType = MEDIA_TYPES['.wasm'], lost: missing, allowsWasm = true, held, ends, shared, namesItself, headers, name, first } = options;
  const requests = [];
  let served = folder;
  let lost = missing;

  async function answer(path) {
    if (!path.startsWith(base)) return { status: 404 };
    const inside = path.slice(base.length) || 'index.html';
    if (first && inside === FIRST) return { status: 200, type: MEDIA_TYPES['.js'], body: first };
    const file = normalize(join(served, inside));
    if (!file.startsWith(normalize(served + sep))) return { status: 404 };
    const isWasm = extname(file) === '.wasm';
    if ((isWasm && wasm === 'missing') || inside === lost) return { status: 404 };
    const body = await readFile(isWasm && wasm === 'page' ? join(served, 'index.html') : file).catch(() => undefined);
    if (!body) return { status: 404 };
    const type = isWasm ? (wasm === 'page' ? MEDIA_TYPES['.html'] : wasmType) : (MEDIA_TYPES[extname(file)] ?? 'application/octet-stream');
    if (first && inside === 'index.html') {
      return { status: 200, type, body: String(body).replace('<head>', `<head><script src="${FIRST}"></script>`) };
    }
    return { status: 200, type, body: isWasm && wasm === 'cut' ? body.subarray(0, body.length / 2) : body };
  }

  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const { status, type = 'text/plain', body = 'Not found' } = await answer(path);
    requests.push({ method: request.method, path, status });
    if (path.endsWith('.wasm')) await held;
    response.writeHead(status, {
      'Content-Type': type,
      'Content-Length': Buffer.byteLength(body),
      'Content-Security-Policy': policy(allowsWasm, namesItself ? origin : "'self'"),
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': status === 200 ? 'max-age=600' : 'no-store',
      ...(shared && { 'Access-Control-Allow-Origin': '*' }),
      ...headers,
    });
    if (ends && type === MEDIA_TYPES['.html']) {
      response.write(body.slice(0, -10));
      await ends;
      response.end(body.slice(-10));
    } else response.end(body);
  });
  const origin = await listen(server, name);

  return {
    /** Such as `http://127.0.0.1:12345`. */
    origin,
    /** The address of the page. */
    url: origin + base,
    /** Every request so far: `{ method, path, status }`. */
    requests,
    /** Serves another folder from now on, as after a new release. */
    release(other) {
      served = other;
    },
    /** Has no file of that name from now on. */
    lose(name) {
      lost = name;
    },
    /** Stops serving. */
    close: () => close(server),
  };
}

/**
 * Serves a page of somebody else, on an origin of its own.
 *
 * @param {Record<string, string>} files the text of each file by its path, such as `/`
 * @param {object} [options]
 * @param {string} [options.policy] its content security policy
 * @param {object} [options.headers] what else it answers
 * @param {string} [options.name] another name of this machine
 */
export async function serveHost(files, { policy, headers, name } = {}) {
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const body = files[pathname];
    const type = MEDIA_TYPES[extname(pathname)] ?? MEDIA_TYPES['.html'];
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': type, ...(policy && { 'Content-Security-Policy': policy }), ...headers });
    response.end(body);
  });
  const origin = await listen(server, name);
  return { origin, url: `${origin}/`, close: () => close(server) };
}

/** The ports that were used: a browser may still have what the server kept in it that was there before. */
const used = new Set();

export async function listen(server, name = '127.0.0.1') {
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  if (used.has(server.address().port)) {
    await close(server);
    return listen(server, name);
  }
  used.add(server.address().port);
  return `http://${name}:${server.address().port}`;
}

export function close(server) {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
}
