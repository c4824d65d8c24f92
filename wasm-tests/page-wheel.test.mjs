// The wheel scrolls the page, wherever the pointer is and whatever was clicked before. On the map: page-latent.test.mjs.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { SMALL, openEverything, useBrowsers } from './support/browser-page.mjs';

const { inEach } = useBrowsers();
/** Fields that browsers would change by the wheel. */
const FIELDS = 'main :is(input[type=number], input[type=range]):enabled';

describe('the wheel', () => {
  inEach('scrolls over a field that has the focus, and leaves its value as it is', async (visit) => {
    await visit(SMALL, async (page) => {
      await openEverything(page);
      // What does this is fetched when the page is at rest.
      await page.waitForFunction((fields) => {
        const field = /** @type {HTMLElement} */ (document.querySelector(fields));
        field.focus({ preventScroll: true });
        field.dispatchEvent(new WheelEvent('wheel', { deltaY: 100, bubbles: true }));
        return document.activeElement !== field;
      }, FIELDS);
      const count = await page.locator(FIELDS).count();
      assert.ok(count > 12, `${count} fields`);
      for (let i = 0; i < count; i++) {
        const field = page.locator(FIELDS).nth(i);
        await field.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
        await field.hover();
        await field.focus();
        const before = await field.evaluate((element) => ({
          value: /** @type {HTMLInputElement} */ (element).value,
          top: element.getBoundingClientRect().top,
        }));
        await page.mouse.wheel(0, 120);
        const after = await field.evaluate(async (element, { value, top }) => {
          for (;;) {
            const now = /** @type {HTMLInputElement} */ (element).value;
            const moved = element.getBoundingClientRect().top < top - 20;
            if (moved || now !== value) return { value: now, moved };
            await new Promise((resolve) => requestAnimationFrame(resolve));
          }
        }, before);
        assert.deepEqual(
          after,
          { value: before.value, moved: true },
          await field.evaluate((element) => element.outerHTML),
        );
      }
    });
  });
});
