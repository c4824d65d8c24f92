// The page and the command line say the same of one seed, to the digit as they are shown: the probes, the notebook's table,
// the confusions of digits and the signature. The command is the one that the page itself gives.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { percent, whole } from '../web/src/messages/intl.js';
import { laterWords, speak, t } from '../web/src/messages/messages.js';
import { finished, keepSection, press, signature, useChromium } from './support/browser-page.mjs';
import { labelFile, plainBarFiles } from './support/idx.mjs';

/** @typedef {import('playwright-core').Page} Page */

await speak('en');
await laterWords();

const program = process.env.QUARTERTURN_CLI ?? fileURLToPath(new URL('../build/native/quarterturn', import.meta.url));
/** 200 labelled images and 1,000 for the test, of which the notebook takes 300. */
const DATA = 'data=generated&images=2200&tests=1000&epochs=2&armEpochs=6';
const ARMS = /** @type {const} */ (['self_supervised', 'random', 'supervised']);
const FEATURES = /** @type {const} */ (['pretext', 'untrained', 'pixels', 'supervised']);

/** @param {string[]} args @returns {any} */
const native = (...args) =>
  JSON.parse(
    execFileSync(program, [...args, '--json', '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );

/** The widest instruction set whose arithmetic is that of the page. @param {string} arithmetic */
function isaOf(arithmetic) {
  const about = (/** @type {string[]} */ ...args) => native('info', '--data', 'generated', ...args).environment;
  /** @type {string[]} */
  const available = about().available_isas;
  return available.find((isa) => about('--isa', isa).arithmetic === arithmetic);
}

/** The table of the probes: its columns by title, each by number of labels. @param {Page} page */
const probesShown = (page) =>
  page.locator('#probe-table').evaluate((table) => {
    const titles = [...table.querySelectorAll('thead th')].map((cell) => cell.textContent ?? '').slice(1);
    /** @type {Record<string, Record<string, string>>} */
    const columns = Object.fromEntries(titles.map((title) => [title, {}]));
    for (const row of table.querySelectorAll('tbody tr')) {
      const labels = row.querySelector('th')?.textContent ?? '';
      [...row.querySelectorAll('td')].forEach((cell, i) => (columns[titles[i]][labels] = cell.textContent ?? ''));
    }
    return columns;
  });

/** The confusions of an arm, by its place and that of the test among the choices. @param {Page} page @param {number} arm @param {number} scope */
async function confusionShown(page, arm, scope) {
  const card = page.locator('.fold', { has: page.locator('.digit-confusion') });
  const choose = (/** @type {number} */ group, /** @type {number} */ place) =>
    card.getByRole('radiogroup').nth(group).getByRole('radio').nth(place).check();
  await choose(0, arm);
  await choose(1, scope);
  return page
    .locator('.digit-confusion tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))));
}

const inChromium = useChromium();

for (const preset of ['unit', 'notebook']) {
  test(`one seed, pixels ${preset}: the page shows what its command prints`, async (context) => {
    if (!existsSync(program)) assert.fail(`${program} is missing: build the preset native first`);
    await inChromium(`${DATA}&preset=${preset}&seed=3`, async (page) => {
      await press(page, 'Train');
      await finished(page);
      await page.locator('#probe-table thead th').nth(4).waitFor();
      await page.getByTestId('probe-standing').filter({ hasText: '2 epochs' }).waitFor();
      const probes = await probesShown(page);
      await page.locator('.digit-confusion').scrollIntoViewIfNeeded();
      const scores = await page.locator('.score').evaluateAll((all) =>
        all.map((score) => ({
          figure: score.querySelector('.score-figure')?.textContent ?? '',
          lines: [...score.querySelectorAll('.accuracy-text')].map((line) => line.textContent ?? ''),
        })),
      );
      /** @type {number[][][][]} */
      const confusions = [];
      for (const arm of ARMS.keys()) {
        confusions.push([await confusionShown(page, arm, 0), await confusionShown(page, arm, 1)]);
      }
      await keepSection(page);
      const hash = await signature(page);
      const command = (await page.locator('.command').textContent()) ?? '';

      const isa = isaOf(/unfused/.test((await page.locator('#keep').textContent()) ?? '') ? 'unfused' : 'fused');
      if (!isa) return context.skip('this machine has no native instruction set of that arithmetic');
      const [name, ...args] = command.split(' ');
      assert.equal(name, 'quarterturn');
      const [run] = native(...args, '--isa', isa).runs;
      assert.equal(run.signature, hash);

      // The probes of all features with all numbers of labels.
      const words = t.peek().probe;
      for (const features of FEATURES) {
        const found = run.probes.find((/** @type {any} */ probe) => probe.features === features);
        const expected = found.budgets.map((/** @type {any} */ { labels, full_test: { accuracy, interval95 } }) => [
          whole(labels),
          percent(accuracy, 2) + words.interval({ low: interval95[0], high: interval95[1] }),
        ]);
        assert.deepEqual(Object.entries(probes[words.series[features]({ task: 'turns' })]), expected, features);
      }
      // The notebook's table, and what each arm reads.
      ARMS.forEach((arm, i) => {
        const { test: few, full_test: full } = run.results[arm];
        assert.equal(scores[i].figure, percent(full.accuracy), arm);
        const line = (/** @type {any} */ { accuracy, count, interval95: [low, high] }) =>
          `${percent(accuracy, 2)} of ${whole(count)}${t.peek().duel.interval({ low, high })}`;
        assert.deepEqual(scores[i].lines, [line(full), line(few)], arm);
        assert.equal(few.count, 300);
        // In one order or the other: the page leads with all images.
        assert.deepEqual(
          confusions[i].sort((a, b) => sum(b) - sum(a)),
          [full.confusion, few.confusion],
          arm,
        );
      });
    });
    return undefined;
  });
}

test('the command for files of the visitor runs on these images alone', async (context) => {
  if (!existsSync(program)) assert.fail(`${program} is missing: build the preset native first`);
  const { images, labels } = plainBarFiles(350);
  const folder = mkdtempSync(path.join(tmpdir(), 'quarterturn-command-'));
  try {
    for (const [name, content] of Object.entries({
      right: labels,
      wrong: labelFile(Array.from({ length: 350 }, () => 1)),
    })) {
      mkdirSync(path.join(folder, name));
      writeFileSync(path.join(folder, name, 'train-images-idx3-ubyte'), images);
      writeFileSync(path.join(folder, name, 'train-labels-idx1-ubyte'), content);
    }
    await inChromium('data=generated&epochs=1&armEpochs=1', async (page) => {
      await page.getByLabel('My files').check();
      await page.locator('#files').setInputFiles([
        { name: 'bars-images', mimeType: 'application/octet-stream', buffer: images },
        { name: 'bars-labels', mimeType: 'application/octet-stream', buffer: labels },
      ]);
      await page.locator('.sources .note', { hasText: 'bars-images, bars-labels' }).waitFor();
      await press(page, 'Train');
      await finished(page);
      await keepSection(page);
      const hash = await signature(page);
      const shown = page.locator('.command', { hasText: '--expect-data' });
      const command = (await shown.textContent()) ?? '';
      assert.match(
        command,
        /^quarterturn run --data FOLDER-OF-YOUR-FILES --expect-data [0-9a-f]{16} .*--expect [0-9a-f]{16}$/,
      );

      const isa = isaOf(/unfused/.test((await page.locator('#keep').textContent()) ?? '') ? 'unfused' : 'fused');
      if (!isa) return context.skip('this machine has no native instruction set of that arithmetic');
      const on = (/** @type {string} */ name) =>
        [...command.split(' ').slice(1), '--isa', isa].map((word) =>
          word === 'FOLDER-OF-YOUR-FILES' ? path.join(folder, name) : word,
        );
      assert.equal(native(...on('right')).runs[0].signature, hash);
      const { status, stdout, stderr } = spawnSync(program, on('wrong'), { encoding: 'utf8' });
      assert.equal(status, 1);
      assert.equal(stdout, '');
      assert.match(stderr, /the images are not those of --expect-data/);
      return undefined;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** @param {number[][]} table */
const sum = (table) => table.flat().reduce((all, count) => all + count, 0);
