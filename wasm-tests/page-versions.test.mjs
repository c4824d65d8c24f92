// Versions of the page: an update with an open tab, caches on the way, two deployments on one origin, a network that does
// not answer, parts that are gone, and what earlier versions have kept.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { LONG, press, ready, useBrowsers } from './support/browser-page.mjs';
import { readRuns } from './support/kept.mjs';
import { hostOf, makeVersions, versionOf } from './support/versions.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { inChromium, inBrowser } = useBrowsers();
const { folders, stale, remove } = makeVersions();
const [FIRST, SECOND, THIRD] = folders;
after(remove);

/** What browsers say of a server that is closed, or that has not all files. */
const NETWORK =
  /ERR_CONNECTION|ERR_FAILED|404|503|MIME type|Loading failed|NetworkError|dynamically imported|blocked by Playwright/;

/** Addresses that a host answers with 404: the parts that come after the first screen, or none. */
const [VIEWS, NOTHING] = [/^\/assets\/view-.*\.js$/, /(?!)/];

/** @param {Page} page @param {boolean} [kept] */
const keptOffline = (page, kept = true) =>
  page.locator(`footer[data-kept-offline="${kept}"]`).waitFor({ state: 'attached' });
/** @param {Page} page */
const version = (page) => page.locator('html').getAttribute('data-version');
/** Waits until the page is of a version. @param {Page} page @param {string} folder */
const isOf = (page, folder) =>
  page.locator(`html[data-version="${versionOf(folder)}"][data-page=up]`).waitFor({ state: 'attached' });
/** Folders of the page, each with a version, whose files are kept. @param {Page} page */
const keptVersions = (page) =>
  page.evaluate(async () => (await caches.keys()).filter((name) => name.includes(' files ')).sort());
/** @param {string} at path @param {string} folder */
const cacheOf = (at, folder) => `quarterturn ${at} files ${versionOf(folder)}`;
/** @param {Page} page */
const update = (page) => page.evaluate(async () => void (await navigator.serviceWorker.getRegistration())?.update());

/** Trains one step and waits until that is kept. @param {Page} page */
async function keepOneStep(page) {
  await press(page, 'Step');
  await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
  while ((await page.evaluate(readRuns, false)).length === 0) await page.waitForTimeout(50);
}

/** @param {Page} page */
const isReloaded = (page) =>
  page.evaluate(() => {
    const [entry] = performance.getEntriesByType('navigation');
    return /** @type {PerformanceNavigationTiming} */ (entry).type === 'reload';
  });

describe('a new version while the page is open', () => {
  inBrowser('is offered, takes over when the visitor says so, and is the one that opens offline', async (visit) => {
    const host = await hostOf({ '/': FIRST });
    try {
      await visit(
        LONG,
        async (page) => {
          await keptOffline(page);
          assert.deepEqual(await keptVersions(page), [cacheOf('/', FIRST)]);
          await keepOneStep(page);
          await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
          host.deploy('/', SECOND);
          await update(page);
          await page.getByText(english.offline.isHere).waitFor();
          // Nothing has changed for this page: it is of the first version, and its parts come from the cache alone.
          assert.equal(await version(page), versionOf(FIRST));
          const kept = [cacheOf('/', FIRST), cacheOf('/', SECOND)].sort();
          assert.deepEqual(await keptVersions(page), kept);
          await page.locator('#quiz').scrollIntoViewIfNeeded();
          await page.locator('#quiz .on-demand').waitFor({ state: 'detached' });
          // A second tab gets the new version and does not take the old one's files away.
          const other = await page.context().newPage();
          await other.goto(page.url());
          await isOf(other, SECOND);
          await keptOffline(other);
          assert.equal(await other.getByText(english.offline.isHere).count(), 0);
          assert.deepEqual(await keptVersions(page), kept);
          await keptOffline(page);
          await other.close();

          await press(page, 'Reload');
          await isOf(page, SECOND);
          await press(page, english.keep.goOn);
          await page.locator('.run-line', { hasText: 'Paused · Rotation · epoch 1 of 500 · step 1 of' }).waitFor();
          await keptOffline(page);
          while ((await keptVersions(page)).length > 1) await page.waitForTimeout(100);
          assert.deepEqual(await keptVersions(page), [cacheOf('/', SECOND)]);

          await host.close();
          await page.reload();
          await isOf(page, SECOND);
          await page.locator('.offer').getByRole('button', { name: english.keep.startFresh }).click();
          await press(page, 'Step');
          await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
          await keptOffline(page);
          // What the page says stays true: its files go behind its back, and cannot be fetched again.
          await page.evaluate(
            async (name) => {
              await caches.delete(name);
              document.dispatchEvent(new Event('visibilitychange')); // else it looks a few seconds later
            },
            cacheOf('/', SECOND),
          );
          await keptOffline(page, false);
        },
        { address: host.address, complaints: NETWORK, serviceWorker: true },
      );
    } finally {
      await host.close().catch(() => {});
    }
  });
});

