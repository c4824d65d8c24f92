// How long the built page needs from navigation to its first training step, by the page's own marks, and how large it is.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { inRoot, say } from '../scripts/lib.mjs';
import { serve } from '../scripts/static-server.mjs';
import { launch } from './browser.mjs';
import { median } from './statistics.mjs';

/** The page's marks, in their order (web/src/state/marks.js). */
const MARKS = ['interactive', 'engine', 'data', 'first step'];

/**
 * @typedef {{ data: string, visits: number, milliseconds: Record<string, number> }} Loading medians since navigation
 * @typedef {{ name: string, bytes: number, gzip: number }} Size
 */

/**
 * @param {number} visits each in a fresh context: no cache, no compiled code
 * @returns {Promise<Loading[]>}
 */
export async function measureLoading(visits) {
  const server = await serve([['/', inRoot('dist')]]);
  const browser = await launch();
  try {
    /** @type {Loading[]} */
    const found = [];
    for (const data of ['generated', 'auto']) {
      say(`loading the page ${visits} times, data ${data}`);
      /** @type {Record<string, number[]>} */
      const times = Object.fromEntries(MARKS.map((mark) => [mark, []]));
      // The first visit starts the browser's own processes.
      for (let visit = 0; visit <= visits; visit++) {
        const context = await browser.newContext();
        const page = await context.newPage();
        // Trains at once, as the quickest of visitors would.
        await page.addInitScript(() => {
          const press = () => {
            const button = document.querySelector('.run-bar .primary');
            if (!(button instanceof HTMLButtonElement) || button.disabled) return;
            watcher.disconnect();
            button.click();
          };
          const watcher = new MutationObserver(press);
          watcher.observe(document, { subtree: true, childList: true, attributes: true });
        });
        await page.goto(`${server.address}?data=${data}`);
        await page.waitForFunction(() => performance.getEntriesByName('quarterturn: first step').length > 0);
        for (const mark of MARKS) {
          const time = await page.evaluate(
            (name) => performance.getEntriesByName(`quarterturn: ${name}`)[0].startTime,
            mark,
          );
          if (visit > 0) times[mark].push(time);
        }
        await context.close();
      }
      const milliseconds = Object.fromEntries(MARKS.map((mark) => [mark, median(times[mark])]));
      found.push({ data, visits, milliseconds });
    }
    return found;
  } finally {
    await browser.close();
    await server.close();
  }
}

/** @param {string} name @param {string[]} files @returns {Size} */
function size(name, files) {
  const contents = files.map((file) => readFileSync(file));
  return {
    name,
    bytes: contents.reduce((sum, content) => sum + content.length, 0),
    // Each file is a transfer of its own.
    gzip: contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0),
  };
}

/** What a visitor downloads: each engine build, and the page's code and styles at first load. @returns {Size[]} */
export function sizes() {
  const [folder] = readdirSync(inRoot('dist/engine'));
  const engines = ['threads-relaxed', 'threads-simd', 'single-relaxed', 'single-simd'].map((build) =>
    size(
      `engine ${build}`,
      ['mjs', 'wasm'].map((ending) => inRoot(`dist/engine/${folder}/quarterturn-${build}.${ending}`)),
    ),
  );
  const assets = readdirSync(inRoot('dist/assets')).filter((name) => /\.(js|css)$/.test(name));
  // Of the words, those of one language.
  const first = readFileSync(inRoot('dist/index.html'), 'utf8').replace(/data-words-(?!en=)[\w-]+="[^"]*"/g, '');
  // The worker is asked for by the page's code; all else that the document does not name comes later.
  const isFirst = (/** @type {string} */ name) => first.includes(name) || name.startsWith('worker-');
  const files = (/** @type {boolean} */ wanted) =>
    assets.filter((name) => isFirst(name) === wanted).map((name) => inRoot('dist/assets', name));
  return [...engines, size('page at first load', files(true)), size('page on demand', files(false))];
}
