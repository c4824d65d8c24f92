// Drawing as a visitor does: by mouse, pen, finger and keys; turned by the dial; kept, labelled and trained on.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { fileURLToPath } from 'node:url';
import {
  downloaded,
  draw,
  drawByFinger,
  findings,
  finished,
  inkSeen,
  takePicture,
  press,
  ready,
  sidewaysScroll,
  signature,
  unfold,
  useBrowsers,
} from './support/browser-page.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

const native = process.env.QUARTERTURN_CLI ?? fileURLToPath(new URL('../build/native/quarterturn', import.meta.url));
const DATA = 'data=generated&images=1100&tests=100&epochs=1&armEpochs=2';

const { inChromium, inBrowser } = useBrowsers();

/** An upright stroke. @param {Page} page */
const stroke = (page) =>
  draw(page, [
    [0.5, 0.2],
    [0.5, 0.8],
  ]);

/** Width and height of the ink that the networks see. @param {Page} page */
const shape = (page) =>
  page.locator('.draw-seen canvas').evaluate((canvas) => {
    const context = /** @type {HTMLCanvasElement} */ (canvas).getContext('2d');
    const data = context?.getImageData(0, 0, 28, 28).data ?? new Uint8ClampedArray();
    const [xs, ys] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
    for (let i = 0; i < 784; i++) {
      if (data[4 * i] < 60) continue;
      xs.push(i % 28);
      ys.push(Math.floor(i / 28));
    }
    return { width: Math.max(...xs) - Math.min(...xs) + 1, height: Math.max(...ys) - Math.min(...ys) + 1 };
  });

