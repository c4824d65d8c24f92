// The rotation task as a visitor uses it: curves, one epoch, settings beside the curves, and where the network errs.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { curveData, smooth } from '../web/src/components/curve-data.js';
import { examine, nothingYet } from '../web/src/features/pretext/examine.js';
import { LONG, enter, finished, takePicture, press, ready, useBrowsers, where } from './support/browser-page.mjs';

/** @typedef {import('playwright-core').Page} Page */

test('smoothing is an average without bias, and keeps what was measured beside it', () => {
  assert.deepEqual(smooth([4, 2, null, 1], 0), [4, 2, null, 1]);
  const close = (/** @type {(number | null)[]} */ got, /** @type {number[]} */ expected) =>
    expected.forEach((value, i) => assert.ok(Math.abs(Number(got[i]) - value) < 1e-12, `${got[i]}, not ${value}`));
  close(smooth([3, 3, 3], 0.9), [3, 3, 3]);
  close(smooth([1, 4], 0.5), [1, 3]);
  const epochs = [1, 4].map((loss, i) => ({
    ...{ run: /** @type {const} */ ('pretext'), epoch: i + 1, loss, accuracy: 0, seconds: 1 },
    ...{ validationLoss: null, validationAccuracy: null },
  }));
  const [x, smoothed, measured] = curveData([{ epochs, trace: [] }], 'loss', false, 0.5);
  assert.deepEqual(x, [1, 2]);
  close(smoothed, [1, 3]);
  assert.deepEqual(measured, [1, 4]);
});

test('an examination counts turns by row and keeps the surest mistakes', () => {
  const one = Float32Array.of(
    ...[0.7, 0.1, 0.1, 0.1],
    ...[0.5, 0.25, 0.25, 0],
    ...[0, 0, 1, 0],
    ...[0, 0.9375, 0, 0.0625],
  );
  const found = examine(examine(nothingYet(4), 0, one, 3), 1, one, 3);
  assert.deepEqual(found.confusion, [
    [2, 0, 0, 0],
    [2, 0, 0, 0],
    [0, 0, 2, 0],
    [0, 2, 0, 0],
  ]);
  assert.deepEqual([found.images, found.rows, found.right], [2, 8, 4]);
  assert.deepEqual(found.mistakes, [
    { index: 0, variant: 3, guess: 1, probability: 0.9375 },
    { index: 1, variant: 3, guess: 1, probability: 0.9375 },
    { index: 0, variant: 1, guess: 0, probability: 0.5 },
  ]);
  assert.equal(examine(nothingYet(4), 0, new Float32Array(16).fill(NaN), 3).finite, false);
});

/** The shares of the table of confusions, row by row. @param {Page} page */
const shares = async (page) => {
  const cells = await page.locator('.confusion td').allTextContents();
  return [0, 1, 2, 3].map((row) => cells.slice(4 * row, 4 * row + 4).map((text) => Number(text.replace('%', ''))));
};

