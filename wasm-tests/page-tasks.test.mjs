// Another pretext task than turns: what the page shows of it, and all tasks with one button.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { differences, verdicts } from '../web/src/features/tasks/compare.js';
import {
  artefacts,
  findings,
  finished,
  keepSection,
  press,
  sidewaysScroll,
  unfold,
  useBrowsers,
} from './support/browser-page.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

const DATA = 'data=generated&images=1100&tests=400&epochs=1&armEpochs=1';

test('tasks are compared with turns, image by image, and a verdict needs an interval without zero', () => {
  const truth = Uint8Array.from({ length: 100 }, (_, i) => i % 10);
  /** Right in so many of the first images. @param {number} right */
  const marks = (right) => truth.map((label, i) => (i < right ? label : (label + 1) % 10));
  /** @param {import('../web/src/features/tasks/compare.js').TaskRow['task']} task @param {number[]} right */
  const row = (task, right) => ({
    task,
    answers: 4,
    pretext: { correct: 1, count: 4 },
    budgets: right.map((count, i) => /** @type {any} */ ({ labels: [10, 100][i], marks: marks(count) })),
  });
  const rows = [row('turns', [50, 70]), row('mirrors', [51, 90]), row('shuffles', [30, 69])];
  assert.deepEqual(differences(rows[0], rows, truth), [null, null]);
  const [first, second] = differences(rows[1], rows, truth);
  assert.ok(Math.abs(Number(first?.difference) - 0.01) < 1e-12);
  assert.ok(Number(first?.low) < 0 && Number(second?.low) > 0);
  assert.deepEqual(verdicts(rows, truth), [
    { task: 'mirrors', reading: 'ahead', labels: [100] },
    { task: 'shuffles', reading: 'behind', labels: [10] },
  ]);
});

describe('pretext tasks', () => {
  const { inBrowser } = useBrowsers();

  inBrowser('the jigsaw: tiles, quiz, confusion, drawing and command follow it', async (visit) => {
    await visit(`${DATA}&task=jigsaw`, async (page) => {
      await page.getByRole('heading', { level: 1, name: english.common.tasks.jigsaw.asks }).waitFor();
      assert.deepEqual(await page.locator('.turn-words b').allTextContents(), [
        '1 2 3 4',
        '2 1 4 3',
        '3 4 1 2',
        '4 3 2 1',
      ]);
      await page
        .locator('.turn-said', { hasText: /says \d \d \d \d/ })
        .first()
        .waitFor();
      assert.equal(await page.locator('.meter-figure').textContent(), '4%', 'guessing among 24');

      await page.locator('#quiz').scrollIntoViewIfNeeded();
      await press(page, 'Play');
      const choices = page.locator('.quiz-choice');
      await choices.and(page.locator(':enabled')).first().waitFor();
      assert.deepEqual(await choices.allTextContents(), ['1: 1 2 3 4', '2: 2 1 4 3', '3: 3 4 1 2', '4: 4 3 2 1']);
      await page.keyboard.press('2');
      await page.locator('.quiz-line', { hasText: 'You: 2 1 4 3' }).waitFor();
      await page.locator('.quiz-line', { hasText: /The network: \d \d \d \d/ }).waitFor();
      assert.equal(await choices.and(page.locator('[data-mark=right]')).count(), 1);

      await press(page, 'Train');
      await finished(page);
      const note = page.locator('.confusion-note');
      await note.scrollIntoViewIfNeeded();
      await note.filter({ hasText: 'test images in 24 forms, after 1 epoch.' }).waitFor();
      assert.equal(await page.locator('.confusion td').count(), 24 * 24);
      const mistake = (await page.locator('.mistake').first().textContent()) ?? '';
      assert.match(mistake, /^is (\d ){3}\dsays (\d ){3}\d, \d+%$/);
      await page.locator('.dial-room').scrollIntoViewIfNeeded();
      await page.getByText('the task of this run is: Jigsaw.').waitFor();
      assert.equal(await page.locator('.opinions').count(), 0);
      await keepSection(page);
      await page.getByText('--pretext jigsaw').waitFor();
      assert.deepEqual(await findings(page), []);
      await page.screenshot({ path: `${artefacts}/jigsaw.png`, fullPage: true });
    });
  });

  inBrowser('another question is chosen beside the curves, and a fresh start takes it', async (visit) => {
    await visit(
      DATA,
      async (page) => {
        await unfold(page, /^Settings/);
        const strip = page.getByRole('group', { name: 'Settings of the rotation task' });
        await strip.getByLabel(english.settings.task.label).selectOption('turns_mirrors');
        await page.waitForURL(/task=turns_mirrors/);
        await strip.getByRole('button', { name: 'Start over' }).click();
        await page.getByRole('heading', { level: 1, name: english.common.tasks.turns_mirrors.asks }).waitFor();
        await page.locator('.turn-words b', { hasText: 'mirrored, 0°' }).waitFor();
        await page.locator('.confusion').scrollIntoViewIfNeeded();
        await page.locator('.confusion-note', { hasText: 'in 8 forms' }).waitFor();
        assert.equal(await page.locator('.confusion tbody tr').count(), 8);
        assert.equal(await sidewaysScroll(page), 0);
      },
      { context: { viewport: { width: 390, height: 844 } } },
    );
  });

  inBrowser('all of them with one button: a chart, a table and a row each among the runs', async (visit) => {
    await visit(DATA, async (page) => {
      await page.locator('#tasks').scrollIntoViewIfNeeded();
      await press(page, english.tasks.run);
      await page.locator('#tasks').getByRole('button', { name: 'Stop' }).waitFor();
      const rows = page.locator('.tasks-table tbody tr');
      await rows.nth(5).waitFor();
      await page.locator('#tasks').getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
      const found = await rows.evaluateAll((all) =>
        all.map((row) => [...row.querySelectorAll('th, td')].map((each) => each.firstChild?.textContent ?? '')),
      );
      assert.deepEqual(
        found.map(([name, answers]) => `${name} ${answers}`),
        ['No pretext task (untrained) –', 'Rotation 4', 'Mirrors 4', 'Turns and mirrors 8', 'Jigsaw 24', 'Shuffles 4'],
      );
      for (const [, , pretext, ...read] of found) {
        assert.match(pretext, /^(–|\d+\.\d%)$/);
        assert.equal(read.length, 3, '10, 30 and 100 of 100 labelled images');
        read.forEach((share) => assert.match(share, /^\d+\.\d%$/));
      }
      assert.equal(await rows.nth(1).locator('small').count(), 3, 'turns are what the others are compared with');
      assert.equal(await rows.nth(4).locator('small').count(), 6);
      await page.locator('.run-table tbody tr').nth(4).waitFor();
      assert.match((await page.locator('.run-table tbody').textContent()) ?? '', /Jigsaw/);
      await page.locator('#tasks').screenshot({ path: `${artefacts}/tasks.png` });
      assert.deepEqual(await findings(page), []);
      // Stopped, it leaves what has come.
      await press(page, english.tasks.run);
      await page.locator('#tasks').getByRole('button', { name: 'Stop' }).click();
      await page.locator('#tasks').getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
      assert.equal(await page.locator('#tasks').getByRole('alert').count(), 0);
    });
  });
});
