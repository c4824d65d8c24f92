// Hosts and browsers that cannot show the page: it says what is wrong and what helps, before any module runs, and an
// engine that does not start names the cause.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { META_POLICY } from '../scripts/headers.mjs';
import { LONG, takePicture, press, useBrowsers } from './support/browser-page.mjs';
import { spoil } from './support/engine-worker.mjs';
import { pageFolder, servePage } from './support/page-server.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./support/browser-page.mjs').Visit} Visit */

const { inChromium, inBrowser, inEach } = useBrowsers();
const ANYTHING = /[^]/;

/** What the page says in the place of everything else. @param {Page} page */
async function trouble(page) {
  const sign = page.locator('.trouble[role=alert]');
  await sign.waitFor();
  return (await sign.textContent()) ?? '';
}

/** One line under the bar of the run. @param {Page} page */
async function problem(page) {
  await page.locator('.problem').waitFor();
  return (await page.locator('.problem').textContent()) ?? '';
}

/**
 * @param {Visit} visit
 * @param {Parameters<typeof servePage>[0]} host
 * @param {(page: Page) => Promise<void>} body
 * @param {import('./support/browser-page.mjs').VisitOptions} [options]
 */
async function onHost(visit, host, body, options = {}) {
  const site = await servePage(host);
  try {
    const serviceWorker = host?.isolated === false; // which gives the page the headers that the host does not send
    await visit(LONG, body, { address: site.address, bare: true, complaints: ANYTHING, serviceWorker, ...options });
  } finally {
    await site.close();
  }
}

describe('a host that sends wrong types', () => {
  for (const isolated of [true, false]) {
    inEach(`.js as text/plain, ${isolated ? 'with' : 'without'} the page’s headers`, async (visit) => {
      await onHost(visit, { isolated, types: { '.js': 'text/plain' } }, async (page) => {
        const said = await trouble(page);
        assert.match(said, /The server sends its scripts \(.*\.js\) as “text\/plain”/);
        assert.match(said, /browsers run modules only as text\/javascript.*nginx.*Apache.*IIS/);
        assert.equal(await page.locator('.before-page').count(), 0);
      });
    });

    inBrowser(
      `.mjs as application/octet-stream, ${isolated ? 'with' : 'without'} the page’s headers`,
      async (visit) => {
        await onHost(visit, { isolated, types: { '.mjs': 'application/octet-stream' } }, async (page) => {
          const said = await problem(page);
          assert.match(said, /its script \(\.mjs\) as “application\/octet-stream”, but browsers run modules only as/);
          assert.match(said, /What to do: make the server send \.js and \.mjs files as text\/javascript/);
          assert.doesNotMatch(said, /memory|tabs/);
          assert.equal(said.match(/octet-stream/g)?.length, 1, 'said once, not for each build');
        });
      },
    );
  }

  test('.js of a wrong type that browsers may not guess: words that need no script', async () => {
    const site = await servePage();
    try {
      await inChromium(
        '',
        async (page) => {
          const nosniff = (/** @type {import('playwright-core').Route} */ route) =>
            route.fulfill({
              body: 'throw new Error()',
              headers: { 'Content-Type': 'text/plain', 'X-Content-Type-Options': 'nosniff' },
            });
          await page.route(/\.js$/, nosniff);
          await page.reload();
          for (const [language, words] of Object.entries({
            en: /must send \.js and \.mjs files as text\/javascript/,
            ko: /\.js 파일과 \.mjs 파일을 text\/javascript 형식으로 보내야/,
          }))
            await page.locator(`.before-page[lang=${language}]`, { hasText: words }).waitFor();
        },
        { address: site.address, bare: true, complaints: ANYTHING },
      );
    } finally {
      await site.close();
    }
  });

  inBrowser('.wasm of any type is compiled', async (visit) => {
    await onHost(
      visit,
      { types: { '.wasm': 'application/octet-stream' } },
      async (page) => {
        await press(page, 'Step');
        await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
      },
      { bare: false, complaints: undefined },
    );
  });
});

describe('a host with a policy of its own', () => {
  inBrowser('that forbids WebAssembly', async (visit) => {
    const policy = META_POLICY.replace(" 'wasm-unsafe-eval'", '');
    await onHost(visit, { policy }, async (page) => {
      const said = await problem(page);
      assert.match(said, /a Content-Security-Policy forbids WebAssembly.*What to do: add 'wasm-unsafe-eval'/);
      assert.doesNotMatch(said, /memory|tabs/);
    });
  });
});

describe('the page opened as a file', () => {
  inBrowser('runs, or says how to serve it', async (visit, engine) => {
    await visit(
      '',
      async (page) => {
        // Firefox that a program drives lets files start modules.
        const runs = page.locator('.run-line', { hasText: 'Ready.' });
        const sign = page.locator('.trouble[role=alert]');
        await runs.or(sign).waitFor();
        if (engine === 'Chromium') {
          assert.match(await trouble(page), /It was opened as a file.*serve its folder with any web server/);
        } else if ((await sign.count()) > 0) {
          assert.match(await trouble(page), /It was opened as a file/);
        }
      },
      { address: pathToFileURL(`${pageFolder}/index.html`).href, bare: true, complaints: ANYTHING },
    );
  });
});

describe('a browser that lacks something', () => {
  const noScripts = { javaScriptEnabled: false };
  test('JavaScript', async () => {
    await onHost(
      inChromium,
      {},
      async (page) => {
        await page.getByText(/JavaScript is switched off\s+here: allow it/).waitFor();
        assert.equal(await page.locator('.before-page').first().isVisible(), false);
        await takePicture(page, 'no-javascript');
      },
      { context: noScripts },
    );
  });

  inEach('WebAssembly: the article is there, the reason stands above it and in the engine’s line', async (visit) => {
    const without = 'delete globalThis.WebAssembly;';
    await onHost(visit, { script: without, worker: without }, async (page) => {
      assert.match(
        await trouble(page),
        /WebAssembly is missing or switched off in this browser.*Lockdown Mode.*Tor Browser/,
      );
      const said = await problem(page);
      assert.match(said, /WebAssembly is missing or switched off in this browser\. What to do: .*Lockdown Mode/);
      assert.doesNotMatch(said, /memory|tabs/);
      await takePicture(page, 'no-webassembly');
    });
  });

  inBrowser('what the page is written for', async (visit) => {
    await onHost(visit, { script: 'delete globalThis.OffscreenCanvas;' }, async (page) => {
      assert.match(await trouble(page), /is too old: it has no OffscreenCanvas.*Firefox 114/);
    });
  });
});

// Without a network, and cut off: page-faults.test.mjs.
describe('an engine whose files do not come', () => {
  /** @type {[string, RegExp, (route: import('playwright-core').Route) => Promise<void>, RegExp][]} */
  const faults = [
    [
      'a web page in their place',
      /\/engine\//,
      (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
      /the server sends a web page instead of its script.*copy the page’s whole folder/,
    ],
    ['not allowed', /\.mjs$/, (route) => route.fulfill({ status: 403 }), /answered 403 for its script.*deliver every/],
  ];
  for (const [what, files, answer, expected] of faults) {
    test(what, async () => {
      await inChromium(
        LONG,
        async (page) => {
          await spoil(page, files, answer);
          await page.reload();
          const said = await problem(page);
          assert.match(said, /^no engine build runs here: failed to start: /);
          assert.match(said, expected);
          assert.doesNotMatch(said, /memory|tabs/);
        },
        { complaints: ANYTHING },
      );
    });
  }
});
