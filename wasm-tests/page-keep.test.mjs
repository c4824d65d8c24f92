// Keep and share: resume after a reload, links, and files, looked into.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readSafetensors } from '../web/src/engine/safetensors.js';
import {
  LONG,
  SMALL,
  downloaded,
  enter,
  findings,
  finished,
  keepSection,
  kept,
  outOfSight,
  takePicture,
  press,
  signature,
  useBrowsers,
} from './support/browser-page.mjs';
import { effort } from './support/effort.mjs';
import { barFiles, plainBarFiles } from './support/idx.mjs';
import { readRuns, untilKept } from './support/kept.mjs';
import { servePage } from './support/page-server.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

// With one build: another rounds otherwise, and a busy machine may fall back to it.
const EXPERIMENT = 'data=generated&images=330&tests=200&epochs=9&armEpochs=3&build=threads-relaxed';
/** Steps until such a run is held: of its 7 an epoch, in the seventh. */
const HELD = 45;

/** Past its first epoch. */
const BEGUN = /epoch ([2-9]|\d\d+) of/;

/** Waits until a run is kept that was kept at that time or later. @param {Page} page @param {number} time */
const keptAgain = (page, time) => untilKept(() => page.evaluate(readRuns, false), time);

/** How many moments the latent map can be wound back to: the first steps and an epoch at least. @param {Page} page */
async function momentsOf(page) {
  await page.locator('#map').scrollIntoViewIfNeeded();
  await page.waitForFunction(() => Number(document.querySelector('.timeline input')?.getAttribute('max')) >= 9);
  return page.locator('.timeline input').getAttribute('max');
}

