// The engine's worker is ended again and again in a real Firefox: training goes on to the result of a run left alone.
import assert from 'node:assert/strict';
import process from 'node:process';
import { test } from 'node:test';
import puppeteer from 'puppeteer-core';
import { servePage } from './support/page-server.mjs';

const EXPERIMENT = 'data=generated&images=330&tests=100&epochs=40&armEpochs=3&threads=2';
const KILLS = 10;

/** @param {import('puppeteer-core').Page} page */
async function signature(page) {
  await page.waitForFunction(() => /^[0-9a-f]{16}$/.test(document.querySelector('.signature')?.textContent ?? ''));
  return page.$eval('.signature', (output) => output.textContent);
}

test(`the engine's worker is ended ${KILLS} times in Firefox`, async () => {
  const site = await servePage();
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    headless: true,
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(120_000);
    await page.evaluateOnNewDocument(() => {
      const all = /** @type {Worker[]} */ ([]);
      Object.assign(globalThis, { workersOfPage: all });
      globalThis.Worker = class extends Worker {
        /** @param {string | URL} url @param {WorkerOptions} [options] */
        constructor(url, options) {
          super(url, options);
          all.push(this);
        }
      };
    });
    const found = [];
    for (const kills of [0, KILLS]) {
      await page.goto(`${site.address}?${EXPERIMENT}&seed=5`);
      await page.waitForSelector('.run-bar .primary:enabled');
      await page.click('.run-bar .primary');
      const done = await page.evaluate(async (times) => {
        const workers = /** @type {Worker[]} */ (/** @type {any} */ (globalThis).workersOfPage);
        const text = () => document.querySelector('.run-line')?.textContent ?? '';
        for (let i = 0; i < times; i++) {
          while (!(workers.length === i + 1 && /^\w.*· epoch .* images\/s/.test(text()))) {
            if (/Finished|No engine/.test(text())) return `${text()} after ${i} kills`;
            await new Promise((resolve) => requestAnimationFrame(resolve));
          }
          workers[i].terminate();
        }
        return 'all';
      }, kills);
      assert.equal(done, 'all');
      found.push(await signature(page));
      if (kills > 0) {
        assert.match(await page.$eval('.notice', (notice) => notice.textContent ?? ''), /A fresh one has gone on/);
      }
    }
    assert.equal(found[1], found[0]);
  } finally {
    await browser.close();
    await site.close();
  }
});
