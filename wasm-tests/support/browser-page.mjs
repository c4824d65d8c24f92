// The built page in a real Chromium or Firefox: what the tests of all features share.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium, firefox } from 'playwright-core';
import { THOROUGH } from './effort.mjs';
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

/** @typedef {'Chromium' | 'Firefox'} Engine */

/** Where each feature is used as a visitor would; what only one of them can tell (processor time, heap) is asked there. */
export const ENGINES = /** @type {const} */ (['Chromium', 'Firefox']);

/** A second list would replace the one that Playwright gives, so these come first. @type {readonly string[]} */
const PLAYWRIGHT_DISABLES = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'HttpsUpgrades',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'BlockOriginHeaderModificationOnRedirect',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'Translate',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
];
/**
 * The lists under the address bar, which nobody sees here, are web pages with a process of their own in every window: half
 * of the processor time of a visit.
 */
const ADDRESS_BAR = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

export const CHROMIUM_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  `--disable-features=${[...PLAYWRIGHT_DISABLES, ...ADDRESS_BAR].join()}`,
];

/** What Firefox shows its pages of the system's wishes, which are the whole browser's. */
export const FIREFOX_WISHES = {
  reducedMotion: { 'ui.prefersReducedMotion': 1 },
  dark: { 'ui.systemUsesDarkTheme': 1 },
  forcedColors: { 'browser.display.document_color_use': 2 },
  coarsePointer: { 'ui.primaryPointerCapabilities': 1, 'ui.allPointerCapabilities': 1 },
};

/** Where each Firefox puts what it downloads. @type {WeakMap<import('playwright-core').Browser, string>} */
const downloads = new WeakMap();

/** What Playwright says in the place of a service worker. */
const NO_SERVICE_WORKER = /Service Worker registration blocked by Playwright/;

/** Playwright's traces of visits that fail are kept among the artefacts; for scripts/test.mjs, when it tries a file again. */
const TRACED = process.env.QUARTERTURN_TRACES === '1';

/** What Firefox says of the empty style that Playwright puts into the page before a picture and takes out again. */
const FOR_A_PICTURE = /blocked an inline style .*sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT\+SmwNZWA=/;

/**
 * The installed browser: `CHROMIUM` and `FIREFOX` name others.
 * @param {Engine} engine
 * @param {Record<string, number | string | boolean>} [preferences] of Firefox
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launch(engine, preferences = FIREFOX_WISHES.reducedMotion) {
  if (engine === 'Chromium')
    return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: CHROMIUM_FLAGS });
  const downloadsPath = mkdtempSync(path.join(tmpdir(), 'quarterturn-downloads-'));
  const remove = () => rmSync(downloadsPath, { recursive: true, force: true });
  try {
    const browser = await firefox.launch({
      channel: 'moz-firefox', // by WebDriver BiDi, as Firefox comes
      executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
      headless: true,
      firefoxUserPrefs: preferences,
      downloadsPath,
    });
    downloads.set(browser, downloadsPath);
    browser.on('disconnected', remove);
    return browser;
  } catch (error) {
    remove();
    throw error;
  }
}

/** Debian's Firefox cannot emulate any of these. */
export const NO_EMULATION = { colorScheme: null, reducedMotion: null, forcedColors: null, contrast: null };

/**
 * What Firefox takes of a context's options, and the preferences that stand for the others.
 * @param {import('playwright-core').BrowserContextOptions} options
 */
function forFirefox({ colorScheme, forcedColors, hasTouch, isMobile: _, ...others }) {
  return {
    options: { ...others, ...NO_EMULATION },
    preferences: {
      ...FIREFOX_WISHES.reducedMotion,
      ...(colorScheme === 'dark' ? FIREFOX_WISHES.dark : {}),
      ...(forcedColors === 'active' ? FIREFOX_WISHES.forcedColors : {}),
      ...(hasTouch ? FIREFOX_WISHES.coarsePointer : {}),
    },
  };
}

/**
 * @typedef {object} VisitOptions
 * @property {'load' | 'commit'} [until] where the page's files are held back, nothing waits for them to be loaded
 * @property {string} [address]
 * @property {import('playwright-core').BrowserContextOptions} [context]
 * @property {RegExp} [complaints] what the console may say, where the test provokes it
 * @property {(page: Page) => Promise<unknown>} [prepare] done before the page is opened
 * @property {boolean} [bare] the page need not come so far that it can train
 * @property {boolean} [serviceWorker] the page gets its service worker. Otherwise there is none, since it fetches and keeps
 *   all files of the page, which takes a third of the processor time of a visit
 */

