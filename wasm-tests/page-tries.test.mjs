// Tasks beside the sections that tick themselves, and the guess before the figure.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { triedOf } from '../web/src/data/tried.js';
import {
  SMALL,
  draw,
  findings,
  finished,
  keepSection,
  openEverything,
  press,
  takePicture,
  useBrowsers,
} from './support/browser-page.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

test('of a damaged record of what was tried, what is of use is taken', () => {
  const nothing = { done: [], guesses: {} };
  for (const bad of [null, undefined, 7, 'text', [], { done: 'x', guesses: 3 }])
    assert.deepEqual(triedOf(bad), nothing);
  assert.deepEqual(
    triedOf({ done: ['a', 3, 'a', null, 'b'], guesses: { 100: 70, 30: 101, x: 5, 10: 2.5, 1000: 0 }, more: 1 }),
    { done: ['a', 'b'], guesses: { 100: 70, 1000: 0 } },
  );
});

describe('what there is to try', () => {
  const { inBrowser } = useBrowsers();
  /** @param {Page} page @param {string} section */
  const tries = (page, section) => page.locator(`#${section} .tries`);
  /** @param {Page} page @param {string} section @param {number} done */
  const ticked = (page, section, done) =>
    tries(page, section)
      .getByRole('heading', { name: `Try this: ${done} of 2 done` })
      .waitFor();

  inBrowser('tasks tick themselves, are kept, and are forgotten; a guess stands beside its result', async (visit) => {
    await visit(SMALL, async (page) => {
      await openEverything(page);
      assert.equal(await page.locator('.tries').count(), 8, 'each main section has its tasks');
      await ticked(page, 'learn', 0);
      const first = tries(page, 'learn').locator('.tries-task').first();
      await first.getByText('The answer appears when you have done it.').waitFor();
      assert.equal(await first.getByText('nobody labelled a single one').isVisible(), false);
      await page.getByRole('slider', { name: 'Your guess, out of 100' }).fill('70');
      await press(page, 'Keep my guess');
      await page.getByText('Your guess: 70 of 100. The result appears here').waitFor();
      await draw(page, [
        [0.5, 0.2],
        [0.5, 0.8],
      ]);
      await ticked(page, 'draw', 1);
      const height = () => tries(page, 'learn').evaluate((element) => element.getBoundingClientRect().height);
      const before = await height();
      await press(page, 'Train');
      await finished(page);
      await ticked(page, 'learn', 1);
      await first.getByText('nobody labelled a single one').waitFor();
      assert.equal(await first.getByRole('img', { name: 'Done:' }).count(), 1);
      assert.equal(await height(), before, 'nothing moves with a tick');
      await page.getByText(/^Your guess: 70 of 100\. The result: \d+\.\d% \(\d+\.\d% to \d+\.\d%\)\.$/).waitFor();
      await page.locator('#probe').getByLabel('10', { exact: true }).check();
      await ticked(page, 'probe', 1);
      await page.locator('#inside').getByLabel('Random features').first().check();
      await ticked(page, 'inside', 1);
      await page.locator('#probe').getByLabel('100', { exact: true }).check();
      assert.deepEqual(await findings(page), []);
      await takePicture(tries(page, 'learn'), 'tries');

      await page.reload();
      await ticked(page, 'learn', 1);
      await ticked(page, 'draw', 1);
      await page.getByText('Your guess: 70 of 100. The result appears here').waitFor();
      await tries(page, 'learn').getByRole('button', { name: 'Forget these ticks' }).click();
      await ticked(page, 'learn', 0);
      await press(page, 'Guess again');
      await page.getByRole('button', { name: 'Keep my guess' }).waitFor();
      await page.reload();
      await ticked(page, 'draw', 1);
      await ticked(page, 'learn', 0);
      await page.getByRole('button', { name: 'Keep my guess' }).waitFor();
    });
  });

  inBrowser('words that act: each button does its task or begins it, and leads to its place', async (visit) => {
    await visit(SMALL, async (page) => {
      await openEverything(page);
      const words = english.tries.tasks;
      /** @param {string} section @param {keyof typeof words} id */
      const button = (section, id) => tries(page, section).getByRole('button', { name: words[id].help, exact: true });
      /** @param {string} section @param {keyof typeof words} id */
      const help = async (section, id) => {
        // By keys, as anybody can.
        await button(section, id).focus();
        await page.keyboard.press('Enter');
      };
      /** @param {string} section @param {keyof typeof words} id */
      const cannot = async (section, id) =>
        assert.equal(await button(section, id).getAttribute('aria-disabled'), 'true', `${section} ${id}`);
      /** @param {string} at */
      const inSight = (at) =>
        page.waitForFunction((selector) => {
          const { top, bottom } = /** @type {Element} */ (document.querySelector(selector)).getBoundingClientRect();
          return bottom > 0 && top < innerHeight;
        }, at);
      await help('quiz', 'gameBefore');
      await page.locator('.quiz-digit').waitFor();
      await page.locator('.quiz-answer.up:enabled').click();
      await press(page, 'Next digit');
      await help('quiz', 'gameBefore');
      await page.getByText('Digit 2 of 10').waitFor();
      await cannot('quiz', 'gameAfter');
      await cannot('map', 'backInTime');
      await cannot('probe', 'otherLabels');
      await help('map', 'backInTime');
      await ticked(page, 'map', 0);
      await help('draw', 'drawn');
      await inSight('#draw .pad');
      await cannot('draw', 'upsideDown');
      await draw(page, [
        [0.5, 0.2],
        [0.5, 0.8],
      ]);
      await help('draw', 'upsideDown');
      await ticked(page, 'draw', 2);
      await help('map', 'bothMaps');
      await ticked(page, 'map', 1);
      await inSight('#map .map-figure');
      await help('inside', 'poolLoser');
      await ticked(page, 'inside', 1);
      await help('learn', 'trained');
      await finished(page);
      await ticked(page, 'learn', 1);
      await cannot('learn', 'trained');
      const focused = await page.evaluate(() => document.activeElement?.textContent);
      assert.equal(focused, words.trained.help, 'the button keeps the focus');
      await help('map', 'backInTime');
      await ticked(page, 'map', 2);
      await help('inside', 'randomKernels');
      await ticked(page, 'inside', 2);
      await help('probe', 'fewLabels');
      await help('probe', 'otherLabels');
      await ticked(page, 'probe', 2);
      await help('duel', 'seeds');
      await ticked(page, 'duel', 1);
      await inSight('#duel .more-runs');
      await help('duel', 'fewForArms');
      await page.waitForURL(/[?&]labels=100\b/);
      await help('tasks', 'otherTask');
      await page.waitForURL(/[?&]task=mirrors\b/);
    });
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
    await visit(
      `${SMALL}&seed=4294967295`,
      async (page) => {
        await page.locator('footer').waitFor();
        const inside = tries(page, 'inside');
        await inside.locator('summary').first().tap();
        await inside.locator('.tries-task > summary').first().tap();
        await inside.getByRole('button', { name: english.tries.tasks.poolLoser.help, exact: true }).tap();
        await ticked(page, 'inside', 1);
        const shown = await page.evaluate(() => {
          const bar = /** @type {Element} */ (document.querySelector('.stay')).getBoundingClientRect();
          return (
            /** @type {Element} */ (document.querySelector('#inside .unit')).getBoundingClientRect().top - bar.bottom
          );
        });
        assert.ok(shown >= 0, `the card is ${shown} pixels below the bar`);
        const seeds = page.locator('#duel .more-runs');
        await seeds.locator('summary').first().tap();
        await seeds.getByText(english.duel.more.repeat({ first: 4294967293, last: 4294967295 })).waitFor();
      },
      { context: phone },
    );
  });

  inBrowser('a lesson hides them, and tasks that cannot be done in it are left out', async (visit) => {
    await visit(`${SMALL}&lock=pace,task`, async (page) => {
      await keepSection(page);
      assert.equal(await tries(page, 'learn').getByRole('listitem').count(), 1);
      assert.equal(await tries(page, 'tasks').getByRole('listitem').count(), 1);
      await press(page, 'Make a lesson link…');
      const dialog = page.getByRole('dialog', { name: 'A link for a lesson' });
      await dialog.getByLabel('“Try this” tasks').check();
      await dialog.getByLabel('The guess before the result').check();
      const link = await dialog.getByLabel('The link').inputValue();
      assert.match(link, /[?&]hide=try,guess$/);
      await page.goto(link);
      await openEverything(page);
      assert.equal(await page.locator('.tries, .guess').count(), 0);
      assert.equal(await page.locator('.address-problem').count(), 0);
    });
  });
});
