// Works without a network after the first visit, and adds the headers of cross-origin isolation and of the page's
// Content-Security-Policy on hosts that do not send them: a worker's policy comes with its own file. The build puts
// VERSION (a hash of all files), FILES (the page's own, relative) and HEADERS in front.
//
// One service worker is one version of the page. An update keeps all files of its version before it may answer, waits
// until no page of another version is open or the visitor asks for it, and takes the files of older versions away only
// then. The very first one answers at once, since the page may need its headers, and keeps the files when the page is at
// rest.
/* global VERSION, FILES, HEADERS */
import { relaxedSimd } from 'wasm-feature-detect';
import { scoped } from '../state/scope.js';

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const { scope } = worker.registration;
const CACHES = scoped('files ', scope);
const CACHE = CACHES + VERSION;
/** Files of data that a visit used: they are of no version. */
const DATA = scoped('data', scope);
const PAGES = scoped('page of ', scope);
/** Earlier versions named their caches so, whatever the folder. */
const EARLIER = /^quarterturn-(?:data|[0-9a-f]{12})$/;

/** Their names hold a hash of their content: a cache may answer without asking the server. */
const HASHED = /^(?:assets\/[^/]+-[\w-]{8}\.\w+|engine\/[0-9a-f]{8}\/[^/]+)$/;
/** A network that does not answer within this time is taken for none. */
const PATIENCE_MILLISECONDS = 3000;
/** And for so long nothing waits for it, though it is asked. */
const SILENCE_MILLISECONDS = 30_000;

