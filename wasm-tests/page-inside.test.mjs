// The view inside the networks as a visitor uses it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cellAt, corner, paint, reach, size, step } from '../web/src/features/inside/maps.js';
import {
  LONG,
  SMALL,
  draw,
  findings,
  takePicture,
  press,
  sidewaysScroll,
  useBrowsers,
} from './support/browser-page.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

const grid = { count: 5, side: 3, columns: 2 };

test('cells of small multiples are found by place and by key', () => {
  assert.deepEqual(size(grid), { width: 7, height: 11 });
  assert.deepEqual(corner(grid, 3), { x: 4, y: 4 });
  assert.deepEqual(cellAt(grid, 6.9, 4.1), { map: 3, row: 0, column: 2 });
  assert.deepEqual(cellAt(grid, 3.5, 0), { map: 0, row: 0, column: 2 }, 'a gap counts to the map before it');
  assert.equal(cellAt(grid, 5, 9), null, 'there is no sixth map');
  assert.equal(cellAt(grid, -1, 0), null);
  const at = { map: 0, row: 1, column: 2 };
  assert.deepEqual(step(grid, at, 'ArrowRight'), { map: 1, row: 1, column: 0 });
  assert.deepEqual(step(grid, at, 'ArrowLeft'), { map: 0, row: 1, column: 1 });
  assert.deepEqual(step(grid, { map: 0, row: 2, column: 0 }, 'ArrowDown'), { map: 2, row: 0, column: 0 });
  assert.deepEqual(step(grid, { map: 3, row: 2, column: 0 }, 'ArrowDown'), { map: 3, row: 2, column: 0 });
  assert.deepEqual(step(grid, at, 'PageDown'), { map: 1, row: 1, column: 2 });
  assert.deepEqual(step(grid, at, 'End'), { map: 4, row: 2, column: 2 });
  assert.equal(step(grid, at, 'Tab'), null);
});

test('colours run from one end through zero to the other', () => {
  const colours = {
    low: /** @type {[number, number, number]} */ ([0, 0, 200]),
    zero: /** @type {[number, number, number]} */ ([100, 100, 100]),
    high: /** @type {[number, number, number]} */ ([200, 0, 0]),
  };
  const pixels = paint(
    { count: 2, side: 2, columns: 2 },
    ({ map, row, column }) =>
      [
        [-1, 0.5],
        [0, NaN],
      ][row][column] *
      (map + 1),
    colours,
  );
  const pixel = (/** @type {number} */ x, /** @type {number} */ y) => [
    ...pixels.subarray(4 * (5 * y + x), 4 * (5 * y + x) + 4),
  ];
  assert.deepEqual(pixel(0, 0), [0, 0, 200, 255]);
  assert.deepEqual(pixel(1, 0), [150, 50, 50, 255]);
  assert.deepEqual(pixel(0, 1), [100, 100, 100, 255]);
  assert.deepEqual(pixel(1, 1), [0, 0, 0, 0], 'what is not a number stays empty');
  assert.deepEqual(pixel(2, 0), [0, 0, 0, 0], 'the gap');
  assert.deepEqual(pixel(3, 0), [0, 0, 200, 255], 'beyond the end is the end');
  assert.equal(reach([1, -3], [NaN, 2]), 3);
  assert.ok(reach([0]) > 0);
});

/** The pictures as texts, so that they can be compared. @param {Page} page @param {string} selector */
const pictures = (page, selector) =>
  page
    .locator(`${selector} canvas`)
    .evaluateAll((all) => all.map((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL()));

/** Waits until a picture is another than it was. @param {Page} page @param {string} selector @param {string[]} before */
const changed = (page, selector, before) =>
  page.waitForFunction(
    ({ where, old }) => {
      const now = [...document.querySelectorAll(`${where} canvas`)];
      return (
        now.length === old.length &&
        now.every((canvas, i) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL() !== old[i])
      );
    },
    { where: selector, old: before },
  );

/** Once something is painted. @param {Page} page @param {string} selector */
const painted = (page, selector) =>
  page.waitForFunction((where) => {
    const canvas = /** @type {HTMLCanvasElement | null} */ (document.querySelector(`${where} canvas`));
    if (!canvas) return false;
    const blank = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height });
    return canvas.toDataURL() !== blank.toDataURL();
  }, selector);

