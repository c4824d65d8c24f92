// What the eye has to put up with: nothing jumps while parts are fetched, a phone's page is no longer than it must be,
// its contents are a tap away, and what a finger is to hit is large enough.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  findings,
  openEverything,
  takePicture,
  sidewaysScroll,
  tap,
  unfold,
  useChromium,
} from './support/browser-page.mjs';
import { effort } from './support/effort.mjs';

/** @typedef {import('playwright-core').Page} Page */

const visit = useChromium();
const TINY = 'data=generated&images=1100&tests=400';
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** Of the whole way; what the visitor's own doing moves is not counted. */
const MOST_SHIFT = 0.02;
/** Of a phone's page before training, in pixels. Lower it when the page gets shorter. */
const LONGEST = 17_300;
const SMALLEST_TARGET = 44;

/** Sums up layout shifts from now on, by the browser's own account. @param {Page} page */
async function watchShifts(page) {
  await page.evaluate(() => {
    const shifts = /** @type {{ value: number, where: string }[]} */ ([]);
    /** @param {PerformanceEntryList} entries */
    const add = (entries) => {
      for (const entry of /** @type {any[]} */ (entries)) {
        if (entry.hadRecentInput) continue;
        const places = entry.sources.map((/** @type {any} */ { node, previousRect, currentRect }) => {
          const element = node?.nodeType === 1 ? node : node?.parentElement;
          return `${element?.closest('section[id]')?.id ?? ''} ${element?.className} ${previousRect.y}+${previousRect.height} to ${currentRect.y}+${currentRect.height}`;
        });
        shifts.push({ value: entry.value, where: places.join('; ') });
      }
    };
    const watcher = new PerformanceObserver((list) => add(list.getEntries()));
    watcher.observe({ type: 'layout-shift', buffered: true });
    Object.assign(globalThis, { shifts, flush: () => add(watcher.takeRecords()) });
  });
}

/** Those since the last call. @param {Page} page */
const takeShifts = (page) =>
  page.evaluate(() => {
    const { shifts, flush } = /** @type {any} */ (globalThis);
    flush();
    return shifts.splice(0);
  });

/** @param {Page} page @param {import('node:test').TestContext} t @param {string} what */
async function assertStill(page, t, what) {
  const shifts = await takeShifts(page);
  const sum = shifts.reduce((/** @type {number} */ total, /** @type {any} */ { value }) => total + value, 0);
  t.diagnostic(`${what}: ${sum.toFixed(4)}`);
  const worst = shifts.sort((/** @type {any} */ a, /** @type {any} */ b) => b.value - a.value)[0];
  assert.ok(sum < MOST_SHIFT, `${what} moves ${sum.toFixed(4)}, most of it ${worst?.value}: ${worst?.where}`);
}

/**
 * Until the page has kept its height for some frames. Where a link scrolls in the same frame as views grow, the browser
 * compares places before and after as if the visitor had seen both.
 * @param {Page} page
 */
const untilAtRest = (page) =>
  page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    for (let still = 0, height = 0; still < 4; still++) {
      await frame();
      if (document.documentElement.scrollHeight !== height) still = 0;
      height = document.documentElement.scrollHeight;
    }
  });