/**
 * What stands on the pages of a test that failed, in words and as pictures among the artefacts.
 * @param {import('playwright-core').BrowserContext} session
 * @param {string[]} said by their consoles
 */
async function shown(session, said) {
  const states = session.pages().map(async (page, i) => {
    const picture = path.join(artefacts, `failed-${process.pid}-${Date.now()}-${i}.png`);
    const timeout = 10_000;
    await page.screenshot({ path: picture, timeout }).catch(() => {});
    const text = (/** @type {string} */ place) =>
      page
        .locator(place)
        .allTextContents()
        .then((all) => all.join(' | '));
    const parts = ['.run-line', '.notice', '.problem', '.signature', '.build'].map(
      async (place) => `${place}: ${await text(place)}`,
    );
    const state = Promise.all(parts).catch(String);
    const late = new Promise((resolve) => setTimeout(resolve, timeout, 'the page does not answer'));
    return [page.url(), await Promise.race([state, late]), picture].flat().join('\n  ');
  });
  return ['The page at the failure:', ...(await Promise.all(states)), ...said].join('\n  ');
}

/** Ends the trace of a visit that failed, and says where it is. @param {import('playwright-core').BrowserContext} session */
async function keepTrace(session) {
  const file = path.join(artefacts, `failed-${process.pid}-${Date.now()}.trace.zip`);
  await session.tracing.stop({ path: file });
  return `  the trace, for playwright show-trace: ${file}`;
}

/**
 * Called once at the top of a test file or suite: one browser and one server for all of its tests.
 * @param {Engine} engine
 * @returns {(query: string, body: (page: Page) => Promise<void>, options?: VisitOptions) => Promise<void>} opens the
 *   page, waits until it can train, runs the body and then asks that the console has stayed clean
 */
export function useBrowser(engine) {
  /** By their preferences. @type {Map<string, Promise<import('playwright-core').Browser>>} */
  const browsers = new Map();
  /** @type {Awaited<ReturnType<typeof servePage>>} */
  let site;

  /** @param {import('playwright-core').BrowserContextOptions} asked */
  async function openContext(asked) {
    const { options, preferences } = engine === 'Firefox' ? forFirefox(asked) : { options: asked, preferences: {} };
    const key = JSON.stringify(preferences);
    const browser = browsers.get(key) ?? launch(engine, preferences);
    browsers.set(key, browser);
    return (await browser).newContext(options);
  }

  before(async () => {
    mkdirSync(artefacts, { recursive: true });
    site = await servePage();
  });

  after(async () => {
    // One that did not start has said so to its test.
    for (const outcome of await Promise.allSettled(browsers.values()))
      if (outcome.status === 'fulfilled') await outcome.value.close();
    await site?.close();
  });

  return async (
    query,
    body,
    {
      address = site.address,
      context = {},
      complaints,
      bare = false,
      serviceWorker = false,
      prepare,
      until = 'load',
    } = {},
  ) => {
    const session = await openContext({
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce', // smooth scrolling makes targets that never stand still
      serviceWorkers: serviceWorker ? 'allow' : 'block',
      ...context,
    });
    try {
      session.setDefaultTimeout(TRAINING_MILLISECONDS);
      if (TRACED) await session.tracing.start({ snapshots: true });
      const page = await session.newPage();
      /** @type {string[]} */
      const said = [];
      page.on('console', (message) => {
        const words = message.text();
        if ((message.type() === 'error' || message.type() === 'warning') && !NO_SERVICE_WORKER.test(words))
          said.push(words);
      });
      page.on('pageerror', (error) => {
        if (!FOR_A_PICTURE.test(String(error))) said.push(String(error));
      });
      await prepare?.(page);
      await page.goto(`${address}${query.startsWith('#') || query === '' ? '' : '?'}${query}`, { waitUntil: until });
      if (!bare) await page.getByRole('button', { name: 'Train', exact: true }).and(page.locator(':enabled')).waitFor();
      await body(page).catch(async (error) => {
        console.error(await shown(session, said));
        if (TRACED) console.error(await keepTrace(session).catch((fault) => `  no trace: ${fault}`));
        throw error;
      });
      assert.deepEqual(
        said.filter((text) => !complaints?.test(text)),
        [],
      );
    } finally {
      await session.close();
    }
  };
}

export const useChromium = () => useBrowser('Chromium');

/** @typedef {ReturnType<typeof useBrowser>} Visit */