/** A figure as it is shown. @param {string | undefined} text */
const number = (text) => Number(text?.replace('−', '-'));

/** The figures of a sum, as the page shows them: they add up, and the unit has the engine's value. @param {Page} page */
async function addsUp(page) {
  const unit = page.locator('.unit');
  const text = (await unit.locator('.unit-steps').textContent()) ?? '';
  const [, products, bias, sum] = /(−?[\d.]+) \+ bias \((−?[\d.]+)\) = (−?[\d.]+)/.exec(text) ?? [];
  assert.ok(Math.abs(number(products) + number(bias) - number(sum)) < 0.002, text);
  const values = await unit.locator('.unit-pool button').allTextContents();
  assert.equal(values.length, 4);
  const most = Math.max(...values.map((value) => number(value.replace(' ✓', ''))));
  const [, given] = /The engine gives this unit ([\d.]+)\. Shown/.exec(text) ?? [];
  assert.equal(number(given), most, text);
  return { text, products: number(products) };
}

/** @param {Page} page */
async function unitByItsNumbers(page) {
  const unit = page.locator('.unit');
  await unit.scrollIntoViewIfNeeded();
  await unit.locator('.unit-pool').waitFor();
  const { products } = await addsUp(page);
  const cells = (await unit.locator('.unit-grid').last().locator('td').allTextContents()).map(number);
  assert.equal(cells.length, 9);
  const total = cells.reduce((sum, each) => sum + each, 0);
  assert.ok(Math.abs(total - products) < 0.006, `${total} and ${products}`);
  // By the keys of its own map: another unit, whose numbers add up too.
  const small = unit.getByRole('slider', { name: /after the pool\. Use the arrow keys/ });
  await small.press('Home');
  await page.waitForFunction(() =>
    /^Row 1, column 1:/.test(document.querySelector('.unit .multiples')?.getAttribute('aria-valuetext') ?? ''),
  );
  await small.press('ArrowRight');
  await addsUp(page);
  // What is shown product by product is any of those that the pool chooses from.
  await unit.locator('.unit-pool button').nth(3).click();
  assert.equal(await unit.locator('.unit-pool [aria-pressed=true]').count(), 1);
  await addsUp(page);
  // By a click on the maps above: a unit of the second stage, with a sum for each channel.
  const maps = page.locator('.stage[data-stage=stage2] .multiples').last();
  await maps.click({ position: { x: 3, y: 3 } });
  await unit.getByText('Do the same in all 64 channels').waitFor();
  assert.ok(await unit.getByRole('radiogroup', { name: 'Image' }).getByLabel('Turned 180°').isChecked());
  assert.equal(await unit.getByRole('spinbutton', { name: 'Map' }).inputValue(), '1');
  await addsUp(page);
  const channels = unit.getByRole('slider', { name: /^Sums of the 64 channels/ });
  await channels.press('End');
  await unit.getByText(/^In channel 64, the products of kernel 1 sum to −?[\d.]+\.$/).waitFor();
  const [, whole] = /The 64 channels together: (−?[\d.]+)\./.exec((await addsUp(page)).text) ?? [];
  assert.ok(Number.isFinite(number(whole)));
}

