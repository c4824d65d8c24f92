// The page in the language for tests: what is not between its marks is in no table of words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLOSE, OPEN } from '../web/src/messages/pseudo/pseudo.js';
import { SMALL, openEverything, takePicture, useChromium } from './support/browser-page.mjs';
import { inWorker } from './support/engine-worker.mjs';

const inChromium = useChromium();

/** Not words: commands, names, lines of the browser. */
const NO_WORDS = 'script, style, noscript, code, pre, .command, .brand, [translate=no], [lang=en]';

/** The page's own name, and those that layers have in every file. */
const NAMES = /\b(Quarterturn|conv\d|pool\d|flatten|dense)/gu.source;

/** @param {import('playwright-core').Page} page @returns {Promise<string[]>} what is read and is in no table */
const unmarked = (page) =>
  page.evaluate(
    ({ open, close, noWords, names }) => {
      const marked = new RegExp(`${open}[^${open}${close}]*${close}`, 'gu');
      const rest = (/** @type {string} */ text) => {
        for (let next = text.replace(marked, ''); next !== text; next = text.replace(marked, '')) text = next;
        return text.replace(new RegExp(names, 'gu'), '');
      };
      const found = new Set();
      const note = (/** @type {string} */ what, /** @type {string} */ text) => {
        if (/\p{L}{3}/u.test(rest(text))) found.add(`${what}: ${rest(text).trim().replace(/\s+/g, ' ').slice(0, 200)}`);
      };
      const body = /** @type {HTMLElement} */ (document.body.cloneNode(true));
      for (const each of body.querySelectorAll(noWords)) each.remove();
      // Parts of a sentence stand in elements of their own, but never in blocks.
      for (const block of body.querySelectorAll(
        'p, h1, h2, h3, h4, li, td, th, caption, button, a, label, option, summary, legend, figcaption, output, text, div, span',
      ))
        // Buttons within a paragraph are words of its sentence.
        if (
          !block.querySelector(
            `p, h1, h2, h3, h4, li, td, label, select, summary, div${block.matches('p') ? '' : ', button'}`,
          )
        ) {
          if (
            block.matches('div, span, a, b, p button') &&
            block.parentElement?.closest('p, h2, h3, li, td, button, label, summary')
          )
            continue;
          note(block.tagName.toLowerCase(), block.textContent ?? '');
        }
      for (const name of ['aria-label', 'aria-valuetext', 'aria-description', 'title', 'alt', 'placeholder'])
        for (const each of document.body.querySelectorAll(`[${name}]`))
          if (!each.matches(noWords)) note(name, each.getAttribute(name) ?? '');
      note('title', document.title);
      return [...found];
    },
    { open: OPEN, close: CLOSE, noWords: NO_WORDS, names: NAMES },
  );

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
