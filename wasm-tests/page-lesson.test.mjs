// A lesson's locks: every property of the table has a control somewhere, and none of them moves when it is locked.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PROPERTY_NAMES } from '../web/src/state/properties.js';
import { dragged, enter, findings, kept, openEverything, press, useBrowsers } from './support/browser-page.mjs';
import { plainBarFiles } from './support/idx.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */

const { inChromium, inBrowser } = useBrowsers();
const TINY = 'data=generated&images=330&tests=100&epochs=1&armEpochs=1&threads=1&digitSet=test';

/** Engine and data are there, and nothing is being opened. @param {Page} page */
const settled = (page) => page.locator('.run-line', { hasNotText: /Opening|Preparing/ }).waitFor();

/** Changes what the control is at, as a visitor would. @param {Locator} control */
async function change(control) {
  const { tag, type, value, min, max, step, options } = await control.evaluate((element) => {
    const input = /** @type {HTMLInputElement} */ (element);
    const list = element instanceof HTMLSelectElement ? [...element.options].map((option) => option.value) : [];
    const { tagName, type: kind, value: now, min: low, max: high, step: by } = input;
    return { tag: tagName, type: kind, value: now, min: low, max: high, step: by, options: list };
  });
  if (tag === 'SELECT') {
    await control.selectOption(options.find((option) => option !== value) ?? value);
  } else if (type === 'checkbox') {
    await control.press('Space');
  } else if (type === 'radio') {
    await control.check();
  } else if (type === 'range') {
    await control.press(value === max ? 'ArrowLeft' : 'ArrowRight');
  } else {
    const other = step === 'any' ? 2 * Number(value) : value === max ? Number(min) : Number(value) + 1;
    await enter(control, type === 'number' ? String(other) : '10, 20');
  }
}

/**
 * Goes to every control of the page, and to the buttons that set something.
 * @param {Page} page
 * @returns {Promise<Set<string>>} names whose values have moved on the way: in the page's address, or as colours
 */
async function tryEverything(page) {
  const before = new URL(page.url()).searchParams;
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  const firstTheme = await theme();
  /** @type {Set<string>} */
  const moved = new Set();
  const look = async () => {
    await settled(page);
    const now = new URL(await page.evaluate(() => location.href)).searchParams;
    for (const name of new Set([...before.keys(), ...now.keys()])) {
      if (before.get(name) !== now.get(name)) moved.add(name);
    }
    // The visitor's own taste is in no address.
    if ((await theme()) !== firstTheme) moved.add('theme');
  };
  const controls = page.locator('main input:not([type=file]), main select, main [role=slider]');
  for (let i = 0; i < (await controls.count()); i++) {
    const control = controls.nth(i);
    if (await control.isDisabled()) continue;
    if ((await control.getAttribute('role')) === 'slider') await control.press('ArrowRight');
    else await change(control);
    await look();
  }
  await press(page, 'Test digit 3');
  await press(page, 'Save the drawing as a 3');
  await page.locator('.mine-list li').waitFor();
  for (const name of ['Dark', 'Next image', 'Any', english.draw.mine.with]) {
    const button = page.getByRole('button', { name, exact: true }).first();
    if (await button.isEnabled()) await button.click();
    await look();
  }
  await page.waitForTimeout(1000); // the address is written a few times a second at most
  await look();
  return moved;
}

/** Lets files fall onto the page. @param {Page} page */
async function dropFiles(page) {
  const { images, labels } = plainBarFiles(350);
  const dataTransfer = await dragged(page, [
    { name: 'images', buffer: images },
    { name: 'labels', buffer: labels },
  ]);
  await page.dispatchEvent('h1', 'drop', { dataTransfer });
}

describe('a lesson', () => {
  test('without locks every property can be changed on the page', async () => {
    await inChromium(TINY, async (page) => {
      await openEverything(page);
      const moved = await tryEverything(page);
      assert.deepEqual(
        PROPERTY_NAMES.filter((name) => !moved.has(name)),
        [],
      );
    });
  });

  inBrowser('with all locked none of them moves, by any control, by files or by a kept run', async (visit) => {
    const lock = `lock=${PROPERTY_NAMES.join()}`;
    await visit(`${TINY}&${lock}`, async (page) => {
      await openEverything(page);
      assert.deepEqual([...(await tryEverything(page))], []);
      const source = await page.locator('.sources .note').textContent();
      await dropFiles(page);
      await page.getByText(english.errors.filesLocked).waitFor();
      assert.equal(await page.locator('.sources .note:not(.error)').textContent(), source);
      assert.deepEqual(await findings(page), []);
    });
    const another = async (/** @type {Page} */ page) => {
      await press(page, 'Step');
      await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
      await kept(page);
      const link = page.url().replace('seed=5', 'seed=7&lock=seed');
      await page.reload();
      await page.getByText(/A run from .* is saved here/).waitFor();
      await page.goto(link);
      await page.locator('[data-kept-offline="true"]').waitFor({ state: 'attached' });
      assert.equal(
        await page.getByText(/A run from .* is saved here/).count(),
        0,
        'a run of another seed is not offered',
      );
    };
    await visit(`${TINY}&seed=5`, another, { serviceWorker: true }); // which comes when the page is at rest
  });
});
