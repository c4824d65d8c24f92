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

/** A chart is heard when its button is pressed, and not before. @param {Page} page with a SMALL run that is over */
async function chartBySound(page) {
  await page.evaluate(() => {
    /** Tones, by their pitches. @type {number[][]} */
    const tones = [];
    class Context {
      currentTime = 0;
      destination = {};
      createOscillator() {
        /** @type {number[]} */
        const pitches = [];
        const note = (/** @type {number} */ hz) => pitches.push(hz);
        const tone = {
          frequency: { setValueAtTime: note, linearRampToValueAtTime: note },
          connect: (/** @type {unknown} */ to) => to,
          onended: () => {},
          start: () => tones.push(pitches),
          // The test ends it.
          stop: () => Object.assign(globalThis, { endTone: () => tone.onended() }),
        };
        return tone;
      }
      createGain() {
        const level = () => {};
        return {
          gain: { setValueAtTime: level, linearRampToValueAtTime: level },
          connect: (/** @type {unknown} */ to) => to,
        };
      }
      async close() {
        tones.push([]);
      }
    }
    Object.assign(globalThis, { tones, AudioContext: Context });
  });
  const chart = page.locator('#duel .chart').first();
  const play = chart.getByRole('button', { name: /^Play as sound: Loss/ });
  const stop = chart.getByRole('button', { name: /^Stop the sound: Loss/ });
  const tones = () => page.evaluate(() => /** @type {any} */ (globalThis).tones);
  assert.deepEqual(await tones(), [], 'nothing sounds by itself');
  await play.press('Enter');
  await stop.waitFor();
  await chart.locator('[role=status]', { hasText: /^Self-supervised$/ }).waitFor();
  await page.evaluate(() => /** @type {any} */ (globalThis).endTone());
  await chart.locator('[role=status]', { hasText: /^Random features$/ }).waitFor();
  const heard = await tones();
  assert.equal(heard.length, 2, 'one curve after the other');
  assert.equal(heard[0].length, 4, 'a pitch for each epoch');
  const table = async () => {
    if (!(await chart.locator('details').getAttribute('open'))) await chart.locator('summary').press('Enter');
    await chart.locator('tbody tr').nth(3).waitFor();
    return (await chart.locator('tbody tr td:nth-child(2)').allTextContents()).map(Number);
  };
  const values = await table();
  const order = (/** @type {number[]} */ list) => list.map((each, i) => Math.sign(each - (list[i - 1] ?? each)));
  assert.deepEqual(order(heard[0]), order(values), `${heard[0]} rise and fall as ${values}`);
  await stop.click();
  await play.waitFor();
  assert.equal((await tones()).length, 3, 'the sound is over, the third curve is not played');
  // One chart at a time: another one's button ends the first, and is heard.
  await play.click();
  await stop.waitFor();
  const other = page.locator('#duel .chart').nth(1);
  await other.getByRole('button', { name: /^Play as sound/ }).click();
  await play.waitFor();
  await other.getByRole('button', { name: /^Stop the sound/ }).click();
}

/** What a finger or a mouse would not hit, since something else lies over it. @param {Page} page */
const hidden = (page) =>
  page.evaluate(() => {
    /** @type {string[]} */
    const found = [];
    for (const control of document.querySelectorAll('main :is(button, select, input, summary, a)')) {
      control.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { left, right, top, width, height } = control.getBoundingClientRect();
      if (width === 0 || height === 0 || getComputedStyle(control).visibility === 'hidden') continue;
      const there = document.elementFromPoint(left + width / 2, top + height / 2);
      const mine =
        there && (control.contains(there) || there.contains(control) || there.closest('label')?.contains(control));
      if (!mine || right > innerWidth + 1 || left < -1) {
        found.push(`${control.tagName} ${control.className} ${control.textContent?.slice(0, 30)}: ${there?.className}`);
      }
    }
    return found;
  });

describe('the page for all', () => {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    inBrowser(
      `axe finds no fault with anything on it, ${colorScheme}${colorScheme === 'light' ? '; a chart is walked by keys, read and heard' : ''}`,
      async (visit, engine) => {
        await visit(
          SMALL,
          async (page) => {
            assert.equal(await page.locator('html').getAttribute('data-theme'), colorScheme, 'as the system wishes');
            await press(page, 'Test digit 3');
            await press(page, 'Train');
            await finished(page);
            if (colorScheme === 'light') await chartByKeys(page);
            if (colorScheme === 'light') await chartBySound(page);
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
        // To 400%: the bar no longer hides what is read.
        await page.setViewportSize({ width: 320, height: 256 });
        assert.ok((await sidewaysScroll(page)) <= 0, 'no sideways scroll at 400%');
        assert.equal(await page.locator('.stay').evaluate((bar) => getComputedStyle(bar).position), 'static');
        assert.deepEqual(await hidden(page), []);
      },
      { context },
    );
  });
});
