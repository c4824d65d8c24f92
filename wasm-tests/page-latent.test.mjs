// The latent map as a visitor uses it: by keyboard, wheel, drag and slider.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  LONG,
  draw,
  findings,
  finished,
  takePicture,
  press,
  sidewaysScroll,
  useBrowsers,
} from './support/browser-page.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

const DATA = 'data=generated&images=1100&tests=400&epochs=3&armEpochs=2';

const { inChromium, inBrowser } = useBrowsers();

/** @param {Page} page @param {number} [which] */
const map = (page, which = 0) => page.locator('.map').nth(which);

/** Brings the map into the window and waits for its picture. @param {Page} page */
async function toMap(page) {
  await page.locator('#map').scrollIntoViewIfNeeded();
  await page
    .getByRole('application', { name: /^Map of \d+ test digits/ })
    .first()
    .waitFor();
  await map(page).scrollIntoViewIfNeeded();
}

/** The canvas as text, to tell pictures apart. @param {Page} page @param {number} [which] */
const picture = (page, which = 0) =>
  map(page, which)
    .locator('canvas')
    .first()
    .evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());

/** Waits until the canvas shows something else. @param {Page} page @param {string} before */
const changed = (page, before) =>
  page.waitForFunction(
    (old) => /** @type {HTMLCanvasElement | null} */ (document.querySelector('.map canvas'))?.toDataURL() !== old,
    before,
  );

/** Zooms by wheel and buttons, pans by drag, and scrolls the page by the plain wheel. @param {Page} page */
async function byWheel(page) {
  const box = await map(page).boundingBox();
  assert.ok(box);
  const whole = await picture(page);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -300);
  await page.keyboard.up('Control');
  await changed(page, whole);
  const closer = await picture(page);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 - 120, box.y + box.height / 2 - 40, { steps: 4 });
  await page.mouse.up();
  await changed(page, closer);
  await press(page, 'Whole map');
  assert.ok(await page.getByRole('button', { name: 'Whole map' }).isDisabled());
  await press(page, english.map.closer);
  assert.ok(await page.getByRole('button', { name: english.map.farther }).isEnabled());
  const scrolled = await page.evaluate(() => scrollY);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, 200);
  await page.waitForFunction((before) => scrollY > before, scrolled);
  // Also after a click on the map, up and down.
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 3);
  const now = await page.evaluate(() => scrollY);
  await page.mouse.wheel(0, 150);
  await page.waitForFunction((before) => scrollY > before, now);
  await page.mouse.wheel(0, -300);
  await page.waitForFunction((before) => scrollY < before, now);
}

/** Pictures change at once. */
const still = { context: { reducedMotion: /** @type {const} */ ('reduce') } };

