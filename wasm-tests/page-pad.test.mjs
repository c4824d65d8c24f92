// The pad, and every other drag of the page, where the end of a drag is not reported as it should be; and the pixels of
// a drawing, which no protection against fingerprinting may alter.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { makeInk } from '../web/src/features/draw/pad.js';
import { downloaded, finished, keepSection, outOfSight, press, useBrowsers } from './support/browser-page.mjs';
import { noisyCanvas, sendPointers, whiteCanvas } from './support/habits.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Parameters<typeof sendPointers>[0]['events']} Events */

const DATA = 'data=generated&images=330&tests=100&epochs=1&armEpochs=1';
const PAD = '.pad canvas';
const reads = { complaints: /willReadFrequently/ };

const { inChromium, inBrowser, inEach } = useBrowsers();

/** Bright pixels of the pad, when it is painted. @param {Page} page @returns {Promise<number>} */
const ink = (page) =>
  page.evaluate(async (pad) => {
    for (let i = 0; i < 2; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
    const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector(pad));
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return data.reduce((sum, value, i) => sum + (i % 4 === 0 && value > 127 ? 1 : 0), 0);
  }, PAD);

/** @param {Page} page @param {Events} events @param {string} [target] */
const send = (page, events, target = PAD) => page.evaluate(sendPointers, { target, events });

/** @param {Page} page @param {string} target @returns {Promise<(x: number, y: number) => [number, number]>} */
async function placesOf(page, target) {
  const element = page.locator(target).first();
  await page.locator('footer').waitFor(); // until all parts are there its place may change
  await element.scrollIntoViewIfNeeded();
  const box = await element.boundingBox();
  assert.ok(box);
  return (x, y) => [box.x + x * box.width, box.y + y * box.height];
}

/** @param {Page} page */
async function toDial(page) {
  await page.locator('.draw-answers .stem-plot').last().scrollIntoViewIfNeeded();
  await page.locator('.dial').waitFor();
}

/** @param {Page} page */
async function toMap(page) {
  await page.locator('#map').scrollIntoViewIfNeeded();
  await page
    .getByRole('application', { name: /^Map of \d+ test digits/ })
    .first()
    .waitFor();
  await page.locator('.map').scrollIntoViewIfNeeded();
}

/** What a drag changes, in figures. @type {Record<string, { target: string, open: (page: Page) => Promise<unknown>, state: (page: Page) => Promise<unknown> }>} */
const DRAGS = {
  pad: { target: PAD, open: (page) => page.locator(PAD).scrollIntoViewIfNeeded(), state: ink },
  dial: {
    target: '.dial',
    open: toDial,
    state: (page) => page.locator('.dial').getAttribute('aria-valuenow'),
  },
  map: {
    target: '.map',
    async open(page) {
      await toMap(page);
      await press(page, english.map.closer);
    },
    // Where the enlarged part lies.
    state: (page) =>
      page.evaluate(async () => {
        for (let i = 0; i < 3; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
        const picture = /** @type {HTMLCanvasElement} */ (document.querySelector('.map canvas')).toDataURL();
        return [...picture].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0, 0);
      }),
  },
};

