// The page while a browser translates it: what the page has to say goes on changing, and nothing stands there twice.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { LONG, SMALL, finished, press, ready, useBrowsers, startOver } from './support/browser-page.mjs';
import { translate, translateByText } from './support/habits.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** Parts whose words change in the course of a run, and depend on nothing but the run. */
const PARTS = ['.hero', '.run-bar', '#learn .legend', '.budget', '.scores', '#duel .legend', '.reproduce', '.draw'];

/** @param {Page} page */
const texts = (page) =>
  page.evaluate(
    (parts) => parts.map((part) => [...document.querySelectorAll(part)].map((each) => each.textContent).join('|')),
    PARTS,
  );

/** What the networks say of a test image. @param {Page} page */
async function askOfTestDigit(page) {
  await press(page, 'Test digit 4');
  await page.locator('.draw .note', { hasText: /test image \d+\. Data/ }).waitFor();
  await page.locator('#draw .stem-sure', { hasText: '%' }).nth(3).waitFor();
}

describe('while the page is translated', () => {
  const { inBrowser } = useBrowsers();

  for (const [how, work] of /** @type {const} */ ([
    ['elements in the place of texts', translate],
    ['other texts in the place of texts', translateByText],
  ])) {
    inBrowser(`${how}: a run changes all it has to change, once`, async (visit) => {
      /** @type {string[]} */
      let plain = [];
      await visit(SMALL, async (page) => {
        await page.locator('#keep').waitFor();
        await press(page, 'Train');
        await finished(page);
        await page.locator('.signature', { hasText: /^[0-9a-f]{16}$/ }).waitFor();
        await askOfTestDigit(page);
        plain = await texts(page);
      });
      await visit(SMALL, async (page) => {
        await page.locator('#keep').waitFor();
        await page.evaluate(work);
        assert.match((await page.locator('.run-line').textContent()) ?? '', /^\[de\] Ready\./);
        await page.locator('.run-bar .primary').click();
        // Each time that something has changed, it is translated again.
        await page
          .locator('.run-line', { hasText: /^(Rotation|Self-supervised|Random|Supervised|Finished)/ })
          .waitFor();
        await page.evaluate(work);
        await page.locator('.run-line', { hasText: 'Finished.' }).waitFor();
        await page.locator('.signature', { hasText: /^[0-9a-f]{16}$/ }).waitFor();
        await page.evaluate(work);
        await askOfTestDigit(page);
        const words = await texts(page);
        assert.deepEqual(
          words.map((text) => text.replaceAll('[de] ', '')),
          plain,
        );
        assert.ok(
          words.some((text) => text.includes('[de] ')),
          'what did not change stays translated',
        );
      });
    });
  }

  inBrowser('buttons, verdicts and notices follow', async (visit) => {
    await visit(LONG, async (page) => {
      const batch = await page.getByLabel('Rotation batch').elementHandle();
      assert.ok(batch);
      await page.evaluate(translate);
      const main = page.locator('.run-bar .primary');
      assert.equal(await main.textContent(), '[de] Train');
      await main.click();
      await page.locator('.run-bar .primary', { hasText: /^Pause$/ }).waitFor();
      await page.evaluate(translate);
      await main.click();
      await page.locator('.run-bar .primary', { hasText: /^Resume$/ }).waitFor();
      await page.locator('.run-line', { hasText: /^Paused · Rotation/ }).waitFor();
      await batch.selectText();
      await page.keyboard.type('77');
      await page.keyboard.press('Enter');
      await page.getByText(english.run.resetWanted).waitFor();
      await page.evaluate(translate);
      await page.locator('.run-note', { hasText: /^\[de\] Start over to use/ }).waitFor();
      await startOver(page);
      await ready(page);
      assert.equal(await page.locator('.run-note').count(), 0);
      // A verdict changes with every drawing.
      const verdict = page.locator('#draw .stem-verdict').first();
      for (const digit of [3, 7]) {
        await press(page, `Test digit ${digit}`);
        await page.locator('#draw .stem-verdict', { hasText: /^\d$/ }).first().waitFor();
        const label = await page.locator('#draw .stems').first().getAttribute('aria-label');
        assert.equal(await verdict.textContent(), /: (\d),/.exec(label ?? '')?.[1]);
        await page.evaluate(translate);
      }
      // Shown as it was written: the translator takes its own nodes away and puts the page's back.
      await page.evaluate(() => {
        for (const font of document.querySelectorAll('.lede > font')) font.remove();
      });
      await page.locator('.lede', { hasText: /^A small network sees turned digits and must say/ }).waitFor();
    });
  });
});