describe('keep and share', () => {
  const { inChromium, inBrowser, inEach } = useBrowsers();

  inBrowser('goes on after a reload, to the signature of an undisturbed run', async (visit, engine) => {
    let undisturbed = '';
    await visit(EXPERIMENT, async (page) => {
      await press(page, 'Train');
      await finished(page);
      undisturbed = await signature(page);
    });
    const site = await servePage({ hold: HELD });
    const disturbed = async (/** @type {Page} */ page) => {
      await press(page, 'Train');
      await page.locator('.run-line', { hasText: /epoch 7 of 9 · step 3 of 7/ }).waitFor();
      await press(page, 'Pause');
      await page.locator('.run-line', { hasText: 'Paused' }).waitFor();
      const paused = await page.evaluate(() => Date.now());
      const line = (await page.locator('.run-line').textContent()) ?? '';
      const place = /epoch \d+ of 9 · step \d+ of \d+/.exec(line)?.[0] ?? 'nowhere';
      const moments = await momentsOf(page);
      await kept(page);
      // Kept once more when the tab goes out of sight.
      await outOfSight(page);
      await keptAgain(page, paused);
      // The settings of the run come back with it, whatever the controls say.
      await enter(page.getByLabel('Rotation batch'), '77');
      await page.reload();
      await page.getByText(/A run from .* is saved here/).waitFor();
      assert.deepEqual(await findings(page), []);
      await takePicture(page, `keep-offer-${engine.toLowerCase()}`);
      await press(page, english.keep.goOn);
      await page.locator('.run-line', { hasText: `Paused · Rotation · ${place}` }).waitFor();
      await page.locator('#learn .legend b', { hasText: /\d/ }).first().waitFor(); // the curves are back
      assert.doesNotMatch(page.url(), /batch=77/);
      // The training can be wound back to its first step.
      await page.locator('#map').scrollIntoViewIfNeeded();
      await page.waitForFunction(
        (count) => document.querySelector('.timeline input')?.getAttribute('max') === count,
        moments,
      );
      site.release();
      await press(page, 'Resume');
      await finished(page);
      assert.equal(await signature(page), undisturbed);
    };
    try {
      await visit(EXPERIMENT, disturbed, { address: site.address });
    } finally {
      await site.close();
    }
  });

  test('goes on with the visitor’s own files: kept ones at once, others when they are given again', async () => {
    const { images, labels } = barFiles(350);
    const OWN = 'images=330&tests=100&epochs=3&armEpochs=2';
    const [imageFile, labelFile] = [
      { name: 'bars-images.gz', mimeType: 'application/gzip', buffer: images },
      { name: 'bars-labels.gz', mimeType: 'application/gzip', buffer: labels },
    ];
    /** @param {Page} page */
    const pausedRun = async (page) => {
      await page.getByLabel('My files').check();
      await page.locator('#files').setInputFiles([imageFile, labelFile]);
      await page.locator('.sources .note', { hasText: 'bars-images.gz, bars-labels.gz' }).waitFor();
      await page.getByText(/^Saved in this browser, 0\.1 MB/).waitFor();
      await press(page, 'Step');
      await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
      const paused = await page.evaluate(() => Date.now());
      await outOfSight(page);
      await keptAgain(page, paused);
    };
    let undisturbed = '';
    await inChromium(OWN, async (page) => {
      await pausedRun(page);
      await press(page, 'Resume');
      await finished(page);
      undisturbed = await signature(page);
    });
    await inChromium(OWN, async (page) => {
      await pausedRun(page);
      await page.reload();
      await press(page, english.keep.goOn);
      await page.locator('.run-line', { hasText: 'Paused · Rotation' }).waitFor();
      await press(page, 'Resume');
      await finished(page);
      assert.equal(await signature(page), undisturbed);
    });
    await inChromium(OWN, async (page) => {
      await pausedRun(page);
      await press(page, english.data.forget);
      await page.getByText(english.data.filesKept.forgotten()).waitFor();
      await page.reload();
      await page.getByText(english.session.noOwnFiles).waitFor();
      await press(page, english.keep.goOn);
      const again = page.getByLabel('This run uses your files, which are not saved here');
      await again.setInputFiles([{ ...imageFile, buffer: barFiles(351).images }]);
      await page
        .getByText(
          'bars-images.gz is not one of these files: its checksum differs. Still missing: bars-images.gz, bars-labels.gz.',
        )
        .waitFor();
      assert.deepEqual(await findings(page), []);
      await takePicture(page, 'keep-files');
      // Under another name, and unpacked.
      await again.setInputFiles([{ name: 'renamed', mimeType: '', buffer: plainBarFiles(350).images }]);
      await page.getByText('Still missing: bars-labels.gz.').waitFor();
      await again.setInputFiles([labelFile]);
      await page.locator('.run-line', { hasText: 'Paused · Rotation' }).waitFor();
      await press(page, 'Resume');
      await finished(page);
      assert.equal(await signature(page), undisturbed);
      assert.match((await page.locator('#duel').textContent()) ?? '', /Data: bars-images\.gz, bars-labels\.gz/);
    });
  });

  test('starts fresh where that is wanted, and then forgets the kept run', async () => {
    await inChromium(LONG, async (page) => {
      await press(page, 'Train');
      await page.locator('.run-line', { hasText: BEGUN }).waitFor();
      await press(page, 'Pause');
      await kept(page);
      await page.reload();
      await page.locator('.offer').getByRole('button', { name: english.keep.startFresh }).click();
      await page.getByText(/A run from .* is saved here/).waitFor({ state: 'detached' });
      while ((await page.evaluate(readRuns, false)).length > 0) await page.waitForTimeout(100);
    });
  });

  test('two tabs keep their runs apart', async () => {
    await inChromium(LONG, async (page) => {
      await press(page, 'Train');
      await page.locator('.run-line', { hasText: BEGUN }).waitFor();
      await press(page, 'Pause');
      await kept(page);
      const other = await page.context().newPage();
      await other.goto(page.url().replace('epochs=500', 'epochs=400'));
      await press(other, 'Train');
      await other.locator('.run-line', { hasText: BEGUN }).waitFor();
      await press(other, 'Pause');
      await kept(other);
      assert.equal(
        await other.getByText(/A run from .* is saved here/).count(),
        0,
        'the run of an open tab is not offered',
      );
      await other.close();
      await page.reload();
      await press(page, english.keep.goOn);
      await page.locator('.run-line', { hasText: /Paused · Rotation · epoch \d+ of 500/ }).waitFor();
    });
  });

  test('works where storage is denied, and says so', async () => {
    await inChromium(SMALL, async (page) => {
      await page.addInitScript(() => {
        for (const name of ['indexedDB', 'localStorage', 'sessionStorage'])
          Object.defineProperty(window, name, {
            get() {
              throw new DOMException('The user denied it', 'SecurityError');
            },
          });
      });
      await page.reload();
      await press(page, 'Train');
      await finished(page);
      await keepSection(page);
      await page.getByText(/This browser saves nothing for the page \(The user denied it\)/).waitFor();
      await press(page, 'Dark');
    });
  });

  inBrowser('makes a lesson link that locks and hides', async (visit, engine) => {
    await visit(`${SMALL}&seed=7`, async (page) => {
      await keepSection(page);
      await press(page, 'Make a lesson link…');
      const dialog = page.getByRole('dialog', { name: 'A link for a lesson' });
      await dialog.getByLabel('Lock Seed', { exact: true }).check();
      await dialog.getByLabel('Hide Pretext batch').check();
      await dialog.getByLabel('Draw a digit').check();
      const link = await dialog.getByLabel('The link').inputValue();
      assert.match(link, /seed=7.*&lock=seed&hide=batch,draw$/);
      await takePicture(dialog, `keep-lesson-${engine.toLowerCase()}`);
      assert.deepEqual(await findings(page), []);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await page.goto(link);
      assert.ok(await page.getByLabel('Seed', { exact: true }).isDisabled());
      assert.equal(await page.getByLabel('Seed', { exact: true }).inputValue(), '7');
      assert.equal(await page.getByLabel('Rotation batch').count(), 0);
      assert.equal(await page.locator('#draw').count(), 0);
      assert.equal(await page.locator('.contents a[href="#draw"]').count(), 0);
      await enter(page.getByLabel('Rotation epochs'), '3');
      await page.waitForURL(/epochs=3.*&lock=seed&hide=batch,draw$/);
      await page.goto(`${page.url().split('?')[0]}?lock=sed&hide=drw`);
      await page.getByText(/lock: there is no control “sed”/).waitFor();
      await page.getByText(/hide: there is no control or section “drw”/).waitFor();
    });
  });

  inEach('gives away tables, pictures, weights and networks', async (visit) => {
    await visit(SMALL, async (page) => {
      await keepSection(page);
      await press(page, 'Curves, CSV');
      await page.getByText('there are no epochs yet; train first').waitFor();
      await press(page, 'Train');
      await finished(page);
      const hash = await signature(page);

      const curves = await downloaded(page, 'Curves, CSV');
      assert.equal(curves.name, 'quarterturn-seed1-curves.csv');
      const lines = curves.bytes.toString().trimEnd().split('\r\n');
      assert.equal(lines[0], 'run,epoch,loss,accuracy,validation_loss,validation_accuracy,seconds');
      assert.equal(lines.length, 1 + 2 + 3 * 4, 'two rotation epochs, four of each arm');
      assert.match(lines[1], /^pretext,1,[\d.]+,[\d.]+,,,[\d.e-]+$/);

      const table = await downloaded(page, 'Table of runs, CSV');
      assert.match(
        table.bytes.toString(),
        new RegExp(`,${hash},(un)?fused,quarterturn run --data generated:1100:600:1 --seed 1`),
      );

      const everything = JSON.parse((await downloaded(page, 'Everything, JSON')).bytes.toString());
      assert.equal(everything.signature, hash);
      assert.equal(everything.history.pretext.length, 2);
      assert.equal(everything.runs[0].tests.supervised.full.count, 600);

      const weights = readSafetensors((await downloaded(page, 'Weights, safetensors')).bytes);
      assert.deepEqual(weights.tensors.get('supervised.head.kernel')?.shape, [288, 10]);

      await page.getByLabel('A network for other programs').selectOption('Supervised');
      const onnx = await downloaded(page, 'Save as ONNX');
      assert.equal(onnx.name, 'quarterturn-seed1-supervised.onnx');
      assert.ok(onnx.bytes.includes('Softmax') && onnx.bytes.includes(hash));

      const charts = page.getByLabel(english.keep.chart);
      await charts.focus();
      const names = await charts.locator('option').allTextContents();
      assert.ok(names.some((name) => /Loss/.test(name)) && names.some((name) => /Accuracy/.test(name)), names.join());
      // Of each kind: drawn by uPlot, as SVG, on a canvas.
      for (const name of names.filter((_, i) => i % effort(3, 1) === 0)) {
        await charts.selectOption(name);
        const picture = await downloaded(page, 'Save as PNG');
        assert.match(picture.name, /^quarterturn-.*\.png$/);
        assert.equal(picture.bytes.subarray(1, 4).toString(), 'PNG');
        assert.ok(picture.bytes.readUInt32BE(16) > 400, 'as wide as on the screen, and sharper');
      }
    });
  });
});
