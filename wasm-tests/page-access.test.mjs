// The whole page for all: nothing that axe finds fault with when every part is open, charts by keyboard and as tables,
// large letters, forced colours.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import {
  LONG,
  SMALL,
  findings,
  finished,
  openEverything,
  takePicture,
  press,
  sidewaysScroll,
  useBrowsers,
} from './support/browser-page.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { inBrowser } = useBrowsers();

/** A chart is walked by keyboard and read as a table. @param {Page} page with a SMALL run that is over */
async function chartByKeys(page) {
  const chart = page.locator('#learn .chart').first();
  await chart.locator('.chart-plot').focus();
  await page.keyboard.press('Home');
  await chart.locator('[role=status]', { hasText: /^epoch [01](\.\d+)?: training/ }).waitFor();
  const first = await chart.locator('[role=status]').textContent();
  await page.keyboard.press('End');
  await chart.locator('[role=status]', { hasText: /^epoch 2: training \d/ }).waitFor();
  assert.notEqual(await chart.locator('[role=status]').textContent(), first);
  await chart.locator('summary').press('Enter');
  await chart.locator('tbody tr').nth(1).waitFor();
  const rows = await chart.locator('tbody tr').allTextContents();
  assert.equal(rows.length, 2);
  rows.forEach((row, i) => assert.match(row, new RegExp(`^${i + 1}\\d\\.\\d+`)));
}

describe('the page for all', () => {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    inBrowser(
      `axe finds no fault with anything on it, ${colorScheme}${colorScheme === 'light' ? '; a chart is walked by keys and read' : ''}`,
      async (visit, engine) => {
        await visit(
          SMALL,
          async (page) => {
            assert.equal(await page.locator('html').getAttribute('data-theme'), colorScheme, 'as the system wishes');
            await press(page, 'Test digit 3');
            await press(page, 'Train');
            await finished(page);
            if (colorScheme === 'light') await chartByKeys(page);
            await openEverything(page);
            assert.deepEqual(await findings(page), []);
            await takePicture(page, `all-${colorScheme}-${engine.toLowerCase()}`, { fullPage: true });
          },
          { context: { colorScheme } },
        );
      },
    );
  }

  inBrowser(
    'names of charts change seldom while it trains, and that of the one at the keys not at all',
    async (visit) => {
      await visit(LONG, async (page) => {
        await page.locator('#draw').scrollIntoViewIfNeeded();
        await press(page, 'Test digit 3');
        await page.locator('#draw .stems[aria-label*="%"]').first().waitFor();
        await page.locator('#learn .chart-plot canvas').first().waitFor();
        await press(page, 'Train');
        await page.locator('.run-line', { hasText: 'correct' }).waitFor();
        await page.locator('#learn .chart-plot').first().focus();
        const changes = await page.evaluate(async (milliseconds) => {
          /** @type {Map<Element, number>} */
          const names = new Map();
          let spoken = 0;
          const count = (/** @type {MutationRecord[]} */ records) => {
            for (const { target, type, oldValue } of records) {
              if (type === 'attributes')
                names.set(/** @type {Element} */ (target), 1 + (names.get(/** @type {Element} */ (target)) ?? 0));
              else if (oldValue !== target.nodeValue && target.parentElement?.closest('[role=status], [aria-live]'))
                spoken++;
            }
          };
          const watcher = new MutationObserver(count);
          watcher.observe(document.body, {
            subtree: true,
            attributes: true,
            attributeFilter: ['aria-label', 'aria-valuetext', 'aria-description'],
            characterData: true,
            characterDataOldValue: true,
          });
          let steps = 0;
          const line = /** @type {Element} */ (document.querySelector('.run-line'));
          const lines = new MutationObserver(() => steps++);
          lines.observe(line, { subtree: true, characterData: true, childList: true });
          // Until the figures that everybody sees have changed often, and long enough.
          const begin = performance.now();
          while (steps < 20 || performance.now() - begin < milliseconds) {
            await new Promise((resolve) => requestAnimationFrame(resolve));
          }
          const seconds = (performance.now() - begin) / 1000;
          const focused = names.get(/** @type {Element} */ (document.activeElement)) ?? 0;
          const bar = document.querySelector('[role=progressbar]');
          if (bar) names.delete(bar);
          return { focused, most: Math.max(0, ...names.values()), spoken, seconds };
        }, 8000);
        assert.equal(changes.focused, 0, 'the focused chart keeps its name');
        const often = Math.ceil(changes.seconds / 5) + 1;
        assert.ok(changes.most <= often, `a name has changed ${changes.most} times in ${changes.seconds} s`);
        assert.ok(changes.spoken <= often, `${changes.spoken} announcements in ${changes.seconds} s`);
      });
    },
  );

  inBrowser('fits at twice the size and with the system’s own colours', async (visit, engine) => {
    // Zoomed to 200% a window of 1280 pixels holds 640 of the page's.
    const context = {
      viewport: { width: 640, height: 450 },
      deviceScaleFactor: 2,
      forcedColors: /** @type {const} */ ('active'),
    };
    await visit(
      SMALL,
      async (page) => {
        await openEverything(page);
        assert.ok((await sidewaysScroll(page)) <= 0, 'no sideways scroll');
        await takePicture(page, `zoomed-${engine.toLowerCase()}`, { fullPage: true });
      },
      { context },
    );
  });
});
