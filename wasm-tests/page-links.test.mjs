// The page's address: written as often as browsers allow, and links that lead where they say.
import assert from 'node:assert/strict';
import process from 'node:process';
import { describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, LONG, SMALL, keepSection, launch, press, useBrowsers } from './support/browser-page.mjs';
import { servePage } from './support/page-server.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page */
const slider = (page) => page.getByRole('slider', { name: 'Labelled images for each network' });

/** Moves the slider to and fro as fast as a hand can, and gives the errors that nobody caught. @param {Page} page @param {number} rounds */
const sweep = (page, rounds) =>
  slider(page).evaluate(async (element, times) => {
    const field = /** @type {HTMLInputElement} */ (element);
    /** @type {string[]} */
    const errors = [];
    const note = (/** @type {ErrorEvent} */ event) => errors.push(event.message);
    addEventListener('error', note);
    const places = [...Array(41).keys()];
    for (let round = 0; round < times; round++)
      for (const place of [...places, ...places.reverse(), 20]) {
        field.value = String(place);
        field.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((resolve) => setTimeout(resolve, 8));
      }
    removeEventListener('error', note);
    return errors;
  }, rounds);

/** The address says what the slider says. @param {Page} page */
const agrees = (page) =>
  page.waitForFunction(() => {
    const shown = document.querySelector('.budget-value')?.textContent?.replace(',', '');
    return shown === (new URLSearchParams(location.search).get('labels') ?? '1000');
  });

describe('the address', () => {
  const { inChromium, inBrowser } = useBrowsers();

  inBrowser('is written seldom, holds the last value, and never throws', async (visit) => {
    await visit(LONG, async (page) => {
      await page.addInitScript(() => {
        // As WebKit does it, but for less: ten changes in three seconds.
        const write = history.replaceState;
        /** @type {number[]} */
        const times = [];
        let [all, refused] = [0, 0];
        history.replaceState = function (...given) {
          const now = performance.now();
          all++;
          if (times.filter((time) => now - time < 3000).length >= 10) {
            refused++;
            throw new DOMException('Attempt to use history.replaceState() more than 10 times', 'SecurityError');
          }
          times.push(now);
          write.apply(history, given);
        };
        Object.assign(globalThis, { writes: () => ({ all, refused }) });
      });
      await page.reload();
      await slider(page).waitFor();
      const began = Date.now();
      assert.deepEqual(await sweep(page, 4), []);
      const seconds = (Date.now() - began) / 1000;
      const { all } = await page.evaluate(() => /** @type {any} */ (globalThis).writes());
      assert.ok(all <= 3 * seconds + 5, `${all} changes in ${seconds} s`);
      await agrees(page);
      // At once where the page is left.
      const place = await slider(page).evaluate((element) => {
        const field = /** @type {HTMLInputElement} */ (element);
        for (const value of ['3', '4', '5']) {
          field.value = value;
          field.dispatchEvent(new Event('input', { bubbles: true }));
        }
        dispatchEvent(new PageTransitionEvent('pagehide'));
        return new URLSearchParams(location.search).get('labels');
      });
      assert.equal(place, await slider(page).getAttribute('aria-valuetext'));
    });
  });

  test('holds the last value where the browser itself drops what comes too fast (Chromium)', async () => {
    const site = await servePage();
    // Playwright switches off the protection that visitors have.
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: CHROMIUM_FLAGS,
      ignoreDefaultArgs: ['--disable-ipc-flooding-protection'],
    });
    try {
      await swept(await browser.newPage(), site.address);
    } finally {
      await browser.close();
      await site.close();
    }
  });

  test('holds the last value where the browser itself throws at what comes too fast (Firefox)', async () => {
    const site = await servePage();
    const browser = await launch('Firefox');
    try {
      await swept(await browser.newPage(), site.address);
    } finally {
      await browser.close();
      await site.close();
    }
  });

  /** @param {Page} page @param {string} address */
  async function swept(page, address) {
    /** @type {string[]} */
    const said = [];
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('console', (message) => /throttl/i.test(message.text()) && said.push(message.text()));
    await page.goto(`${address}?${LONG}`);
    await slider(page).waitFor();
    await sweep(page, 6);
    await agrees(page);
    assert.deepEqual(said, []);
  }

  inBrowser(
    'a link to share holds the settings, and neither the place nor the colours of who shares it',
    async (visit) => {
      await visit(`${SMALL}&seed=7`, async (page) => {
        await page.evaluate(() => {
          Object.defineProperty(navigator, 'clipboard', {
            value: { writeText: async (/** @type {string} */ text) => Object.assign(globalThis, { copied: text }) },
          });
        });
        await press(page, 'Dark');
        await page.evaluate(() => (location.hash = '#keep'));
        await keepSection(page);
        await press(page, 'Copy the link');
        await page.locator('#keep .copy', { hasText: 'Copied.' }).waitFor();
        const copied = new URL(await page.evaluate(() => /** @type {any} */ (globalThis).copied));
        assert.equal(copied.hash, '');
        assert.equal(copied.searchParams.get('theme'), null);
        assert.equal(copied.searchParams.get('seed'), '7');
        // Nor has the page's own address the colours: they are kept in this browser.
        await page.reload();
        await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
        assert.doesNotMatch(page.url(), /theme/);
        await keepSection(page);
        await press(page, 'Make a lesson link…');
        const dialog = page.getByRole('dialog', { name: 'A link for a lesson' });
        assert.doesNotMatch(await dialog.getByLabel('The link').inputValue(), /theme|#/);
        await dialog.getByLabel('Lock Colours').check();
        assert.match(await dialog.getByLabel('The link').inputValue(), /theme=dark&digits=2&lock=theme$/);
        await page.getByText('The link contains the settings and the seed, not the weights').waitFor();
      });
    },
  );

  test('says of a link what it does not hold', async () => {
    await inChromium(LONG, async (page) => {
      await press(page, 'Step');
      await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
      await page.getByLabel('Rotation learning rate').fill('0.002');
      await page.getByLabel('Rotation learning rate').press('Enter');
      await keepSection(page);
      await page.getByText('The link cannot contain a learning rate that changed during training').waitFor();
    });
  });
});
