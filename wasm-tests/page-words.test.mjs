// The page in the language for tests: what is not between its marks is in no table of words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLOSE, OPEN } from '../web/src/messages/pseudo/pseudo.js';
import { SMALL, artefacts, openEverything, useChromium } from './support/browser-page.mjs';

const inChromium = useChromium();

/** Not words: commands, names, lines of the engine. */
const NO_WORDS = 'script, style, noscript, code, pre, .command, .brand, [translate=no], [lang=en]';

/** The page's own name, those that layers have in every file, and that of the data, which records and files carry. */
const NAMES = /\b(Quarterturn|conv\d|pool\d|flatten|dense|built-in generated digits, seed \d+ \(not handwriting\))/gu
  .source;

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
      await page.screenshot({ path: `${artefacts}/words.png`, fullPage: true });
    },
    { bare: true },
  );
});
