// The built page in real browsers, used as a visitor would use it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import {
  LONG,
  SMALL,
  answers,
  draw,
  drawByFinger,
  enter,
  finished,
  inkSeen,
  kept,
  takePicture,
  press,
  ready,
  sidewaysScroll,
  signature,
  useBrowsers,
  where,
  startOver,
} from './support/browser-page.mjs';
import { engineWorker } from './support/engine-worker.mjs';
import { servePage } from './support/page-server.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

describe('the page', () => {
  const { inChromium, inBrowser } = useBrowsers();

  inBrowser('trains, answers a drawing meanwhile, and ends with three accuracies', async (visit, engine) => {
    const held = await servePage({ hold: 20 });
    try {
      await visit(
        'data=generated&images=1100&tests=600&epochs=12&armEpochs=20',
        async (page) => {
          await press(page, 'Train');
          await draw(page, [
            [0.5, 0.2],
            [0.5, 0.8],
          ]);
          await page.waitForFunction(() =>
            /: \d, \d+%/.test(document.querySelector('#draw .stems')?.getAttribute('aria-label') ?? ''),
          );
          const early = await answers(page);
          assert.deepEqual(
            early.map(({ stems }) => stems),
            [10, 10, 10, 4],
          );
          for (const { label, sum } of early)
            assert.ok(Math.abs(sum - 1) < 1e-3, `${label}: probabilities add up to ${sum}`);
          assert.ok((await inkSeen(page)) > 5000, 'the networks see the stroke');
          held.release();
          await finished(page);
          // Answers follow the training, the last of them a little behind it.
          let late = await answers(page);
          for (let look = 0; look < 100 && isDeepStrictEqual(late, early); look++) {
            await page.waitForTimeout(50);
            late = await answers(page);
          }
          assert.notDeepEqual(late, early, 'answers follow the training');
          assert.match(late[0].label, /^Self-supervised: 1, \d+%$/, 'an upright stroke is a one');
          const scores = await page
            .locator('.score')
            .evaluateAll((cards) => cards.map((card) => card.textContent ?? ''));
          assert.equal(scores.length, 3);
          for (const score of scores) {
            assert.match(score, /\d+\.\d\d% of 600/);
            assert.match(score, /\d+\.\d\d% of 300/);
            assert.match(score, /\d+\.\d% to \d+\.\d%/);
          }
          await page
            .locator('#learn')
            .getByText(/names the turn correctly for \d+\.\d%/)
            .waitFor();
          const hash = await signature(page);
          assert.match(
            (await page.locator('.command').textContent()) ?? '',
            new RegExp(`^quarterturn run --data generated:1100:600:1 --seed 1 .* --expect ${hash}$`),
          );
          assert.equal(await page.locator('#duel .chart-plot canvas').count(), 2);
          await takePicture(page, `${engine.toLowerCase()}-finished`, { fullPage: true });
        },
        { address: held.address },
      );
    } finally {
      await held.close();
    }
  });

  test('pauses, steps once, resumes and resets', async () => {
    await inChromium(LONG, async (page) => {
      await press(page, 'Train');
      await page.waitForFunction(() =>
        /epoch ([2-9]|\d\d)/.test(document.querySelector('.run-line')?.textContent ?? ''),
      );
      await press(page, 'Pause');
      await page.locator('.run-line', { hasText: 'Paused' }).waitFor();
      const first = await where(page);
      await page.waitForTimeout(300);
      assert.deepEqual(await where(page), first, 'nothing moves while paused');
      await press(page, 'Step');
      const next = `step ${(first.done % first.steps) + 1} of`;
      await page
        .locator('.run-line', { hasText: first.done % first.steps === first.steps - 1 ? 'step 0 of' : next })
        .waitFor();
      assert.equal((await where(page)).done, first.done + 1);
      await press(page, 'Resume');
      await page.waitForFunction(() => !document.querySelector('.run-line')?.textContent?.includes('Paused'));
      await startOver(page);
      await ready(page);
      assert.equal(await page.locator('#learn .legend b').first().textContent(), '–', 'the curves are empty again');
    });
  });

  test('goes on from the last checkpoint in a fresh engine after a crash, to the same result', async () => {
    const query = 'data=generated&images=330&tests=100&epochs=6&armEpochs=2';
    let expected = '';
    await inChromium(query, async (page) => {
      await press(page, 'Train');
      await finished(page);
      expected = await signature(page);
    });
    const held = await servePage({ hold: 10 }); // of 7 steps an epoch
    try {
      await inChromium(
        query,
        async (page) => {
          await press(page, 'Train');
          await page.locator('.run-line', { hasText: /epoch 2 of 6 · step 3 of 7/ }).waitFor();
          await kept(page);
          await engineWorker(page).evaluate(() => {
            setTimeout(() => {
              throw new WebAssembly.RuntimeError('unreachable');
            });
          });
          await page.locator('.notice', { hasText: 'training continues at Rotation' }).waitFor();
          held.release();
          await finished(page);
          assert.equal(await signature(page), expected);
        },
        { address: held.address, complaints: /unreachable/ },
      );
    } finally {
      await held.close();
    }
  });

  test('gives the same signature again after a reset, and in every build of one arithmetic', async () => {
    const query = 'data=generated&images=330&tests=100&epochs=1&armEpochs=2&seed=7';
    /** @type {Record<string, string>} */
    const found = {};
    /** @param {Page} page */
    const trained = async (page) => {
      await press(page, 'Train');
      await finished(page);
      return signature(page);
    };
    for (const build of ['threads-relaxed', 'single-relaxed', 'threads-simd', 'single-simd']) {
      await inChromium(`${query}&build=${build}&threads=2`, async (page) => {
        assert.equal(await page.locator('.build').getAttribute('data-build'), build);
        found[build] = await trained(page);
        assert.match(found[build], /^[0-9a-f]{16}$/);
        if (build !== 'single-simd') return;
        await press(page, 'Start over');
        await ready(page);
        assert.equal(await trained(page), found[build], 'again from the same initial weights');
      });
    }
    assert.equal(found['single-relaxed'], found['threads-relaxed']);
    assert.equal(found['single-simd'], found['threads-simd']);
  });

  test('runs on one thread where the page is not isolated, and says why', async () => {
    const plain = await servePage({ isolated: false });
    try {
      await inChromium(
        SMALL,
        async (page) => {
          assert.equal(await page.evaluate(() => crossOriginIsolated), false);
          assert.equal(await page.locator('.build').getAttribute('data-build'), 'single-relaxed');
          const text = (await page.locator('.build').textContent()) ?? '';
          assert.match(text, /one thread, relaxed SIMD/);
          assert.match(text, /not cross-origin isolated/);
          await press(page, 'Train');
          await finished(page);
          assert.equal(await page.locator('.score', { hasText: /\d+\.\d\d% of 600/ }).count(), 3);
        },
        { address: plain.address },
      );
    } finally {
      await plain.close();
    }
  });

  test('passes over builds that hang or are damaged, and says so', async () => {
    const bad = await servePage({ hangs: /threads-relaxed\.wasm/, damages: /threads-simd\.wasm/ });
    try {
      await inChromium(
        SMALL,
        async (page) => {
          assert.equal(await page.locator('.build').getAttribute('data-build'), 'single-relaxed');
          const passed = await page.locator('.passed li').allTextContents();
          assert.match(passed[0], /Threads, relaxed SIMD: did not answer within 8 s/);
          assert.match(passed[1], /Threads, SIMD: failed to start/);
          await press(page, 'Step');
          await page.getByText(/Paused · Rotation · epoch 1 of 2 · step 1/).waitFor();
        },
        { address: bad.address, complaints: /wasm|instantiat/i },
      );
    } finally {
      await bad.close();
    }
  });

  inBrowser('keeps the settings in the address and takes them from it', async (visit) => {
    await visit('data=generated&images=330&tests=100&epochs=3&seed=nonsense', async (page) => {
      await page.getByText(/address is not valid: Seed: enter a whole number/).waitFor();
      assert.equal(await page.getByLabel('Rotation epochs').inputValue(), '3');
      await enter(page.getByLabel('Seed'), '42');
      await page.waitForURL(/seed=42/);
      await page.getByText(english.run.resetWanted).waitFor();
      await startOver(page);
      await page.locator('.command', { hasText: '--seed 42' }).waitFor();
      await enter(page.getByLabel('Rotation batch'), '0');
      await page.getByText('Rotation batch: enter a number from 1 to 1024').waitFor();
    });
  });

  inBrowser('works by keyboard alone', async (visit) => {
    await visit(LONG, async (page) => {
      for (let i = 0; i < 30 && !(await page.evaluate(() => document.activeElement?.matches('button.primary'))); i++) {
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Pause' }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Resume' }).waitFor();
      await page.getByRole('button', { name: 'Test digit 5' }).focus();
      await page.keyboard.press('Space');
      await page.waitForFunction(() =>
        /: \d, \d+%/.test(document.querySelector('#draw .stems')?.getAttribute('aria-label') ?? ''),
      );
      assert.ok((await inkSeen(page)) > 1000);
      await page.getByRole('button', { name: 'Clear' }).focus();
      await page.keyboard.press('Enter');
      await page.waitForFunction(() =>
        /no answer yet/.test(document.querySelector('#draw .stems')?.getAttribute('aria-label') ?? ''),
      );
    });
  });

  test('shows its progress in the title of a hidden tab, and goes on training there', async () => {
    await inChromium(LONG, async (page) => {
      await press(page, 'Train');
      await page.waitForFunction(() => /images\/s/.test(document.querySelector('.run-line')?.textContent ?? ''));
      await page.evaluate(() => {
        Object.defineProperty(document, 'hidden', { get: () => true });
        document.dispatchEvent(new Event('visibilitychange'));
      });
      await page.waitForFunction(() => /^\d+% · Quarterturn$/.test(document.title));
      const title = await page.title();
      await page.waitForFunction((before_) => document.title !== before_, title);
    });
  });

  inBrowser('fits a phone, where a finger draws instead of scrolling', async (visit, engine) => {
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
    await visit(
      SMALL,
      async (page) => {
        assert.ok((await sidewaysScroll(page)) <= 0, 'no sideways scroll before training');
        const pad = page.locator('.pad canvas');
        await pad.scrollIntoViewIfNeeded();
        // What is fetched above the pad may move it by a line; it is drawn on where it has come to stand.
        await page.waitForFunction(() => !document.querySelector('#duel [aria-busy=true]'));
        await pad.scrollIntoViewIfNeeded();
        assert.equal(await pad.evaluate((canvas) => getComputedStyle(canvas).touchAction), 'none');
        const scrolled = await page.evaluate(() => scrollY);
        await drawByFinger(page, [
          [0.5, 0.2],
          [0.5, 0.8],
        ]);
        await page.waitForFunction(() =>
          /: \d, \d+%/.test(document.querySelector('#draw .stems')?.getAttribute('aria-label') ?? ''),
        );
        assert.ok((await inkSeen(page)) > 5000, 'a long stroke, not a dot');
        assert.equal(await page.evaluate(() => scrollY), scrolled);
        await press(page, 'Train');
        await finished(page);
        assert.ok((await sidewaysScroll(page)) <= 0, 'no sideways scroll after training');
        await takePicture(page, `${engine.toLowerCase()}-phone`, { fullPage: true });
      },
      { context: phone },
    );
  });
});
