// Takes the README's picture from the built page: trains on generated digits, draws a seven, and photographs the lab.
//   npm run build && npm run screenshot
import { mkdirSync } from 'node:fs';
import process from 'node:process';
import { chromium } from 'playwright-core';
import { servePage } from '../wasm-tests/support/page-server.mjs';
import { inRoot, runAsScript, say } from './lib.mjs';

/** A seven, in parts of the pad. @type {[number, number][]} */
const SEVEN = [
  [0.28, 0.25],
  [0.5, 0.26],
  [0.72, 0.24],
  [0.6, 0.45],
  [0.5, 0.65],
  [0.43, 0.82],
];

await runAsScript(import.meta.url, async () => {
  mkdirSync(inRoot('docs/images'), { recursive: true });
  const site = await servePage();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(300_000);
    await page.goto(`${site.address}?data=generated&seed=1&epochs=10`);
    await page.getByRole('button', { name: 'Train' }).and(page.locator(':enabled')).click();
    await page.locator('.run-line', { hasText: 'Finished.' }).waitFor();
    const pad = page.locator('.pad canvas');
    await pad.scrollIntoViewIfNeeded();
    const box = await pad.boundingBox();
    if (box === null) throw new Error('the pad has no place on the page');
    for (const [index, [x, y]] of SEVEN.entries()) {
      await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 6 });
      if (index === 0) await page.mouse.down();
    }
    await page.mouse.up();
    await page.waitForTimeout(500);
    await page.evaluate('window.scrollTo(0, 0)');
    const top = async (/** @type {string} */ name) => (await page.getByRole('heading', { name }).boundingBox())?.y ?? 0;
    const y = (await top('Freeze it')) - 24;
    const height = (await top('A map of')) - 24 - y;
    const file = inRoot('docs/images/lab.png');
    await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y, width: 1280, height } });
    say(file);
  } finally {
    await browser.close();
    await site.close();
  }
});
