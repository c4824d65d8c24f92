// The main figure: what linear probes read, before, while and after the network learns, and the runs before.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  artefacts,
  enter,
  findings,
  finished,
  kept,
  press,
  sidewaysScroll,
  unfold,
  useChromium,
} from './support/browser-page.mjs';
import { servePage } from './support/page-server.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** 42 steps an epoch, 200 labelled images. */
const SMALL = 'data=generated&images=2200&tests=1000&epochs=3&armEpochs=4';
const TESTS = 1000;
/** Inside of the first epoch. */
const HELD_STEPS = 20;

/** The table: its columns by title, each with the figures by number of labels, as test images read right. @param {Page} page */
const figures = (page) =>
  page.locator('#probe-table').evaluate((table, tests) => {
    const titles = [...table.querySelectorAll('thead th')].map((cell) => cell.textContent ?? '').slice(1);
    /** @type {Record<string, Record<string, number>>} */
    const columns = Object.fromEntries(titles.map((title) => [title, {}]));
    for (const row of table.querySelectorAll('tbody tr')) {
      const labels = row.querySelector('th')?.textContent ?? '';
      [...row.querySelectorAll('td')].forEach((cell, i) => {
        columns[titles[i]][labels] = Math.round((parseFloat(cell.firstChild?.textContent ?? '') / 100) * tests);
      });
    }
    return columns;
  }, TESTS);

/** @param {Page} page @param {RegExp | string} text */
const verdict = async (page, text) => {
  const found = page.getByTestId('probe-verdict').filter({ hasText: text });
  await found.waitFor();
  return (await found.textContent()) ?? '';
};
/** @param {Page} page @param {string} title */
const column = (page, title) => page.locator('#probe-table thead th', { hasText: title }).waitFor();
/** As sentences write it. @param {number} right */
const share = (right) => `${((100 * right) / TESTS).toFixed(1)}%`;

/** Checks each sentence against the table. @param {Page} page @param {string} labels */
async function sentencesAgree(page, labels) {
  const columns = await figures(page);
  const at = (/** @type {string} */ title) => columns[title][labels];
  const others = /** @type {const} */ ({ untrained: 'Untrained', pixels: 'Raw pixels', supervised: 'Supervised' });
  const said = await page
    .getByTestId('probe-reading')
    .locator('li')
    .evaluateAll((all) =>
      all.map((line) => ({
        other: line.dataset.other,
        code: line.dataset.code,
        text: line.textContent ?? '',
      })),
    );
  /** @type {string[]} */
  const fair = ['Rotation'];
  for (const { other, code, text } of said) {
    const title = others[/** @type {keyof typeof others} */ (other)];
    if (code === 'unfair') {
      assert.match(text, /already learned from 200 labels/);
      continue;
    }
    fair.push(title);
    const [, only, back] = /(\d+) test images are correct only with the first, (\d+) only/.exec(text) ?? [];
    assert.equal(Number(only) - Number(back), at('Rotation') - at(title), text);
    const points = Number(/(-?[\d.]+) points/.exec(text)?.[1]);
    assert.ok(Math.abs(Math.abs(points) - Math.abs(at('Rotation') - at(title)) / (TESTS / 100)) < 0.051, text);
    const [low, high] = (/\((-?[\d.]+) to (-?[\d.]+)\)/.exec(text) ?? []).slice(1).map(Number);
    assert.equal(code === 'level', low <= 0 && high >= 0, text);
  }
  const best = Math.max(...fair.map(at));
  const text = (await page.getByTestId('probe-verdict').textContent()) ?? '';
  assert.ok(text.startsWith(`With ${labels} labels, `) && text.includes(share(best)), `${text}: ${best}`);
}

/** Points of the curve over the epochs. @param {Page} page */
const pointsAlong = async (page) => {
  const path = await page.locator('.probe-epochs .plot-line').first().getAttribute('d');
  return (path ?? '').split(/[ML]/).length - 1;
};

