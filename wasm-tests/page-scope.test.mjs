// The service worker keeps to the page's own folder: what lies beside it, what comes from elsewhere, and what others keep
// in the browser's caches is left alone.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { serve } from '../scripts/static-server.mjs';
import { useChromium } from './support/browser-page.mjs';
import { pageFolder } from './support/page-server.mjs';

const visit = useChromium();
const TINY = 'data=generated&images=330&tests=100&epochs=1&armEpochs=1';

/** A host with the page in a folder, something else beside it, and a page of the host's own in the folder. */
async function host() {
  const beside = mkdtempSync(path.join(tmpdir(), 'quarterturn-beside-'));
  writeFileSync(`${beside}/index.html`, '<!doctype html><link rel=icon href=data:,><title>beside</title>');
  const site = await serve(
    [
      ['/lab/', pageFolder],
      ['/', beside],
    ],
    {
      headers: {},
      intercept(request, response) {
        if (request.url !== '/lab/open.html') return false;
        response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': 'default-src * data:' });
        response.end('<!doctype html><link rel=icon href=data:,><title>open</title>');
        return true;
      },
    },
  );
  const close = async () => {
    await site.close();
    rmSync(beside, { recursive: true });
  };
  return { address: site.address, close };
}

test('the service worker controls and keeps nothing but what is its own', async () => {
  const site = await host();
  const elsewhere = await serve([], { headers: { 'Access-Control-Allow-Origin': '*' }, blank: true });
  try {
    await visit(
      TINY,
      async (page) => {
        const lab = `${site.address}lab/`;
        // What others have kept, the page in another folder among them, and what older versions of this one have.
        const others = {
          others: '/kept',
          'quarterturn /elsewhere/ files 0123456789ab': '/elsewhere/',
          'quarterturn-0123456789ab': '/elsewhere/',
        };
        const older = {
          'quarterturn /lab/ files 0123456789ab': '/lab/',
          'quarterturn-ba9876543210': '/lab/',
        };
        await page.goto(site.address);
        await page.evaluate(
          async (all) => {
            for (const [name, url] of Object.entries(all)) {
              await (await caches.open(name)).put(url, new Response('theirs'));
            }
          },
          { ...others, ...older },
        );

        await page.goto(`${lab}?${TINY}`);
        await page.locator('[data-kept-offline="true"]').waitFor({ state: 'attached' });
        const { scopes, controller, kept } = await page.evaluate(async () => ({
          scopes: (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
          controller: navigator.serviceWorker.controller?.scriptURL,
          kept: await Promise.all(
            (await caches.keys()).map(async (name) => ({
              name,
              urls: (await (await caches.open(name)).keys()).map(({ url }) => url),
            })),
          ),
        }));
        assert.deepEqual(scopes, [lab]);
        assert.equal(controller, `${lab}sw.js`);
        const names = kept.map(({ name }) => name);
        for (const name of Object.keys(others)) assert.ok(names.includes(name), `${name} is left alone`);
        for (const name of Object.keys(older)) assert.ok(!names.includes(name), `${name} is taken away`);
        const own = kept.filter(({ name }) => !Object.hasOwn(others, name));
        assert.ok(own.some(({ urls }) => urls.length > 10));
        for (const { name, urls } of own) {
          assert.match(name, /^quarterturn \/lab\/ /);
          for (const url of urls) assert.ok(url.startsWith(lab), url);
        }

        const besides = await page.goto(site.address);
        assert.equal(besides?.fromServiceWorker(), false);
        assert.equal(besides?.headers()['cross-origin-embedder-policy'], undefined);
        assert.deepEqual(
          await page.evaluate(() => [navigator.serviceWorker.controller, crossOriginIsolated, document.title]),
          [null, false, 'beside'],
        );

        // A page of the folder is answered by it, but nothing that it asks of other origins.
        const inside = await page.goto(`${lab}open.html`);
        assert.equal(inside?.fromServiceWorker(), true);
        const [answer] = await Promise.all([
          page.waitForResponse(elsewhere.address),
          page.evaluate((url) => fetch(url).then((response) => response.text()), elsewhere.address),
        ]);
        assert.equal(answer.fromServiceWorker(), false);
        assert.equal(answer.headers()['cross-origin-embedder-policy'], undefined);
        await elsewhere.close();
        const gone = await page.evaluate((url) => fetch(url).catch((error) => error.name), elsewhere.address);
        assert.equal(gone, 'TypeError', 'nothing of other origins is kept');
      },
      { serviceWorker: true, complaints: /ERR_CONNECTION_REFUSED/ },
    );
  } finally {
    await site.close();
    await elsewhere.close().catch(() => {});
  }
});
