// “Run the comparison again”: when it is offered, and that an engine which dies on the way costs nothing; and an engine that is
// opened again during a run.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { LONG, enter, finished, press, signature, useBrowsers } from './support/browser-page.mjs';
import { effort } from './support/effort.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

const DATA = 'data=generated&images=1100&tests=100&epochs=2&armEpochs=3&threads=2';

/**
 * Lets the test end the engine's worker at any of its calls, or of the reports that come back.
 * @param {Page} page
 */
const setTraps = (page) =>
  page.addInitScript(() => {
    /** Calls and reports of the engine, and the one that it does not live to see. @type {{ seen: string[], deadly: number, pretext: number }} */
    const trap = { seen: [], deadly: 0, pretext: 0 };
    Object.assign(globalThis, { trap });
    globalThis.Worker = class extends Worker {
      /** @param {string | URL} url @param {WorkerOptions} [options] */
      constructor(url, options) {
        super(url, options);
        this.addEventListener('message', ({ data }) => {
          if (data.event !== 'progress') return;
          if (data.detail.progress.phase === 'pretext') trap.pretext++;
          this.step(data.event);
        });
      }
      /** @param {string} what @returns {boolean} whether it lives on */
      step(what) {
        trap.seen.push(what);
        if (trap.seen.length !== trap.deadly) return true;
        this.terminate();
        return false;
      }
      /** @param {any} message @param {any} transfer */
      postMessage(message, transfer) {
        if (!message.method || this.step(message.method)) super.postMessage(message, transfer);
      }
    };
  });

/** @param {Page} page @param {number} deadly place of the call or report after which the worker is ended; 0: none */
const arm = (page, deadly) =>
  page.evaluate((place) => {
    Object.assign(/** @type {any} */ (globalThis).trap, { seen: [], deadly: place, pretext: 0 });
  }, deadly);

/** @param {Page} page @returns {Promise<{ seen: string[], pretext: number }>} */
const trapped = (page) => page.evaluate(() => /** @type {any} */ (globalThis).trap);

const again = (/** @type {Page} */ page) => page.getByRole('button', { name: 'Run the comparison again' });

/** The signature of a run that is over. @param {Page} page @param {string} expected */
const comesTo = (page, expected) =>
  page.waitForFunction((text) => document.querySelector('.signature')?.textContent === text, expected);