/** Waits until the ink lies or stands. @param {Page} page @param {'lies' | 'stands'} how */
async function until(page, how) {
  for (;;) {
    const { width, height } = await shape(page);
    if (how === 'lies' ? width > 2 * height : height > 2 * width) return;
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

/** Tests read the canvases more often than the page does. */
const reads = { complaints: /willReadFrequently/ };

/** What lies under the pad is fetched when it comes near. @param {Page} page */
async function toSet(page) {
  await page.locator('.draw-answers .stem-plot').last().scrollIntoViewIfNeeded();
  await unfold(page, 'My digits');
  await page.locator('.mine').waitFor();
}

/** @param {Page} page */
const dial = (page) => page.getByRole('slider', { name: 'Turn the drawing' });

/** The ink once the answers have caught up with the pad: two looks in a row agree. @param {Page} page */
async function inkAtRest(page) {
  for (let before = -1; ;) {
    const ink = await inkSeen(page);
    if (ink === before) return ink;
    before = ink;
    await page.waitForTimeout(400);
  }
}

describe('drawing', () => {
  inBrowser('the dial turns what the networks see, by key and by pointer', async (visit) => {
    await visit(
      DATA,
      async (page) => {
        await stroke(page);
        await until(page, 'stands');
        await dial(page).focus();
        await page.keyboard.press('PageUp');
        assert.equal(await dial(page).getAttribute('aria-valuetext'), '90° right');
        assert.equal(await dial(page).getAttribute('aria-valuenow'), '90');
        await until(page, 'lies');
        await page.keyboard.press('Home');
        await until(page, 'stands');
        await page.keyboard.press('ArrowLeft');
        assert.equal(await dial(page).getAttribute('aria-valuetext'), '5° left');
        const box = await dial(page).boundingBox();
        assert.ok(box);
        await page.mouse.click(box.x + 8, box.y + box.height / 2);
        assert.equal(await dial(page).getAttribute('aria-valuetext'), '90° left');
        await until(page, 'lies');
        await page.getByText('Turned by the dial: 90° left.').waitFor();
        await press(page, '90° left');
        assert.equal(await dial(page).getAttribute('aria-valuetext'), 'upside down');
        await press(page, 'Upright');
        await until(page, 'stands');
      },
      reads,
    );
  });

  test('the opinion at every angle adds up, and is there as a table', async () => {
    await inChromium(DATA, async (page) => {
      await press(page, 'Test digit 7');
      await page.locator('.opinion path').nth(3).waitFor({ state: 'attached' });
      await page.locator('.opinion-rows').focus();
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowLeft');
      await page.locator('#draw .numbers summary').click();
      await page.locator('#draw .numbers tbody tr').nth(24).waitFor();
      const look = () =>
        page.evaluate(() => ({
          heard: document.querySelector('.opinions [role=status]')?.textContent ?? '',
          rows: [...document.querySelectorAll('#draw .numbers tbody tr')].map((row) =>
            [...row.children].map((cell) => cell.textContent ?? ''),
          ),
        }));
      // What is heard and the table change together with the answers, which may still be on their way.
      let { heard, rows } = await look();
      for (let i = 0; i < 100 && !isDeepStrictEqual(heard.match(/[\d.]+%/g), rows[1].slice(1)); i++) {
        for (const key of ['ArrowRight', 'ArrowLeft']) await page.locator('.opinion-rows').press(key);
        ({ heard, rows } = await look());
      }
      assert.match(heard, /^165° right: 0° [\d.]+%, 90° [\d.]+%, 180° [\d.]+%, 270° [\d.]+%$/);
      assert.equal(rows.length, 25);
      for (const [angle, ...shares] of rows) {
        const sum = shares.reduce((total, share) => total + parseFloat(share), 0);
        assert.ok(Math.abs(sum - 100) < 0.3, `${angle}: ${shares}`);
      }
      assert.deepEqual(heard.match(/[\d.]+%/g), rows[1].slice(1), 'walked by keyboard it says what the table says');
      assert.deepEqual(rows[0].slice(1), rows[24].slice(1), 'both ends are upside down');
      assert.match(
        (await page.locator('.opinion-rows').getAttribute('aria-label')) ?? '',
        /^Most likely answer by angle, counter-clockwise: \d+° from /,
      );
    });
  });

  test('the nearest pictures are sorted, in three spaces', async () => {
    await inChromium(DATA, async (page) => {
      await press(page, 'Test digit 0');
      await page.locator('.nearest li').nth(17).waitFor();
      const rows = await page
        .locator('.nearest ol')
        .evaluateAll((lists) =>
          lists.map((list) =>
            [...list.querySelectorAll('li > span')].map((item) => Number((item.textContent ?? '').split(' ')[1])),
          ),
        );
      assert.deepEqual(
        rows.map(({ length }) => length),
        [6, 6, 6],
      );
      for (const row of rows) {
        assert.deepEqual(
          row,
          [...row].sort((a, b) => a - b),
        );
        assert.ok(row[0] >= 0 && row[5] <= 1);
      }
      assert.ok(rows[2][0] > rows[0][0], 'features forget what pixels still tell apart');
      await page.locator('.nearest .note', { hasText: 'From the 1,000 images of the pretext task' }).waitFor();
    });
  });

  inBrowser('undo takes back a clear, and the pad listens to keys', async (visit) => {
    await visit(
      DATA,
      async (page) => {
        await stroke(page);
        await page.waitForFunction(() => /: \d, \d+%/.test(document.querySelector('#draw .stems')?.ariaLabel ?? ''));
        const ink = await inkAtRest(page);
        const empty = () => page.getByRole('application', { name: 'Drawing pad, empty' }).waitFor();
        const full = () => page.getByRole('application', { name: 'Drawing pad, with a drawing' }).waitFor();
        await press(page, 'Clear');
        await empty();
        await press(page, 'Undo');
        await full();
        await page.waitForFunction(() => /: \d, \d+%/.test(document.querySelector('#draw .stems')?.ariaLabel ?? ''));
        assert.equal(await inkAtRest(page), ink);
        await page.locator('.pad').focus();
        await page.keyboard.press('Delete');
        await empty();
        await page.keyboard.press('4');
        await full();
        assert.equal(await page.getByRole('button', { name: 'Test digit 4' }).getAttribute('aria-pressed'), 'true');
        await page.keyboard.press('Backspace');
        await empty();
      },
      reads,
    );
  });

  test('a pen draws as broad as it is pressed', async () => {
    await inChromium(
      DATA,
      async (page) => {
        const pad = page.locator('.pad canvas');
        await pad.scrollIntoViewIfNeeded();
        const box = await pad.boundingBox();
        assert.ok(box);
        const session = await page.context().newCDPSession(page);
        const inks = [];
        for (const force of [0.1, 0.9]) {
          const at = (/** @type {number} */ share) => ({ x: box.x + box.width / 2, y: box.y + share * box.height });
          const pen = {
            button: /** @type {const} */ ('left'),
            buttons: 1,
            pointerType: /** @type {const} */ ('pen'),
            force,
          };
          await session.send('Input.dispatchMouseEvent', { type: 'mousePressed', clickCount: 1, ...at(0.2), ...pen });
          for (let share = 0.25; share <= 0.8; share += 0.05)
            await session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...at(share), ...pen });
          await session.send('Input.dispatchMouseEvent', { type: 'mouseReleased', clickCount: 1, ...at(0.8), ...pen });
          inks.push(
            await pad.evaluate((canvas) => {
              const context = /** @type {HTMLCanvasElement} */ (canvas).getContext('2d');
              return (
                context?.getImageData(0, 0, 280, 280).data.reduce((sum, v, i) => sum + (i % 4 === 0 ? v : 0), 0) ?? 0
              );
            }),
          );
          await press(page, 'Clear');
        }
        assert.ok(inks[0] > 0 && inks[1] > 1.6 * inks[0], `${inks}`);
      },
      reads,
    );
  });

  inBrowser(
    'own digits, drawn by finger, are kept over a reload, tested, saved as IDX and removed',
    async (visit, engine) => {
      const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
      await visit(
        DATA,
        async (page) => {
          await toSet(page);
          await page.getByText(english.draw.keep.title).click();
          for (const label of [1, 1, 4]) {
            await drawByFinger(page, [
              [0.5, 0.2],
              [0.5, 0.8],
            ]);
            await press(page, `Save the drawing as a ${label}`);
            await page.getByRole('application', { name: 'Drawing pad, empty' }).waitFor();
          }
          await page.locator('.mine .note', { hasText: '3 saved (2 × 1, 1 × 4).' }).waitFor();
          await page.reload();
          await ready(page);
          await toSet(page);
          await page.locator('.mine-list li').nth(2).waitFor();
          await press(page, 'Train');
          await finished(page);
          const right = page.locator('.mine-table tbody tr td:nth-child(2)');
          await page
            .locator('.mine-table td', { hasText: / of 3$/ })
            .nth(2)
            .waitFor();
          for (const text of await right.allTextContents()) assert.match(text, /^[0-3] of 3$/);
          await page
            .locator('.mine-table td', { hasText: /^\d+\.\d% to \d+\.\d%$/ })
            .nth(2)
            .waitFor();
          const { bytes: images } = await downloaded(page, 'My images');
          const { bytes: labels } = await downloaded(page, 'My labels');
          assert.equal(images.length, 16 + 3 * 784);
          assert.deepEqual([...images.subarray(0, 8)], [0, 0, 8, 3, 0, 0, 0, 3]);
          assert.deepEqual([...labels], [0, 0, 8, 1, 0, 0, 0, 3, 1, 1, 4]);
          assert.ok((await sidewaysScroll(page)) <= 0);
          await takePicture(page, `draw-phone-${engine.toLowerCase()}`, { fullPage: true });
          await press(page, 'Remove my digit 2, a 1');
          await page.locator('.mine .note', { hasText: '2 saved (1 × 1, 1 × 4).' }).waitFor();
          await press(page, 'Remove all');
          await page.locator('.mine .note', { hasText: 'Draw on the pad, then say which digit it is.' }).waitFor();
        },
        { context: phone },
      );
    },
  );

  test('own digits among the labelled ones: said everywhere, and the native program makes the same run', async (context) => {
    await inChromium(DATA, async (page) => {
      await stroke(page);
      await page.getByText(english.draw.keep.title).click();
      await press(page, 'Save the drawing as a 1');
      await press(page, english.draw.mine.with);
      await page.locator('.mine-train .note', { hasText: /In use: .* \+ 1 of my digits \([0-9a-f]{4}\)/ }).waitFor();
      await page.waitForURL(/mine=train/);
      await ready(page);
      await page.locator('.command', { hasText: '--data FOLDER-OF-THE-FOUR-FILES' }).waitFor();
      await press(page, 'Train');
      await finished(page);
      await page.getByText(english.draw.mine.trainedOn).waitFor();
      await page.locator('#duel .note', { hasText: '1 of my digits' }).first().waitFor();
      const found = await signature(page);
      const command = (await page.locator('.command').textContent()) ?? '';
      const folder = mkdtempSync(path.join(tmpdir(), 'quarterturn-mine-'));
      try {
        for (const title of ['training images', 'training labels', 'test images', 'test labels']) {
          const [file] = await Promise.all([page.waitForEvent('download'), press(page, title)]);
          await file.saveAs(path.join(folder, file.suggestedFilename()));
        }
        if (!existsSync(native)) context.skip('the native program is not built');
        else {
          const args = command.replace('FOLDER-OF-THE-FOUR-FILES', folder).split(' ').slice(1);
          const report = execFileSync(native, [...args, '--json', '-'], {
            encoding: 'utf8',
            stdio: 'pipe',
          });
          assert.equal(/"signature": *"([0-9a-f]{16})"/.exec(report)?.[1], found);
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
      await press(page, english.draw.mine.without);
      await page.locator('.command', { hasText: '--data generated:1100:100:1' }).waitFor();
    });
  });

  test('axe finds nothing in it, light or dark', async () => {
    await inChromium(DATA, async (page) => {
      await press(page, 'Test digit 3');
      await page.locator('.nearest li').nth(17).waitFor();
      await page.getByText(english.draw.keep.title).click();
      await press(page, 'Save the drawing as a 3');
      await press(page, 'Test digit 8');
      // What is out of sight is not asked for, and what stands above may still grow.
      await page.waitForFunction(() => {
        document.querySelector('.opinion-rows')?.scrollIntoView({ block: 'center' });
        return document.querySelector('#draw .numbers summary') !== null;
      });
      await page.locator('#draw .numbers summary').click();
      await page.locator('.mine-table').waitFor();
      for (const theme of ['light', 'dark']) {
        if (theme === 'dark') await press(page, 'Dark');
        assert.equal(await page.locator('html').getAttribute('data-theme'), theme);
        assert.deepEqual(await findings(page), [], theme);
        await takePicture(page.locator('#draw'), `draw-${theme}`);
      }
    });
  });
});