describe('the layout', () => {
  for (const width of effort([360, 1024], [360, 768, 1024, 1280])) {
    const context = width < 500 ? phone : { viewport: { width, height: 800 } };
    test(`nothing jumps ${width} pixels wide, on the way down and from section to section`, async (t) => {
      await visit(
        TINY,
        async (page) => {
          await watchShifts(page);
          // What is read first by links: parts are fetched in sight.
          for (const id of ['keep', 'speed', 'data', 'map', 'duel', 'learn']) {
            await page.evaluate((to) => (location.hash = to), id);
            // The way to the first one is a jump that was asked for: from there on nothing may move.
            await page.waitForFunction(
              (to) => (document.getElementById(to)?.getBoundingClientRect().top ?? innerHeight) < innerHeight,
              id,
            );
            await page.waitForFunction(() => {
              const fetching = [...document.querySelectorAll('[aria-busy=true]')];
              return fetching.every(
                (part) =>
                  part.getBoundingClientRect().top > innerHeight + 800 || part.getBoundingClientRect().bottom < -800,
              );
            });
            await untilAtRest(page);
            if (id === 'keep') await takeShifts(page);
          }
          await assertStill(page, t, 'a walk by links');
        },
        { context },
      );
      await visit(
        TINY,
        async (page) => {
          await watchShifts(page);
          await assertStill(page, t, 'opening the page');
          await page.evaluate(async () => {
            const frame = () => new Promise(requestAnimationFrame);
            for (let y = 0; y < document.documentElement.scrollHeight; y += 200) {
              scrollTo({ top: y, behavior: 'instant' });
              for (let i = 0; i < 4; i++) await frame();
            }
          });
          await assertStill(page, t, 'scrolling through');
        },
        { context },
      );
    });
  }

  test('a link leads to its section when all parts are there, as long as one after the other comes', async (t) => {
    let before = Promise.resolve();
    await visit(
      TINY,
      async (page) => {
        await watchShifts(page);
        await page.evaluate(() => (location.hash = 'speed'));
        await page.locator('footer').waitFor();
        assert.equal(await page.locator('main > section [aria-busy=true]').count(), 0);
        await page.waitForFunction(() => {
          const { top } = /** @type {HTMLElement} */ (document.getElementById('speed-title')).getBoundingClientRect();
          return top > 0 && top < innerHeight / 2;
        });
        await assertStill(page, t, 'a link while parts come slowly');
      },
      {
        context: { viewport: { width: 768, height: 800 } },
        // More than two seconds for all of them, less for each.
        prepare: (page) =>
          page.route(/\/assets\/view-[^/]*\.js$/, (route) => {
            before = before.then(() => new Promise((resolve) => setTimeout(resolve, 600))).then(() => route.continue());
          }),
      },
    );
  });

  test('of two links the later one counts, also when all parts have just come', async () => {
    await visit(
      TINY,
      async (page) => {
        await page.locator('footer').waitFor();
        const top = await page.evaluate(async () => {
          for (let i = 0; i < 10; i++) await new Promise((resolve) => setTimeout(resolve));
          return document.getElementById('speed-title')?.getBoundingClientRect().top ?? NaN;
        });
        assert.ok(top > 0 && top < 400, `${top}`);
      },
      {
        context: { viewport: { width: 768, height: 800 } },
        prepare: (page) =>
          page.addInitScript(() => {
            const watcher = new MutationObserver(() => {
              if (document.documentElement.dataset.page === 'up' && location.hash === '') location.hash = 'map';
              if (!document.getElementById('speed')) return;
              watcher.disconnect();
              // The second link is followed just before the sections come, and on a busy machine its event comes just
              // after: before the page has gone to the first one.
              history.pushState(null, '', '#speed');
              dispatchEvent(new HashChangeEvent('hashchange'));
            });
            watcher.observe(document, { subtree: true, childList: true, attributes: true });
          }),
      },
    );
  });

  test('a link leads clear of the bar, however high it is', async () => {
    await visit(
      TINY,
      async (page) => {
        await page.locator('footer').waitFor();
        await page.evaluate(async () => {
          const bar = /** @type {HTMLElement} */ (document.querySelector('.stay'));
          /** @type {HTMLElement} */ (bar.firstElementChild).style.minHeight = '15rem'; // as if it had much to say
          for (let i = 0; i < 4; i++) await new Promise(requestAnimationFrame);
          location.hash = 'map';
        });
        const place = await page.waitForFunction(() => {
          const { top } = /** @type {HTMLElement} */ (document.getElementById('map-title')).getBoundingClientRect();
          const bar = /** @type {HTMLElement} */ (document.querySelector('.stay')).getBoundingClientRect();
          return bar.top === 0 && top < innerHeight && { title: top, bar: bar.bottom };
        });
        const { title, bar } = /** @type {{ title: number, bar: number }} */ (await place.jsonValue());
        assert.ok(title >= bar, `the title at ${title}, the bar down to ${bar}`);
      },
      { context: { viewport: { width: 1024, height: 800 } } },
    );
  });

  test('a phone’s page is short, and what is folded opens', async (t) => {
    await visit(
      TINY,
      async (page) => {
        await page.waitForFunction(() => {
          const waiting = document.querySelector('[aria-busy=true]');
          waiting?.scrollIntoView();
          return !waiting;
        });
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        t.diagnostic(`${height} pixels`);
        assert.ok(height <= LONGEST, `${height} pixels`);
        await unfold(page, /^Layers: /);
        await page.getByRole('region', { name: 'Layer table' }).waitFor();
        await openEverything(page);
        assert.ok((await sidewaysScroll(page)) <= 0);
        // A word of the glossary is as high as its line, as WCAG 2.2 allows within a sentence.
        const small = await page
          .locator(
            'main :is(button:not(.term-word), select, summary, input:not([type=checkbox], [type=radio], [type=file]))',
          )
          .evaluateAll(
            (targets, least) =>
              targets.flatMap((target) => {
                const { width, height: high } = target.getBoundingClientRect();
                return width > 0 && high < least
                  ? [`${target.tagName} ${target.className} ${target.textContent}: ${high}`]
                  : [];
              }),
            SMALLEST_TARGET,
          );
        assert.deepEqual(small, []);
      },
      { context: phone },
    );
  });

  test('the contents of a phone’s page: by finger, by key, and away again', async () => {
    await visit(
      TINY,
      async (page) => {
        const button = page.getByRole('button', { name: 'Contents' });
        const list = page.getByRole('navigation', { name: 'On this page' });
        assert.equal(await list.isVisible(), false);
        await tap(button);
        await list.waitFor();
        assert.equal(await button.getAttribute('aria-expanded'), 'true');
        await takePicture(page, 'contents-phone');
        assert.deepEqual(await findings(page), []);
        const box = await list.boundingBox();
        assert.ok(box && box.y >= 0 && box.y + box.height <= 740, `all of it is in the window: ${JSON.stringify(box)}`);
        await tap(list.getByRole('link', { name: 'Map' }));
        await list.waitFor({ state: 'hidden' });
        await page.locator('#map-title').waitFor();
        await page.waitForFunction(() => {
          const { top } = /** @type {HTMLElement} */ (document.getElementById('map-title')).getBoundingClientRect();
          return top > 0 && top < innerHeight / 2;
        });
        await button.press('Enter');
        await list.waitFor();
        await page.keyboard.press('Escape');
        await list.waitFor({ state: 'hidden' });
        // As soon as it is there, however busy the page is.
        await button.evaluate(async (element) => {
          const contents = /** @type {HTMLElement} */ (document.getElementById('contents'));
          await new Promise((unfolded) => {
            new MutationObserver(unfolded).observe(contents, { attributeFilter: ['class'] });
            /** @type {HTMLElement} */ (element).click();
          });
          element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
        });
        await list.waitFor({ state: 'hidden' });
        assert.ok(await button.evaluate((element) => element === document.activeElement));
      },
      { context: phone },
    );
  });

  test('the one button is in sight at once in a low window', async () => {
    await visit(
      TINY,
      async (page) => {
        const box = await page.getByRole('button', { name: 'Train', exact: true }).boundingBox();
        assert.ok(box && box.y + box.height <= 600, `${JSON.stringify(box)}`);
      },
      { context: { viewport: { width: 1280, height: 600 } } },
    );
  });
});
