// Links into the page and links to hand on, and the colours before the page's own scripts have come.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { keepSection, LONG, press, useBrowsers } from './support/browser-page.mjs';
import { servePage } from './support/page-server.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { inBrowser, inEach } = useBrowsers();

/** How far below the bar that stays in sight a section's top is. @param {Page} page @param {string} id */
const distance = (page, id) =>
  page.evaluate((name) => {
    const bar = /** @type {HTMLElement} */ (document.querySelector('.stay')).getBoundingClientRect().bottom;
    const title = /** @type {HTMLElement} */ (document.querySelector(`#${name} h2`)).getBoundingClientRect().top;
    return title - bar;
  }, id);

/** Asks that a section's title stays in sight under the bar when all has come. @param {Page} page @param {string} id */
async function isAt(page, id) {
  await page.waitForFunction((name) => {
    const place = document.querySelector(`#${name} h2`)?.getBoundingClientRect().top ?? Infinity;
    const near = [...document.querySelectorAll('[aria-busy=true]')].some((part) => {
      const { top, bottom } = part.getBoundingClientRect();
      return bottom > -800 && top < innerHeight + 800;
    });
    return !near && place > 0 && place < innerHeight / 2;
  }, id);
  const found = await distance(page, id);
  assert.ok(found >= -8 && found < 200, `${id} is ${found} pixels below the bar`);
}

describe('a link into the page', () => {
  for (const [query, id] of [
    ['#duel', 'duel'], // with the default data, which are many
    [`${LONG}#draw`, 'draw'],
    [`${LONG}#keep`, 'keep'],
    [`${LONG}#inside`, 'inside'],
  ]) {
    inBrowser(`${query} leads to its section, though parts come later`, async (visit) => {
      await visit(query, (page) => isAt(page, id));
    });
  }

  inEach('leads there also where the page loads itself again to be isolated', async (visit) => {
    const plain = await servePage({ isolated: false });
    try {
      await visit(
        `${LONG}#map`,
        async (page) => {
          await page.waitForFunction(() => crossOriginIsolated && document.documentElement.dataset.page === 'up');
          await isAt(page, 'map');
        },
        { address: plain.address, serviceWorker: true },
      );
    } finally {
      await plain.close();
    }
  });

  inBrowser('that names no section, or is no text at all, leaves the page at its top', async (visit) => {
    for (const hash of ['#nowhere', '#%']) {
      await visit(`${LONG}${hash}`, async (page) => {
        await page.locator('footer').waitFor();
        assert.equal(await page.evaluate(() => scrollY), 0);
        await page.evaluate(() => (location.hash = '#%E0%A4%A'));
        await page.evaluate(() => (location.hash = '#quiz'));
        await isAt(page, 'quiz');
      });
    }
  });

  inBrowser('gives way as soon as the visitor scrolls', async (visit) => {
    await visit(`${LONG}#draw`, async (page) => {
      await isAt(page, 'draw');
      await page.mouse.move(600, 500);
      await page.mouse.wheel(0, -20_000);
      await page.waitForFunction(() => scrollY === 0);
      // Everything above grows.
      await page.evaluate(() => {
        const block = document.createElement('div');
        block.style.height = '500px';
        document.querySelector('#learn')?.append(block);
        return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      });
      assert.equal(await page.evaluate(() => scrollY), 0);
    });
  });
});

describe('a visitor who is early', () => {
  inBrowser('keeps what is being typed into a field while the rest of the page comes', async (visit) => {
    /** @type {() => void} */
    let release = () => {};
    const released = new Promise((resolve) => (release = () => resolve(undefined)));
    await visit(
      LONG,
      async (page) => {
        const field = page.getByLabel('Rotation epochs', { exact: true }).first();
        await field.selectText();
        await field.pressSequentially('37');
        release();
        await page.locator('.run-train:enabled').waitFor();
        await page.locator('footer').waitFor();
        assert.equal(await field.inputValue(), '37');
        await field.press('Enter');
        await page.locator('.run-note').getByText('Start over to use your new settings').waitFor();
      },
      {
        bare: true,
        until: 'commit',
        prepare: (page) =>
          page.route(/\/assets\/(later|view)-[^/]*\.js$/, async (route) => {
            await released;
            await route.continue();
          }),
      },
    );
  });
});

