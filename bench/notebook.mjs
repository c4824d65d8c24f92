// The whole experiment of the notebook as a visitor sees it: 50 epochs of rotation, three times 50 of reading digits, both
// tests, in the built page in Chromium.
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure, inRoot, say } from '../scripts/lib.mjs';
import { serve } from '../scripts/static-server.mjs';
import { launch } from './browser.mjs';

const FILES = [
  'train-images-idx3-ubyte.gz',
  'train-labels-idx1-ubyte.gz',
  't10k-images-idx3-ubyte.gz',
  't10k-labels-idx1-ubyte.gz',
];
const MOST_MILLISECONDS = 600_000;

/**
 * @typedef {object} Notebook
 * @property {string} data
 * @property {string} build
 * @property {number} threads
 * @property {number} seconds from Train to Finished
 * @property {Record<string, number>} percent right, of the three readers on the whole test set
 * @property {string} signature
 */

/**
 * A folder that the page may load MNIST from.
 * @param {string | undefined} mnist a folder with the .gz files; without it the page finds none @param {string} folder below
 *   which it is made
 */
export function layOutMnist(mnist, folder) {
  const data = path.join(folder, 'served');
  mkdirSync(data, { recursive: true });
  if (mnist) {
    const missing = FILES.find((name) => !existsSync(path.join(mnist, name)));
    if (missing) throw new Failure(`${mnist}: there is no ${missing}; QUARTERTURN_MNIST must hold MNIST's four files`);
    for (const name of FILES) copyFileSync(path.join(mnist, name), path.join(data, name));
  }
  writeFileSync(
    path.join(data, 'index.json'),
    JSON.stringify(mnist ? { mnist: { source: 'MNIST', files: FILES } } : {}),
  );
  return data;
}

/**
 * @param {{ mnist: string | undefined, threads: number, folder: string }} plan `mnist` as layOutMnist takes it; without it
 *   the built-in digits are used; `folder`: for files on the way
 * @returns {Promise<Notebook>}
 */
export async function measureNotebook({ mnist, threads, folder }) {
  const data = layOutMnist(mnist, folder);
  const choice = mnist ? 'mnist' : 'generated';
  say(`Chromium, the whole experiment of the notebook, data ${choice}, threads ${threads}`);
  const server = await serve([
    ['/data/', data],
    ['/', inRoot('dist')],
  ]);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(MOST_MILLISECONDS);
    await page.goto(`${server.address}?data=${choice}&threads=${threads}&epochs=50&armEpochs=50`);
    const train = page.getByRole('button', { name: 'Train', exact: true }).and(page.locator(':enabled'));
    await train.waitFor();
    // Playwright's own waiting looks at the page without a pause, and takes a processor from the training.
    const seconds = await page.evaluate(async () => {
      const line = /** @type {HTMLElement} */ (document.querySelector('.run-line'));
      const start = performance.now();
      /** @type {HTMLElement} */ (document.querySelector('.run-bar .primary')).click();
      await new Promise((resolve) => {
        new MutationObserver((_, observer) => {
          if (!line.textContent?.includes('Finished.')) return;
          observer.disconnect();
          resolve(undefined);
        }).observe(line, { subtree: true, childList: true, characterData: true });
      });
      return (performance.now() - start) / 1e3;
    });
    await page.locator('.signature', { hasText: /^[0-9a-f]{16}$/ }).waitFor();
    const scores = await page.locator('.score').allTextContents();
    const percent = ['self-supervised', 'random', 'supervised'].map((name, i) => [
      name,
      Number(/(\d+\.\d+)%/.exec(scores[i])?.[1]),
    ]);
    return {
      data: choice,
      build: (await page.locator('.build').getAttribute('data-build')) ?? '',
      threads,
      seconds,
      percent: Object.fromEntries(percent),
      signature: (await page.locator('.signature').textContent()) ?? '',
    };
  } finally {
    await browser.close();
    await server.close();
  }
}
