// The page under its own strict Content-Security-Policy: everything works, and nothing breaks the policy, neither in the
// document nor in the workers. The browser itself reports what does.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { META_POLICY } from '../scripts/headers.mjs';
import { draw, finished, openEverything, press, useChromium } from './support/browser-page.mjs';
import { engineWorker } from './support/engine-worker.mjs';
import { servePage } from './support/page-server.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

const visit = useChromium();
const TINY = 'data=generated&images=330&tests=100&epochs=2&armEpochs=2&threads=2&repeats=1';

/** @param {Page} page @param {string} button */
const downloaded = (page, button) => Promise.all([page.waitForEvent('download'), press(page, button)]);

/** All that a visitor can do, shortly. @param {Page} page */
async function useEverything(page) {
  await press(page, 'Train');
  await finished(page);
  await openEverything(page);
  await draw(page, [
    [0.5, 0.2],
    [0.5, 0.8],
  ]);
  await page.locator('#draw .stems[aria-label*="%"]').first().waitFor();
  await press(page, 'Save the drawing as a 1');
  await page.locator('.mine-list li').waitFor();
  await downloaded(page, 'My images');
  await press(page, 'Play');
  await page.keyboard.press('ArrowUp');
  await page.getByLabel(english.map.methods.lda).check();
  await page.locator('.map-figure', { hasText: 'of the difference between the kinds' }).waitFor();
  await press(page, english.duel.more.sweep);
  await page.locator('.budget-chart').waitFor();
  await press(page, 'Measure the speed');
  await page.locator('.speed-up').waitFor();
  for (const file of ['Curves, CSV', 'Table of runs, CSV', 'Everything, JSON', 'Weights, safetensors', 'Save as ONNX'])
    await downloaded(page, file);
  const charts = page.getByLabel(english.keep.chart);
  await charts.focus();
  // One that is drawn on a canvas, and one of SVG.
  for (const name of [
    'Watch it learn: Loss',
    'The notebook’s comparison: Test accuracy of the compared networks by number of labels',
  ]) {
    await charts.selectOption(name);
    await downloaded(page, 'Save as PNG');
  }
  await press(page, 'Make a lesson link…');
  await page.keyboard.press('Escape');
  await press(page, 'Dark');
}

describe('the Content-Security-Policy', () => {
  test('lets the whole page work, and nothing on it breaks the policy', async () => {
    /** @type {string[]} */
    const violations = [];
    const site = await servePage({ violations });
    try {
      await visit(
        TINY,
        async (page) => {
          await useEverything(page);
          await page.locator('[data-kept-offline="true"]').waitFor({ state: 'attached' });
          assert.deepEqual(violations, []);
          // Whether the browser would have told: one fault in the document, and one in the engine's worker.
          await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '')).catch(() => {});
          await engineWorker(page).evaluate(() => fetch('https://example.org/').catch(() => {}));
          while (violations.length < 2) await page.evaluate(() => new Promise(requestAnimationFrame));
          const broken = violations.map((report) => JSON.parse(report)['csp-report']['effective-directive']).sort();
          assert.deepEqual(broken, ['connect-src', 'require-trusted-types-for']);
        },
        { address: site.address, serviceWorker: true, complaints: /Content Security Policy|TrustedHTML/ },
      );
    } finally {
      await site.close();
    }
  });

  test('stands in the document and comes with the service worker on a host without headers', async () => {
    const plain = await servePage({ isolated: false });
    try {
      await visit(
        TINY,
        async (page) => {
          assert.equal(
            await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content'),
            META_POLICY,
          );
          await page.locator('[data-kept-offline="true"]').waitFor({ state: 'attached' });
          const headers = await page.evaluate(async () => [...(await fetch(location.href)).headers]);
          assert.equal(
            new Map(headers.map(([name, value]) => [name, value])).get('content-security-policy'),
            META_POLICY,
          );
          await press(page, 'Train');
          await finished(page);
        },
        { address: plain.address, serviceWorker: true },
      );
    } finally {
      await plain.close();
    }
  });
});
