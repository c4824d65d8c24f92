// A static host without any headers: the service worker isolates the page, keeps it for later, and is not needed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { ZIP } from '../scripts/build.mjs';
import { serve } from '../scripts/static-server.mjs';
import { finished, press, useBrowsers } from './support/browser-page.mjs';
import { pageFolder, servePage } from './support/page-server.mjs';

const command = process.env.QUARTERTURN_CLI ?? fileURLToPath(new URL('../build/native/quarterturn', import.meta.url));
const { inEach } = useBrowsers();
const TINY = 'data=generated&images=330&tests=100&epochs=1&armEpochs=1';

describe('the page on a plain static host', () => {
  inEach('is isolated after one reload, trains with threads, and opens again without the server', async (visit) => {
    const plain = await servePage({ isolated: false });
    try {
      await visit(
        TINY,
        async (page) => {
          assert.equal(await page.evaluate(() => crossOriginIsolated), true);
          assert.match((await page.locator('.build').getAttribute('data-build')) ?? '', /^threads-/);
          await page.locator('[data-kept-offline="true"]').waitFor({ state: 'attached' });
          await plain.close();
          await page.reload();
          await page.getByRole('button', { name: 'Train', exact: true }).and(page.locator(':enabled')).waitFor();
          assert.equal(await page.evaluate(() => crossOriginIsolated), true);
          assert.match((await page.locator('.build').getAttribute('data-build')) ?? '', /^threads-/);
          await press(page, 'Train');
          await finished(page);
        },
        // Only the description of the server's data is asked for again, in vain.
        { address: plain.address, serviceWorker: true, complaints: /ERR_CONNECTION_REFUSED/ },
      );
    } finally {
      await plain.close().catch(() => {});
    }
  });

  inEach('transfers data that it has kept only where the server has other data', async (visit) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'quarterturn-data-'));
    const names = ['train-images', 'train-labels', 't10k-images', 't10k-labels'].map(
      (name, i) => `${name}-idx${i % 2 ? 1 : 3}-ubyte`,
    );
    execFileSync(command, ['digits', '--count', '330', '--test-count', '100', '--out', folder]);
    for (const name of names)
      writeFileSync(path.join(folder, `${name}.gz`), gzipSync(readFileSync(path.join(folder, name))));
    const files = names.map((name) => `${name}.gz`);
    writeFileSync(path.join(folder, 'index.json'), JSON.stringify({ mnist: { source: 'test', files } }));
    /** @type {number[]} */
    let answers = [];
    // As if no answer had been read to its end: the browser keeps none of them.
    const site = await serve(
      [
        ['/data/', folder],
        ['/', pageFolder],
      ],
      {
        cacheControl: (name) => (name.startsWith('/data/') ? 'no-store' : 'no-cache'),
        intercept(request, response) {
          if (request.url?.endsWith('.gz')) response.on('close', () => answers.push(response.statusCode));
          return false;
        },
      },
    );
    const start = (/** @type {import('playwright-core').Page} */ page) =>
      page.getByRole('button', { name: 'Train', exact: true }).and(page.locator(':enabled')).waitFor();
    const keptOffline = (/** @type {import('playwright-core').Page} */ page) =>
      page.locator('[data-kept-offline="true"]').waitFor({ state: 'attached' });
    try {
      await visit(
        'data=mnist&epochs=1&armEpochs=1',
        async (page) => {
          await start(page);
          await keptOffline(page);
          for (const expected of [304, 200]) {
            answers = [];
            await page.reload();
            await start(page);
            assert.deepEqual(answers, [expected, expected, expected, expected]);
            // What is on its way is not cut off by the next load.
            await keptOffline(page);
            for (const name of files)
              writeFileSync(
                path.join(folder, name),
                gzipSync(readFileSync(path.join(folder, name.slice(0, -3))), { level: 1 }),
              );
          }
        },
        { address: site.address, serviceWorker: true },
      );
    } finally {
      await site.close();
      rmSync(folder, { recursive: true });
    }
  });

  test('fits in a zip without data and with every file that the service worker keeps', () => {
    const files = unzipSync(readFileSync(ZIP));
    const names = Object.keys(files);
    assert.deepEqual(
      names.filter((name) => name.startsWith('data/') || name.endsWith('.map')),
      ['data/index.json'],
    );
    const kept = /const FILES = (\[.*?\]);/.exec(Buffer.from(files['sw.js']).toString());
    assert.ok(kept);
    for (const name of JSON.parse(kept[1])) assert.ok(files[name === './' ? 'index.html' : name], name);
    for (const build of ['threads-relaxed', 'threads-simd', 'single-relaxed', 'single-simd']) {
      assert.ok(
        names.some((name) => name.endsWith(`/quarterturn-${build}.wasm`)),
        build,
      );
    }
    const page = Buffer.from(files['index.html']).toString();
    assert.doesNotMatch(page, /(src|href)="(\/|https?:)/, 'addresses are relative');
  });
});
