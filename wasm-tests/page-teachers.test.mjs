// For teachers and their students: the line of a result and the table of many, the run as code, ready lessons with a task,
// and what a lesson hides.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { readResultLine } from '../web/src/features/keep/result-line.js';
import {
  SMALL,
  downloaded,
  findings,
  finished,
  keepSection,
  openEverything,
  press,
  sidewaysScroll,
  signature,
  takePicture,
  unfold,
  useBrowsers,
} from './support/browser-page.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { inBrowser } = useBrowsers();

/** Addresses of the links that stand on the page. @param {Page} page */
const links = (page) =>
  page.locator('a[href]').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));

describe('teachers and students', () => {
  inBrowser('a result is one line, and many lines are a table', async (visit) => {
    await visit(`${SMALL}&seed=7`, async (page) => {
      await keepSection(page);
      assert.equal(await page.getByTestId('result-line').count(), 0, 'no line before the end');
      await press(page, 'Train');
      await finished(page);
      const hash = await signature(page);
      await page.getByTestId('result-line').waitFor();
      const line = (await page.getByTestId('result-line').textContent()) ?? '';
      const read = readResultLine(line);
      assert.ok('result' in read, line);
      assert.deepEqual(
        [read.result.seed, read.result.signature, read.result.labels, read.result.pretext.epochs],
        [7, hash, 100, 2],
      );
      assert.match(read.result.data, /^generated:\d+:1$/);
      await unfold(page, 'For teachers: collect results');
      const field = page.getByLabel('Result lines', { exact: true });
      await field.fill(`Kim: ${line}\nLee: ${line.replace('seed=7', 'seed=8')}\nhello`);
      await page.getByText('1 result; 2 lines are not counted.').waitFor();
      const faults = page.getByTestId('collect-faults').getByRole('listitem');
      assert.match((await faults.nth(0).textContent()) ?? '', /^Line 2 \(Lee\): the checksum does not match/);
      assert.match((await faults.nth(1).textContent()) ?? '', /^Line 3: it contains no result/);
      const table = page.getByRole('region', { name: 'Collected results' });
      assert.equal(await table.getByRole('rowheader').first().textContent(), 'Kim');
      assert.ok((await table.textContent())?.includes(hash));
      const file = await downloaded(page, 'Table, CSV');
      assert.equal(file.name, 'quarterturn-results.csv');
      assert.match(file.bytes.toString(), new RegExp(`^Kim,1,7,turns,unit,100,2,.*${hash}\r$`, 'm'));
      assert.deepEqual(await findings(page), []);
    });
  });

  inBrowser('the run is given as Keras and as PyTorch code', async (visit) => {
    await visit(`${SMALL}&task=jigsaw&preset=notebook`, async (page) => {
      await keepSection(page);
      await unfold(page, 'The run as Keras or PyTorch code');
      const script = page.getByRole('region', { name: 'quarterturn_keras.py' });
      await script.waitFor();
      const text = (await script.textContent()) ?? '';
      assert.match(text, /LABELLED_IMAGES = slice\(1000, 1100\)/);
      assert.match(text, /PRETEXT = dict\(batch=192, epochs=2,/);
      assert.match(text, /itertools\.permutations/);
      assert.match(text, /--count 1100 --test-count 600 --seed 1/);
      const keras = await downloaded(page, 'Save quarterturn_keras.py');
      assert.deepEqual([keras.name, keras.bytes.toString()], ['quarterturn_keras.py', text]);
      await page.getByLabel('PyTorch', { exact: true }).check();
      const torch = await downloaded(page, 'Save quarterturn_torch.py');
      assert.match(torch.bytes.toString(), /nn\.Linear\(64, 24\)/);
      assert.deepEqual(await findings(page), []);
      assert.equal(await sidewaysScroll(page), 0);
    });
  });

  inBrowser('a ready lesson brings its task, shows its locks, and leaves nothing of what it hides', async (visit) => {
    await visit(SMALL, async (page) => {
      await keepSection(page);
      await press(page, 'Make a lesson link…');
      const dialog = page.getByRole('dialog', { name: 'A link for a lesson' });
      await dialog.getByLabel('Start from').selectOption('control');
      const link = await dialog.getByLabel('The link').inputValue();
      const { searchParams } = new URL(link);
      assert.deepEqual(
        [searchParams.get('lesson'), searchParams.get('say'), searchParams.get('task'), searchParams.get('epochs')],
        ['control', null, 'shuffles', null],
        'the usual settings but for its own',
      );
      const preview = dialog.getByRole('region', { name: 'What a student sees' });
      await preview.getByRole('heading', { name: 'The control' }).waitFor();
      assert.match((await preview.textContent()) ?? '', /Locked: .*Labelled images: 1000/);
      await takePicture(dialog, 'lesson-builder');
      assert.deepEqual(await findings(page), []);
      await dialog.getByLabel('Task for the students').fill('Train, and compare.\nWrite it <b>down</b>.');
      const own = new URL(await dialog.getByLabel('The link').inputValue());
      assert.equal(own.searchParams.get('say'), 'Train, and compare.\nWrite it <b>down</b>.');
      assert.equal(own.searchParams.get('lesson'), null);

      const small = (/** @type {string} */ address) => address.replace('?', '?data=generated&images=1100&tests=600&');
      await page.goto(small(own.href));
      await page.getByRole('heading', { name: 'Your task' }).waitFor();
      assert.equal(
        await page.locator('.lesson-words').innerText(),
        'Train, and compare.\nWrite it <b>down</b>.',
        'plain text, and no markup',
      );
      await page.goto(small(link));
      await page.getByRole('heading', { name: 'The control' }).waitFor();
      await openEverything(page);
      const locked = page.locator('.field', { has: page.locator('.padlock') });
      assert.ok((await locked.count()) >= 5);
      assert.ok(await locked.first().locator('input, select').isDisabled());
      for (const address of await links(page)) {
        if (!address.startsWith('#')) continue;
        assert.equal(await page.locator(address).count(), 1, `${address} leads nowhere`);
      }
      assert.deepEqual(await findings(page), []);
      await page.setViewportSize({ width: 390, height: 844 });
      assert.equal(await sidewaysScroll(page), 0);
    });
  });

  inBrowser('no link of the page is dead', async (visit) => {
    await visit(SMALL, async (page) => {
      await openEverything(page);
      await page.getByRole('link', { name: 'The paper' }).waitFor();
      const found = await links(page);
      for (const address of found.filter((each) => each.startsWith('#'))) {
        assert.equal(await page.locator(address).count(), 1, address);
      }
      for (const address of found.filter((each) => each.startsWith('./'))) {
        const answer = await page.request.get(new URL(address, page.url()).href);
        assert.ok(answer.ok() && (await answer.text()).length > 500, address);
      }
      assert.ok(found.includes('https://arxiv.org/abs/1803.07728') && found.includes('./LICENSE'));
      assert.deepEqual(
        found.filter((each) => each === '' || each === '#'),
        [],
      );
    });
  });
});
