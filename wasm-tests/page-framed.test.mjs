// The page inside another page, as a course shows it: it never reloads itself there, trains on one thread, says why and
// opens in a tab of its own.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { META_POLICY, POLICY, frameAncestors, headersFor, workerHeadersFor } from '../scripts/headers.mjs';
import { serve } from '../scripts/static-server.mjs';
import { SMALL, takePicture, useBrowsers } from './support/browser-page.mjs';
import { pageFolder } from './support/page-server.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { inBrowser, inEach } = useBrowsers();

/**
 * A host with a course page at its root, which shows the page at `lab`.
 * @param {string} lab address
 * @param {string} [attributes] of the frame
 */
const course = (lab, attributes = '') =>
  serve([], {
    headers: {},
    intercept(request, response) {
      if (request.url !== '/') return false;
      const frame = `<iframe src="${lab}?${SMALL}" width="1000" height="700" ${attributes}></iframe>`;
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end(`<!doctype html><link rel="icon" href="data:,"><title>Week 3</title><h1>Week 3</h1>${frame}`);
      return true;
    },
  });

/** The frame, when it can train. @param {Page} page */
async function framed(page) {
  const frame = page.frameLocator('iframe');
  await frame.locator('.run-line', { hasText: 'Ready.' }).waitFor();
  return frame;
}

/** @param {Page} page @param {import('playwright-core').FrameLocator} frame */
async function trainsOnOneThread(page, frame) {
  assert.match((await frame.locator('.build').getAttribute('data-build')) ?? '', /^single-/);
  assert.match(
    (await frame.locator('.passed').textContent()) ?? '',
    /the page is inside another page, where browsers give it no shared memory/,
  );
  await frame.getByText(/Inside another page it trains on one thread/).waitFor();
  await frame.getByRole('button', { name: 'Train', exact: true }).click();
  await frame.locator('.run-line', { hasText: 'Finished.' }).waitFor();
  const inside = page.frames()[1];
  const type = await inside.evaluate(() => {
    const [entry] = performance.getEntriesByType('navigation');
    return /** @type {PerformanceNavigationTiming} */ (entry).type;
  });
  assert.equal(type, 'navigate', 'it has not reloaded itself');
}

describe('the page in a frame', () => {
  inBrowser(
    'of a host without headers: at the first visit, and after one in a tab of its own',
    async (visit, engine) => {
      const lab = await serve([['/', pageFolder]], { headers: {} });
      const site = await course(lab.address);
      try {
        await visit(
          '',
          async (page) => {
            const frame = await framed(page);
            await trainsOnOneThread(page, frame);
            await takePicture(page, `framed-${engine.toLowerCase()}`);
            // In a tab of its own it isolates itself, and its service worker answers from then on.
            const [tab] = await Promise.all([
              page.context().waitForEvent('page'),
              frame.getByRole('link', { name: 'Open it in a tab of its own' }).click(),
            ]);
            await tab.locator('[data-kept-offline="true"]').waitFor({ state: 'attached' });
            assert.equal(await tab.evaluate(() => crossOriginIsolated), true);
            assert.equal(await tab.getByText(/Inside another page/).count(), 0);
            await tab.close();
            await page.reload();
            await trainsOnOneThread(page, await framed(page));
          },
          { address: site.address, bare: true, serviceWorker: true },
        );
      } finally {
        await site.close();
        await lab.close();
      }
    },
  );

  inEach('of a course on the same host, whose service worker answers the frame', async (visit) => {
    const site = await serve([['/lab/', pageFolder]], {
      headers: {},
      intercept(request, response) {
        if (request.url !== '/course.html') return false;
        response.writeHead(200, { 'Content-Type': 'text/html' });
        response.end(
          `<!doctype html><link rel="icon" href="data:,"><iframe src="/lab/?${SMALL}" width="1000" height="700"></iframe>`,
        );
        return true;
      },
    });
    try {
      await visit(
        SMALL,
        async (page) => {
          await page.locator('[data-kept-offline="true"]').waitFor({ state: 'attached' });
          await page.goto(`${site.address}course.html`);
          const frame = await framed(page);
          const answered = await page.frames()[1].evaluate(() => navigator.serviceWorker.controller !== null);
          assert.equal(answered, true);
          await trainsOnOneThread(page, frame);
        },
        { address: `${site.address}lab/`, serviceWorker: true },
      );
    } finally {
      await site.close();
    }
  });

  inBrowser('that is a sandbox without an origin: it says what helps', async (visit) => {
    const lab = await serve([['/', pageFolder]], { headers: {} });
    const site = await course(lab.address, 'sandbox="allow-scripts"');
    try {
      await visit(
        '',
        async (page) => {
          const sign = page.frameLocator('iframe').locator('.trouble[role=alert]');
          await sign.waitFor();
          assert.match(
            (await sign.textContent()) ?? '',
            /add allow-same-origin .*, or open the page in a tab of its own/,
          );
        },
        { address: site.address, bare: true, complaints: /[^]/ },
      );
    } finally {
      await site.close();
      await lab.close();
    }
  });

  inBrowser('of a server that names who may show it: these may, others may not', async (visit) => {
    /** By the address of a course. @type {Map<string, string>} */
    const ancestors = new Map();
    for (const allowed of [true, false]) {
      const lab = await serve([['/', pageFolder]], {
        headers: headersFor(
          frameAncestors(allowed ? 'https://elsewhere.example http://127.0.0.1:*' : 'https://elsewhere.example'),
        ),
      });
      const site = await course(lab.address);
      ancestors.set(site.address, lab.address);
      try {
        await visit(
          '',
          async (page) => {
            if (allowed) return trainsOnOneThread(page, await framed(page));
            const inside = page.frames()[1];
            await page.waitForFunction(() => document.readyState === 'complete');
            assert.notEqual(new URL(inside.url()).origin, new URL(lab.address).origin);
          },
          { address: site.address, bare: true, complaints: allowed ? undefined : /frame|CSP|Content.Security/i },
        );
      } finally {
        await site.close();
        await lab.close();
      }
    }
  });
});

describe('who may show the page in a frame', () => {
  test('is nobody unless it is named; a service worker adds no ban of its own', () => {
    assert.match(headersFor()['Content-Security-Policy'], /frame-ancestors 'none'$/);
    assert.equal(headersFor()['Content-Security-Policy'], POLICY);
    assert.equal(workerHeadersFor(undefined)['Content-Security-Policy'], META_POLICY);
    const named = frameAncestors('https://lms.example https://*.school.example:8443');
    for (const headers of [headersFor(named), workerHeadersFor(named)]) {
      assert.match(
        headers['Content-Security-Policy'],
        /frame-ancestors https:\/\/lms\.example https:\/\/\*\.school\.example:8443$/,
      );
      assert.equal(headers['Cross-Origin-Resource-Policy'], 'cross-origin');
    }
    assert.equal(headersFor(frameAncestors('self'))['Cross-Origin-Resource-Policy'], 'same-origin');
    assert.equal(frameAncestors('*'), '*');
    assert.equal(frameAncestors(" 'self'  none"), "'self' 'none'");
  });

  test('cannot smuggle another directive in', () => {
    for (const bad of [
      '',
      '*; script-src *',
      "https://a.example, 'unsafe-inline'",
      'https://a.example/path',
      'javascript:',
      'a\nb;c',
    ]) {
      assert.throws(
        () => frameAncestors(bad),
        { name: 'RangeError', message: /^--frame-ancestors .*not an origin/s },
        bad,
      );
    }
  });
});
