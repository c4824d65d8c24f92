// The speed section in a real Chromium: measured on demand, cancelled, and shown beside other programs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { KERNELS, lineOf } from '../web/src/features/build/kernel-files.js';
import { LONG, takePicture, press, unfold, useChromium } from './support/browser-page.mjs';
import { english } from './support/english.mjs';

const visit = useChromium();

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page */
const open = async (page) => {
  await page.locator('#speed').scrollIntoViewIfNeeded();
  await page.locator('.speed').waitFor();
};

describe('the speed section', () => {
  test('shows the source of the kernels that run, from the beginning of the forward pass', async () => {
    await visit(LONG, async (page) => {
      await open(page);
      await unfold(page, english.speed.kernel.title);
      for (const [name, file] of [
        ['conv1', 'first_convolution'],
        ['conv2', 'winograd_convolution'],
      ]) {
        await page.locator('.kernel').getByLabel(name, { exact: true }).check();
        const source = page.getByRole('region', { name: `src/layers/${file}.hpp` });
        const text = readFileSync(new URL(`../src/layers/${file}.hpp`, import.meta.url), 'utf8');
        await page.waitForFunction((whole) => document.querySelector('.kernel-source')?.textContent === whole, text);
        assert.ok((await source.evaluate((element) => element.scrollTop)) > 100, 'it begins at the forward pass');
      }
      for (const { at, path } of Object.values(KERNELS)) {
        const text = readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
        assert.ok(lineOf(text, at) > 0, `${path} has “${at}”`);
      }
      assert.match((await page.locator('.kernel .note').textContent()) ?? '', /kLanes is 4/);
    });
  });

  test('measures one thread, two and so on, while training waits, and then stands beside the others', async () => {
    await visit(`${LONG}&threads=2`, async (page) => {
      await open(page);
      await press(page, 'Train');
      await page.waitForFunction(() => /images\/s/.test(document.querySelector('.run-line')?.textContent ?? ''));
      await press(page, 'Measure the speed');
      await page.locator('.run-line', { hasText: 'Paused' }).waitFor();
      const rows = page.locator('.speed-up tbody tr');
      await page.waitForFunction(
        () => !document.querySelector('.speed-tools [role=status]')?.textContent?.includes('Measuring'),
      );
      const most = Number(await page.getByRole('slider', { name: /Train with 2 of/ }).getAttribute('max'));
      assert.equal(await rows.count(), most);
      for (const row of await rows.allTextContents()) assert.match(row, /^\d[\d,]+\d\.\d\d×\d+%$/);
      assert.match(await rows.first().innerText(), /1\.00×\s+100%/);
      // The chart is walked by keyboard, and says what the table says.
      const chart = page.getByRole('application', { name: /^Speed-up by number of threads/ });
      await chart.focus();
      await page.keyboard.press('Home');
      await page.locator('.speed-chart [role=status]', { hasText: /^1 thread: 1\.00×$/ }).waitFor();
      await page.keyboard.press('End');
      const factor = await rows.last().locator('td').nth(1).textContent();
      await page.locator('.speed-chart [role=status]', { hasText: `: ${factor}` }).waitFor();
      assert.equal(await chart.getAttribute('aria-details'), 'speed-table');
      assert.match(
        (await page.locator('.peers .peer-here').textContent()) ?? '',
        /This page on your machine, measured/,
      );
      assert.ok((await page.locator('.peers tbody tr').count()) >= 6);
      await page.locator('.run-line', { hasText: /^Rotation/ }).waitFor();
      await takePicture(page.locator('#speed'), 'speed');
    });
  });

  test('can be cancelled, and the slider opens an engine of as many threads that goes on', async () => {
    await visit(`${LONG}&threads=2`, async (page) => {
      await open(page);
      await press(page, 'Step');
      await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
      await press(page, 'Measure the speed');
      await press(page, 'Cancel');
      await page.getByRole('button', { name: 'Measure the speed' }).waitFor();
      await page.getByRole('slider', { name: /Train with 2 of/ }).fill('1');
      await page.getByRole('slider', { name: /Train with 1 of/ }).waitFor();
      await page.locator('.build', { hasText: 'on 1 thread ' }).waitFor();
      await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
    });
  });

  test('says that there is one thread where there is but one', async () => {
    await visit(`${LONG}&build=single-simd`, async (page) => {
      await open(page);
      await page.getByText(english.speed.oneThread).waitFor();
      assert.equal(await page.getByRole('slider', { name: /Train with/ }).count(), 0);
    });
  });
});
