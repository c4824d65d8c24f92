// What is seen and read before the page's scripts have run: its title, its picture, and what an installation needs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { useChromium } from './support/browser-page.mjs';

/** @typedef {import('playwright-core').Page} Page */

const visit = useChromium();
const dist = fileURLToPath(new URL('../dist/', import.meta.url));

/** What is seen of the title and its paragraph, and where it stands. @param {Page} page */
const seen = (page) =>
  page.locator('h1:visible, .lede:visible').evaluateAll((all) =>
    all.map((element) => {
      const { x, y, height } = element.getBoundingClientRect();
      return { text: element.textContent, x, y, height };
    }),
  );

/** Until something is painted: nothing is before the styles are there. @param {Page} page */
const styled = (page) =>
  page.waitForFunction(() => {
    const masthead = document.querySelector('.masthead');
    return masthead && getComputedStyle(masthead).paddingTop !== '0px';
  });

/** Until the answer the page's scripts do not come; of the first one alone they are no part. */
function holdScripts() {
  let release = () => {};
  const released = /** @type {Promise<void>} */ (new Promise((resolve) => (release = resolve)));
  return {
    release,
    /** @param {Page} page */
    prepare: (page) =>
      page.route(/\/assets\/(start|page)-[^/]*\.js$/, async (route) => {
        await released;
        await route.continue().catch(() => {}); // the page may be closed
      }),
  };
}

for (const [language, viewport] of /** @type {const} */ ([
  ['en', { width: 1280, height: 800 }],
  ['en', { width: 360, height: 740 }],
  ['ko', { width: 768, height: 800 }],
]))
  test(`the title is there before the scripts, where the page puts it: ${language}, ${viewport.width} pixels`, async () => {
    const { prepare, release } = holdScripts();
    await visit(
      `data=generated&images=1100&tests=400&lang=${language}`,
      async (page) => {
        await styled(page);
        const before = await seen(page);
        assert.equal(await page.locator('.run-train').count(), 0, 'the page is not made yet');
        release();
        await page.locator('.run-train').waitFor();
        assert.deepEqual(await seen(page), before);
        assert.equal(await page.locator('.first-screen').count(), 0);
      },
      {
        bare: true,
        until: 'commit',
        context: { viewport },
        prepare,
      },
    );
  });

test('of another pretext task the document’s title is not shown', async () => {
  const { prepare, release } = holdScripts();
  await visit(
    'data=generated&images=1100&tests=400&task=jigsaw',
    async (page) => {
      await styled(page);
      assert.deepEqual(await seen(page), []);
      release();
    },
    {
      bare: true,
      until: 'commit',
      prepare,
    },
  );
});

test('the engine’s worker runs before the page’s scripts have come', async () => {
  const { prepare, release } = holdScripts();
  await visit(
    'data=generated&images=1100&tests=400',
    async (page) => {
      await page.waitForFunction(() => /** @type {any} */ (globalThis).quarterturnStarted?.heard.length > 0);
      assert.equal(page.workers().length, 1);
      release();
      await page.getByRole('button', { name: 'Train', exact: true }).waitFor();
      assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).quarterturnStarted), undefined);
      const own = page.workers().filter((worker) => /\/assets\/worker-/.test(worker.url()));
      assert.equal(own.length, 1, 'the page goes on with it');
    },
    { bare: true, until: 'commit', prepare },
  );
});

test('what the page is made of is asked for before the first script has come', async () => {
  const asked = new Set();
  let release = () => {};
  const all = /** @type {Promise<void>} */ (new Promise((resolve) => (release = resolve)));
  await visit('data=generated&images=1100&tests=400', (page) => page.locator('.run-train').waitFor(), {
    bare: true,
    until: 'commit',
    async prepare(page) {
      page.on('request', (request) => {
        const name = /\/assets\/(start|page)-[^/]*\.(js|css)$/.exec(request.url());
        if (name) asked.add(`${name[1]}.${name[2]}`);
        if (['start.js', 'page.js', 'page.css'].every((file) => asked.has(file))) release();
      });
      await page.route(/\/assets\/boot-[^/]*\.js$/, async (route) => {
        await all; // a page that asks for them later never comes
        await route.continue();
      });
    },
  });
});

/** The width and height that stand in a PNG's head. @param {string} name */
function pixels(name) {
  const bytes = readFileSync(dist + name);
  assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}

test('a link to the page has a picture, and the page can be installed', async () => {
  const html = readFileSync(`${dist}index.html`, 'utf8');
  const named = (/** @type {string} */ name) =>
    new RegExp(`property="${name}"\\s+content="([^"]+)"`).exec(html)?.[1] ?? '';
  assert.equal(named('og:image'), './preview.png');
  assert.equal(pixels('preview.png'), `${named('og:image:width')}x${named('og:image:height')}`);
  assert.doesNotMatch(readFileSync(`${dist}sw.js`, 'utf8'), /preview\.png/, 'no visitor keeps what only previews need');

  const manifest = JSON.parse(readFileSync(`${dist}manifest.webmanifest`, 'utf8'));
  for (const { src, sizes, type } of manifest.icons) {
    if (type === 'image/png') assert.equal(pixels(src), sizes);
    else assert.match(readFileSync(dist + src, 'utf8'), /^<svg/);
  }
  await visit('data=generated&images=1100&tests=400', async (page) => {
    const session = await page.context().newCDPSession(page);
    const { errors, url } = await session.send('Page.getAppManifest');
    assert.match(url, /manifest\.webmanifest$/);
    assert.deepEqual(errors, []);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A test's window is one that keeps nothing.
    assert.deepEqual(
      installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'),
      [],
    );
  });
});
