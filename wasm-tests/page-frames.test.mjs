// Training must not hold up the page: nothing there may take the main thread for long.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { press, useChromium } from './support/chromium-page.mjs';

const visit = useChromium();
/** Of each section. */
const FRAMES = 25;

/**
 * Script time of the longest and of all tasks of the main thread in a span, by the browser's own trace. Time on the
 * processor, not on the clock: a busy machine makes a task wait, and that is not the page's doing.
 * @param {import('playwright-core').CDPSession} session
 * @param {() => Promise<void>} work
 */
async function tasks(session, work) {
  /** @type {any[]} */
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => void events.push(...value));
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['disabled-by-default-devtools.timeline', 'devtools.timeline', 'toplevel', '__metadata'],
    },
  });
  const start = performance.now();
  await work();
  const milliseconds = performance.now() - start;
  await session.send('Tracing.end');
  await complete;
  const main = new Set(
    events.filter((e) => e.name === 'thread_name' && e.args.name === 'CrRendererMain').map((e) => `${e.pid}:${e.tid}`),
  );
  const spans = events
    .filter((e) => e.name === 'RunTask' && main.has(`${e.pid}:${e.tid}`) && e.tdur !== undefined)
    .map((e) => e.tdur / 1000);
  assert.ok(spans.length > FRAMES, 'the trace holds the tasks of the page');
  return { longest: Math.max(...spans), all: spans.reduce((sum, span) => sum + span, 0), milliseconds };
}

describe('frames', () => {
  test('no task of the main thread uses more than 50 ms of processor time while the page trains', async (t) => {
    await visit('data=generated&epochs=500', async (page) => {
      const sections = await page.locator('main > section').all();
      // What is fetched when it comes near is there before the look begins.
      await page.waitForFunction(() => {
        const waiting = document.querySelector('[aria-busy=true]');
        waiting?.scrollIntoView();
        return !waiting;
      });
      await press(page, 'Train');
      await page.waitForFunction(() => /epoch [2-9]/.test(document.querySelector('.run-line')?.textContent ?? ''));
      const browser = page.context().browser();
      assert.ok(browser);
      const { longest, all, milliseconds } = await tasks(await browser.newBrowserCDPSession(), async () => {
        for (const section of sections) {
          await section.scrollIntoViewIfNeeded();
          await page.evaluate(async (frames) => {
            for (let i = 0; i < frames; i++) await new Promise(requestAnimationFrame);
          }, FRAMES);
        }
      });
      assert.ok(longest <= 50, `a task of ${longest.toFixed(0)} ms`);
      assert.ok(
        all <= milliseconds / 2,
        `the main thread was busy for ${all.toFixed(0)} ms of ${milliseconds.toFixed(0)}`,
      );
      t.diagnostic(`longest task ${longest.toFixed(1)} ms, busy ${((100 * all) / milliseconds).toFixed(0)}%`);
    });
  });
});