/** @param {string} name of a file, relative */
const addressOf = (name) => new URL(name, scope).href;
/** A file's name in the page's folder; null elsewhere. @param {string} href */
function nameOf(href) {
  const address = href.replace(/[?#].*$/s, '');
  if (!address.startsWith(scope)) return null;
  const name = address.slice(scope.length);
  return name === '' || name === 'index.html' ? './' : name;
}

/** A page may have shared memory here, once it is isolated. */
function sharedMemory() {
  try {
    return Boolean(new WebAssembly.Memory({ initial: 0, maximum: 0, shared: true }));
  } catch {
    return false;
  }
}

/** The files of this version, without the engines that this browser cannot run. */
async function wanted() {
  const can = { threads: sharedMemory(), relaxed: await relaxedSimd().catch(() => false) };
  return FILES.filter((name) => {
    const [, team, lanes] = /^engine\/.*-(\w+)-(\w+)\.\w+$/.exec(name) ?? [];
    return (team !== 'threads' || can.threads) && (lanes !== 'relaxed' || can.relaxed);
  });
}

/** @param {Cache} cache */
async function missingIn(cache) {
  const there = new Set((await cache.keys()).map(({ url }) => url));
  return (await wanted()).filter((name) => !there.has(addressOf(name)));
}

/** Where all files of this version are kept, and how many; null where they are not. */
async function isKept() {
  if (!(await caches.has(CACHE)) || (await missingIn(await caches.open(CACHE))).length > 0) return null;
  return { cache: CACHE, files: (await wanted()).length };
}

/** From the server itself, whatever the browser has. @param {string} name */
const fresh = (name) => new Request(addressOf(name), { cache: 'reload' });

/** Keeps all files of this version; the page itself last, and only where it is of this version too. */
async function fill() {
  const cache = await caches.open(CACHE);
  const missing = await missingIn(cache);
  await cache.addAll(missing.filter((name) => name !== './').map(fresh));
  if (!missing.includes('./')) return;
  const page = await fetch(fresh('./'));
  if (!page.ok || !(await page.clone().text()).includes(`data-version="${VERSION}"`)) {
    throw new Error(`the server’s page is not of version ${VERSION}`);
  }
  await cache.put(addressOf('./'), page);
}

/** @param {readonly string[]} addresses of data that a visit has used */
async function keepData(addresses) {
  const data = await caches.open(DATA);
  for (const address of addresses) {
    if (nameOf(address) !== null && !(await data.match(address))) await data.add(address);
  }
}

/** Versions of the pages that are open, each of which holds a lock; null: there are some that do not say. */
async function openVersions() {
  const { held = [] } = await navigator.locks.query();
  const names = held.map(({ name = '' }) => name).filter((name) => name.startsWith(PAGES));
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (pages.filter(({ url }) => url.startsWith(scope)).length > names.length) return null;
  return new Set(names.map((name) => name.slice(PAGES.length)));
}

/** No page of another version is open. */
async function alone() {
  const open = await openVersions().catch(() => null);
  return open !== null && [...open].every((version) => version === VERSION);
}

/** Takes away the files of versions that no page is open of. */
async function tidy() {
  const open = await openVersions().catch(() => null);
  const names = await caches.keys();
  const { installing, waiting } = worker.registration;
  if (open === null || installing || waiting) return; // one of the caches is that of the next version
  for (const name of names) {
    if (name.startsWith(CACHES) ? name !== CACHE && !open.has(name.slice(CACHES.length)) : await isEarlier(name)) {
      await caches.delete(name);
    }
  }
}

/** @param {string} name of a cache */
async function isEarlier(name) {
  if (!EARLIER.test(name)) return false;
  return (await (await caches.open(name)).keys()).every(({ url }) => url.startsWith(scope));
}

worker.addEventListener('install', (event) => {
  if (!worker.registration.active) return;
  const keep = async () => {
    try {
      await fill();
    } catch (error) {
      await caches.delete(CACHE);
      throw error; // the version before goes on
    }
  };
  event.waitUntil(keep());
});

worker.addEventListener('activate', (event) => event.waitUntil(tidy()));

/** What a page asks. @type {Record<string, (data: any) => Promise<unknown>>} */
const requests = {
  version: async () => VERSION,
  isKept,
  /** Called when the page has all that it needs itself. */
  async keep({ data }) {
    await fill();
    await keepData(data);
    await tidy();
    // Not waited for: Firefox settles it when all workers of the page have taken note, and an engine's threads, asleep
    // in the middle of a call, never do.
    if (await alone()) void worker.clients.claim();
    return true;
  },
  async activate({ asked }) {
    if (asked || (await alone())) await worker.skipWaiting();
  },
};

worker.addEventListener('message', (event) => {
  const [port] = event.ports;
  const answered = requests[event.data.type]?.(event.data).then(
    (value) => port?.postMessage(value),
    () => port?.postMessage(null),
  );
  if (answered) event.waitUntil(answered);
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== worker.location.origin) return;
  const name = nameOf(request.url);
  if (name === 'version.json') return; // what the server says
  event.respondWith(answer(request, name).then(isolated));
});

/** Until when nothing waits for the network. */
let silentUntil = 0;

/**
 * @param {Request} request
 * @param {string | null} name
 * @returns {Promise<Response>}
 */
async function answer(request, name) {
  const found = name === null ? undefined : await kept(name);
  if (found && name !== null && HASHED.test(name)) return found;
  const asked = fetched(request, name, found);
  if (!found) return asked;
  const patience = Date.now() < silentUntil ? 0 : PATIENCE_MILLISECONDS;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => {
      if (patience > 0) silentUntil = Date.now() + SILENCE_MILLISECONDS;
      resolve(found);
    }, patience);
  });
  const answered = asked.then(
    (response) => {
      silentUntil = 0;
      return response;
    },
    () => found,
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}

/** A kept file; of another version's those with a hash in their name. @param {string} name */
async function kept(name) {
  const names = (await caches.keys()).filter((each) => each.startsWith(CACHES) && each !== CACHE);
  for (const each of [CACHE, DATA, ...(HASHED.test(name) ? names : [])]) {
    const found = (await caches.has(each)) && (await (await caches.open(each)).match(addressOf(name)));
    if (found) return found;
  }
  return undefined;
}

/**
 * The server's answer; the page and its small files are answered when they are there whole.
 * @param {Request} request @param {string | null} name @param {Response | undefined} found a kept answer
 */
async function fetched(request, name, found) {
  if (name === null || HASHED.test(name)) return fetch(request);
  if (!FILES.includes(name)) return changed(request, found);
  const response = await fetch(request);
  return response.ok ? new Response(await response.arrayBuffer(), response) : response;
}

/**
 * Data, of which the page reads no more than it uses: the browser's own cache has no file that was not read to its end, so
 * the server would send it on every visit. It is asked whether what is kept here is still the same.
 * @param {Request} request @param {Response | undefined} found
 */
async function changed(request, found) {
  const tag = found?.headers.get('ETag');
  if (!found || !tag || request.headers.has('Range')) return fetch(request);
  const response = await fetch(request.url, { headers: { 'If-None-Match': tag }, signal: request.signal });
  return response.status === 304 ? found : response;
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
