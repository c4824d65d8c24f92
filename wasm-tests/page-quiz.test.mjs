// "Which way up?" as a visitor plays it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import later from '../web/src/messages/en/later.js';
import { amongAsked, makeQuestions, score, variantOfKey, verdict } from '../web/src/features/quiz/game.js';
import {
  SMALL,
  findings,
  finished,
  takePicture,
  press,
  sidewaysScroll,
  tap,
  useBrowsers,
} from './support/browser-page.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

test('questions do not repeat an image while there are enough, and turn it all ways', () => {
  let state = 1;
  const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
  const questions = makeQuestions(400, 200, random);
  assert.equal(new Set(questions.map(({ index }) => index)).size, 200);
  assert.ok(questions.every(({ index }) => Number.isInteger(index) && index >= 0 && index < 400));
  for (let turn = 0; turn < 4; turn++) {
    const share = questions.filter((question) => question.variant === turn).length / 200;
    assert.ok(share > 0.15 && share < 0.35, `turn ${turn}: ${share}`);
  }
  assert.equal(new Set(makeQuestions(10, 10, () => 0).map(({ index }) => index)).size, 10, 'even without chance');
  assert.equal(makeQuestions(3, 10, random).length, 10);
  assert.deepEqual(makeQuestions(0, 10, random), []);
});

test('each answer scores for itself', () => {
  const questions = [0, 1, 2].map((turn) => ({ index: turn, variant: turn }));
  const answers = [
    [0, 1],
    [1, 1],
    [3, 2],
  ].map(([you, network]) => ({ you, network, probabilities: new Float32Array(4), epochs: 0 }));
  assert.deepEqual(score(questions, answers), { you: 2, network: 2 });
  assert.equal(verdict({ you: 7, network: 9 }), 'networkWins');
  assert.equal(verdict({ you: 9, network: 7 }), 'youWin');
  assert.equal(verdict({ you: 5, network: 5 }), 'draw');
  assert.equal(later.quiz.youWin({ you: 9, network: 7, of: 10 }), 'You 9 of 10, the network 7. You win.');
  assert.deepEqual(
    ['ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowRight', '1', '2', '3', '4', 'x'].map((key) =>
      variantOfKey(key, [0, 1, 2, 3], true),
    ),
    [0, 1, 2, 3, 0, 1, 2, 3, undefined],
  );
});

test('of very many answers some are asked about, of you and of the network', () => {
  const asked = [0, 7, 16, 23];
  const questions = makeQuestions(100, 40, Math.random, asked);
  assert.ok(questions.every(({ variant }) => asked.includes(variant)));
  assert.deepEqual(
    ['1', '4', '5', 'ArrowUp'].map((key) => variantOfKey(key, asked, false)),
    [0, 23, undefined, undefined],
  );
  const all = new Float32Array(24).fill(0.02);
  all[3] = 0.5; // not asked about
  all[16] = 0.06;
  const { probabilities, said } = amongAsked(all, asked);
  assert.equal(said, 16);
  assert.ok(Math.abs(probabilities[2] - 0.5) < 1e-6);
  assert.equal(amongAsked(new Float32Array(24).fill(NaN), asked).said, -1);
});

const DIRECTIONS = ['up', 'left', 'down', 'right'];
const KEYS = ['ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowRight', '1', '2', '3', '4'];

/** Waits for the answers to a question and gives who was right. @param {Page} page @param {number} said */
async function told(page, said) {
  await page.locator('.quiz-told .button:enabled').waitFor();
  const lines = await page.locator('.quiz-line').allTextContents();
  assert.match(lines[0], new RegExp(`You: ${DIRECTIONS[said]}`), 'the answer that was given');
  const [, direction, sure] = /The network: (\w+) \((\d+)%\)/.exec(lines[1]) ?? [];
  assert.ok(DIRECTIONS.includes(direction));
  const stems = await page
    .locator('#quiz .stem')
    .evaluateAll((all) => all.map((stem) => Number(/** @type {HTMLElement} */ (stem).style.getPropertyValue('--p'))));
  assert.ok(Math.abs(stems.reduce((sum, p) => sum + p, 0) - 1) < 1e-3, `probabilities add up: ${stems}`);
  assert.equal(stems.indexOf(Math.max(...stems)), DIRECTIONS.indexOf(direction));
  assert.equal(Math.round(100 * Math.max(...stems)), Number(sure));
  const [you, network] = lines.map((line) => line.includes(', correct'));
  const truth = await page.locator('.quiz-answer[data-mark="right"]').getAttribute('aria-label');
  assert.equal(truth === `Its top points ${DIRECTIONS[said]}`, you);
  assert.equal(truth === `Its top points ${direction}`, network);
  return { you, network };
}

describe('the quiz', () => {
  const { inBrowser } = useBrowsers();

  inBrowser('is played by keys against an untrained network, to a result, and again', async (visit, engine) => {
    await visit(SMALL, async (page) => {
      await page.locator('#quiz').scrollIntoViewIfNeeded();
      await page.getByText(english.quiz.untrained).waitFor();
      await page.getByRole('button', { name: 'Play', exact: true }).focus();
      await page.keyboard.press('Enter');
      const right = { you: 0, network: 0 };
      for (let i = 0; i < 10; i++) {
        await page.locator('.quiz-answer.up:enabled').waitFor();
        await page.getByText(`Digit ${i + 1} of 10 · you ${right.you}, network ${right.network}`).waitFor();
        const scrolled = await page.evaluate(() => scrollY);
        await page.keyboard.press(KEYS[i % 8]);
        const round = await told(page, (i % 8) % 4);
        assert.equal(await page.evaluate(() => scrollY), scrolled, 'an arrow answers and does not scroll');
        right.you += Number(round.you);
        right.network += Number(round.network);
        await page.keyboard.press('Enter');
      }
      const verdictText = (await page.locator('.quiz-verdict').textContent()) ?? '';
      assert.match(verdictText, new RegExp(`^You ${right.you} of 10, the network ${right.network}\\. `));
      assert.equal(await page.locator('.quiz-list li').count(), 10);
      assert.equal(await page.locator('.quiz-list li > span:nth-child(2).right').count(), right.you);
      assert.deepEqual(await findings(page), []);
      await takePicture(page.locator('#quiz'), `quiz-${engine.toLowerCase()}`);
      await page.keyboard.press('Enter');
      await page.getByText('Digit 1 of 10 · you 0, network 0').waitFor();
    });
  });

  inBrowser('is played by a finger on a phone, and says how far the network is', async (visit) => {
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
    await visit(
      SMALL,
      async (page) => {
        await press(page, 'Train');
        await finished(page);
        await page.locator('#quiz').scrollIntoViewIfNeeded();
        await page.getByText('The network has trained for 2 epochs of rotation.').waitFor();
        await tap(page.getByRole('button', { name: 'Play', exact: true }));
        for (let i = 0; i < 3; i++) {
          await tap(page.locator(`.quiz-answer.${DIRECTIONS[i]}:enabled`));
          await told(page, i);
          assert.ok((await sidewaysScroll(page)) <= 0, 'no sideways scroll');
          if (i < 2) await tap(page.getByRole('button', { name: 'Next digit' }));
        }
      },
      { context: phone },
    );
  });
});
