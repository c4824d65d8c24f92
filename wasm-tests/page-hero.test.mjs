// The four turned digits at the top, while they turn: at no moment does a tile say two things.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LONG, press, useChromium } from './support/browser-page.mjs';

/** @typedef {import('playwright-core').Page} Page */

describe('the turned digits', () => {
  const visit = useChromium();

  // Firefox is started with the wish for less motion: see FIREFOX_WISHES.
  test('the triangle turns with its digit', async () => {
    await visit(
      LONG,
      async (page) => {
        await press(page, 'Train');
        await page.locator('.turn-pointer').nth(3).waitFor();
        await press(page, 'Pause');
        await page.locator('.run-line', { hasText: 'Paused' }).waitFor();
        const seen = await page.evaluate(async () => {
          /** Degrees clockwise that an element is turned by on the screen, with all that it is in. @param {Element} element */
          const turnOf = (element) => {
            let sum = 0;
            for (let each = /** @type {Element | null} */ (element); each; each = each.parentElement) {
              const { rotate } = getComputedStyle(each);
              if (rotate !== 'none') sum += parseFloat(rotate);
            }
            return sum;
          };
          for (const element of document.querySelectorAll('.turns [class*=turning-]')) {
            // Over by now: it begins once more.
            const name = /turning-\d/.exec(element.className)?.[0] ?? '';
            element.classList.replace(name, name === 'turning-0' ? 'turning-1' : 'turning-0');
          }
          // The spin, held at some moments of it.
          const found = [];
          for (const time of [0, 200, 450, 700, 2000]) {
            for (const animation of document.getAnimations()) {
              if (animation instanceof CSSTransition) animation.finish(); // the pointer's way to the latest answer
              if (!(/** @type {CSSAnimation} */ (animation).animationName?.startsWith('turn-in'))) continue;
              animation.pause();
              animation.currentTime = time;
            }
            for (const tile of document.querySelectorAll('.turn')) {
              const [digit, pointer] = [tile.querySelector('canvas'), tile.querySelector('.turn-pointer')];
              if (!digit || !pointer) throw new Error('no digit, or no pointer');
              const said = Number(getComputedStyle(tile).getPropertyValue('--said'));
              found.push({ time, turned: turnOf(digit), apart: turnOf(pointer) - turnOf(digit) + 90 * said });
            }
          }
          return found;
        });
        assert.ok(
          seen.some(({ turned }) => turned > 10),
          'the digits turn',
        );
        for (const { time, apart } of seen) assert.ok(Math.abs(apart) < 1e-3, `after ${time} ms: ${apart}°`);
      },
      { context: { reducedMotion: 'no-preference' } },
    );
  });
});