describe('the rotation task', () => {
  const { inChromium, inBrowser } = useBrowsers();

  inBrowser(
    'trains one epoch, shows what it mixes up, and a mistake becomes the chosen digit',
    async (visit, engine) => {
      await visit('data=generated&images=1100&tests=600&epochs=3&armEpochs=1', async (page) => {
        const note = page.locator('.confusion-note');
        // It is only looked for while it is in the window.
        const tells = async (/** @type {string} */ text) => {
          await note.scrollIntoViewIfNeeded();
          await note.filter({ hasText: text }).waitFor();
        };
        await page.locator('#learn .chart').last().scrollIntoViewIfNeeded();
        await tells('600 test images in four turns, before training');
        const meter = page.locator('.meter-figure');
        assert.equal(await meter.textContent(), '25%', 'guessing');
        await press(page, 'Step');
        await tells('after 1 step.');
        await press(page, 'Epoch');
        await page.locator('.run-line', { hasText: 'Paused' }).waitFor();
        const { done, steps } = await where(page);
        assert.equal(done, steps, 'it stops exactly where the epoch ends');
        await tells('after 1 epoch.');
        for (const row of await shares(page)) {
          assert.ok(Math.abs(row.reduce((sum, share) => sum + share, 0) - 100) < 0.3, `a row of shares: ${row}`);
        }
        const mistake = page.locator('.mistake').first();
        const label = (await mistake.getByRole('img').getAttribute('aria-label')) ?? '';
        const [, index] = /Test image (\d+), \d/.exec(label) ?? [];
        const [, turn, guess] = /is (\d+)°\s*says (\d+)°/.exec((await mistake.textContent()) ?? '') ?? [];
        assert.notEqual(turn, guess);
        await mistake.click();
        await page.waitForURL(new RegExp(`digitSet=test.*digit=${index}|digit=${index}.*digitSet=test`));
        assert.equal(await mistake.getAttribute('aria-pressed'), 'true');
        const shown = page.locator('.turn').nth(Number(turn) / 90);
        await shown.locator('.turn-said', { hasText: `says ${guess}°` }).waitFor();
        await press(page, 'Resume');
        await finished(page);
        await tells('after 3 epochs.');
        const right = Number(/^([\d.]+)% \(.*\) correct/.exec((await note.textContent()) ?? '')?.[1]);
        const reported = (await page.getByText(/names the turn correctly/).textContent()) ?? '';
        assert.ok(right > 25);
        assert.equal(right, Number(/for ([\d.]+)%/.exec(reported)?.[1]), 'the table agrees with the engine’s own test');
        assert.equal(await meter.textContent(), `${right.toFixed(1)}%`, 'and so does the figure at the top');
        assert.match(
          (await page.locator('.meter-words').textContent()) ?? '',
          /With 100 labels, a linear probe of its features gets \d+\.\d% \(\d+\.\d% to \d+\.\d%\) correct; untrained features give \d+\.\d% \(/,
        );
        await takePicture(page.locator('#learn'), `pretext-${engine.toLowerCase()}`);
      });
    },
  );

  inBrowser('takes a new rate at once and the rest with a fresh start, and says so', async (visit) => {
    await visit(LONG, async (page) => {
      const strip = page.getByRole('group', { name: 'Settings of the rotation task' });
      await press(page, 'Train');
      await page.waitForFunction(() =>
        /epoch ([2-9]|\d\d)/.test(document.querySelector('.run-line')?.textContent ?? ''),
      );
      await enter(strip.getByLabel('Rotation learning rate'), '0.0005');
      await page.waitForURL(/rate=0\.0005/);
      assert.equal(await strip.getByRole('button', { name: 'Start over' }).count(), 0, 'no fresh start is asked for');
      await enter(strip.getByLabel('Rotation batch'), '96');
      const steps = page.locator('.standing div', { hasText: 'Step' });
      assert.match((await steps.textContent()) ?? '', /of 21$/, 'the run under way keeps its batch');
      await strip.getByRole('button', { name: 'Start over' }).click();
      await ready(page);
      await steps.filter({ hasText: '0 of 42' }).waitFor();
      assert.equal(await page.locator('.standing div', { hasText: 'Epoch' }).textContent(), 'Epoch1 of 500');
    });
  });

  test('shows values, place and smoothing on the curves', async () => {
    await inChromium('data=generated&images=1100&tests=100&epochs=4&armEpochs=1', async (page) => {
      await press(page, 'Train');
      await finished(page);
      const loss = page.locator('#learn .chart').first();
      const value = () => loss.locator('.legend b').first().textContent();
      const measured = await value();
      await page.locator('#learn').getByLabel('Smoothing').fill('0.8');
      await page.waitForURL(/smoothing=0\.8/);
      await loss
        .locator('.legend b', { hasNotText: measured ?? '' })
        .first()
        .waitFor();
      assert.ok(Number(await value()) > Number(measured), 'a falling curve lags behind when it is smoothed');
      const plot = loss.locator('.u-over');
      await plot.scrollIntoViewIfNeeded();
      await plot.hover();
      await loss.locator('.chart-where', { hasText: /^epoch \d/ }).waitFor();
    });
  });
});
