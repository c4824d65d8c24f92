// The example run: who opens the page for the first time finds every figure filled, until a run of their own begins.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import {
  enter,
  finished,
  outOfSight,
  press,
  ready,
  signature,
  startOver,
  takePicture,
  unfold,
  useChromium,
} from './support/browser-page.mjs';
import { readRuns } from './support/kept.mjs';
import { pageFolder, servePage } from './support/page-server.mjs';

/** @typedef {import('playwright-core').Page} Page */

const visit = useChromium();

const files = readdirSync(`${pageFolder}/assets`).filter((name) => /^example-.*\.bin$/.test(name));
const EXAMPLE = /\/assets\/(example-[^/]*\.bin)$/;
const served = 'mnist' in JSON.parse(readFileSync(`${pageFolder}/data/index.json`, 'utf8'));

/** What the build says of it. @param {string} address @returns {import('../scripts/example.mjs').Head} */
function headOf(address) {
  const bytes = gunzipSync(readFileSync(`${pageFolder}/assets/${EXAMPLE.exec(address)?.[1]}`));
  return JSON.parse(bytes.subarray(0, bytes.indexOf(10)).toString());
}

/** A server that has no data: the page takes its built-in digits. @param {Page} page */
const withoutData = (page) => page.route(/\/data\/index\.json$/, (route) => route.fulfill({ json: {} }));
const prepare = { prepare: withoutData };

/** @param {Page} page */
const marks = (page) => page.getByTestId('example');
/** @param {Page} page */
const shown = (page) => page.locator('.run-line', { hasText: 'Example run: built-in digits, seed 1, 10 epochs.' });
/** @param {Page} page */
const exampleAsked = (page) => page.waitForRequest((request) => EXAMPLE.test(request.url()));

/** Nothing of it is left. @param {Page} page */
async function assertGone(page) {
  await marks(page).first().waitFor({ state: 'detached' });
  assert.equal(await shown(page).count(), 0);
  assert.doesNotMatch((await page.locator('.meter').textContent()) ?? '', /has never seen/);
}

