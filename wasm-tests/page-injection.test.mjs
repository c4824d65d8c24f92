// What comes with an address or lies in storage is text: shown, refused or ignored, never run. The page's policy forbids
// inline scripts and eval, so an attempt would show in the console too.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { PROPERTY_NAMES } from '../web/src/state/properties.js';
import { SMALL, kept, press, useChromium } from './support/browser-page.mjs';
import { readRuns, writeRecord } from './support/kept.mjs';
import { pageFolder } from './support/page-server.mjs';
import { english } from './support/english.mjs';

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
    for (const [i, text] of HOSTILE.entries()) {
      const query = new URLSearchParams([...PROPERTY_NAMES, 'lock', 'hide', '__proto__'].map((name) => [name, text]));
      // Once with the default data, which are many.
      if (i > 0) for (const [name, value] of new URLSearchParams(SMALL)) query.set(name, value);
      await visit(`${query}#${encodeURIComponent(text)}`, async (page) => {
        assert.ok((await page.locator('body').textContent())?.includes(`“${text}”`), 'it is shown for what it is');
        await untouched(page);
      });
    }
  });

  test('in a kept run is never run', async () => {
    const text = HOSTILE.join(' ');
    await visit(SMALL, async (page) => {
      await press(page, 'Step');
      await kept(page);
      const [{ key, record }] = await page.evaluate(readRuns, false);
      const hostile = { ...record, search: `?seed=${text}`, source: text, bytes: [...Buffer.from(text)] };
      await page.evaluate(writeRecord, { key, record: hostile });
      await page.reload();
      await page.getByText(HOSTILE[0]).first().waitFor();
      await untouched(page);
      await press(page, english.keep.goOn);
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
