// Works without a network after the first visit, and adds the headers of cross-origin isolation and of the page's
// Content-Security-Policy on hosts that do not send them: a worker's policy comes with its own file. The build puts
// CACHE (named by a hash of all files), FILES (the page's own, relative) and HEADERS in front.
/* global CACHE, FILES, HEADERS */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const PREFIX = 'quarterturn-';
/** Files of data that a visit used. */
const DATA = `${PREFIX}data`;
/** Their names hold a hash of their content: the cache may answer without asking the server. */
const HASHED = /\/assets\/[^/]+-[\w-]{8}\.\w+$/;

worker.addEventListener('install', () => void worker.skipWaiting());

worker.addEventListener('activate', (event) => {
  const forget = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(PREFIX) && name !== CACHE && name !== DATA) await caches.delete(name);
    }
  };
  event.waitUntil(forget());
  // Not waited for: Firefox settles it when all workers of the page have taken note, and an engine's threads, asleep
  // in the middle of a call, never do. Until a service worker is active, nothing that a page asks for is answered.
  void worker.clients.claim();
});

// Nothing is fetched ahead before the page says that it has all it needs itself.
worker.addEventListener('message', (event) => {
  const keep = async () => {
    const own = await caches.open(CACHE);
    const missing = [];
    for (const file of FILES) if (!(await own.match(file))) missing.push(file);
    await own.addAll(missing);
    const data = await caches.open(DATA);
    for (const file of event.data.data) if (!(await data.match(file))) await data.add(file);
  };
  event.waitUntil(
    keep().then(
      () => event.ports[0].postMessage({ kept: true }),
      (error) => event.ports[0].postMessage({ kept: false, reason: String(error) }),
    ),
  );
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== worker.location.origin) return;
  event.respondWith(answer(request, address));
});

/** @param {Request} request @param {URL} address */
async function answer(request, address) {
  const cached = () =>
    caches.match(request.mode === 'navigate' ? worker.registration.scope : request, { ignoreSearch: true });
  if (HASHED.test(address.pathname)) {
    const found = await cached();
    if (found) return isolated(found);
  }
  try {
    return isolated(await fetch(request));
  } catch (error) {
    const found = await cached();
    if (found) return isolated(found);
    throw error;
  }
}

/** The same answer with the page's headers; a policy of the host's own stays. @param {Response} response */
function isolated(response) {
  if (response.type === 'opaque' || response.type === 'opaqueredirect' || response.status === 304) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) {
    if (name !== 'Content-Security-Policy' || !headers.has(name)) headers.set(name, value);
  }
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
