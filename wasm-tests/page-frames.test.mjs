// Training must not hold up the page: nothing there may take the main thread for long.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openEverything, press, useChromium } from './support/browser-page.mjs';
import { english } from './support/english.mjs';

const visit = useChromium();
/** Of each section. */
const FRAMES = 25;

/** The test's own questions to the page: what finds a control by its name walks through all that there is. */
const BY_TEST = 'blink.mojom.DevToolsSession';

/**
 * Script time of the longest and of all tasks of the main thread in a span, by the browser's own trace. Time on the
 * processor, not on the clock: a busy machine makes a task wait, and that is not the page's doing. Tasks in which the
 * test asks the page are left out.
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
  const ours = events.filter((e) => main.has(`${e.pid}:${e.tid}`) && e.tdur !== undefined);
  const asked = ours
    .filter(({ args }) => args?.chrome_mojo_event_info?.mojo_interface_tag === BY_TEST)
    .map((e) => /** @type {const} */ ([`${e.pid}:${e.tid}`, e.ts]));
  assert.ok(asked.length > 0, 'the trace tells the questions of the test');
  const spans = ours
    .filter((e) => e.name === 'RunTask')
    .filter((e) => !asked.some(([thread, at]) => thread === `${e.pid}:${e.tid}` && at >= e.ts && at < e.ts + e.dur))
    .sort((a, b) => b.tdur - a.tdur);
  assert.ok(spans.length > FRAMES, 'the trace holds the tasks of the page');
  const [worst] = spans;
  const inside = ours
    .filter((e) => e !== worst && e.ts >= worst.ts && e.ts < worst.ts + worst.dur)
    .sort((a, b) => b.tdur - a.tdur)
    .slice(0, 6)
    .map(({ name, tdur, args }) => {
      const { functionName = '', url = '' } = args?.data ?? {};
      return `${name} ${functionName} ${url.split('/').at(-1)} ${(tdur / 1000).toFixed(1)}`;
    });
  return {
    longest: worst.tdur / 1000,
    what: inside.join(' < '),
    all: spans.reduce((sum, { tdur }) => sum + tdur / 1000, 0),
    milliseconds,
  };
}

/** What `pieceTime` gives in Chromium on two cores of an Intel Xeon that train meanwhile and do nothing else. */
const PIECE_MILLISECONDS = 1.6;

/**
 * The least time of a piece of script in the page, in milliseconds: how fast the processor is for the main thread, beside
 * the threads that train and whatever else the machine does.
 * @param {import('playwright-core').Page} page
 */
const pieceTime = (page) =>
  page.evaluate(async () => {
    let least = Infinity;
    for (let i = 0; i < 40; i++) {
      const start = performance.now();
      const words = new Map();
      for (let j = 0; j < 8000; j++) words.set(`word ${j}`, { j, half: j / 2 });
      const sum = [...words.values()].reduce((all, { half }) => all + half, 0);
      if (sum < 0) throw new Error('never');
      least = Math.min(least, performance.now() - start);
      await new Promise(requestAnimationFrame);
    }
    return least;
  });

/** Moves over a box along a curve. @param {import('playwright-core').Page} page @param {string} selector */
async function wander(page, selector) {
  const place = page.locator(selector).first();
  await place.scrollIntoViewIfNeeded();
  const box = await place.boundingBox();
  assert.ok(box);
  for (let i = 0; i < FRAMES; i++) {
    const [x, y] = [0.5 + 0.4 * Math.cos(i / 4), 0.5 + 0.4 * Math.sin(i / 3)];
    await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
  }
}

describe('frames', () => {
  test('no task of the main thread uses more than 50 ms of processor time while the page trains', async (t) => {
    // Both maps with all the digits there are, and every table open.
    await visit('data=generated&epochs=500&latentWeights=both&latentDigits=0123456789', async (page) => {
      // All sections are there before the look begins.
      await openEverything(page);
      const sections = await page.locator('main > section').all();
      assert.equal(sections.length, 11);
      await press(page, 'Train');
      await page.waitForFunction(() =>
        /epoch ([2-9]|\d\d)/.test(document.querySelector('.run-line')?.textContent ?? ''),
      );
      const browser = page.context().browser();
      assert.ok(browser);
      const { longest, what, all, milliseconds } = await tasks(await browser.newBrowserCDPSession(), async () => {
        for (const section of sections) {
          await section.evaluate(async (element, frames) => {
            const { height } = element.getBoundingClientRect();
            for (let i = 0; i < frames; i++) {
              const down = Math.max(0, height - innerHeight) * (i / frames);
              scrollTo({ top: scrollY + element.getBoundingClientRect().top + down, behavior: 'instant' });
              await new Promise(requestAnimationFrame);
            }
          }, FRAMES);
        }
        await wander(page, '.map');
        await press(page, english.map.closer);
        const moments = page.getByLabel(english.map.moment);
        await moments.focus();
        await page.keyboard.press('Home');
        for (let i = 0; i < FRAMES; i++) await page.keyboard.press('ArrowRight');
        await page.locator('.pad canvas').scrollIntoViewIfNeeded();
        await page.locator('.pad canvas').hover();
        await page.mouse.down();
        await wander(page, '.pad canvas');
        await page.mouse.up();
        await page.getByRole('slider', { name: 'Turn the drawing' }).focus();
        for (let i = 0; i < FRAMES; i++) await page.keyboard.press('ArrowRight');
        await wander(page, '.multiples');
      });
      assert.ok((await page.locator('main > [data-far]').count()) > 3, 'sections out of sight rest while it trains');
      await page.evaluate(() => (location.hash = 'speed'));
      await page.waitForFunction(() => {
        const { top } = /** @type {HTMLElement} */ (document.getElementById('speed-title')).getBoundingClientRect();
        return top > 0 && top < innerHeight / 2;
      });
      const slowness = Math.max(1, (await pieceTime(page)) / PIECE_MILLISECONDS);
      assert.match((await page.locator('.run-line').textContent()) ?? '', /left$/, 'it has trained all the time');
      await press(page, 'Pause');
      await page.locator('main > [data-far]').first().waitFor({ state: 'detached' });
      assert.ok(
        longest <= 50 * slowness,
        `a task of ${longest.toFixed(0)} ms, on a processor slower by ${slowness.toFixed(2)}: ${what}`,
      );
      // The page is scrolled in every frame, so most of this is painting; a quarter of the time must stay free.
      assert.ok(
        all <= 0.75 * milliseconds,
        `the main thread was busy for ${all.toFixed(0)} ms of ${milliseconds.toFixed(0)}`,
      );
      t.diagnostic(
        `slowness ${slowness.toFixed(2)}, longest task ${longest.toFixed(1)} ms (${what}), busy ${((100 * all) / milliseconds).toFixed(0)}%`,
      );
    });
  });
});