describe('a drag whose end is not reported', () => {
  for (const [name, { target, open, state }] of Object.entries(DRAGS)) {
    inEach(`${name}: a move without a button, a lost focus and a second button end it`, async (visit) => {
      await visit(
        DATA,
        async (page) => {
          await open(page);
          const at = await placesOf(page, target);
          /** @param {string} what @param {() => Promise<unknown>} loss of the drag's end */
          const ends = async (what, loss) => {
            await page.mouse.move(...at(0.3, 0.3));
            await page.mouse.down();
            await page.mouse.move(...at(0.35, 0.4), { steps: 3 });
            await loss();
            const before = await state(page);
            await page.mouse.move(...at(0.7, 0.3), { steps: 4 });
            await page.mouse.move(...at(0.6, 0.7), { steps: 4 });
            assert.equal(await state(page), before, what);
            await page.mouse.up();
          };
          await ends('the window has lost its focus', () => page.evaluate(() => dispatchEvent(new Event('blur'))));
          await ends('the tab is out of sight', () => outOfSight(page));
          await ends('the system has taken the pointer', () =>
            page.evaluate((place) => {
              const element = /** @type {Element} */ (document.querySelector(place));
              for (let id = 0; id < 100; id++) if (element.hasPointerCapture(id)) element.releasePointerCapture(id);
            }, target),
          );
          await ends('the left button of two is up', async () => {
            await page.mouse.down({ button: 'right' });
            await page.mouse.up({ button: 'left' });
          });
          await page.mouse.up({ button: 'right' });
          // A release that is not reported to the page: it comes back with no button held.
          await send(
            page,
            [
              { type: 'pointerdown', pointer: 1, kind: 'mouse', at: [0.3, 0.6], buttons: 1 },
              { type: 'pointermove', pointer: 1, kind: 'mouse', at: [0.35, 0.7], buttons: 1 },
            ],
            target,
          );
          const before = await state(page);
          await send(page, [{ type: 'pointermove', pointer: 1, kind: 'mouse', at: [0.9, 0.2], buttons: 0 }], target);
          await send(page, [{ type: 'pointermove', pointer: 1, kind: 'mouse', at: [0.8, 0.9], buttons: 0 }], target);
          assert.equal(await state(page), before, 'no button is held');
          // And it can be dragged as ever.
          await page.mouse.move(...at(0.75, 0.7));
          await page.mouse.down();
          await page.mouse.move(...at(0.3, 0.35), { steps: 5 });
          await page.mouse.up();
          assert.notEqual(await state(page), before);
        },
        reads,
      );
    });
  }

  inEach('a finger whose end never comes leaves the pad to the next one', async (visit) => {
    await visit(
      DATA,
      async (page) => {
        await page.locator(PAD).scrollIntoViewIfNeeded();
        await send(page, [
          { type: 'pointerdown', pointer: 11, kind: 'touch', at: [0.3, 0.3], buttons: 1 },
          { type: 'pointermove', pointer: 11, kind: 'touch', at: [0.3, 0.5], buttons: 1 },
        ]);
        const first = await ink(page);
        assert.ok(first > 0);
        await send(page, [
          { type: 'pointerdown', pointer: 12, kind: 'touch', at: [0.7, 0.3], buttons: 1 },
          { type: 'pointermove', pointer: 12, kind: 'touch', at: [0.7, 0.7], buttons: 1 },
        ]);
        const second = await ink(page);
        assert.ok(second > 1.5 * first, `${second} after ${first}`);
        await send(page, [{ type: 'pointermove', pointer: 11, kind: 'touch', at: [0.1, 0.9], buttons: 1 }]);
        assert.equal(await ink(page), second, 'the first finger has gone');
        await send(page, [{ type: 'pointerup', pointer: 12, kind: 'touch', at: [0.7, 0.7], buttons: 0 }]);
      },
      reads,
    );
  });

  test('two fingers draw two strokes, and each ends by itself', async () => {
    await inChromium(
      DATA,
      async (page) => {
        const at = await placesOf(page, PAD);
        const touch = await page.context().newCDPSession(page);
        /** @param {'touchStart' | 'touchMove' | 'touchEnd'} type @param {[number, number, number][]} fingers */
        const put = (type, fingers) =>
          touch.send('Input.dispatchTouchEvent', {
            type,
            touchPoints: fingers.map(([id, x, y]) => ({ id, x: at(x, y)[0], y: at(x, y)[1] })),
          });
        await put('touchStart', [[1, 0.2, 0.2]]);
        await put('touchStart', [
          [1, 0.2, 0.2],
          [2, 0.8, 0.2],
        ]);
        for (const y of [0.3, 0.5, 0.7])
          await put('touchMove', [
            [1, 0.2, y],
            [2, 0.8, y],
          ]);
        const two = await ink(page);
        await put('touchMove', [[2, 0.8, 0.7]]);
        await put('touchMove', [[2, 0.5, 0.7]]);
        assert.ok((await ink(page)) > 1.1 * two, 'the second goes on');
        await put('touchEnd', []);
        for (const rest of ['with a drawing', 'empty']) {
          await press(page, 'Undo');
          await page.getByRole('application', { name: `Drawing pad, ${rest}` }).waitFor();
        }
      },
      { context: { hasTouch: true }, ...reads },
    );
  });

  inBrowser('what is cleared while it is drawn stays away', async (visit) => {
    await visit(
      DATA,
      async (page) => {
        const at = await placesOf(page, PAD);
        await page.locator('.pad').focus();
        await page.mouse.move(...at(0.3, 0.3));
        await page.mouse.down();
        await page.mouse.move(...at(0.5, 0.5), { steps: 3 });
        await page.keyboard.press('Delete');
        await page.mouse.move(...at(0.7, 0.3), { steps: 3 });
        assert.equal(await ink(page), 0);
        await page.mouse.up();
      },
      reads,
    );
  });
});

