// The page in the language for tests: what is not between its marks is in no table of words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLOSE, OPEN } from '../web/src/messages/pseudo/pseudo.js';
import { SMALL, openEverything, takePicture, useChromium } from './support/browser-page.mjs';
import { inWorker } from './support/engine-worker.mjs';
import { pageTexts } from './support/page-texts.mjs';

const inChromium = useChromium();

/** The page's own name, and those that layers have in every file. */
const NAMES = /\b(Quarterturn|Keras|PyTorch|conv\d|pool\d|flatten|dense)/gu;
const MARKED = new RegExp(`${OPEN}[^${OPEN}${CLOSE}]*${CLOSE}`, 'gu');

/** What is in no table. @param {string} text */
function rest(text) {
  for (let next = text.replace(MARKED, ''); next !== text; next = text.replace(MARKED, '')) text = next;
  return text.replace(NAMES, '');
}

/** @param {import('playwright-core').Page} page @returns {Promise<string[]>} what is read and is in no table */
async function unmarked(page) {
  const found = new Set();
  for (const each of await pageTexts(page, '[lang=en], [lang=ko]')) {
    const [what, text] = [each.slice(0, each.indexOf(':')), rest(each.slice(each.indexOf(':') + 1))];
    if (/\p{L}{3}/u.test(text)) found.add(`${what}: ${text.trim().replace(/\s+/g, ' ').slice(0, 200)}`);
  }
  return [...found];
}

test('every word is in the tables: before, while and after it trains', async () => {
  await inChromium(
    `${SMALL}&lang=en-XA`,
    async (page) => {
      await page.locator('.run-train:enabled').waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), 'en-XA');
      await openEverything(page);
      assert.deepEqual(await unmarked(page), []);
      await page.locator('.run-train').click();
      await page.locator('.run-line', { hasText: 'Fíñíshéd' }).waitFor();
      await openEverything(page);
      assert.deepEqual(await unmarked(page), []);
      await takePicture(page, 'words', { fullPage: true });
    },
    { bare: true },
  );
});

test('what the engine refuses, and why training fails, is in the tables', async () => {
  await inChromium(
    'data=generated&images=330&tests=100&epochs=1&armEpochs=3&preset=notebook&seed=12&lang=en-XA',
    async (page) => {
      const atBeginning = (/** @type {string} */ change) =>
        inWorker(
          page,
          `self.addEventListener('message', ({ data }) => { if (data.method === 'begin') { ${change} } });`,
        );
      const says = (/** @type {RegExp} */ words) => page.locator('.problem', { hasText: words }).waitFor();
      const noMore = await atBeginning('data.args[0].train = 1e9;');
      await page.reload();
      await says(/tráíñCöúñt .*60000/);
      assert.deepEqual(await unmarked(page), []);
      noMore();
      // A rate of 1 and batches of 4 are too much for the supervised network.
      await atBeginning('data.args[1].arms.supervised = { batch: 4, epochs: 3, learningRate: 1 };');
      await page.reload();
      await page.locator('.run-train:enabled').click();
      await says(/súpérvíséd stöppéd íñ épöçh 1, stép \d+: .*ít ís báçk át íts bégíññíñg/);
      assert.deepEqual(await unmarked(page), []);
    },
    { bare: true, context: { serviceWorkers: /** @type {const} */ ('block') }, complaints: /blocked/ },
  );
});
