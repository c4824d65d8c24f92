// The page in Korean, and how a visitor comes to a language: by the address, by the last choice, by the browser's wishes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import ko from '../web/src/messages/ko/first.js';
import en from '../web/src/messages/en/first.js';
import { LONG, SMALL, openEverything, takePicture, useChromium } from './support/browser-page.mjs';
import { pageTexts } from './support/page-texts.mjs';

const inChromium = useChromium();

/** English that stands in Korean too: names, and terms in brackets behind the Korean ones. */
const NAMES = new RegExp(
  [
    /\([A-Za-z][A-Za-z0-9 ,–-]*[):,]/,
    /Unsupervised Representation Learning by Predicting Image Rotations|S\. Gidaris|P\. Singh|N\. Komodakis|RotNet|ICLR/,
    /Quarterturn|Fashion-MNIST|[KE]?MNIST|IDX|ubyte|Adam|SGD|ReLU|conv\d|pool\d|flatten|dense|test\[|train|test|x_train/,
    /PCA|LDA|LOO|relaxed SIMD|SIMD|WebAssembly|WebGL|wasm[\w-]*|unfused|fused|ONNX|PNG|PDF|CSV|JSON|safetensors|https?/,
    /TensorFlow\.js|TensorFlow|jax-js|PyTorch|Keras|Chromium|Chrome|Firefox|Safari|Intel Xeon|AVX-\d+|COOP|COEP|KB|MB/,
    /JavaScript|kLanes|max\(/,
    /Backspace|Delete|Ctrl|Shift|Enter|[xy]_\w+|\w+_\w+/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** @param {import('playwright-core').Page} page @returns {Promise<string[]>} what is still in English */
async function inEnglish(page) {
  const found = new Set();
  for (const each of await pageTexts(page, '[lang=en]')) {
    const text = each.slice(each.indexOf(':') + 1).replace(NAMES, '');
    if (/[A-Za-z]{3}/.test(text)) found.add(each.trim().replace(/\s+/g, ' ').slice(0, 200));
  }
  return [...found];
}

const language = (/** @type {import('playwright-core').Page} */ page) => page.locator('html').getAttribute('lang');
const asked = (/** @type {import('playwright-core').Page} */ page) => new URL(page.url()).searchParams.get('lang');

test('by its address the page is Korean: every word, before and after it trains', async () => {
  await inChromium(
    `${SMALL}&lang=ko`,
    async (page) => {
      await page.locator('.run-train:enabled').waitFor();
      assert.equal(await language(page), 'ko');
      assert.equal(await page.title(), ko.page.tab);
      assert.equal(await page.locator('meta[name=description]').getAttribute('content'), ko.page.description);
      assert.equal(await page.locator('h1').textContent(), ko.page.title);
      assert.equal(await page.locator('h1').evaluate((h1) => getComputedStyle(h1).wordBreak), 'keep-all');
      await openEverything(page);
      assert.deepEqual(await inEnglish(page), []);
      await page.locator('.run-train').click();
      await page.locator('.run-line', { hasText: /^끝났습니다/ }).waitFor();
      await openEverything(page);
      assert.deepEqual(await inEnglish(page), []);
      // Numbers are grouped, by Intl in the page's language.
      assert.match((await page.locator('#data').textContent()) ?? '', /이미지 1,000장/);
      await takePicture(page, 'korean', { fullPage: true });
    },
    { bare: true },
  );
});

test('the browser’s wish chooses, the visitor changes it at once and without a reload, and the choice is kept', async () => {
  await inChromium(
    LONG,
    async (page) => {
      await page.locator('.run-train:enabled').waitFor();
      assert.equal(await language(page), 'ko');
      assert.equal(asked(page), null, 'a link to the page is for everybody');
      await openEverything(page);
      await page.locator('.run-train').click();
      await page.locator('.run-line', { hasText: '정확도' }).waitFor();
      await page.evaluate(() => (document.body.dataset.same = 'page'));
      const other = page.locator('.languages a');
      assert.equal(await other.getAttribute('hreflang'), 'en');
      assert.match((await other.getAttribute('href')) ?? '', /[?&]lang=en\b/);
      await other.focus();
      await page.keyboard.press('Enter');
      await page.locator('h1', { hasText: en.page.title }).waitFor();
      assert.equal(await language(page), 'en');
      assert.equal(await page.title(), en.page.tab);
      assert.equal(await page.locator('body').getAttribute('data-same'), 'page', 'the page was not loaded again');
      assert.ok(await other.evaluate((link) => link === document.activeElement), 'the focus stays');
      await page.locator('.run-line', { hasText: 'correct' }).waitFor();
      await page.waitForFunction(() => new URLSearchParams(location.search).get('lang') === 'en');
      // What was said to a screen reader before is not said again.
      const left = (await pageTexts(page, '[lang=ko], [role=status]')).filter((text) => /[가-힣]/u.test(text));
      assert.deepEqual(left, [], 'nothing stays in the language before');
      await page.goto(page.url().replace(/[?&]lang=en/, (found) => (found[0] === '?' ? '?' : '')));
      await page.locator('h1', { hasText: en.page.title }).waitFor();
    },
    { bare: true, context: { locale: 'ko-KR' } },
  );
});
