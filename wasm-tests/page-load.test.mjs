// Many resets, many or few processors, two tabs at a time.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LONG, finished, kept, press, ready, signature, useChromium } from './support/browser-page.mjs';
import { effort } from './support/effort.mjs';
import { inWorker } from './support/engine-worker.mjs';
import { readRuns } from './support/kept.mjs';

/** @typedef {import('playwright-core').Page} Page */

const visit = useChromium();
const TINY = 'data=generated&images=330&tests=100&epochs=2&armEpochs=2';

/** Bytes of live JavaScript objects of the page. @param {import('playwright-core').CDPSession} session */
async function heapBytes(session) {
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

/** @param {Page} page @param {number} times */
const stepAndReset = (page, times) =>
  page.evaluate(async (rounds) => {
    const until = async (/** @type {RegExp} */ pattern) => {
      while (!pattern.test(document.querySelector('.run-line')?.textContent ?? '')) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    };
    const click = (/** @type {string} */ name) =>
      [...document.querySelectorAll('button')].find((button) => button.textContent?.trim() === name)?.click();
    for (let i = 0; i < rounds; i++) {
      click('Step');
      await until(/step 1 of/);
      click('Start over');
      await until(/^Ready/);
    }
  }, times);

const RESETS = effort(30, 60);

describe('load', () => {
  test(`${RESETS} resets after ${RESETS} leave no worker, no memory and no node behind`, async () => {
    await visit(LONG, async (page) => {
      const session = await page.context().newCDPSession(page);
      // What is compiled and kept by the first of them counts no longer.
      await stepAndReset(page, RESETS);
      // Sections and curves come when the page is at rest.
      await page.waitForFunction(
        () =>
          document.querySelector('footer') !== null &&
          [...document.querySelectorAll('.chart-plot')].every((plot) => plot.childElementCount > 0),
      );
      const workers = page.workers().length;
      const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
      const before = await heapBytes(session);
      await stepAndReset(page, RESETS);
      assert.equal(page.workers().length, workers);
      // Some may be on their way out.
      await page.waitForFunction((most) => document.querySelectorAll('*').length <= most, nodes);
      const growth = (await heapBytes(session)) - before;
      assert.ok(growth < effort(400_000, 500_000), `the heap has grown by ${growth} bytes`);
    });
  });

  test('32 pretended processors, or one, give the same numbers', async () => {
    const found = new Set();
    for (const [cores, query, threads] of /** @type {const} */ ([
      [32, '', 8],
      [1, '', 1],
      [32, '&threads=16', 16],
    ])) {
      const pretend = `Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => ${cores} });`;
      const trains = async (/** @type {Page} */ page) => {
        assert.match(
          (await page.locator('.build').textContent()) ?? '',
          new RegExp(`on ${threads} threads? `),
          `${cores} processors`,
        );
        await press(page, 'Train');
        await finished(page);
        found.add(await signature(page));
      };
      await visit(TINY + query, trains, {
        prepare: async (page) => {
          await page.addInitScript(pretend);
          await inWorker(page, pretend);
        },
      });
    }
    assert.equal(found.size, 1);
  });

  test('two tabs that train at once keep a run each, and neither is offered while they are open', async () => {
    await visit(`${LONG}&seed=3`, async (page) => {
      const other = await page.context().newPage();
      await other.goto(page.url().replace('seed=3', 'seed=4'));
      await ready(other);
      for (const tab of [page, other]) await press(tab, 'Train');
      for (const tab of [page, other]) {
        await tab.locator('.run-line', { hasText: /epoch ([2-9]|\d\d+) of/ }).waitFor();
        await press(tab, 'Pause');
        await tab.locator('.run-line', { hasText: 'Paused' }).waitFor();
        await kept(tab);
      }
      const third = await page.context().newPage();
      await third.goto(page.url());
      await ready(third);
      assert.equal(
        await third.getByText(/A run from .* is saved here/).count(),
        0,
        'runs of open tabs are not offered',
      );
      await page.close();
      await other.close();
      await third.reload();
      await third.getByText(/A run from .* is saved here/).waitFor();
      const offered = (await third.evaluate(readRuns, false)).map(({ record }) => record.seed);
      assert.deepEqual(offered.sort(), [3, 4]);
    });
  });
});
