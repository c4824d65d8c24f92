// The built page in a real Firefox.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import process from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { servePage } from './support/page-server.mjs';

const artefacts = fileURLToPath(new URL('../test-results', import.meta.url));
const SMALL = 'data=generated&images=1100&tests=600&epochs=2&armEpochs=4';

test('the page trains and answers in Firefox', async () => {
  mkdirSync(artefacts, { recursive: true });
  const site = await servePage();
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    headless: true,
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(120_000);
    await page.setViewport({ width: 1280, height: 900 });
    /** @type {string[]} */
    const said = [];
    page.on('console', (message) => {
      if (message.type() === 'error') said.push(message.text());
    });
    page.on('pageerror', (error) => said.push(String(error)));
    await page.goto(`${site.address}?${SMALL}`);
    await page.waitForSelector('.run-bar .primary:enabled');
    assert.equal(await page.evaluate(() => crossOriginIsolated), true);
    assert.match(await page.$eval('.build', (build) => build.getAttribute('data-build') ?? ''), /^threads-/);
    await page.click('.run-bar .primary');

    const pad = await page.waitForSelector('.pad canvas');
    assert.ok(pad);
    await pad.scrollIntoView();
    const box = await pad.boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 5);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + (4 * box.height) / 5, { steps: 8 });
    await page.mouse.up();
    const answered = () =>
      [...document.querySelectorAll('#draw .stems')].every((plot) =>
        /, \d+%$/.test(plot.getAttribute('aria-label') ?? ''),
      );
    await page.waitForFunction(answered);

    await page.waitForFunction(() => document.querySelector('.run-line')?.textContent?.includes('Finished.'));
    const scores = await page.$$eval('.score', (cards) => cards.map((card) => card.textContent ?? ''));
    assert.equal(scores.length, 3);
    for (const score of scores) assert.match(score, /\d+\.\d\d% of 600/);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
    await page.screenshot({ path: `${artefacts}/firefox.png`, fullPage: true });
    assert.deepEqual(said, []);
  } finally {
    await browser.close();
    await site.close();
  }
});
