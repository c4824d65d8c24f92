// The built page in WebKitGTK, which has SIMD but neither shared memory nor relaxed SIMD: the real test of the fall-back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { servePage } from './support/page-server.mjs';
import { openWebKit, webkitMissing } from './support/webdriver.mjs';

const missing = webkitMissing();
const QUERY = 'data=generated&images=330&tests=100&epochs=1&armEpochs=2';

test('the page trains on one thread in WebKitGTK, and says why', { skip: missing || false }, async () => {
  const site = await servePage();
  const browser = await openWebKit();
  try {
    await browser.go(`${site.address}?${QUERY}`);
    await browser.until(`return document.querySelector('.run-bar .primary:enabled') !== null`, 60_000);
    assert.equal(await browser.run(`return document.querySelector('.build').dataset.build`), 'single-simd');
    const why = await browser.run(`return document.querySelector('.build').textContent`);
    assert.match(why, /one thread, SIMD/);
    assert.match(why, /many threads, relaxed SIMD: (the page is not cross-origin isolated|this browser has no)/);
    assert.match(why, /one thread, relaxed SIMD: this browser has no relaxed SIMD/);
    await browser.run(`document.querySelector('.run-bar .primary').click()`);
    await browser.until(`return document.querySelector('.run-line').textContent.includes('Finished.')`, 120_000);
    await browser.until(`return /^[0-9a-f]{16}$/.test(document.querySelector('.signature').textContent)`, 10_000);
    await browser.until(`return /\\d+\\.\\d\\d% of 100/.test(document.querySelector('.score').textContent)`, 10_000);
  } finally {
    await browser.close();
    await site.close();
  }
});
