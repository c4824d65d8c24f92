// Versions of the page: an update with an open tab, caches on the way, two deployments on one origin, a network that does
// not answer, parts that are gone, and what earlier versions have kept.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { LONG, press, ready, useBoth } from './support/browser-page.mjs';
import { readRuns } from './support/kept.mjs';
import { hostOf, makeVersions, versionOf } from './support/versions.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { both, inChromium } = useBoth();
const { folders, remove } = makeVersions();
const [FIRST, SECOND] = folders;
after(remove);

/** The versions themselves send no favicon, and a closed server refuses. */
const NETWORK = /ERR_CONNECTION|ERR_FAILED|404|503|Loading failed|NetworkError|dynamically imported/;

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
const reloads = (page) =>
  page.evaluate(() => {
    const [entry] = performance.getEntriesByType('navigation');
    return /** @type {PerformanceNavigationTiming} */ (entry).type === 'reload';
  });

describe('a new version while the page is open', () => {
  both('is offered, takes over when the visitor says so, and is the one that opens offline', async (visit) => {
    const host = await hostOf({ '/': FIRST });
    try {
      await visit(
        LONG,
        async (page) => {
          await keptOffline(page);
          assert.deepEqual(await keptVersions(page), [cacheOf('/', FIRST)]);
          await keepOneStep(page);
          host.deploy('/', SECOND);
          await update(page);
          await page.getByText('A new version of this page is here.').waitFor();
          // Nothing has changed for this page: it is of the first version, and its parts come from the cache alone.
          assert.equal(await version(page), versionOf(FIRST));
          const both_ = [cacheOf('/', FIRST), cacheOf('/', SECOND)].sort();
          assert.deepEqual(await keptVersions(page), both_);
          await page.locator('#quiz').scrollIntoViewIfNeeded();
          await page.locator('#quiz .on-demand').waitFor({ state: 'detached' });
          // A second tab gets the new version and does not take the old one's files away.
          const other = await page.context().newPage();
          await other.goto(page.url());
          await isOf(other, SECOND);
          await keptOffline(other);
          assert.equal(await other.getByText('A new version of this page is here.').count(), 0);
          assert.deepEqual(await keptVersions(page), both_);
          await keptOffline(page);
          await other.close();

          await press(page, 'Reload');
          await isOf(page, SECOND);
          await press(page, 'Continue it');
          await page.locator('.run-line', { hasText: 'Paused · Rotation · epoch 1 of 500 · step 1 of' }).waitFor();
          await keptOffline(page);
          while ((await keptVersions(page)).length > 1) await page.waitForTimeout(100);
          assert.deepEqual(await keptVersions(page), [cacheOf('/', SECOND)]);

          await host.close();
          await page.reload();
          await isOf(page, SECOND);
          await press(page, 'Start fresh');
          await press(page, 'Step');
          await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
          await keptOffline(page);
          // What the page says stays true: its files go behind its back, and cannot be fetched again.
          await page.evaluate((name) => caches.delete(name), cacheOf('/', SECOND));
          await keptOffline(page, false);
        },
        { address: host.address, complaints: NETWORK },
      );
    } finally {
      await host.close().catch(() => {});
    }
  });
});