describe('caches on the way', () => {
  /** Documents and parts are kept for an hour, engines never. */
  const cacheControl = (/** @type {string} */ path) =>
    path.startsWith('/engine/') || path === '/version.json' ? 'no-store' : 'max-age=3600';

  test('a part of an old page that is gone, and an old page without its engine: the new version comes', async () => {
    const host = await hostOf({ '/': FIRST }, { cacheControl });
    host.refuses = VIEWS;
    try {
      await inChromium(
        LONG,
        async (page) => {
          const failed = page.locator('#quiz').getByRole('alert');
          await failed.getByText('could not be loaded.').waitFor();
          await keepOneStep(page);
          host.deploy('/', SECOND);
          host.refuses = NOTHING;
          await failed.getByRole('button', { name: 'Try again' }).click();
          const gone = page.locator('#quiz [role=alert]', {
            hasText: 'could not be loaded: the server has a new version of this page.',
          });
          await gone.waitFor();
          await page.getByText(english.offline.isHere).waitFor();
          // The document comes from the cache in a tab of its own, its engine is gone: it loads itself again, once.
          const other = await page.context().newPage();
          await other.goto(`${host.address}?${LONG}`);
          await isOf(other, SECOND);
          await ready(other);
          assert.equal(await isReloaded(other), true);
          await other.close();
          await gone.getByRole('button', { name: 'Reload' }).click();
          await isOf(page, SECOND);
          await page.getByText(/A run from .* is saved here/).waitFor();
        },
        { address: host.address, complaints: NETWORK },
      );
    } finally {
      await host.close();
    }
  });

  test('one that goes on giving the old page: it loads itself again once, then says so', async () => {
    const host = await hostOf({ '/': stale });
    try {
      await inChromium(
        LONG,
        async (page) => {
          const said = /the server has a new version of this page, but .* still has the old one\. What to do: reload/;
          await page.locator('.problem', { hasText: said }).waitFor();
          assert.equal(await version(page), versionOf(FIRST));
          assert.equal(await isReloaded(page), true);
          // The scripts of the old page are gone too.
          host.refuses = /^\/assets\/(?!boot-)/;
          await page.evaluate(() => sessionStorage.clear());
          await page.reload();
          await page.locator('.trouble[role=alert]', { hasText: 'still has the old one' }).waitFor();
        },
        { address: host.address, bare: true, complaints: /[^]/ },
      );
    } finally {
      await host.close();
    }
  });
});

inBrowser('a part that could not be loaded is asked for again', async (visit) => {
  const host = await hostOf({ '/': FIRST });
  host.refuses = VIEWS;
  try {
    await visit(
      LONG,
      async (page) => {
        const failed = page.locator('#quiz [role=alert]', { hasText: 'could not be loaded.' });
        await failed.waitFor();
        host.refuses = NOTHING;
        await failed.getByRole('button', { name: 'Try again' }).click();
        await page.locator('#quiz').getByRole('button', { name: 'Play', exact: true }).waitFor();
      },
      { address: host.address, complaints: NETWORK },
    );
  } finally {
    await host.close();
  }
});

