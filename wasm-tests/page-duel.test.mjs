// The duel: marks of early stopping, the label budget, repeats and sweeps, and the table of runs.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  findings,
  finished,
  takePicture,
  press,
  sidewaysScroll,
  signature,
  unfold,
  useBrowsers,
} from './support/browser-page.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** Ten labels are learned by heart at once, so that early stopping comes soon. */
const QUICK = 'data=generated&images=1100&tests=200&epochs=1&armEpochs=40';

/** The part that is fetched when it comes near. @param {Page} page */
async function moreRuns(page) {
  await page.locator('#duel').evaluate((section) => section.lastElementChild?.scrollIntoView({ behavior: 'instant' }));
  await page.locator('.more-runs').waitFor();
}

/** @param {Page} page @param {number} count */
const rows = (page, count) =>
  page.waitForFunction((n) => document.querySelectorAll('.run-table tbody tr').length === n, count);

/** Seed, labels, signature and the three accuracies of each run. @param {Page} page */
const table = (page) =>
  page.locator('.run-table tbody tr').evaluateAll((lines) =>
    lines.map((line) => {
      const cells = [...line.querySelectorAll('td')].map((cell) => cell.textContent ?? '');
      return { seed: cells[0], labels: cells[4], accuracies: cells.slice(6, 9), signature: cells[10] };
    }),
  );

describe('the duel', () => {
  const { inChromium, inBrowser } = useBrowsers();

  inBrowser('marks early stopping, and runs again with other labels on the same rotation network', async (visit) => {
    let alone = '';
    await visit(`${QUICK}&labels=10`, async (page) => {
      await press(page, 'Train');
      await finished(page);
      alone = await signature(page);
      await page
        .getByText(/Stopped early, after epoch \d+/)
        .first()
        .waitFor();
      await page.locator('#duel .key', { hasText: 'ring: stopped early' }).waitFor();
      const [line] = await page.locator('#duel .legend li b').allTextContents();
      assert.match(line, /\d/);
    });
    await visit(`${QUICK}&labels=100`, async (page) => {
      const again = page.getByRole('button', { name: 'Run the comparison again' });
      const slider = page.getByRole('slider', { name: 'Labelled images for each network' });
      assert.ok(await again.isDisabled(), 'nothing is trained yet');
      await press(page, 'Train');
      await finished(page);
      assert.notEqual(await signature(page), alone);
      await slider.focus();
      await page.keyboard.press('Home');
      assert.equal(await slider.getAttribute('aria-valuetext'), '10');
      await page.waitForURL(/labels=10(&|$)/);
      await again.click();
      await page.waitForFunction((text) => document.querySelector('.signature')?.textContent === text, alone);
      await finished(page);
      await page.getByText('10 labelled images for each network').waitFor();
      assert.match((await page.locator('.command').textContent()) ?? '', /--labels 10 /);
    });
  });

  test('repeats over seeds and sweeps over labels; every run is that run alone; the table stays over a reload', async () => {
    await inChromium(`${QUICK}&armEpochs=3&labels=100&repeats=2&budgets=10,50`, async (page) => {
      await press(page, 'Train');
      await finished(page);
      await moreRuns(page);
      await rows(page, 1);
      const own = await signature(page);
      await press(page, english.duel.more.sweep);
      await rows(page, 5);
      await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached' });
      assert.equal(await signature(page), own, 'the run of the page stays as it is');
      const found = await table(page);
      assert.deepEqual(
        found.map(({ seed, labels }) => [seed, labels]),
        [
          ['1', '100'],
          ['1', '10'],
          ['1', '50'],
          ['2', '10'],
          ['2', '50'],
        ],
      );
      assert.equal(new Set(found.map((row) => row.signature)).size, 5);
      const verdict = page.getByTestId('budget-verdict');
      await verdict
        .getByText(/Compared with the supervised network, the self-supervised head is .*10.*50.* labels/)
        .waitFor();
      await verdict.getByText(/Compared with the head on random features/).waitFor();
      assert.equal(await page.locator('.summary-table tbody tr').count(), 3);
      assert.match((await page.locator('.summary-table tbody tr').first().textContent()) ?? '', /^102\d+\.\d\d% ± \d/);
      // The chart is walked by keyboard, and says what the table says.
      const chart = page.getByRole('application', {
        name: /Test accuracy of the compared networks by number of labels/,
      });
      const lines = await page
        .locator('#budget-table tbody tr')
        .evaluateAll((all) => all.map((line) => [...line.children].map((cell) => cell.firstChild?.textContent ?? '')));
      const at = (/** @type {number} */ i) =>
        `${lines[i][0]} labels: Self-supervised ${lines[i][2]}, Random features ${lines[i][3]}, Supervised ${lines[i][4]}`;
      await chart.focus();
      for (const [key, i] of /** @type {const} */ ([
        ['ArrowLeft', 2],
        ['ArrowLeft', 1],
        ['Home', 0],
        ['ArrowLeft', 0],
        ['ArrowRight', 1],
        ['End', 2],
      ])) {
        await page.keyboard.press(key);
        await page.locator('.budget-chart [role=status]', { hasText: at(i) }).waitFor();
        assert.equal(await page.locator('.budget-chart .chart-where').textContent(), `${lines[i][0]} labels`);
        assert.ok((await chart.getAttribute('aria-label'))?.includes(at(i)));
      }
      assert.equal(await chart.getAttribute('aria-details'), 'budget-table');
      assert.deepEqual(await findings(page), []);
      await takePicture(page.locator('.more-runs'), 'duel-runs');

      await press(page, 'Labels');
      await press(page, 'Labels');
      assert.equal((await table(page))[0].labels, '100', 'sorted from above');
      await press(page, 'Remove run 1');
      await rows(page, 4);

      await page.reload();
      await moreRuns(page);
      await rows(page, 4);

      // Alone, from nothing, the last of them is the same run.
      await page.goto(`${page.url().split('?')[0]}?${QUICK}&armEpochs=3&labels=50&seed=2`);
      await press(page, 'Train');
      await finished(page);
      assert.equal(await signature(page), found[4].signature);
    });
  });

  test('a sweep can be cancelled', async () => {
    await inChromium('data=generated&images=1100&tests=200&epochs=500&repeats=3', async (page) => {
      await moreRuns(page);
      await press(page, 'Repeat with seeds 1 to 3');
      await page.locator('.study-line', { hasText: /seed 1 \(1 of 3\).*Rotation, epoch [2-9]/ }).waitFor();
      await press(page, 'Cancel');
      await page.getByRole('button', { name: 'Repeat with seeds 1 to 3' }).and(page.locator(':enabled')).waitFor();
      await page.getByText(english.duel.runs.none).waitFor();
      assert.equal(await page.locator('.study-line [role=alert]').count(), 0);
    });
  });

  test('fits a phone', async () => {
    await inChromium(
      `${QUICK}&armEpochs=2&labels=100&repeats=1&budgets=10,100`,
      async (page) => {
        await moreRuns(page);
        await unfold(page, english.duel.more.title);
        await press(page, english.duel.more.sweep);
        await rows(page, 2);
        assert.ok((await sidewaysScroll(page)) <= 0);
        await takePicture(page.locator('.more-runs'), 'duel-phone');
      },
      { context: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, colorScheme: 'dark' } },
    );
  });
});
