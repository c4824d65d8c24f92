// Plain http on an address of the local network, as in a classroom: no secure context, so no clipboard, no Web Locks and
// no shared memory.
import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { after, before, describe, test } from 'node:test';
import {
  ENGINES,
  LONG,
  keepSection,
  kept,
  outOfSight,
  takePicture,
  press,
  useBrowser,
} from './support/browser-page.mjs';
import { THOROUGH } from './support/effort.mjs';
import { readRuns } from './support/kept.mjs';
import { servePage } from './support/page-server.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** This machine's own address in a network; undefined where it is in none. */
const host = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

/** Pastes into a field of the page's and gives what came. @param {Page} page */
async function pasted(page) {
  await page.evaluate(() => {
    const field = document.createElement('textarea');
    field.id = 'pasted';
    document.body.append(field);
    field.focus();
  });
  await page.keyboard.press('Control+v');
  const text = await page.locator('#pasted').inputValue();
  await page.evaluate(() => document.getElementById('pasted')?.remove());
  return text;
}

describe('on a LAN address', { skip: host ? false : 'this machine is in no network' }, () => {
  /** @type {Awaited<ReturnType<typeof servePage>>} */
  let site;
  before(async () => {
    site = await servePage({ host });
  });
  after(() => site?.close());

  for (const engine of ENGINES) {
    const visit = useBrowser(engine);
    /** @param {string} query @param {(page: Page) => Promise<void>} body */
    const visitThere = (query, body) =>
      visit(query, body, { address: site.address, complaints: /Cross-Origin-Opener-Policy|untrustworthy|insecure/i });

    test(`one thread trains, and the address is named as the reason (${engine})`, async () => {
      await visitThere(LONG, async (page) => {
        assert.equal(await page.evaluate(() => isSecureContext), false);
        const text = (await page.locator('.build').textContent()) ?? '';
        assert.match(text, /one thread/);
        assert.match(text, /the address is not secure \(http, and not this machine itself\)/);
        assert.doesNotMatch(text, /sends no COOP/, 'it does send them');
        await takePicture(page.locator('#speed'), `lan-${engine.toLowerCase()}`);
      });
    });

    test(`every “Copy” copies (${engine})`, async () => {
      await visitThere(LONG, async (page) => {
        await keepSection(page);
        await page.locator('.command').waitFor();
        const command = (await page.locator('.command').textContent()) ?? '';
        await press(page, 'Copy');
        await page.locator('.reproduce .copy', { hasText: 'Copied.' }).waitFor();
        assert.equal(await pasted(page), command);
        await press(page, 'Copy the link');
        await page.locator('.keep-buttons .copy', { hasText: 'Copied.' }).first().waitFor();
        assert.match(await pasted(page), new RegExp(`^http://${host}:\\d+/\\?data=generated&`));
        // In a dialog nothing else takes the focus.
        await press(page, 'Make a lesson link…');
        await press(page, 'Copy the lesson link');
        await page.locator('dialog .copy', { hasText: 'Copied.' }).waitFor();
        await page.keyboard.press('Escape');
        // Where that is refused too, the text stands there, selected.
        await page.evaluate(() => {
          document.execCommand = () => false;
        });
        await press(page, 'Copy');
        await page.getByText(english.copy.refused).waitFor();
        const field = page.getByLabel(english.copy.text);
        assert.equal(await field.inputValue(), command);
        assert.deepEqual(
          await field.evaluate((element) => {
            const { selectionStart, selectionEnd, value } = /** @type {HTMLInputElement} */ (element);
            return [document.activeElement === element, selectionStart, selectionEnd === value.length];
          }),
          [true, 0, true],
        );
      });
    });

    if (engine !== 'Chromium' && !THOROUGH) continue; // browsers do the following alike

    test(`runs of closed pages are thrown away but for the newest, those of open ones stay (${engine})`, async () => {
      await visitThere(LONG, async (page) => {
        /** @param {Page} each */
        const keepOne = async (each) => {
          await press(each, 'Step');
          await each.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
          await kept(each);
        };
        await keepOne(page);
        for (let i = 0; i < 5; i++) {
          const other = await page.context().newPage();
          await other.goto(page.url());
          await other.getByRole('button', { name: 'Train', exact: true }).and(other.locator(':enabled')).waitFor();
          await keepOne(other);
          if (i === 0) assert.equal(await other.getByText(/A run from .* is saved here/).count(), 0, 'of an open page');
          await other.close();
        }
        // The oldest is this page's own. It prunes as soon as it keeps its run again.
        await press(page, 'Step');
        await page.locator('.run-line', { hasText: 'step 2 of' }).waitFor();
        await outOfSight(page);
        while ((await page.evaluate(readRuns, false)).length > 4) await page.waitForTimeout(100);
        const keys = (await page.evaluate(readRuns, false)).map(({ key }) => key);
        const own = await page.evaluate(() => sessionStorage.getItem('quarterturn / page'));
        assert.equal(keys[0], `run:${own}`);
        assert.equal(keys.length, 4);
      });
    });
  }
});