describe('the probe', () => {
  const inChromium = useChromium();
  /** @type {Awaited<ReturnType<typeof servePage>>} */
  let held;
  before(async () => {
    held = await servePage({ hold: HELD_STEPS });
  });
  after(() => held?.close());

  test('leads from the first moment, follows the training, and says what its table says', async () => {
    await inChromium(
      SMALL,
      async (page) => {
        // Before: what no training changes.
        await verdict(page, /^Before training/);
        await column(page, 'Raw pixels');
        const start = await figures(page);
        assert.deepEqual(Object.keys(start), ['Untrained', 'Raw pixels']);
        assert.deepEqual(Object.keys(start.Untrained), ['10', '30', '100', '200'], 'as many labels as the data have');
        assert.ok((await verdict(page, share(start.Untrained['100']))).includes(share(start['Raw pixels']['100'])));
        assert.deepEqual(
          await page.locator('main > section').evaluateAll((all) => all.slice(0, 4).map(({ id }) => id)),
          ['learn', 'probe', 'quiz', 'tasks'],
        );
        await page.locator('#probe').screenshot({ path: `${artefacts}/probe-before.png` });

        // While it trains, which is held inside of the first epoch.
        await press(page, 'Train');
        await page
          .getByTestId('probe-standing')
          .filter({ hasText: `after ${HELD_STEPS} steps` })
          .waitFor();
        const live = await figures(page);
        assert.deepEqual(Object.keys(live), ['Rotation', 'Untrained', 'Raw pixels']);
        assert.deepEqual(live.Untrained, start.Untrained);
        await sentencesAgree(page, '100');
        await page.locator('.meter-words', { hasText: share(live.Rotation['100']) }).waitFor();
        assert.ok((await pointsAlong(page)) >= 2, 'the curve over the epochs has begun');
        await page.locator('#probe').screenshot({ path: `${artefacts}/probe-live.png` });

        // After.
        held.release();
        await finished(page);
        await column(page, 'Supervised');
        await page.getByTestId('probe-standing').filter({ hasText: 'at the end, after 3 epochs' }).waitFor();
        const end = await figures(page);
        assert.deepEqual(end.Untrained, start.Untrained);
        assert.notDeepEqual(end.Rotation, live.Rotation);
        await sentencesAgree(page, '100');
        await page.locator('.meter-words', { hasText: share(end.Rotation['100']) }).waitFor();

        // Another number of labels, by keyboard; at 200 the supervised network is a fair rival.
        await page.locator('#probe').getByRole('radio', { name: '100' }).focus();
        await page.keyboard.press('ArrowRight');
        await verdict(page, /^With 200 labels/);
        await page.waitForURL(/probeLabels=300/);
        assert.equal(await page.locator('[data-testid=probe-reading] [data-code=unfair]').count(), 0);
        await sentencesAgree(page, '200');
        await page.locator('#probe').getByRole('radio', { name: '30' }).check();
        await sentencesAgree(page, '30');

        // The charts are walked by keyboard, and say what the table says.
        const chart = page.getByRole('application', { name: /Test accuracy of a linear probe/ });
        assert.equal(await chart.getAttribute('aria-details'), 'probe-table-place');
        await chart.focus();
        for (const [key, labels] of [
          ['Home', '10'],
          ['ArrowRight', '30'],
          ['End', '200'],
        ]) {
          await page.keyboard.press(key);
          const said = page.locator('.probe-chart [role=status]', { hasText: `${labels} labels:` });
          await said.waitFor();
          const text = (await said.textContent()) ?? '';
          for (const [title, figure] of Object.entries(end))
            assert.ok(text.includes(`${title} ${share(figure[labels])} (`), text);
        }
        await page.getByRole('application', { name: /over the epochs of the pretext task/ }).focus();
        await page.keyboard.press('Home');
        await page.locator('.probe-epochs [role=status]', { hasText: 'before the first step' }).waitFor();
        assert.deepEqual(await findings(page), []);

        // A run with another seed: this one stays in the chart.
        await enter(page.locator('#learn').getByRole('spinbutton', { name: /seed/i }), '2');
        await page.locator('.run-train', { hasText: 'Start over' }).click();
        await press(page, 'Train');
        await finished(page);
        await column(page, 'Run 1: seed 1');
        await column(page, 'Supervised');
        const second = await figures(page);
        assert.deepEqual(second['Run 1: seed 1'], end.Rotation);
        assert.notDeepEqual(second.Rotation, end.Rotation);
        await page.locator('.probe-chart .legend', { hasText: 'Run 1: seed 1' }).waitFor();
        await page.locator('#probe').screenshot({ path: `${artefacts}/probe-second.png` });

        // Both after a reload; the second is what is set.
        await page.reload();
        await column(page, 'Run 2, same settings');
        const again = await figures(page);
        assert.deepEqual(again['Run 2, same settings'], second.Rotation);
        assert.deepEqual(again['Run 1: seed 1'], end.Rotation);
      },
      { address: held.address },
    );
  });

  test('its curve over the epochs goes on after a reload; it fits a phone', async () => {
    await inChromium(
      'data=generated&images=1100&tests=400&epochs=500',
      async (page) => {
        await page.locator('.probe-chart .legend', { hasText: 'Raw pixels' }).waitFor();
        await unfold(page, 'Over the epochs');
        await unfold(page, english.probe.table.fold);
        await page.locator('#probe').scrollIntoViewIfNeeded();
        assert.ok((await sidewaysScroll(page)) <= 0);
        await press(page, 'Train');
        await page.waitForFunction(
          () => (document.querySelector('.probe-epochs .plot-line')?.getAttribute('d') ?? '').split('L').length > 4,
        );
        await press(page, 'Pause');
        await page.locator('.run-line', { hasText: 'Paused' }).waitFor();
        assert.ok((await sidewaysScroll(page)) <= 0);
        await page.locator('#probe').screenshot({ path: `${artefacts}/probe-phone.png` });
        await kept(page);
        const points = await pointsAlong(page);
        await page.reload();
        await press(page, english.keep.goOn);
        await unfold(page, 'Over the epochs');
        await page.waitForFunction(
          (wanted) =>
            (document.querySelector('.probe-epochs .plot-line')?.getAttribute('d') ?? '').split(/[ML]/).length - 1 >=
            wanted,
          points,
        );
      },
      { context: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, colorScheme: 'dark' } },
    );
  });
});
