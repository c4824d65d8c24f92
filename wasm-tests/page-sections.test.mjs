// What goes wrong in one section stays there: it says so, and the rest of the page goes on.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe } from 'node:test';
import { LONG, SMALL, findings, finished, takePicture, press, useBrowsers } from './support/browser-page.mjs';
import { readRuns, untilKept } from './support/kept.mjs';
import { pageFolder } from './support/page-server.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { inBrowser } = useBrowsers();

/** The script in which a class name of the page stands, and its text. @param {string} mark */
function scriptWith(mark) {
  for (const name of readdirSync(`${pageFolder}/assets`)) {
    if (!name.endsWith('.js')) continue;
    const text = readFileSync(`${pageFolder}/assets/${name}`, 'utf8');
    if (text.includes(mark)) return { name, text };
  }
  throw new Error(`no script has ${mark}`);
}

const quizScript = () => scriptWith('quiz-trained');

const TITLE = 'You against the network';
const OTHERS = ['learn', 'probe', 'tasks', 'duel', 'draw', 'map', 'inside', 'data', 'speed', 'keep'];
/** What a service worker fetches, a test cannot change. */
const OPTIONS = {
  complaints: /quiz is spoilt|Failed to load resource|assets\/view-|^Error$/,
};

/** Ids of the sections that are on the page, in their order. @param {Page} page */
const sections = (page) => page.locator('main > section').evaluateAll((all) => all.map(({ id }) => id));

/** @param {Page} page */
const whole = async (page) => {
  await page.reload();
  await page.locator('footer').waitFor();
};

describe('a section that fails', () => {
  inBrowser('to be fetched says so, and the visitor goes on without it', async (visit) => {
    const { name } = quizScript();
    await visit(
      SMALL,
      async (page) => {
        await page.route(`**/assets/${name}`, (route) => route.abort());
        await whole(page);
        const alert = page.locator('#quiz').getByRole('alert');
        await alert.getByText(`“${TITLE}” could not be loaded.`).waitFor();
        assert.deepEqual(await sections(page), [...OTHERS.slice(0, 2), 'quiz', ...OTHERS.slice(2)]);
        assert.deepEqual(await findings(page), []);
        await takePicture(page.locator('#quiz'), 'section-failed');
        await press(page, english.page.goOnWithout);
        await page.locator('#quiz').waitFor({ state: 'detached' });
        assert.deepEqual(await sections(page), OTHERS);
        const links = page.getByRole('navigation', { name: 'On this page' }).getByRole('link');
        assert.equal(await links.count(), OTHERS.length);
        await press(page, 'Train');
        await finished(page);
      },
      OPTIONS,
    );
  });

  inBrowser('to be drawn names the fault, the rest of the page goes on, and another try draws it', async (visit) => {
    const { name, text } = quizScript();
    // The view throws the first time that it is drawn.
    const spoilt = text.replace(
      /export\s*\{\s*(\w+) as Quiz\s*\}/,
      (_, view) =>
        `let spoiltOnce; function SpoiltQuiz(given) { if (!spoiltOnce) { spoiltOnce = true; throw new Error('the quiz is spoilt'); } return ${view}(given); } export { SpoiltQuiz as Quiz }`,
    );
    assert.notEqual(spoilt, text);
    await visit(
      SMALL,
      async (page) => {
        await page.route(`**/assets/${name}`, async (route) => {
          const response = await route.fetch();
          await route.fulfill({ response, body: spoilt });
        });
        await whole(page);
        const alert = page.locator('#quiz').getByRole('alert');
        await alert.getByText(`“${TITLE}” stopped working: the quiz is spoilt`).waitFor();
        assert.deepEqual(await sections(page), [...OTHERS.slice(0, 2), 'quiz', ...OTHERS.slice(2)]);
        await press(page, 'Train');
        await finished(page);
        await press(page, 'Try again');
        await alert.waitFor({ state: 'detached' });
        await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
      },
      OPTIONS,
    );
  });

  inBrowser('a part without a view that could not be fetched is asked for until it comes', async (visit) => {
    const { name } = scriptWith('offer-files'); // it keeps the run
    let asked = 0;
    await visit(
      LONG,
      async (page) => {
        // Its second address is that of another try.
        await page.route(`**/assets/${name}*`, (route) => (++asked < 3 ? route.abort() : route.continue()));
        await whole(page);
        await press(page, 'Step');
        await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
        await untilKept(() => page.evaluate(readRuns, false), 0);
        assert.equal(asked, 3);
      },
      OPTIONS,
    );
  });
});