describe('the latent map', () => {
  inBrowser(
    'is walked by keyboard, wheel and drag: digits, zoom, pan and back; the plain wheel scrolls the page',
    async (visit) => {
      await visit(
        DATA,
        async (page) => {
          await toMap(page);
          await map(page).focus();
          await page.keyboard.press('ArrowRight');
          const status = map(page).locator('[role=status]');
          const first = await status.textContent();
          assert.match(first ?? '', /^[156], test image \d+$/);
          await page.locator('.map-tip canvas').waitFor();
          // From wherever the first one lies, there is a way to another one.
          for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowDown']) {
            await page.keyboard.press(key);
            if ((await status.textContent()) !== first) break;
          }
          assert.notEqual(await status.textContent(), first);
          const whole = await picture(page);
          await page.keyboard.press('+');
          await changed(page, whole);
          const closer = await picture(page);
          await page.keyboard.press('Shift+ArrowRight');
          await page.keyboard.press('Shift+ArrowDown');
          await changed(page, closer);
          assert.ok(await page.getByRole('button', { name: 'Whole map' }).isEnabled());
          await page.keyboard.press('0');
          await page.waitForFunction(
            (old) => /** @type {HTMLCanvasElement} */ (document.querySelector('.map canvas')).toDataURL() === old,
            whole,
          );
          await page.keyboard.press('Escape');
          assert.equal(await page.locator('.map-tip').count(), 0);
          await byWheel(page);
        },
        still,
      );
    },
  );

  inBrowser('winds the training back, from the first step to now', async (visit) => {
    await visit(
      DATA,
      async (page) => {
        await press(page, 'Train');
        await finished(page);
        await toMap(page);
        const slider = page.getByRole('slider', { name: english.map.moment });
        await page.locator('.timeline output', { hasText: 'now' }).waitFor();
        const last = Number(await slider.getAttribute('max'));
        // The first steps 0, 1, 2, 4, 8, 16 of 21 an epoch, then the epochs.
        assert.ok(last >= 8, `${last} moments`);
        const now = await picture(page);
        await slider.focus();
        await page.keyboard.press('Home');
        assert.equal(await slider.getAttribute('aria-valuetext'), 'before the first step');
        await changed(page, now);
        const untrained = await picture(page);
        await page.keyboard.press('ArrowRight');
        assert.equal(await slider.getAttribute('aria-valuetext'), 'after step 1');
        await changed(page, untrained);
        for (const words of ['after step 2', 'after step 4', 'after step 8', 'after step 16']) {
          await page.keyboard.press('ArrowRight');
          assert.equal(await slider.getAttribute('aria-valuetext'), words);
        }
        await page.keyboard.press('End');
        await page.waitForFunction(
          (old) => /** @type {HTMLCanvasElement} */ (document.querySelector('.map canvas')).toDataURL() === old,
          now,
        );
        await press(page, english.map.play);
        await page.locator('.timeline output', { hasText: 'after step 1 ' }).waitFor();
        await press(page, 'Stop');
      },
      still,
    );
  });

  test('follows the training, and moves from map to map', async () => {
    await inChromium(LONG, async (page) => {
      await toMap(page);
      const before = await picture(page);
      await press(page, 'Train');
      await changed(page, before);
      await page.waitForFunction(() => Number(document.querySelector('.timeline input')?.getAttribute('max')) > 8);
      await press(page, 'Pause');
    });
  });

  test('shows trained and random side by side, by PCA and LDA, with any digits', async () => {
    await inChromium(
      `${DATA}&latentDigits=38`,
      async (page) => {
        await press(page, 'Train');
        await finished(page);
        await toMap(page);
        await page.getByRole('radio', { name: 'Side by side' }).check();
        await page.waitForURL(/latentWeights=both/);
        await page.getByRole('application', { name: /digits \(3, 8\)\. Random features/ }).waitFor();
        const captions = page.locator('.map-figure figcaption');
        assert.equal(await captions.count(), 2);
        const pca = await captions.allTextContents();
        for (const text of pca)
          assert.match(text, /\d+ test digits · \d+% next to one of their own kind · \d+% of the spread/);
        await page.getByRole('radio', { name: /LDA/ }).check();
        await page.locator('figcaption', { hasText: 'of the difference between the kinds' }).nth(1).waitFor();
        const kin = (/** @type {string[]} */ texts) => texts.map((text) => Number(/(\d+)% next to/.exec(text)?.[1]));
        const lda = await captions.allTextContents();
        kin(lda).forEach((share, i) => assert.ok(share >= kin(pca)[i] - 5, `${lda[i]} after ${pca[i]}`));
        await page
          .locator('#map .note', { hasText: /fitted on (1[0-9]|2[0-9]) labelled training images of these digits/ })
          .waitFor();
        await page.getByRole('checkbox', { name: '8', exact: true }).uncheck();
        await page.locator('#map [role=alert]', { hasText: 'choose at least two digits' }).waitFor();
        await page.getByRole('checkbox', { name: '0', exact: true }).check();
        await page
          .getByRole('application', { name: /digits \(0, 3\)/ })
          .first()
          .waitFor();
        await page.waitForFunction(() => !document.querySelector('#map [role=alert]'));
        await takePicture(page.locator('#map'), 'map-both');
      },
      still,
    );
  });

  test('the drawing is a point on it', async () => {
    await inChromium(
      DATA,
      async (page) => {
        await toMap(page);
        const without = await picture(page);
        await draw(page, [
          [0.5, 0.2],
          [0.5, 0.8],
        ]);
        await map(page).scrollIntoViewIfNeeded();
        await changed(page, without);
        const one = await picture(page);
        await page.locator('.pad').focus();
        await page.keyboard.press('6');
        await map(page).scrollIntoViewIfNeeded();
        await changed(page, one);
      },
      still,
    );
  });

  test('hover shows the digit, the table lists the points, and a phone has room for all', async () => {
    await inChromium(DATA, async (page) => {
      await toMap(page);
      await page.locator('#map .numbers summary').click();
      const rows = page.locator('#map .numbers tbody tr');
      const count = Number(/\d+/.exec((await map(page).getAttribute('aria-label')) ?? '')?.[0]);
      /** @type {(string | null)[]} */
      const images = [];
      const later = page.getByRole('button', { name: 'Later rows' });
      for (let last = 0; last < count;) {
        if (last > 0) await later.click();
        const first = last + 1;
        last = Math.min(count, last + 50);
        await page.locator('#map .numbers').getByText(`${first} to ${last} of ${count}`).waitFor();
        assert.equal(await rows.count(), last - first + 1);
        assert.match((await rows.first().textContent()) ?? '', /^\d+[156]-?\d/);
        images.push(...(await rows.locator('th').allTextContents()));
      }
      assert.equal(new Set(images).size, count);
      assert.ok(await later.isDisabled());
      await map(page).evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
      const box = await map(page).boundingBox();
      assert.ok(box);
      // A sweep over the middle line meets some digit.
      for (let x = 0.05; x < 1 && (await page.locator('.map-tip').count()) === 0; x += 0.01)
        await page.mouse.move(box.x + x * box.width, box.y + box.height / 2);
      assert.match((await page.locator('.map-tip').textContent()) ?? '', /^[156] · no\. \d+$/);
    });
    await inChromium(
      `${DATA}&latentWeights=both`,
      async (page) => {
        await toMap(page);
        assert.ok((await sidewaysScroll(page)) <= 0);
        await map(page).evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
        const box = await map(page).boundingBox();
        assert.ok(box);
        // Two fingers that part.
        const touch = await page.context().newCDPSession(page);
        const fingers = (/** @type {number} */ apart) =>
          [-1, 1].map((side, id) => ({ id, x: box.x + box.width / 2 + side * apart, y: box.y + box.height / 2 }));
        await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(20) });
        for (let apart = 30; apart <= 80; apart += 10)
          await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(apart) });
        await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
        await page.getByRole('button', { name: 'Whole map' }).and(page.locator(':enabled')).waitFor();
        assert.equal(await page.evaluate(() => visualViewport?.scale), 1, 'the page itself is not enlarged');
        await takePicture(page.locator('#map'), 'map-phone');
      },
      { context: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } },
    );
  });

  test('axe finds nothing in it, light or dark', async () => {
    await inChromium(`${DATA}&latentWeights=both`, async (page) => {
      await toMap(page);
      await map(page).focus();
      await page.keyboard.press('ArrowRight');
      await page.locator('#map .numbers summary').click();
      for (const theme of ['light', 'dark']) {
        if (theme === 'dark') await press(page, 'Dark');
        assert.equal(await page.locator('html').getAttribute('data-theme'), theme);
        assert.deepEqual(await findings(page), [], theme);
      }
    });
  });
});
