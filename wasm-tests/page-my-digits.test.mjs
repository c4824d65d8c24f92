// Own digits in two tabs of one browser: neither loses what the other has kept, and both show the same set.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { press, useBrowsers } from './support/browser-page.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

const DATA = 'data=generated&images=330&tests=100&epochs=1&armEpochs=1';

/** Brings the set into sight. @param {Page} page */
async function toSet(page) {
  await page.locator('.draw-answers .stem-plot').last().scrollIntoViewIfNeeded();
  await page.locator('.mine').waitFor();
  await page.locator('.keep-as > summary').click();
}

/** @param {Page} page @param {number} digit */
async function keepDigit(page, digit) {
  await press(page, `Test digit ${digit}`);
  await press(page, `Save the drawing as a ${digit}`);
  await page.getByRole('application', { name: 'Drawing pad, empty' }).waitFor();
}

/** @param {Page} page @param {string} text */
const shows = (page, text) => page.locator('.mine > .note', { hasText: text }).waitFor();

/** What is stored. @param {Page} page @returns {Promise<{ id: number, label: number }[]>} */
const stored = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('quarterturn / kept');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction('values').objectStore('values').get('my digits');
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result.map((/** @type {any} */ { id, label }) => ({ id, label })));
          };
        };
      }),
  );

describe('own digits', () => {
  const { inChromium, inBrowser } = useBrowsers();

  test('what comes onto the pad while a drawing is saved stays there', async () => {
    await inChromium(DATA, async (page) => {
      await toSet(page);
      await press(page, 'Test digit 1');
      const save = page.getByRole('button', { name: 'Save the drawing as a 1', exact: true });
      await save.and(page.locator(':enabled')).waitFor();
      const next = page.getByRole('button', { name: 'Test digit 8', exact: true });
      // Both at once: saving takes longer than showing.
      const other = await next.elementHandle();
      await save.evaluate((button, then) => {
        /** @type {HTMLElement} */ (button).click();
        /** @type {HTMLElement} */ (then).click();
      }, other);
      await shows(page, '1 saved (1 × 1).');
      await page.getByRole('application', { name: 'Drawing pad, with a drawing' }).waitFor();
    });
  });

  inBrowser('two tabs keep into one set, and both show it', async (visit) => {
    await visit(DATA, async (page) => {
      const other = await page.context().newPage();
      await other.goto(page.url());
      await other.getByRole('button', { name: 'Train', exact: true }).and(other.locator(':enabled')).waitFor();
      await toSet(page);
      await toSet(other);
      await keepDigit(page, 1);
      await keepDigit(page, 2);
      await keepDigit(other, 3);
      await shows(page, '3 saved (1 × 1, 1 × 2, 1 × 3).');
      await shows(other, '3 saved (1 × 1, 1 × 2, 1 × 3).');
      await keepDigit(page, 4);
      await shows(other, '4 saved (1 × 1, 1 × 2, 1 × 3, 1 × 4).');
      // At the same time.
      await Promise.all([keepDigit(page, 5), keepDigit(other, 6)]);
      await shows(page, '6 saved');
      await shows(other, '6 saved');
      const before = await stored(page);
      assert.deepEqual(before.map(({ label }) => label).sort(), [1, 2, 3, 4, 5, 6]);
      assert.equal(new Set(before.map(({ id }) => id)).size, 6);
      // A digit that is gone leaves its id to no other.
      await press(other, `Remove my digit 6, a ${before[5].label}`);
      await shows(page, '5 saved');
      await keepDigit(page, 7);
      await shows(other, '6 saved');
      const now = await stored(page);
      assert.ok(!before.some(({ id }) => id === now[5].id), `${now[5].id} comes again`);
      await press(other, 'Remove all');
      await shows(page, 'Draw on the pad, then say which digit it is.');
      assert.deepEqual(await stored(page), []);
    });
  });

  test('where nothing can be stored they last as long as the page', async () => {
    await inChromium(DATA, async (page) => {
      await page.addInitScript(() => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      });
      await page.reload();
      await toSet(page);
      await keepDigit(page, 1);
      await keepDigit(page, 2);
      await shows(page, '2 saved (1 × 1, 1 × 2).');
      await page.locator('.mine > .note', { hasText: english.errors.digitsNotStored }).waitFor();
      await press(page, 'Remove my digit 1, a 1');
      await shows(page, '1 saved (1 × 2).');
    });
  });
});