describe('the view inside', () => {
  const { inChromium, inBrowser } = useBrowsers();

  inBrowser('shows kernels as they learn, and those of each network', async (visit) => {
    await visit(LONG, async (page) => {
      await page.locator('#inside').scrollIntoViewIfNeeded();
      await page.locator('.kernels').scrollIntoViewIfNeeded();
      await painted(page, '.kernels');
      const untrained = await pictures(page, '.kernels');
      await press(page, 'Train');
      await page.locator('.kernels').scrollIntoViewIfNeeded();
      await changed(page, '.kernels', untrained);
      await press(page, 'Pause');
      await page.locator('.run-line', { hasText: 'Paused' }).waitFor();
      await page.locator('.kernels').scrollIntoViewIfNeeded();
      const choice = page.locator('.activations').getByRole('radiogroup', { name: 'Network' });
      await choice.getByLabel('Random features').check();
      await page.getByRole('heading', { name: 'First-layer kernels: Random features' }).waitFor();
      await page.getByText(english.inside.kernels.notes.random).waitFor();
      const slider = page.locator('.kernels').getByRole('slider');
      await slider.focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      const text = (await slider.getAttribute('aria-valuetext')) ?? '';
      assert.match(text, /^Kernel 1, row 1, column 2: −?0\.\d+$/);
      assert.equal(await page.locator('.kernels .readout-text').textContent(), text);
      const limit = Number(await page.locator('.kernels .scale-ends span').last().textContent());
      assert.ok(limit > 0 && Math.abs(Number(text.split(': ')[1].replace('−', '-'))) <= limit);
    });
  });

  inBrowser(
    'shows what the chosen digit and its turned self give, with values under the pointer',
    async (visit, engine) => {
      await visit(SMALL, async (page) => {
        await page.locator('#inside').scrollIntoViewIfNeeded();
        await page.locator('.kernels').scrollIntoViewIfNeeded();
        await painted(page, '.stage');
        const before = await pictures(page, '.stage');
        assert.equal(before.length, 4, 'two stages, upright and turned');
        assert.notEqual(before[0], before[1]);
        const maps = page.locator('.stage .multiples').first();
        await maps.scrollIntoViewIfNeeded();
        await maps.hover();
        const read = page.locator('.stage[data-stage="stage1"] .readout-text');
        await read
          .filter({ hasText: /^Map \d+, row \d, column \d: [\d.e-]+$/ })
          .first()
          .waitFor();
        const [here, there] = (await read.allTextContents()).map((text) => text.split(':')[0]);
        assert.equal(here, there, 'both images are read at the same place');
        await page.getByRole('radiogroup', { name: 'Turned by' }).getByLabel('180°').check();
        const [, turned, , turned2] = before;
        await page.waitForFunction(
          (old) =>
            [1, 3].every(
              (i, k) =>
                /** @type {HTMLCanvasElement} */ (document.querySelectorAll('.stage canvas')[i]).toDataURL() !== old[k],
            ),
          [turned, turned2],
        );
        await page.locator('.activations-input', { hasText: 'Turned 180°' }).waitFor();
        await unitByItsNumbers(page);
        assert.deepEqual(await findings(page), []);
        await takePicture(page.locator('#inside'), `inside-${engine.toLowerCase()}`);
      });
    },
  );

  test('takes the drawing on a phone too', async () => {
    await inChromium(
      SMALL,
      async (page) => {
        await page.locator('#inside').scrollIntoViewIfNeeded();
        await page.locator('.kernels').scrollIntoViewIfNeeded();
        await page.getByRole('radiogroup', { name: 'Image', exact: true }).getByLabel('My drawing').check();
        await page.getByText('You have not drawn anything yet.').waitFor();
        await draw(page, [
          [0.5, 0.2],
          [0.5, 0.8],
        ]);
        await page.locator('.activations').scrollIntoViewIfNeeded();
        await painted(page, '.stage');
        await page.locator('.activations .note', { hasText: 'Your drawing.' }).waitFor();
        assert.ok((await sidewaysScroll(page)) <= 0, 'no sideways scroll');
      },
      { context: { viewport: { width: 360, height: 740 } } },
    );
  });
});
