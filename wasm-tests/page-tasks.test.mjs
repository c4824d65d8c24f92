// Another pretext task than turns: what the page shows of it, and all tasks with one button.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { differences, verdicts } from '../web/src/features/tasks/compare.js';
import { laterWords, speak, t } from '../web/src/messages/messages.js';
import {
  artefacts,
  findings,
  finished,
  keepSection,
  openEverything,
  press,
  sidewaysScroll,
  unfold,
  useBrowsers,
} from './support/browser-page.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

await speak('en');
await laterWords();

/** Where a visitor chooses or compares tasks, or turns the image by hand. */
const TURNED = ['option', '#tasks', '.draw-more .fold:has(.turning)', '.activations', '.unit', '.kernel'];

const DATA = 'data=generated&images=1100&tests=400&epochs=1&armEpochs=1';

test('tasks are compared with turns, image by image, and a verdict needs an interval without zero', () => {
  const truth = Uint8Array.from({ length: 100 }, (_, i) => i % 10);
  /** Right in so many of the first images. @param {number} right */
  const marks = (right) => truth.map((label, i) => (i < right ? label : (label + 1) % 10));
  /** @param {import('../web/src/features/tasks/compare.js').TaskRow['task']} task @param {number[]} right */
  const row = (task, right) => ({
    task,
    run: task,
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

  inBrowser('of another task no label speaks of turning but where something is turned', async (visit) => {
    /** What the page says and names, as far as it speaks of turning. @param {string} task */
    const ofTurning = async (task) => {
      /** @type {string[]} */
      let said = [];
      await visit(`${DATA}&task=${task}`, async (page) => {
        await press(page, 'Train');
        await finished(page);
        await openEverything(page);
        await page.locator('#probe-table thead th').nth(4).waitFor();
        // It asks only while it is in sight.
        await page.locator('.confusion').scrollIntoViewIfNeeded();
        await page.locator('.confusion-note', { hasText: 'test images' }).waitFor();
        await page.locator('.shapes').waitFor();
        const all = await page.evaluate((elsewhere) => {
          /** @type {string[]} */
          const found = [];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
          for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            const element = node instanceof Element ? node : node.parentElement;
            if (!element || element.closest(elsewhere) || element.closest('script, style')) continue;
            if (node instanceof Element) {
              for (const name of ['aria-label', 'title', 'alt', 'placeholder'])
                found.push(node.getAttribute(name) ?? '');
            } else found.push(node.textContent ?? '');
          }
          return [...new Set(found.map((text) => text.trim()))];
        }, TURNED.join(', '));
        const { common, draw, map, page: whole, quiz } = t.peek();
        const drawn = draw.mine.invitation(common.kinds.digits);
        const others = [map.byMouse, map.read.laid, whole.source, quiz.again({ kind: 'digits' }), drawn];
        said = all.filter(
          (text) => /\b(rotat\w*|turn|turns|turned|turning|upright)\b/i.test(text) && !others.includes(text),
        );
      });
      return said;
    };
    assert.ok((await ofTurning('turns')).length > 20, 'of turns the page speaks in many places');
    assert.deepEqual(await ofTurning('jigsaw'), []);
  });

  inBrowser('another question is chosen beside the curves, and a fresh start takes it', async (visit) => {
    await visit(
      DATA,
      async (page) => {
        await unfold(page, /^Settings/);
        const strip = page.locator('.pretext-strip');
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
      for (const [, , pretext, ...cells] of found) {
        const read = cells.slice(0, -1); // without the button that removes
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

  inBrowser(
    'all of them are earlier runs in the main figure, last over a reload, and can be removed',
    async (visit) => {
      await visit(DATA, async (page) => {
        const names = ['Mirrors', 'Turns and mirrors', 'Jigsaw', 'Shuffles'].map(
          (title, i) => `Run ${i + 2}: ${title}`,
        );
        const inFigure = ['Run 1, same settings', ...names];
        const tasks = page.locator('#tasks');
        const rows = page.locator('.tasks-table tbody tr');
        const texts = () => rows.evaluateAll((all) => all.map((row) => row.textContent));
        /** Rows of the main figure's table: columns of the runs, with the figures of one number of labels. */
        const probed = async () => {
          await page.locator('#probe-table thead th', { hasText: inFigure[4] }).waitFor();
          return page.locator('#probe-table').evaluate((table) => {
            const titles = [...table.querySelectorAll('thead th')].map((cell) => cell.textContent ?? '');
            const last = [...table.querySelectorAll('tbody tr:last-child > *')].map(
              (cell) => cell.firstChild?.textContent,
            );
            return Object.fromEntries(titles.map((title, i) => [title, last[i]]));
          });
        };
        await tasks.scrollIntoViewIfNeeded();
        await press(page, 'Run all pretext tasks');
        await rows.nth(5).waitFor();
        await tasks.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
        const found = await texts();
        const figures = await probed();
        for (const name of inFigure) {
          assert.match(figures[name] ?? 'missing', /^\d/, name);
          await page.locator('.probe-chart .legend', { hasText: name }).waitFor();
        }
        // What the chart shows of a run is what stands in the table of questions.
        const jigsaw = await rows
          .nth(4)
          .locator('td')
          .nth(4)
          .evaluate((cell) => cell.firstChild?.textContent ?? '');
        assert.equal(Number.parseFloat(figures[inFigure[3]] ?? '').toFixed(1), Number.parseFloat(jigsaw).toFixed(1));

        await page.reload();
        await tasks.scrollIntoViewIfNeeded();
        await rows.nth(5).waitFor();
        assert.deepEqual(await texts(), found);
        const again = await probed();
        for (const name of inFigure) assert.equal(again[name], figures[name], name);

        // One of them, then all; nothing comes back.
        await press(page, 'Remove the result of “Jigsaw”');
        await rows.nth(5).waitFor({ state: 'detached' });
        await page.locator('#probe-table thead th', { hasText: 'Jigsaw' }).waitFor({ state: 'detached' });
        await press(page, 'Remove these results');
        await rows.first().waitFor({ state: 'detached' });
        assert.equal(await page.locator('#probe-table thead th', { hasText: 'Run' }).count(), 0);
        await page.reload();
        await tasks.getByRole('button', { name: 'Run all pretext tasks' }).and(page.locator(':enabled')).waitFor();
        assert.equal(await rows.count(), 0);
        assert.equal(await page.locator('.run-table').count(), 0);
      });
    },
  );
});