/** What the page puts into the clipboard. @param {Page} page @param {string} button */
async function copied(page, button) {
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: async (/** @type {string} */ text) => void (document.documentElement.dataset.copied = text) },
    });
  });
  await press(page, button);
  await page.locator('html[data-copied]').waitFor({ state: 'attached' });
  const text = (await page.locator('html').getAttribute('data-copied')) ?? '';
  await page.evaluate(() => delete document.documentElement.dataset.copied);
  return text;
}

// That colours which the browser remembers come into no address: page-links.test.mjs.
describe('a link to hand on', () => {
  inBrowser('has the settings, but neither the place nor colours, unless a lesson fixes them', async (visit) => {
    await visit(`${LONG}&seed=7&theme=dark#keep`, async (page) => {
      await keepSection(page);
      await press(page, 'Make a lesson link…');
      const free = new URL(await copied(page, 'Copy the lesson link'));
      assert.deepEqual([free.hash, free.searchParams.get('theme')], ['', null]);
      await page.getByLabel('Lock Colours').check();
      const fixed = new URL(await copied(page, 'Copy the lesson link'));
      assert.deepEqual(
        [fixed.hash, fixed.searchParams.get('theme'), fixed.searchParams.get('lock')],
        ['', 'dark', 'theme'],
      );
      await page.keyboard.press('Escape');
      await press(page, 'Light');
      const link = new URL(await copied(page, 'Copy the link'));
      assert.equal(link.hash, '');
      assert.equal(link.searchParams.get('theme'), null);
      assert.equal(link.searchParams.get('seed'), '7');
      assert.equal(link.searchParams.get('epochs'), '500');
      await page.getByText(/contains the settings and the seed, not the weights/).waitFor();
    });
  });
});

describe('the colours', () => {
  inBrowser('are the visitor’s before the page’s own scripts have come', async (visit) => {
    // The module scripts are no scripts, so what is seen is what comes before them.
    const spoilt = await servePage({ damages: /\/assets\/(?!boot-).*\.js$/ });
    const there = await servePage();
    /** @param {Page} page */
    const seen = (page) =>
      page.evaluate(() => ({
        theme: document.documentElement.dataset.theme,
        scheme: document.querySelector('meta[name=color-scheme]')?.getAttribute('content'),
        paper: getComputedStyle(document.body).backgroundColor,
      }));
    const [LIGHT, DARK] = ['rgb(247, 247, 245)', 'rgb(19, 21, 27)'];
    try {
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        for (const [query, remembered, expected] of /** @type {[string, string, string][]} */ ([
          ['', '', colorScheme],
          ['theme=dark', 'light', 'dark'],
          ['theme=light', 'dark', 'light'],
          ['', colorScheme === 'dark' ? 'light' : 'dark', colorScheme === 'dark' ? 'light' : 'dark'],
          ['lock=theme', colorScheme === 'dark' ? 'light' : 'dark', colorScheme],
          ['hide=quiz,theme', colorScheme === 'dark' ? 'light' : 'dark', colorScheme],
        ])) {
          await visit(
            '',
            async (page) => {
              const keep = (/** @type {string} */ choice) => localStorage.setItem('quarterturn / theme', choice);
              if (remembered) {
                for (const { address } of [there, spoilt]) {
                  await page.goto(`${address}favicon.svg`);
                  await page.evaluate(keep, remembered);
                }
              }
              await page.goto(`${spoilt.address}?${query}`);
              await page.locator('.trouble[role=alert]').waitFor();
              const name = `${query} ${remembered} ${colorScheme}`;
              const paper = expected === 'dark' ? DARK : LIGHT;
              assert.deepEqual(await seen(page), { theme: expected, scheme: expected, paper }, name);
              if (query === '') return;
              // The page itself comes to the same.
              await page.goto(`${there.address}?${query}&${LONG}`);
              await page.locator('html[data-page=up]').waitFor({ state: 'attached' });
              assert.equal((await seen(page)).theme, expected, name);
            },
            { address: `${there.address}favicon.svg`, bare: true, complaints: /[^]/, context: { colorScheme } },
          );
        }
      }
    } finally {
      await spoilt.close();
      await there.close();
    }
  });
});
