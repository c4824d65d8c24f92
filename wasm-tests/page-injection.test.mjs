// What comes with an address or lies in storage is text: shown, refused or ignored, never run. The page's policy forbids
// inline scripts and eval, so an attempt would show in the console too.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { PROPERTY_NAMES } from '../web/src/state/properties.js';
import { SMALL, press, useChromium } from './support/browser-page.mjs';
import { pageFolder } from './support/page-server.mjs';

/** @typedef {import('playwright-core').Page} Page */

const HOSTILE = [
  '<img src=x onerror="globalThis.hit=1">',
  '"><script>globalThis.hit=1</script>',
  'javascript:globalThis.hit=1',
  '1;globalThis.hit=1',
  '${globalThis.hit=1}',
  '{"__proto__":{"hit":1}}',
  '(()=>{globalThis.hit=1})()',
];

/** @param {Page} page */
async function untouched(page) {
  const { hit, images } = await page.evaluate(() => ({
    hit: /** @type {any} */ ({}).hit ?? /** @type {any} */ (globalThis).hit,
    images: document.querySelectorAll('img[src="x"], script:not([src])').length,
  }));
  assert.equal(hit, undefined, 'text was run');
  assert.equal(images, 0, 'text became markup');
}

describe('text from outside', () => {
  const visit = useChromium();
  test('in the address is never run', async () => {
    for (const text of HOSTILE) {
      const query = new URLSearchParams([...PROPERTY_NAMES, 'lock', 'hide', '__proto__'].map((name) => [name, text]));
      await visit(`${query}#${encodeURIComponent(text)}`, async (page) => {
        assert.ok((await page.locator('body').textContent())?.includes(`“${text}”`), 'it is shown for what it is');
        await untouched(page);
      });
    }
  });

  test('in a kept run is never run', async () => {
    const text = HOSTILE.join(' ');
    await visit(SMALL, async (page) => {
      // The page makes its store when it looks for kept runs.
      const keep = (/** @type {string} */ hostile) =>
        page.evaluate(async (words) => {
          /** @type {(request: IDBRequest) => Promise<any>} */
          const done = (request) =>
            new Promise((resolve, reject) => {
              request.onsuccess = () => resolve(request.result);
              request.onerror = () => reject(request.error);
            });
          const database = await done(indexedDB.open('quarterturn'));
          try {
            if (!database.objectStoreNames.contains('kept')) return false;
            const bytes = new TextEncoder().encode(words);
            const record = {
              version: 1,
              time: Date.now(),
              search: `?seed=${words}`,
              text: words,
              bytes,
              fused: null,
            };
            const store = database.transaction('kept', 'readwrite').objectStore('kept');
            await done(store.put(record, 'run:000000000-aaaaaa'));
            return true;
          } finally {
            database.close();
          }
        }, hostile);
      while (!(await keep(text))) await page.waitForEvent('console', { timeout: 100 }).catch(() => {});
      await page.reload();
      await page.getByText(HOSTILE[0]).first().waitFor();
      await untouched(page);
      await press(page, 'Continue it');
      await page.locator('[role=alert]', { hasText: 'checkpoint: safetensors: ' }).waitFor();
      await untouched(page);
    });
  });
});

test('the built page holds no call that runs text', () => {
  const scripts = readdirSync(pageFolder, { recursive: true })
    .map(String)
    .filter((name) => /\.(m?js|html)$/.test(name));
  assert.ok(scripts.length > 10);
  for (const name of scripts) {
    const code = readFileSync(`${pageFolder}/${name}`, 'utf8');
    assert.doesNotMatch(code, /\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(|document\.write/, name);
    assert.doesNotMatch(code, /set(Timeout|Interval)\(\s*["'`]/, name);
    if (name.endsWith('.html')) assert.doesNotMatch(code, /<script(?![^>]*\bsrc=)|\son\w+=/, name);
  }
});
