// A static host without any headers: the service worker isolates the page, keeps it for later, and is not needed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { unzipSync } from 'fflate';
import { ZIP } from '../scripts/build.mjs';
import { finished, press, useBrowsers } from './support/browser-page.mjs';
import { servePage } from './support/page-server.mjs';

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
