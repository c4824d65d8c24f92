// The built page in a real Chromium: what the tests of all features share.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { servePage } from './page-server.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** Where pictures of the page are kept. */
export const artefacts = fileURLToPath(new URL('../../test-results', import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const TRAINING_MILLISECONDS = 120_000;

/** A whole experiment in a few seconds. */
export const SMALL = 'data=generated&images=1100&tests=600&epochs=2&armEpochs=4';
/** One that does not end while a test looks at it. */
export const LONG = 'data=generated&images=1100&tests=400&epochs=500';

/**
 * @typedef {object} VisitOptions
 * @property {string} [address]
 * @property {import('playwright-core').BrowserContextOptions} [context]
 * @property {RegExp} [complaints] what the console may say, where the test provokes it
 */

/**
 * Called once at the top of a test file: one browser and one server for all of its tests.
 * @returns {(query: string, body: (page: Page) => Promise<void>, options?: VisitOptions) => Promise<void>} opens the
 *   page, waits until it can train, runs the body and then asks that the console has stayed clean
 */
export function useChromium() {
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof servePage>>} */
  let site;

  before(async () => {
    mkdirSync(artefacts, { recursive: true });
    [browser, site] = await Promise.all([
      chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
      }),
      servePage(),
    ]);
  });

  after(async () => {
    await browser?.close();
    await site?.close();
  });

  return async (query, body, { address = site.address, context = {}, complaints } = {}) => {
    const session = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce', // smooth scrolling makes targets that never stand still
      ...context,
    });
    try {
      const page = await session.newPage();
      page.setDefaultTimeout(TRAINING_MILLISECONDS);
      /** @type {string[]} */
      const said = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
      });
      page.on('pageerror', (error) => said.push(String(error)));
      await page.goto(`${address}?${query}`);
      await page.getByRole('button', { name: 'Train' }).and(page.locator(':enabled')).waitFor();
      await body(page);
      assert.deepEqual(
        said.filter((text) => !complaints?.test(text)),
        [],
      );
    } finally {
      await session.close();
    }
  };
}

/** @param {Page} page @param {string} name */
export const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

/** @param {Page} page */
export const finished = (page) => page.locator('.run-line', { hasText: 'Finished.' }).waitFor();

/** @param {Page} page */
export const ready = (page) => page.locator('.run-line', { hasText: 'Ready. Press Train.' }).waitFor();

/** @param {Page} page */
export const where = async (page) => {
  const text = (await page.locator('.run-line').textContent()) ?? '';
  const found = /epoch (\d+) of (\d+) · step (\d+) of (\d+)/.exec(text);
  assert.ok(found, `no position in “${text}”`);
  const [epoch, epochs, step, steps] = found.slice(1).map(Number);
  return { epochs, steps, done: (epoch - 1) * steps + step };
};

/** The run's signature, which comes after its end. @param {Page} page */
export const signature = async (page) => {
  await page.locator('.signature', { hasText: /^[0-9a-f]{16}$/ }).waitFor();
  return (await page.locator('.signature').textContent()) ?? '';
};

/** @param {Page} page */
export const keepSection = (page) =>
  // Parts above that are fetched on the way may push it away again.
  page.waitForFunction(() => {
    document.getElementById('keep')?.scrollIntoView({ behavior: 'instant' });
    return document.getElementById('keep-here') !== null;
  });

/** Waits until the page says that its run is kept. @param {Page} page */
export async function kept(page) {
  await keepSection(page);
  await page.getByText(/^Kept at /).waitFor();
}

/** Comes by every part that is fetched when it comes near, and opens what is folded. @param {Page} page */
export async function openEverything(page) {
  await page.waitForFunction(
    () => {
      const folded = document.querySelectorAll('main details:not([open])');
      folded.forEach((part) => part.setAttribute('open', ''));
      const waiting = document.querySelector('[aria-busy=true]');
      waiting?.scrollIntoView();
      return !waiting && folded.length === 0;
    },
    undefined,
    { polling: 100 },
  );
}

/** Opens a part that is folded on a phone. @param {Page} page @param {string | RegExp} title */
export const unfold = (page, title) =>
  page
    .locator('.fold:not([open]) > summary')
    .filter({ has: page.getByRole('heading', { name: title }) })
    .click();

/** Draws through the given points, 0..1 of the pad. @param {Page} page @param {[number, number][]} points */
export async function draw(page, points) {
  const pad = page.locator('.pad canvas');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  assert.ok(box);
  const place = (/** @type {[number, number]} */ [x, y]) =>
    /** @type {const} */ ([box.x + x * box.width, box.y + y * box.height]);
  await page.mouse.move(...place(points[0]));
  await page.mouse.down();
  for (const point of points.slice(1)) await page.mouse.move(...place(point), { steps: 8 });
  await page.mouse.up();
}

/** What each network says, by its title. @param {Page} page */
export const answers = (page) =>
  page.locator('#draw .stems').evaluateAll((plots) =>
    plots.map((plot) => ({
      label: plot.getAttribute('aria-label') ?? '',
      sum: [...plot.querySelectorAll('.stem')].reduce(
        (sum, stem) => sum + Number(/** @type {HTMLElement} */ (stem).style.getPropertyValue('--p')),
        0,
      ),
      stems: plot.querySelectorAll('.stem').length,
    })),
  );

/** The 28×28 pixels under the pad, summed. @param {Page} page */
export const inkSeen = (page) =>
  page.locator('.draw-seen canvas').evaluate((canvas) => {
    const context = /** @type {HTMLCanvasElement} */ (canvas).getContext('2d');
    return context
      ? context.getImageData(0, 0, 28, 28).data.reduce((sum, value, i) => (i % 4 === 0 ? sum + value : sum), 0)
      : 0;
  });

/** @param {Page} page */
export const sidewaysScroll = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What axe finds fault with on the page as it stands, one line each. @param {Page} page @returns {Promise<string[]>} */
export async function findings(page) {
  // Not as a script of the document: its Content-Security-Policy allows none.
  await page.evaluate(axe);
  // What lies half under the bar that stays in sight has no contrast to speak of.
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  return page.evaluate(async () => {
    const found = await /** @type {any} */ (globalThis).axe.run(document);
    return found.violations.map(
      (/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ { html }) => html).join(' | ')}`,
    );
  });
}