test('two deployments on one origin leave each other alone', async () => {
  // The second one comes to a browser without threads and relaxed SIMD, as far as its service worker knows.
  const worker = readFileSync(`${THIRD}/sw.js`, 'utf8');
  writeFileSync(`${THIRD}/sw.js`, `WebAssembly.validate = () => false; delete WebAssembly.Memory;\n${worker}`);
  const host = await hostOf({ '/a/': FIRST, '/b/': SECOND }, { isolated: false });
  try {
    await inChromium(
      LONG,
      async (page) => {
        await keptOffline(page);
        await keepOneStep(page);
        await press(page, 'Dark');
        const other = await page.context().newPage();
        await other.goto(`${host.address}b/?${LONG}`);
        await keptOffline(other);
        assert.equal(await other.evaluate(() => crossOriginIsolated), true);
        assert.equal(await other.locator('html').getAttribute('data-theme'), 'light');
        await keepOneStep(other);
        // One of them is replaced.
        host.deploy('/b/', THIRD);
        await update(other);
        await press(other, 'Reload');
        await isOf(other, THIRD);
        await keptOffline(other);
        while ((await keptVersions(other)).includes(cacheOf('/b/', SECOND))) await other.waitForTimeout(100);
        assert.deepEqual(await keptVersions(page), [cacheOf('/a/', FIRST), cacheOf('/b/', THIRD)]);
        const engines = (/** @type {string} */ cache) =>
          page.evaluate(async (name) => {
            const files = (await (await caches.open(name)).keys()).map(({ url }) => url);
            return files.filter((url) => url.endsWith('.wasm')).map((url) => /\w+-\w+(?=\.wasm)/.exec(url)?.[0]);
          }, cache);
        assert.equal((await engines(cacheOf('/a/', FIRST))).length, 4);
        assert.deepEqual(await engines(cacheOf('/b/', THIRD)), ['single-simd'], 'no engine that cannot run');
        assert.equal(await page.getByText(english.offline.isHere).count(), 0);
        await host.close();
        await page.reload();
        await isOf(page, FIRST);
        await press(page, english.keep.goOn);
        await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
        assert.equal((await page.evaluate(readRuns, false)).length, 1, 'its own run, and not that of the other');
        assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
      },
      { address: `${host.address}a/`, complaints: NETWORK, serviceWorker: true },
    );
  } finally {
    await host.close().catch(() => {});
  }
});

test('a network that takes connections and never answers is not waited for', async () => {
  const host = await hostOf({ '/': FIRST });
  try {
    await inChromium(
      LONG,
      async (page) => {
        await keptOffline(page);
        host.hangs = true;
        for (const expected of [true, false]) {
          await page.reload();
          await isOf(page, FIRST);
          await ready(page);
          const waited = await page.evaluate(() => {
            const [entry] = performance.getEntriesByType('navigation');
            return /** @type {PerformanceNavigationTiming} */ (entry).responseStart > 2900;
          });
          assert.equal(waited, expected, expected ? 'three seconds for the network' : 'and then no more');
        }
        await press(page, 'Step');
        await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
        await keptOffline(page);
      },
      { address: host.address, complaints: NETWORK, serviceWorker: true },
    );
  } finally {
    await host.close();
  }
});

/** Puts what is kept where versions before the one database had it. */
async function asEarlier() {
  /** @type {(request: IDBRequest) => Promise<any>} */
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const open = (/** @type {string} */ name, /** @type {string} */ store) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(store);
    return done(opening);
  };
  const now = await done(indexedDB.open('quarterturn / kept'));
  const read = now.transaction(['runs', 'moments']);
  const [[id], [run], [moments]] = await Promise.all([
    done(read.objectStore('runs').getAllKeys()),
    done(read.objectStore('runs').getAll()),
    done(read.objectStore('moments').getAll()),
  ]);
  await done(now.transaction('runs', 'readwrite').objectStore('runs').clear());
  now.close();
  const { place: _, seed, source, ...others } = run;
  const kept = await open('quarterturn', 'kept');
  const runs = kept.transaction('kept', 'readwrite').objectStore('kept');
  const text = `Rotation, 7% done · seed ${seed} · ${source}`;
  await done(runs.put({ ...others, version: 1, text }, `run:0${id}`));
  await done(kept.transaction('kept', 'readwrite').objectStore('kept').put(moments, `moments:0${id}`));
  kept.close();
  const values = await open('keyval-store', 'keyval');
  const digits = [{ id: 1, label: 3, pixels: new Uint8Array(784).fill(9) }];
  const store = values.transaction('keyval', 'readwrite').objectStore('keyval');
  await Promise.all([done(store.put(digits, 'quarterturn.my-digits')), done(store.put('theirs', 'of another page'))]);
  values.close();
}

test('what versions before the one database kept is moved into it', async () => {
  const moved = async (/** @type {Page} */ page) => {
    await keepOneStep(page);
    const address = page.url();
    await page.goto(new URL('favicon.svg', address).href);
    await page.evaluate(asEarlier);
    await page.goto(address);
    await page.getByText('Rotation, 7% done · seed 1 · ').waitFor();
    await press(page, english.keep.goOn);
    await page.locator('.run-line', { hasText: 'Paused · Rotation · epoch 1 of 500 · step 1 of' }).waitFor();
    await page.locator('.draw-answers .stem-plot').last().scrollIntoViewIfNeeded();
    await page.locator('.mine > .note', { hasText: '1 saved (1 × 3).' }).waitFor();
    const names = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    assert.deepEqual(names.sort(), ['keyval-store', 'quarterturn / kept'], 'what another page keeps stays');
  };
  await inChromium(LONG, moved, { complaints: NETWORK });
});
