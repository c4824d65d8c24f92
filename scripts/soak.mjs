/* global document */
// Trains and draws at once in a real Chromium for a long time, and says what memory that takes.
//   npm run soak -- [--minutes 60] [--query 'data=generated&epochs=4']
// By default it trains one long rotation task: every experiment that ends adds a row to the page's table of runs.
// The table goes to the terminal and to build/soak.json. Exit 1 where memory has grown: live JavaScript by more than a
// tenth and 1 MB, or workers, after a quarter of the time, or nodes beyond
// the first half's most by more than 5.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { Failure, inRoot, runAsScript, say } from './lib.mjs';

const SAMPLES = 12;
/** Curves, tables and caches have their full size after that share of the time. */
const SETTLED = 0.25;
/** The machine may be busy, or stand still for a while. */
const PATIENCE_MILLISECONDS = 300_000;

/** @typedef {{ minutes: number, experiments: number, drawings: number, heap: number, shared: number, nodes: number, workers: number }} Sample */

/** @param {import('playwright-core').Page} page @param {import('playwright-core').CDPSession} session @returns {Promise<Pick<Sample, 'heap' | 'shared' | 'nodes' | 'workers'>>} */
async function measure(page, session) {
  await session.send('HeapProfiler.collectGarbage');
  // Page and workers together, the engine's 64 MiB among them. It takes up to a minute.
  const { breakdown } = await page.evaluate(() => /** @type {any} */ (performance).measureUserAgentSpecificMemory());
  const bytes = (/** @type {(types: string[]) => boolean} */ wanted) =>
    breakdown.reduce(
      (/** @type {number} */ sum, /** @type {any} */ part) => sum + (wanted(part.types) ? part.bytes : 0),
      0,
    );
  return {
    heap: bytes((types) => types.includes('JavaScript')),
    shared: bytes((types) => types.includes('Shared')),
    nodes: await page.evaluate(() => document.querySelectorAll('*').length),
    workers: page.workers().length,
  };
}

/** @param {Sample[]} samples */
function table(samples) {
  const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(2);
  return [
    '| minutes | experiments ended | drawings | JavaScript and engine, MB | shared beside, MB | nodes | workers |',
    '|---|---|---|---|---|---|---|',
    ...samples.map(
      (s) =>
        `| ${s.minutes.toFixed(1)} | ${s.experiments} | ${s.drawings} | ${megabytes(s.heap)} | ${megabytes(s.shared)} | ${s.nodes} | ${s.workers} |`,
    ),
  ].join('\n');
}

/** What has grown, in words; empty: nothing. @param {Sample[]} samples @param {number} minutes */
function growth(samples, minutes) {
  const first = samples.find((sample) => sample.minutes >= SETTLED * minutes) ?? samples[0];
  const last = samples[samples.length - 1];
  const words = [];
  if (last.heap - first.heap > Math.max(1e6, 0.1 * first.heap)) words.push('JavaScript');
  // Words come and go beside the pad.
  const usual = Math.max(...samples.slice(0, Math.ceil(samples.length / 2)).map(({ nodes }) => nodes));
  if (last.nodes > usual + 5) words.push('nodes');
  if (last.workers > first.workers) words.push('workers');
  return words.join(', ');
}

await runAsScript(import.meta.url, async () => {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '60' },
      query: { type: 'string', default: 'data=generated&images=3300&tests=1000&epochs=500' },
    },
  });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Failure(`--minutes ${values.minutes} is no length of time; give a number above 0`);
  if (!existsSync(inRoot('dist/index.html'))) throw new Failure('there is no page yet; run npm run build first');
  const { chromium } = await import('playwright-core');
  const { servePage } = await import('../wasm-tests/support/page-server.mjs');
  const site = await servePage();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
      '--enable-blink-features=ForceEagerMeasureMemory',
    ],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(PATIENCE_MILLISECONDS);
    /** @type {string[]} */
    const faults = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    const session = await page.context().newCDPSession(page);
    await page.goto(`${site.address}?${values.query}`);
    const button = (/** @type {string} */ name) => page.getByRole('button', { name, exact: true });
    await button('Train').and(page.locator(':enabled')).click();
    const pad = page.locator('.pad canvas');
    await pad.scrollIntoViewIfNeeded();

    /** @type {Sample[]} */
    const samples = [];
    let [experiments, drawings] = [0, 0];
    const start = performance.now();
    const passed = () => (performance.now() - start) / 60_000;
    /** Drawing goes on meanwhile. @type {Promise<void> | null} */
    let measuring = null;
    const sample = async () => {
      const found = await measure(page, session);
      samples.push({ minutes: passed(), experiments, drawings, ...found });
      say(table(samples).split('\n').at(-1) ?? '');
      measuring = null;
    };
    let due = 0;
    while (passed() < minutes || measuring) {
      if (!measuring && passed() >= due) {
        measuring = sample();
        measuring.catch(() => (measuring = null)); // too few samples are a failure
        due = passed() + minutes / SAMPLES;
      }
      const box = await pad.boundingBox();
      if (!box) throw new Failure('the drawing pad is gone');
      const place = () =>
        /** @type {const} */ ([
          box.x + box.width * (0.2 + 0.6 * Math.random()),
          box.y + box.height * (0.2 + 0.6 * Math.random()),
        ]);
      await page.mouse.move(...place());
      await page.mouse.down();
      for (let i = 0; i < 4; i++) await page.mouse.move(...place(), { steps: 5 });
      await page.mouse.up();
      drawings++;
      await button('Clear').click();
      if ((await button('Start over').count()) > 0) {
        experiments++;
        await button('Start over').click();
        await button('Train').and(page.locator(':enabled')).click();
        await pad.scrollIntoViewIfNeeded();
      }
    }
    if (samples.length < 2) throw new Failure('the browser gave too few samples');
    console.log(table(samples));
    mkdirSync(inRoot('build'), { recursive: true });
    writeFileSync(inRoot('build/soak.json'), `${JSON.stringify({ minutes, query: values.query, samples }, null, 2)}\n`);
    if (faults.length > 0) throw new Failure(`the page had errors: ${faults.slice(0, 3).join('; ')}`);
    const grown = growth(samples, minutes);
    if (grown) throw new Failure(`memory has grown: ${grown}`);
  } finally {
    await browser.close();
    await site.close();
  }
});
