// Keeps the page for when there is no network. The build writes its name into BUILD, and the files that every visit needs,
// with the beginnings of their digests, into FILES.
//
// Each build has a cache of its own and is served from that alone, so two builds never mix. A build is kept only when
// all of it has arrived as it was made; until then, and until the learner asks for it, the one before goes on. Where each
// module is a page of its own, a page is kept once it was asked for.
const BUILD = '';
const FILES = {};

const OURS = `kurso ${registration.scope} `;
const CACHE = OURS + Object.values(FILES).join(' ');

addEventListener('install', (event) => event.waitUntil(keep()));

addEventListener('activate', (event) => event.waitUntil(forgetOthers()));

addEventListener('message', (event) => {
  if (event.data === 'activate') skipWaiting();
});

addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  const file = name(url);
  if (method !== 'GET' || !file) return;
  if (file in FILES) event.respondWith(kept(file, event.request));
  else if (file.endsWith('.html')) event.respondWith(page(file, event.request));
});

/** The file that an address asks for, as FILES names it; none if it is of another build. */
function name(url) {
  const { origin, pathname, search } = new URL(url);
  const address = origin + pathname;
  if (!address.startsWith(registration.scope) || (search && search !== `?${BUILD}`)) return undefined;
  return address.slice(registration.scope.length) || 'index.html';
}

async function kept(file, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(file)) ?? fetch(request);
}

/** The page of a module. One of another build asks for files of that build, which are not answered from here. */
async function page(file, request) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(file);
  if (found) return found;
  const response = await fetch(request);
  if (response.ok && (await response.clone().text()).includes(`?${BUILD}"`)) await cache.put(file, response.clone());
  return response;
}

async function keep() {
  const cache = await caches.open(CACHE);
  await Promise.all(Object.entries(FILES).map(async ([file, digest]) => {
    const response = await fetch(file === 'index.html' ? './' : file, { cache: 'no-cache' });
    const body = await response.arrayBuffer();
    if (!hex(await crypto.subtle.digest('SHA-256', body)).startsWith(digest)) throw new Error(`${file} is not of this build`);
    await cache.put(file, new Response(body, { headers: response.headers }));
  }));
}

function hex(buffer) {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function forgetOthers() {
  const others = (await caches.keys()).filter((key) => key.startsWith(OURS) && key !== CACHE);
  await Promise.all(others.map((key) => caches.delete(key)));
  await clients.claim();
}
