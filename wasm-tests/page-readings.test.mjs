// What each arm reads, image by image; the notebook's settings; training that is slowed to be watched.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import {
  SMALL,
  artefacts,
  findings,
  finished,
  press,
  sidewaysScroll,
  signature,
  unfold,
  useBrowsers,
} from './support/browser-page.mjs';
import { engineWorker, inWorker } from './support/engine-worker.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** The table of confusions as it stands. @param {Page} page @returns {Promise<number[][]>} */
const table = async (page) => {
  await page.locator('.readings-note', { hasText: ') correct: ' }).waitFor();
  return page
    .locator('.digit-confusion tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))));
};

/** The largest cell beside the diagonal. @param {number[][]} counts */
function worst(counts) {
  let [truth, said] = [0, 1];
  counts.forEach((row, i) =>
    row.forEach((count, j) => {
      if (i !== j && count > counts[truth][said]) [truth, said] = [i, j];
    }),
  );
  return { truth, said, count: counts[truth][said] };
}

/** @param {Page} page @param {{ truth: number, said: number }} at */
const cell = (page, { truth, said }) =>
  page.locator('.digit-confusion tbody tr').nth(truth).locator('td').nth(said).getByRole('button');

describe('readings', () => {
  const { inBrowser } = useBrowsers();
  let whole = '';

  inBrowser(
    'a cell of an arm’s confusions opens its pictures, and one of them becomes the chosen digit',
    async (visit) => {
      await visit(`${SMALL}&preset=notebook`, async (page) => {
        await page.locator('.digit-confusion').scrollIntoViewIfNeeded();
        await page.getByText('Self-supervised: not tested yet.').waitFor();
        await press(page, 'Train');
        await finished(page);
        whole = await signature(page);
        await page.locator('.digit-confusion').scrollIntoViewIfNeeded();
        const counts = await table(page);
        const sum = (/** @type {number[]} */ row) => row.reduce((all, count) => all + count, 0);
        assert.equal(sum(counts.map(sum)), 600);
        const right = sum(counts.map((row, i) => row[i]));
        const figure = await page.locator('.score[data-arm=self_supervised] .score-figure').textContent();
        assert.equal(`${((100 * right) / 600).toFixed(1)}%`, figure, 'the table is that of the test');

        const at = worst(counts);
        assert.ok(at.count > 0, 'so short a training errs somewhere');
        await cell(page, at).click();
        const pictures = page.locator('.reading');
        await page.waitForFunction(
          (count) => document.querySelectorAll('.reading').length === count,
          Math.min(24, at.count),
        );
        const label = (await pictures.first().getByRole('img').getAttribute('aria-label')) ?? '';
        const index = Number(/Test image (\d+), (\d)/.exec(label)?.[1]);
        assert.equal(Number(/Test image (\d+), (\d)/.exec(label)?.[2]), at.truth);
        assert.match((await pictures.first().textContent()) ?? '', new RegExp(`^${at.said}, \\d+%$`));
        await pictures.first().click();
        await page.waitForURL((address) => address.searchParams.get('digit') === String(index));
        assert.equal(new URL(page.url()).searchParams.get('digitSet'), 'test');
        const verdict = page.locator('.chosen-verdict');
        await verdict
          .filter({ hasText: `Prediction: ${at.said}. Test image ${index} is labelled ${at.truth}, so this is wrong.` })
          .waitFor();
        assert.deepEqual(await findings(page), []);

        // By keys: from cell to cell, and Enter opens.
        const other = { truth: at.truth, said: at.said === 9 ? 8 : at.said + 1 };
        await cell(page, at).focus();
        await page.keyboard.press(at.said === 9 ? 'ArrowLeft' : 'ArrowRight');
        assert.equal(await cell(page, other).evaluate((button) => button === document.activeElement), true);
        assert.equal(await page.locator('.digit-confusion [tabindex="0"]').count(), 1, 'one stop for the Tab key');
        await page.keyboard.press('Enter');
        assert.equal(await cell(page, other).getAttribute('aria-pressed'), 'true');
        await page.waitForFunction(
          (count) => document.querySelectorAll('.reading').length === count,
          Math.min(24, counts[other.truth][other.said]),
        );

        // The notebook's own 300, another arm.
        const card = page.locator('.fold', { has: page.locator('.digit-confusion') });
        await card.getByRole('radio', { name: 'The notebook’s 300' }).check();
        assert.equal(sum((await table(page)).map(sum)), 300);
        await card.getByRole('radio', { name: 'Supervised', exact: true }).check();
        const supervised = await table(page);
        assert.match(
          (await page.locator('.score[data-arm=supervised]').textContent()) ?? '',
          new RegExp(`${((100 * sum(supervised.map((row, i) => row[i]))) / 300).toFixed(2)}% of 300`),
        );

        // The notebook's image, and the one after it, by keys.
        await press(page, 'The notebook’s image');
        await verdict.filter({ hasText: 'Training image 1009 is labelled' }).waitFor();
        await page.getByText('were trained on this image').waitFor();
        assert.match(
          (await page.locator('.chosen-answer').getByRole('img').last().getAttribute('aria-label')) ?? '',
          /^Supervised: \d, \d+%$/,
        );
        await card.getByRole('button', { name: english.duel.readings.onward }).focus();
        await page.keyboard.press('Enter');
        await verdict.filter({ hasText: 'Training image 1010 is labelled' }).waitFor();
        await card.screenshot({ path: `${artefacts}/readings.png` });

        // What the notebook prints of its arrays.
        const shapes = page.locator('.shapes tbody tr');
        await shapes.first().scrollIntoViewIfNeeded();
        assert.match((await shapes.first().textContent()) ?? '', /^x_traintrain\[0:1000\]\(1000, 28, 28\)/);
        // The map's sentence has the figures that stand over the maps.
        await page.locator('#map').scrollIntoViewIfNeeded();
        await page.locator('.map-seen', { hasText: 'before the first step it was' }).waitFor();
        const said = (await page.locator('.map-seen').textContent()) ?? '';
        const [, now] = /Now ([\d.]+)% of/.exec(said) ?? [];
        const over = /(\d+)% next to/.exec((await page.locator('.map-figure').first().textContent()) ?? '')?.[1];
        assert.ok(Math.abs(Number(now) - Number(over)) <= 0.5, said);
      });
    },
  );

  inBrowser(
    'slowed, training takes its steps at the rate; full speed is one press, and the run is the same',
    async (visit) => {
      await visit(
        SMALL,
        async (page) => {
          await inWorker(
            page,
            'globalThis.began = []; globalThis.quarterturnHold = () => void began.push(performance.now())',
          );
          await page.reload();
          const train = page.getByRole('button', { name: 'Train', exact: true });
          await train.and(page.locator(':enabled')).waitFor();
          await unfold(page, /^Settings/);
          const strip = page.getByRole('group', { name: 'Settings of the rotation task' });
          await strip.getByRole('radio', { name: 'The notebook’s settings' }).check();
          await page.waitForURL(/preset=notebook/);
          const given = new URL(page.url()).searchParams;
          assert.deepEqual([given.get('epochs'), given.get('armEpochs')], ['50', null]);
          await strip.getByRole('radio', { name: 'Quick look' }).check();
          await page.waitForURL(
            (address) => !address.searchParams.has('preset') && !address.searchParams.has('epochs'),
          );
          await strip.getByLabel('Speed').selectOption('5');
          await page.waitForURL(/pace=5/);
          await train.click();
          await page.locator('.run-line', { hasText: /step ([4-9]|\d\d)/ }).waitFor();
          const worker = engineWorker(page);
          const times = await worker.evaluate(() => /** @type {any} */ (globalThis).began);
          times
            .slice(1)
            .forEach((/** @type {number} */ time, /** @type {number} */ i) =>
              assert.ok(time - times[i] >= 199, `a step after ${time - times[i]} ms`),
            );
          assert.equal(await sidewaysScroll(page), 0);
          await page.screenshot({ path: `${artefacts}/slowed.png` });
          await press(page, 'Full speed');
          await page.getByRole('button', { name: 'Full speed' }).waitFor({ state: 'detached' });
          await page.waitForURL((address) => !address.searchParams.has('pace'));
          await page.locator('.run-line', { hasText: /epoch ([2-9]|\d\d)/ }).waitFor();
        },
        { context: { viewport: { width: 390, height: 844 } } },
      );
      await visit(`${SMALL}&preset=notebook&pace=20`, async (page) => {
        await press(page, 'Train');
        await page.locator('.run-line', { hasText: /step ([3-9]|\d\d)/ }).waitFor();
        await press(page, 'Full speed');
        await finished(page);
        assert.equal(await signature(page), whole);
      });
    },
  );
});