describe('the example run', () => {
  test('fills the figures of a page that nobody has touched, each marked, and is not kept as the visitor’s', async () => {
    await visit(
      '',
      async (page) => {
        const address = page.url();
        await shown(page).waitFor();
        await page.locator('footer').waitFor();
        assert.equal(await page.locator('.run-train').textContent(), 'Train');
        assert.equal(await page.locator('.run-progress').getAttribute('aria-valuenow'), '0');
        const marked = await marks(page).evaluateAll((all) => all.map((each) => each.closest('section')?.id));
        assert.deepEqual(marked, ['learn', 'probe', 'quiz', 'duel', 'draw', 'map', 'inside']);
        // The first screen, the curves, the main figure, the notebook's comparison.
        assert.match((await page.locator('.meter-figure').textContent()) ?? '', /^9\d\.\d%$/);
        await page
          .locator('#learn')
          .getByText(/names the turn correctly for 9\d\.\d%/)
          .waitFor();
        await page.locator('#probe').scrollIntoViewIfNeeded();
        await page.getByTestId('probe-reading').locator('[data-other=untrained]').waitFor();
        await page.getByTestId('probe-standing').getByText('after 10 epochs').waitFor();
        await page.getByTestId('probe-epochs-claim').waitFor();
        const scores = await page.locator('.score').evaluateAll((cards) => cards.map((card) => card.textContent ?? ''));
        assert.equal(scores.length, 3);
        for (const score of scores) assert.match(score, /\d+\.\d\d% of 10,000/);
        await takePicture(page, 'example', { fullPage: true });
        // Nothing of the visitor's comes of it.
        await page.locator('#keep').scrollIntoViewIfNeeded();
        assert.doesNotMatch((await page.locator('#keep').textContent()) ?? '', /quarterturn\/1 |--expect/);
        assert.equal(await page.locator('.signature', { hasText: /^[0-9a-f]{16}$/ }).count(), 0);
        await page.locator('#duel').getByText('Finished runs appear here.').waitFor({ state: 'attached' });
        assert.equal(page.url(), address);
        await outOfSight(page);
        await page.reload();
        await shown(page).waitFor();
        assert.equal(await page.locator('.offer').count(), 0);
        assert.deepEqual(await page.evaluate(readRuns, false), []);
      },
      prepare,
    );
  });

  test('gives way to the visitor’s run, which is the same as without it', async () => {
    let asked = '';
    await visit(
      '',
      async (page) => {
        await shown(page).waitFor();
        const { fused: byBuild, signature: expected } = headOf(asked);
        await press(page, 'Train');
        await page.locator('.run-line', { hasText: /epoch \d+ of 10 · step/ }).waitFor();
        await assertGone(page);
        await finished(page);
        const found = await signature(page);
        await page.locator('#keep').scrollIntoViewIfNeeded();
        await page.getByTestId('result-line').waitFor();
        // The build trains with a fused multiply-add where the machine has one, as this page does.
        const fused = /fused multiply-add/.test((await page.locator('.build').textContent()) ?? '');
        assert.equal(fused, byBuild, 'one machine, one arithmetic');
        assert.equal(found, expected);
      },
      {
        prepare: async (page) => {
          await withoutData(page);
          void exampleAsked(page).then((request) => (asked = request.url()));
        },
      },
    );
  });

  test('goes as soon as a setting is changed, and at “Start over”', async () => {
    for (const away of [
      async (/** @type {Page} */ page) => {
        const seed = page.locator('#learn').getByLabel('Seed', { exact: true });
        if (!(await seed.isVisible())) await unfold(page, /settings/i);
        await enter(seed, '2');
      },
      startOver,
    ]) {
      await visit(
        '',
        async (page) => {
          await shown(page).waitFor();
          await page.locator('#learn .pretext-strip, #learn .fold').first().waitFor();
          await away(page);
          await ready(page);
          await assertGone(page);
          assert.ok(await page.getByRole('button', { name: 'Train', exact: true }).isEnabled());
          await page
            .locator('#learn')
            .getByText(/names the turn correctly/)
            .waitFor({ state: 'detached' });
        },
        prepare,
      );
    }
  });

  test('is not shown to who has pressed Train before it came', async () => {
    const held = await servePage({ hold: 10 });
    /** @type {() => void} */
    let release = () => {};
    const released = new Promise((resolve) => (release = () => resolve(undefined)));
    /** @type {() => void} */
    let ask = () => {};
    const asked = new Promise((resolve) => (ask = () => resolve(undefined)));
    try {
      await visit(
        '',
        async (page) => {
          const answered = page.waitForResponse((answer) => EXAMPLE.test(answer.url()));
          await asked;
          await press(page, 'Train');
          await page.locator('.run-line', { hasText: 'step 10 of' }).waitFor();
          release();
          await (await answered).finished();
          await press(page, 'Pause');
          await page.locator('.run-line', { hasText: 'Paused' }).waitFor();
          assert.equal(await marks(page).count(), 0);
          assert.match((await page.locator('.run-line').textContent()) ?? '', /epoch 1 of 10 · step 1\d of/);
        },
        {
          address: held.address,
          prepare: async (page) => {
            await withoutData(page);
            await page.route(EXAMPLE, async (route) => {
              ask();
              await released;
              await route.continue();
            });
          },
        },
      );
    } finally {
      await held.close();
    }
  });

  test('is not shown to who comes with settings', async () => {
    /** @type {string[]} */
    const asked = [];
    await visit(
      'smoothing=0.5', // of which nothing of the example is untrue: the visitor comes by a link, or comes back
      async (page) => {
        await page.locator('footer').waitFor();
        await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
        await ready(page);
        assert.ok(
          asked.some((address) => /\/assets\/at-rest-[^/]*\.js$/.test(address)),
          'the page has thought of it',
        );
        assert.deepEqual(
          asked.filter((address) => EXAMPLE.test(address)),
          [],
        );
      },
      {
        prepare: async (page) => {
          await withoutData(page);
          page.on('request', (request) => asked.push(request.url()));
        },
      },
    );
  });

  test('is of the digits that the server has, where it has some', { skip: !served && 'no data in dist/' }, async () => {
    await visit('', async (page) => {
      await page.locator('.run-line', { hasText: 'Example run: MNIST, seed 1, 10 epochs.' }).waitFor();
      await page.locator('#probe').scrollIntoViewIfNeeded();
      await page.getByTestId('probe-reading').locator('[data-other=untrained]').waitFor();
      await page.getByTestId('probe-epochs-claim').waitFor();
    });
  });

  test('is no part of the first load, and is there without a network', () => {
    assert.equal(files.length, served ? 2 : 1, 'npm run build trains the example runs');
    for (const file of files) {
      assert.ok(!readFileSync(`${pageFolder}/index.html`, 'utf8').includes(file));
      assert.ok(readFileSync(`${pageFolder}/sw.js`, 'utf8').includes(`"assets/${file}"`));
      assert.ok(readFileSync(`${pageFolder}/assets/${file}`).length < 320_000);
    }
  });
});
