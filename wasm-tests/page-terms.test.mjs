// Terms of the glossary: their meaning by mouse, by keyboard and by touch, within the window and without moving anything.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SMALL, findings, openEverything, useBrowsers, useChromium } from './support/browser-page.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { inBrowser } = useBrowsers();
const inChromium = useChromium();

/** The first term of the page. @param {Page} page */
const first = (page) => page.locator('#learn .term-word').first();
/** @param {Page} page */
const note = (page) => page.getByRole('tooltip');

/** The glossary's words come with the first part that is fetched. @param {Page} page */
async function ready(page) {
  await first(page).waitFor();
  await first(page).scrollIntoViewIfNeeded();
}

describe('terms', () => {
  test('stay within their sentences: none is a box of its own beside the words', async () => {
    await inChromium(SMALL, async (page) => {
      await openEverything(page);
      await first(page).waitFor();
      const torn = await page
        .locator('.term')
        .evaluateAll((all) =>
          all
            .filter(({ parentElement }) => parentElement && /flex|grid/.test(getComputedStyle(parentElement).display))
            .map(({ parentElement }) => parentElement?.textContent),
        );
      assert.deepEqual(torn, []);
    });
  });

  inBrowser('mean something by keyboard and by mouse', async (visit) => {
    await visit(SMALL, async (page) => {
      await ready(page);
      const before = await page.locator('#learn').boundingBox();
      await first(page).focus();
      await note(page).waitFor();
      assert.equal(await note(page).textContent(), english.glossary.pretext);
      assert.equal(await first(page).getAttribute('aria-describedby'), await note(page).getAttribute('id'));
      assert.deepEqual(await page.locator('#learn').boundingBox(), before, 'nothing moves');
      assert.deepEqual(await findings(page), []);
      await page.keyboard.press('Escape');
      assert.equal(await note(page).count(), 0);
      assert.ok(await first(page).evaluate((button) => button === document.activeElement), 'the focus stays');
      await page.keyboard.press('Enter');
      await note(page).waitFor();
      await page.keyboard.press('Tab');
      await page.waitForFunction(
        (text) => document.querySelector('[role=tooltip]')?.textContent === text,
        english.glossary.epoch,
      );
      assert.equal(await note(page).count(), 1, 'one at a time');
      await page.keyboard.press('Escape');
      await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
      await first(page).hover();
      await note(page).hover();
      assert.equal(await note(page).textContent(), english.glossary.pretext, 'the mouse may go to the note');
      await page.mouse.move(0, 0);
      await note(page).waitFor({ state: 'detached' });
    });
  });

  test('mean something by touch, on a narrow phone', async () => {
    await inChromium(
      SMALL,
      async (page) => {
        await ready(page);
        for (const word of [first(page), page.locator('#learn .term-word').nth(1)]) {
          await word.tap();
          await note(page).waitFor();
          const box = await note(page).boundingBox();
          assert.ok(box && box.x >= 0 && box.x + box.width <= 320, `${JSON.stringify(box)} is in the window`);
        }
        await page.locator('#learn .term-word').nth(1).tap();
        await note(page).waitFor({ state: 'detached' });
      },
      { context: { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true } },
    );
  });

  test('are plain words on paper', async () => {
    await inChromium(SMALL, async (page) => {
      await ready(page);
      await first(page).focus();
      await note(page).waitFor();
      await page.emulateMedia({ media: 'print' });
      assert.equal(await note(page).count(), 0, 'its meaning is not printed');
      assert.equal(await first(page).evaluate((button) => getComputedStyle(button).textDecorationLine), 'none');
    });
  });
});
