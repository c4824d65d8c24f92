// The page on paper: all sections, light, every chart with its table, and nothing that is empty.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { SMALL, artefacts, finished, keepSection, press, useBrowsers } from './support/browser-page.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { inChromium, inEach } = useBrowsers();
const SECTIONS = ['learn', 'probe', 'quiz', 'tasks', 'duel', 'draw', 'map', 'inside', 'data', 'speed', 'keep'];
const DARK = { context: { colorScheme: /** @type {const} */ ('dark') } };

/** Asks for the page on paper by the keys and waits until it would be given to the printer. @param {Page} page */
async function byKeys(page) {
  await page.evaluate(() => {
    window.print = () => {
      dispatchEvent(new Event('beforeprint'));
      document.documentElement.dataset.printed = 'yes';
    };
  });
  await page.keyboard.press('Control+p');
  await page.locator('html[data-printed]').waitFor({ state: 'attached' });
}

/** What stands in the document that is printed. @param {Page} page */
const onPaper = (page) =>
  page.evaluate(() => ({
    theme: document.documentElement.dataset.theme,
    sections: [...document.querySelectorAll('main > section')].map(({ id }) => id),
    waiting: document.querySelectorAll('[aria-busy=true]').length,
    charts: [...document.querySelectorAll('.chart-plot')].map(({ childElementCount }) => childElementCount),
    tables: [...document.querySelectorAll('.chart-table')].map((table) => table.querySelectorAll('tbody tr').length),
    folded: document.querySelectorAll('.fold:not([open], [data-quiet=true])').length,
    map: document.querySelector('.map-figure')?.textContent ?? '',
  }));

describe('the page on paper', () => {
  inEach('has every part, fetched and worked out, when it is asked for by the keys', async (visit) => {
    await visit(
      SMALL,
      async (page) => {
        await press(page, 'Train');
        await finished(page);
        await byKeys(page);
        const found = await onPaper(page);
        assert.deepEqual(found.sections, SECTIONS);
        assert.equal(found.theme, 'light');
        assert.equal(found.waiting, 0);
        assert.equal(found.folded, 0);
        assert.ok(found.charts.length >= 4 && found.charts.every((count) => count > 0), 'every chart is drawn');
        assert.deepEqual(found.tables, [2, 2, 4, 4]);
        // The map and the maps of activations have their answers.
        assert.match(found.map, /of the spread/);
        await page.evaluate(() => dispatchEvent(new Event('afterprint')));
        await page.locator('html[data-theme=dark]').waitFor({ state: 'attached' });
        await page.waitForFunction(() => document.querySelectorAll('.chart-table[open]').length === 0);
      },
      DARK,
    );
  });

  test('by the browser’s own menu has what is there, and says what is not', async () => {
    await inChromium(
      SMALL,
      async (page) => {
        // What the browser does when its menu is used, and no time passes between.
        const found = await page.evaluate(async () => {
          dispatchEvent(new Event('beforeprint'));
          for (let i = 0; i < 50; i++) await null;
          return {
            theme: document.documentElement.dataset.theme,
            shown: document.querySelectorAll('main > section').length,
            busy: document.querySelectorAll('[aria-busy=true] > .on-paper').length,
          };
        });
        assert.deepEqual(found, { theme: 'light', shown: SECTIONS.length, busy: found.busy });
        assert.ok(found.busy > 0);
      },
      DARK,
    );
  });

  test('shows charts at the sheet’s width, and neither buttons nor empty frames', async () => {
    await inChromium(
      SMALL,
      async (page) => {
        await press(page, 'Train');
        await finished(page);
        await press(page, english.quiz.play);
        await keepSection(page);
        // What is folded everywhere is on paper where the visitor has opened it.
        await page.locator('#keep summary', { hasText: english.results.collectTitle }).click();
        await page.locator('#keep textarea').waitFor();
        await byKeys(page);
        await page.setViewportSize({ width: 700, height: 1000 });
        await page.emulateMedia({ media: 'print' });
        const found = await page.evaluate(() => {
          const room = /** @type {HTMLElement} */ (document.querySelector('#learn .curves')).clientWidth;
          const boxes = [...document.querySelectorAll('.curves .chart')].map((chart) => {
            const canvas = /** @type {HTMLElement} */ (chart.querySelector('canvas')).getBoundingClientRect();
            const legend = /** @type {HTMLElement} */ (chart.querySelector('.legend')).getBoundingClientRect();
            return { share: canvas.width / room, over: canvas.bottom - legend.top };
          });
          const seen = (/** @type {Element} */ each) => each.getClientRects().length > 0;
          return {
            boxes,
            buttons: [...document.querySelectorAll('.button, input, select, textarea, .contents')].filter(seen).length,
            // A sheet that ended in one of them would lay its rest over what follows.
            cut: ['.confusion', '.digit-confusion', '.quiz-round', '.readings-chosen'].filter((part) => {
              const element = document.querySelector(part);
              return !element || getComputedStyle(element).breakInside !== 'avoid';
            }),
            sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
            pad: seen(/** @type {Element} */ (document.querySelector('.pad'))),
          };
        });
        for (const { share, over } of found.boxes) {
          assert.ok(share > 0.97, `a chart takes ${share} of the sheet`);
          assert.ok(over <= 1, `a legend lies ${over} pixels over its chart`);
        }
        assert.deepEqual([found.buttons, found.pad], [0, false]);
        assert.deepEqual(found.cut, [], 'a sheet may end in them');
        assert.ok(found.sideways <= 0, `${found.sideways} pixels too wide`);
        const pdf = await page.pdf({ format: 'A4' });
        writeFileSync(`${artefacts}/page.pdf`, pdf);
        const pages = pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
        assert.ok(pages > 3 && pages <= 16, `${pages} pages`);
      },
      DARK,
    );
  });
});