describe('the duel again', () => {
  const { inBrowser } = useBrowsers();

  inBrowser('the engine dies at any moment of it: it goes on, and rotation is not trained again', async (visit) => {
    /** By the number of labels. @type {Record<string, string>} */
    const expected = {};
    for (const labels of ['50', '10'])
      await visit(`${DATA}&labels=${labels}`, async (page) => {
        await press(page, 'Train');
        await finished(page);
        expected[labels] = await signature(page);
      });
    assert.notEqual(expected[10], expected[50]);
    const trapAfterTrap = async (/** @type {Page} */ page) => {
      await press(page, 'Train');
      await finished(page);
      await comesTo(page, expected[50]);
      const slider = page.getByRole('slider', { name: 'Labelled images for each network' });
      /** @param {string} labels @param {number} deadly */
      const run = async (labels, deadly) => {
        await slider.focus();
        // The slider has no place for 50 itself.
        await slider.evaluate((element, text) => {
          const field = /** @type {HTMLInputElement} */ (element);
          field.value = text === '10' ? '0' : '14';
          field.dispatchEvent(new Event('input', { bubbles: true }));
        }, labels);
        assert.equal(await slider.getAttribute('aria-valuetext'), labels);
        await again(page).and(page.locator(':enabled')).waitFor();
        await arm(page, deadly);
        await again(page).click();
        await comesTo(page, expected[labels]);
        await finished(page);
        return trapped(page);
      };
      const { seen } = await run('10', 0);
      const begins = seen.indexOf('run') + 1;
      assert.ok(begins > 5, seen.join());
      let labels = '10';
      // Every call up to the first step of the arms, and some of their reports; usually the first call, the one that
      // begins the arms, the first step and a report.
      const every = Array.from({ length: begins + 3 }, (_, i) => i + 1);
      const places = effort([1, seen.indexOf('withArms') + 1, begins, begins + 2], every);
      for (const deadly of places) {
        labels = labels === '10' ? '50' : '10';
        const { seen: calls, pretext } = await run(labels, deadly);
        assert.ok(calls.length > deadly, `${calls}`);
        assert.equal(pretext, 0, `ended at ${calls[deadly - 1]}: rotation is trained again`);
        await page
          .locator('.notice', {
            hasText: /the browser ended its worker\. The page restarted it, (and training continues|with the result)/,
          })
          .waitFor();
        assert.equal(await page.locator('.problem').count(), 0);
      }
    };
    await visit(`${DATA}&labels=50`, trapAfterTrap, { prepare: setTraps });
  });

  inBrowser('is offered where it changes something, and only there', async (visit) => {
    let expected = '';
    await visit(`${DATA}&armRate=0.003`, async (page) => {
      await press(page, 'Train');
      await finished(page);
      expected = await signature(page);
    });
    await visit(DATA, async (page) => {
      await press(page, 'Train');
      await finished(page);
      const before = await signature(page);
      const command = await page.locator('.command').textContent();
      // The data has a hundred labelled images: 1000, 500 and 200 are all of them.
      const slider = page.getByRole('slider', { name: 'Labelled images for each network' });
      await slider.focus();
      for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowLeft');
      const labels = Number(await slider.getAttribute('aria-valuetext'));
      assert.ok(labels > 100 && labels < 1000, `${labels}`);
      assert.ok(await again(page).isDisabled(), 'nothing would change');
      assert.equal(await page.locator('.run-note').count(), 0);
      // Another learning rate changes the arms alone.
      await enter(page.getByLabel(english.settings.armRate.label), '0.003');
      await again(page).and(page.locator(':enabled')).waitFor();
      await page.locator('.run-note', { hasText: 'Run the comparison again to use your new settings.' }).waitFor();
      assert.equal(await page.getByText('Start over to use').count(), 0);
      assert.equal(await page.locator('.command').textContent(), command, 'the run that is over stays what it is');
      await enter(page.getByLabel(english.settings.armRate.label), '0.001');
      await page.locator('.run-note').waitFor({ state: 'detached' });
      assert.ok(await again(page).isDisabled());
      await enter(page.getByLabel(english.settings.armRate.label), '0.003');
      await again(page).click();
      await comesTo(page, expected);
      assert.notEqual(expected, before);
      assert.match((await page.locator('.command').textContent()) ?? '', /--arms-learning-rate 0\.003/);
      assert.ok(await again(page).isDisabled());
      // A rate of rotation comes too late, so that only a fresh start has it.
      await enter(page.getByLabel('Rotation learning rate'), '0.002');
      await page.getByText(english.run.resetWanted).waitFor();
      assert.ok(await again(page).isDisabled());
    });
  });

  inBrowser(
    'an engine that is opened again goes on where training was, and stays paused where it was paused',
    async (visit) => {
      await visit(LONG, async (page) => {
        await page.locator('#speed').scrollIntoViewIfNeeded();
        await page.getByText(english.speed.choose).click();
        const counting = /^Rotation · epoch \d+ of 500 · step \d+/;
        await press(page, 'Train');
        await page.locator('.run-line', { hasText: counting }).waitFor();
        const slider = page.locator('.threads-slider input');
        await slider.waitFor();
        for (const threads of ['1', '2']) {
          await slider.fill(threads);
          await page.locator('.build', { hasText: threads === '1' ? 'on 1 thread ' : 'on 2 threads ' }).waitFor();
          await page.locator('.run-line', { hasText: counting }).waitFor();
          await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
        }
        // What is pressed before the fresh engine is on its way is for the old one.
        const begun = page.waitForEvent('worker');
        await press(page, english.speed.open);
        await begun;
        await page
          .getByRole('button', { name: 'Pause', exact: true })
          .and(page.locator(':disabled'))
          .waitFor({ state: 'detached' });
        await page.locator('.run-line', { hasText: counting }).waitFor();
        await press(page, 'Pause');
        await page.locator('.run-line', { hasText: 'Paused · Rotation' }).waitFor();
        const line = await page.locator('.run-line').textContent();
        await slider.fill('1');
        await page.locator('.build', { hasText: 'on 1 thread ' }).waitFor();
        await page.locator('.run-line', { hasText: /epoch \d+ of 500 · step \d+/.exec(line ?? '')?.[0] }).waitFor();
        await page.getByRole('button', { name: 'Resume', exact: true }).waitFor();
      });
    },
  );
});