/**
 * For a file whose features are used as a visitor would.
 * @typedef {(name: string, body: (visit: Visit, engine: Engine) => Promise<void>) => void} BrowserTest
 * @returns {{ inChromium: Visit, inEach: BrowserTest, inBrowser: BrowserTest }} `inEach`: a test for each browser;
 *   `inBrowser`: the same for what browsers do alike, so that Chromium alone has to show it unless all is asked for
 *   (support/effort.mjs); `inChromium`: a visit in a test for Chromium alone
 */
export function useBrowsers() {
  const visits = ENGINES.map((engine) => ({ engine, visit: useBrowser(engine) }));
  /** @param {typeof visits} chosen @returns {BrowserTest} */
  const testIn = (chosen) => (name, body) => {
    for (const { engine, visit } of chosen) test(`${name} (${engine})`, () => body(visit, engine));
  };
  return {
    inChromium: visits[0].visit,
    inEach: testIn(visits),
    inBrowser: testIn(THOROUGH ? visits : visits.slice(0, 1)),
  };
}

/** @param {Page} page @param {string} name */
export const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

/** The button of the bar: the settings have another one while they wait for it. @param {Page} page */
export const startOver = (page) => page.getByTestId('start-over').click();

/** @param {Page} page */
const inFirefox = (page) => page.context().browser()?.browserType().name() === 'firefox';

/**
 * Puts a picture for the reader among the artefacts, with `--thorough` only: a long page takes as long to be painted and
 * packed as to be opened.
 * @param {Page | import('playwright-core').Locator} what
 * @param {string} name
 * @param {{ fullPage?: boolean }} [options]
 */
export async function takePicture(what, name, options = {}) {
  if (THOROUGH) await what.screenshot({ path: `${artefacts}/${name}.png`, ...options });
}

/** By a finger; in Firefox by the mouse, since Playwright has no finger there. @param {import('playwright-core').Locator} target */
export const tap = (target) => (inFirefox(target.page()) ? target.click() : target.tap());

/** Writes over what a field holds, key by key. @param {import('playwright-core').Locator} field @param {string} text */
export async function enter(field, text) {
  await field.selectText();
  await field.pressSequentially(text);
  await field.press('Enter');
}

/**
 * What a drag carries that brings files from outside, for the events `dragover` and `drop`.
 * @param {Page} page @param {{ name: string, buffer: Buffer }[]} files
 */
export function dragged(page, files) {
  const sent = files.map(({ name, buffer }) => ({ name, text: buffer.toString('base64') }));
  return page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const { name, text } of list)
      data.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], name));
    return data;
  }, sent);
}

/** What a button saves. @param {Page} page @param {string} button @returns {Promise<{ name: string, bytes: Buffer }>} */
export async function downloaded(page, button) {
  const browser = page.context().browser();
  const folder = browser && downloads.get(browser);
  if (!folder) {
    const [file] = await Promise.all([page.waitForEvent('download'), press(page, button)]);
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  }
  // Firefox ESR gives its downloads no names by which Playwright could tell of them.
  await press(page, button);
  for (;;) {
    const names = readdirSync(folder);
    if (names.length === 1 && !names[0].endsWith('.part')) {
      const file = path.join(folder, names[0]);
      const bytes = await readFile(file);
      if (bytes.length > 0) {
        rmSync(file);
        return { name: names[0], bytes };
      }
    }
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

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

/** A page keeps its run every few seconds, and at once when it goes out of sight. @param {Page} page */
export const outOfSight = (page) =>
  page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
    Reflect.deleteProperty(document, 'hidden');
  });

/** Has the page keep its run, and waits until it says so. @param {Page} page */
export async function kept(page) {
  await outOfSight(page);
  await keepSection(page);
  await page.getByText(/^Saved at /).waitFor();
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

/** Draws as `draw` does, by a finger; in Firefox by the mouse. @param {Page} page @param {[number, number][]} points */
export async function drawByFinger(page, points) {
  if (inFirefox(page)) return draw(page, points);
  const pad = page.locator('.pad canvas');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  assert.ok(box);
  const touch = await page.context().newCDPSession(page);
  const at = (/** @type {[number, number]} */ [x, y]) => [{ x: box.x + x * box.width, y: box.y + y * box.height }];
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(points[0]) });
  for (const [i, [x, y]] of points.slice(1).entries()) {
    const [fromX, fromY] = points[i];
    for (let part = 1; part <= 8; part++) {
      const touchPoints = at([fromX + ((x - fromX) * part) / 8, fromY + ((y - fromY) * part) / 8]);
      await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints });
    }
  }
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
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