/** What every network says, to the last bit. @param {Page} page @returns {Promise<string>} */
const said = (page) =>
  page
    .locator('#draw .stem')
    .evaluateAll((stems) =>
      stems.map((stem) => /** @type {HTMLElement} */ (stem).style.getPropertyValue('--p')).join(),
    );

/** A 4 in a corner, and what is said of it when that has settled. @param {Page} page */
async function drawFour(page) {
  // By events, since where a mouse can be depends on how far the page is scrolled.
  for (const [first, ...rest] of /** @type {[number, number][][]} */ ([
    [
      [0.2, 0.15],
      [0.17, 0.21],
      [0.14, 0.27],
      [0.21, 0.27],
      [0.28, 0.27],
    ],
    [
      [0.26, 0.16],
      [0.255, 0.26],
      [0.25, 0.36],
    ],
  ])) {
    const event = { pointer: 1, kind: 'mouse', buttons: 1 };
    await send(page, [
      { ...event, type: 'pointerdown', at: first },
      ...rest.map((at) => ({ ...event, type: 'pointermove', at })),
      { ...event, type: 'pointerup', at: rest[rest.length - 1], buttons: 0 },
    ]);
  }
  await page.waitForFunction(() => /: \d, \d+%/.test(document.querySelector('#draw .stems')?.ariaLabel ?? ''));
  for (let before = ''; ;) {
    const now = await said(page);
    if (now === before) return now;
    before = now;
    await page.waitForTimeout(400);
  }
}

describe('protection against fingerprinting', () => {
  inBrowser('does not alter what the networks see of a drawing', async (visit) => {
    await visit(DATA, async (page) => {
      const found = [];
      for (const protect of [() => {}, noisyCanvas, whiteCanvas]) {
        await page.addInitScript(protect);
        await page.reload();
        await press(page, 'Train');
        await finished(page);
        found.push(await drawFour(page));
      }
      assert.ok(found[0].split(',').length > 30, found[0]);
      assert.ok(found[1] === found[0], 'noise');
      assert.ok(found[2] === found[0], 'white');
    });
  });

  inEach('the pixels of a drawing are the same in every browser', async (visit) => {
    const strokes = [
      { width: 0.08, spots: Array.from({ length: 40 }, (_, i) => ({ x: ((i * 7) % 40) / 40, y: i / 41 })) },
      {
        width: 0.05,
        spots: Array.from({ length: 9 }, (_, i) => ({ x: 0.1 * i, y: 0.9 - 0.1 * i, pressure: 0.1 * i })),
      },
    ];
    const image = Array.from({ length: 784 }, (_, i) => (i * 37) & 255);
    const source = readFileSync(new URL('../web/src/features/draw/pad.js', import.meta.url), 'utf8');
    const work = `{ ${source.replaceAll('export ', '')}
      [...makeInk()(${JSON.stringify(strokes)}, Uint8Array.from(${JSON.stringify(image)}))].join(); }`;
    await visit(DATA, async (page) => {
      const found = await page.evaluate(work);
      assert.ok(found === [...makeInk()(strokes, Uint8Array.from(image))].join());
    });
  });

  test('a chart is saved only where it can be read', async () => {
    await inChromium(
      DATA,
      async (page) => {
        /** @param {() => void} protect */
        const withChart = async (protect) => {
          await page.addInitScript(protect);
          await page.reload();
          await press(page, 'Train');
          await finished(page);
          await page.locator('#learn .chart canvas').first().scrollIntoViewIfNeeded();
          await keepSection(page);
          await page.getByLabel(english.keep.chart).focus();
        };
        await withChart(noisyCanvas);
        const { bytes } = await downloaded(page, 'Save as PNG');
        assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
        await page.getByText(english.keep.remarks.altered).waitFor();
        await withChart(whiteCanvas);
        await press(page, 'Save as PNG');
        await page.getByText('so the image would be white or noise').waitFor();
      },
      reads,
    );
  });
});
