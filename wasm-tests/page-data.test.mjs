// The data section in a real Chromium: files chosen and dropped, their faults, and what is in them.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dragged, finished, takePicture, press, sidewaysScroll, useBrowsers } from './support/browser-page.mjs';
import { barFiles, labelFile, plainBarFiles } from './support/idx.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { inChromium, inBrowser } = useBrowsers();
const TINY = 'data=generated&images=330&tests=100&epochs=1&armEpochs=1';

/** @param {string} name @param {Buffer} buffer */
const file = (name, buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

/** Drags files from outside over the page. @param {Page} page @param {ReturnType<typeof file>[]} files */
async function dragOver(page, files) {
  const transfer = await dragged(page, files);
  await page.dispatchEvent('h1', 'dragover', { dataTransfer: transfer });
  await page.locator('.drop-sign').waitFor();
  return transfer;
}

/** Drags files from outside over the page and lets them fall there. @param {Page} page @param {ReturnType<typeof file>[]} files */
async function drop(page, files) {
  await page.dispatchEvent('h1', 'drop', { dataTransfer: await dragOver(page, files) });
}

/** The numbers of images as the table of classes says. @param {Page} page */
const counts = (page) => page.locator('.classes tbody td:nth-child(2)').allTextContents();

describe('the data section', () => {
  inBrowser(
    'a file that hangs over the page no more leaves no sign behind, whether that is reported or not',
    async (visit) => {
      await visit(TINY, async (page) => {
        const files = [file('one', Buffer.from('1'))];
        await dragOver(page, files);
        await page.dispatchEvent('.drop-sign', 'dragleave');
        await page.locator('.drop-sign').waitFor({ state: 'detached' });
        for (const afterwards of [
          () => page.mouse.move(200, 300),
          () => page.mouse.click(210, 310),
          () => page.keyboard.press('Escape'),
        ]) {
          await dragOver(page, files);
          await afterwards();
          await page.locator('.drop-sign').waitFor({ state: 'detached' });
        }
      });
    },
  );

  inBrowser('takes IDX files, and names the fault of those that it cannot use', async (visit) => {
    const { images, labels } = barFiles(350);
    await visit(TINY, async (page) => {
      await page.getByLabel('My files').check();
      const picker = page.locator('#files');
      await picker.setInputFiles([file('bars-images.gz', images.subarray(0, 60)), file('bars-labels.gz', labels)]);
      await page.getByText('bars-images.gz: the gzip data are damaged').waitFor();
      await picker.setInputFiles([file('bars-images.gz', images)]);
      await page.getByText('you chose 1 file of images and 0 of labels').waitFor();
      // The missing part may come later.
      await picker.setInputFiles([file('bars-labels.gz', labels)]);
      await page.locator('.sources .note', { hasText: 'bars-images.gz, bars-labels.gz' }).waitFor();
      assert.equal(await page.locator('.sources .error').count(), 0);
      await press(page, 'Train');
      await finished(page);
      assert.match((await page.locator('#duel').textContent()) ?? '', /Data: bars-images\.gz, bars-labels\.gz/);
    });
  });

  inBrowser(
    'takes files dropped anywhere, turns EMNIST upright, and offers what can be used of letters',
    async (visit) => {
      const { images } = plainBarFiles(350);
      const letters = labelFile(Array.from({ length: 350 }, (_, i) => 1 + (i % 26)));
      await visit(TINY, async (page) => {
        const before = await page.locator('.sources .note').textContent();
        await drop(page, [
          file('emnist-letters-train-images-idx3-ubyte', images),
          file('emnist-letters-train-labels-idx1-ubyte', letters),
        ]);
        await page
          .getByText(/label 10, but the networks know ten classes only, 0 to 9; 126 of the 350 images/)
          .waitFor();
        assert.equal(
          await page.locator('.sources .note:not(.error)').textContent(),
          before,
          'the data stay as they were',
        );
        await press(page, 'Use only labels 0 to 9');
        await page.locator('.sources .note', { hasText: 'labels 0 to 9 only' }).waitFor();
        assert.equal(await page.getByLabel('Swap rows and columns').isChecked(), true);
        await page.locator('.classes tbody th', { hasText: /^A$/ }).waitFor();
        // 126 images less the seventh part for the test.
        await page.waitForFunction(
          () =>
            [...document.querySelectorAll('.classes tbody td:nth-child(2)')].reduce(
              (sum, cell) => sum + Number(cell.textContent),
              0,
            ) === 108,
        );
        await page.getByLabel('Swap rows and columns').uncheck();
        await page.waitForFunction(() => !document.querySelector('.sources .note')?.textContent?.includes('swapped'));
        await press(page, 'Train');
        await finished(page);
      });
    },
  );

  test('shows how many there are of each class, some of them, and their mean', async () => {
    const { images, labels } = plainBarFiles(350);
    await inChromium(TINY, async (page) => {
      await drop(page, [file('fashion-images', images), file('fashion-labels', labels)]);
      await page.locator('.classes tbody th', { hasText: 'ankle boot' }).waitFor();
      // The classes are called by their names elsewhere, too.
      await page
        .locator('.turns canvas[aria-label="The garment T-shirt, turned 90 degrees counter-clockwise"]')
        .waitFor();
      await press(page, 'Test garment bag');
      await page.getByRole('heading', { name: 'Draw a garment' }).waitFor();
      await page.locator('#draw .stem-label', { hasText: /^Ba$/ }).first().waitFor();
      await page.waitForFunction(() => document.querySelector('.classes tbody td')?.textContent === '30');
      assert.deepEqual(await counts(page), new Array(10).fill('30'));
      // Every image of class 1 is a bar in row 6, and so is their mean.
      const rows = await page
        .locator('.classes tbody tr')
        .nth(1)
        .locator('canvas')
        .evaluateAll((canvases) =>
          canvases.map((canvas) => {
            const { width } = /** @type {HTMLCanvasElement} */ (canvas);
            const context = /** @type {HTMLCanvasElement} */ (canvas).getContext('2d');
            const image = context?.getImageData(width - 28, 0, 28, 28).data ?? [];
            return Array.from({ length: 28 }, (_, row) => image[4 * (28 * row + 10)]).flatMap((grey, row) =>
              grey > 200 ? [row] : [],
            );
          }),
        );
      assert.deepEqual(rows, [[6], [6]]);
      assert.match((await page.locator('.histogram').textContent()) ?? '', /98\.0% of the pixels are blank/);
      // Its columns are walked by keyboard, and say what the table says.
      await page.locator('.histogram summary').press('Enter');
      const row = page.locator('.histogram tbody tr').first();
      await row.waitFor();
      const cells = await row.locator('th, td').allTextContents();
      assert.equal(cells[0], '1–15');
      await page.getByRole('application', { name: /^Share of all pixels by grey value/ }).focus();
      await page.keyboard.press('Home');
      await page.locator('.histogram [role=status]', { hasText: `${cells[0]}: ${cells[1]}` }).waitFor();
      await page.getByLabel(english.data.sets.test, { exact: true }).check();
      await page.waitForFunction(() => document.querySelector('.classes tbody td')?.textContent === '5');
      await takePicture(page.locator('#data'), 'data');
      await page.setViewportSize({ width: 360, height: 740 });
      assert.ok((await sidewaysScroll(page)) <= 0, 'no sideways scroll on a phone');
    });
  });
});
