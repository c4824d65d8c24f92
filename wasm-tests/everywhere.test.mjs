// The built page in every browser engine that Debian has: one visit after the other, the same for each, and the same
// numbers. What each engine is and, when all is asked for, how fast goes to test-results/engines.json.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { after, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { THOROUGH } from './support/effort.mjs';
import { barFiles } from './support/idx.mjs';
import { readRuns, untilKept } from './support/kept.mjs';
import { ENGINES, useVisitor } from './support/visitor.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('./support/visitor.mjs').Visitor} Visitor */

const engineFolder = process.env.QUARTERTURN_ENGINES ?? fileURLToPath(new URL('../build/wasm/engine', import.meta.url));
const artefacts = fileURLToPath(new URL('../test-results', import.meta.url));

/** Of a run from end to end. */
const EPOCHS = 4;
/** Steps after which it waits until it was paused, without the one by itself; an epoch has 7. */
const HELD = 10;
/** @param {number} epochs */
const experiment = (epochs) => `data=generated&images=330&tests=100&epochs=${epochs}&armEpochs=2&seed=7`;
const SHORT = 'data=generated&images=330&tests=100&epochs=2&armEpochs=2';

const QUIZ_KEYS = ['ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowRight', ...'123412'];
const PAUSED = 'Paused · Rotation · epoch \\d+ of \\d+ · step \\d+';

/** The same for an engine without a page: 300 images for rotation, 30 with labels. */
const fit = { epochs: 2, learningRate: 0.001 };
/** @param {number} epochs */
const settingsOf = (epochs) => ({
  ...{ seed: 7, preset: 'unit', labels: 30 },
  pretext: { batch: 192, epochs, shuffle: false, learningRate: 0.001 },
  arms: { self_supervised: fit, random: fit, supervised: fit },
});

/** @type {Map<string, Promise<string>>} */
const signatures = new Map();
/** What Node makes of it. @param {'relaxed' | 'simd'} arithmetic @param {number} epochs @returns {Promise<string>} */
function expected(arithmetic, epochs) {
  const key = `${arithmetic} ${epochs}`;
  const known = signatures.get(key) ?? trainInNode(arithmetic, epochs);
  signatures.set(key, known);
  return known;
}

/** @param {string} arithmetic @param {number} epochs @returns {Promise<string>} */
async function trainInNode(arithmetic, epochs) {
  const { default: factory } = await import(pathToFileURL(`${engineFolder}/quarterturn-single-${arithmetic}.mjs`).href);
  const engine = new (await factory({ threads: 1 })).Engine(0);
  assert.equal(engine.loadGenerated(1, 330, 100).code, undefined);
  assert.equal(engine.start(settingsOf(epochs)).code, undefined);
  while (engine.advance(100).more);
  return engine.signature();
}

/**
 * @typedef {{ engine: string, version: string, build: string, arithmetic: string, signature: string,
 *   speeds: { threads: number, imagesPerSecond: number }[] }} Finding
 */
/** @type {Record<string, Partial<Finding>>} */
const findings = {};

after(() => {
  const found = Object.values(findings);
  if (found.length === 0) return;
  mkdirSync(artefacts, { recursive: true });
  writeFileSync(`${artefacts}/engines.json`, `${JSON.stringify(found, null, 2)}\n`);
});

/** @param {Visitor} visitor */
const build = async (visitor) => {
  await visitor.until(`return document.querySelector('.build')?.dataset.build`);
  const [name] = await visitor.attributes('.build', 'data-build');
  return {
    name,
    text: await visitor.text('.build'),
    fused: /fused multiply-add/.test(await visitor.text('.build > p')),
  };
};

/** @param {Visitor} visitor */
const finished = (visitor) => visitor.says('.run-line', /Finished\./);

/** @param {Visitor} visitor */
const signature = (visitor) => visitor.says('.signature', /^[0-9a-f]{16}$/);

for (const engine of ENGINES) {
  describe(`the page in ${engine.name}`, { skip: engine.missing || false }, () => {
    const visit = useVisitor(engine);
    /** @type {Partial<Finding>} */
    const finding = { engine: engine.name };
    findings[engine.name] = finding;

    test(`${engine.name} trains to the end, to the same signature as everywhere`, async (context) => {
      for (const limit of engine.cannot) context.diagnostic(`${engine.name}: ${limit}`);
      await visit(experiment(EPOCHS), async (visitor) => {
        const { name, text, fused } = await build(visitor);
        if (engine.name === 'WebKitGTK') {
          // SIMD, but neither shared memory for WebAssembly nor relaxed SIMD: the real test of the fall-back.
          assert.equal(name, 'single-simd');
          assert.match(text, /Single thread, SIMD/);
          assert.match(text, /Threads, relaxed SIMD: (the page is not cross-origin isolated|this browser has no)/);
          assert.match(text, /Single thread, relaxed SIMD: this browser has no relaxed SIMD/);
        } else assert.match(name, /^threads-/);
        await visitor.button('Train');
        await finished(visitor);
        const found = await signature(visitor);
        assert.equal(found, await expected(fused ? 'relaxed' : 'simd', EPOCHS));
        const scores = await visitor.texts('.score');
        assert.equal(scores.length, 3);
        for (const score of scores) assert.match(score, /\d+\.\d\d% of 100/);
        const { version } = visitor.driver;
        Object.assign(finding, { version, build: name, arithmetic: fused ? 'fused' : 'unfused', signature: found });
      });
    });

    test(`${engine.name} pauses, steps, is reloaded, and goes on to the signature of SIMD, which all have`, async () => {
      await visit(
        `${experiment(EPOCHS)}&build=${engine.name === 'WebKitGTK' ? 'single' : 'threads'}-simd`,
        async (visitor) => {
          assert.equal((await build(visitor)).fused, false);
          await visitor.button('Step');
          await visitor.says('.run-line', new RegExp(`^Paused · Rotation · epoch 1 of ${EPOCHS} · step 1 of 7`));
          await visitor.button('Resume');
          await visitor.says('.run-line', new RegExp(`epoch 2 of ${EPOCHS} · step ${1 + HELD - 7} of 7`));
          await visitor.button('Pause');
          const paused = new RegExp(`^${PAUSED} `).exec(
            await visitor.says('.run-line', new RegExp(`^${PAUSED} `)),
          )?.[0];
          visitor.release();
          await visitor.button('Step');
          const moved = new RegExp(`^(?!${paused})${PAUSED} `);
          const place = moved.exec(await visitor.says('.run-line', moved))?.[0];
          const stepped = await visitor.run('return Date.now()');
          // Kept once more when the tab goes out of sight.
          await visitor.run(`
          Object.defineProperty(document, 'hidden', { get: () => true });
          document.dispatchEvent(new Event('visibilitychange'));`);
          await untilKept(() => visitor.run(`return (${readRuns})(false)`), stepped);
          await visitor.reload();
          await visitor.says('.offer', /^A run from .* is saved here/);
          await visitor.button(english.keep.goOn);
          await visitor.says('.run-line', new RegExp(`^${place}`));
          await visitor.button('Resume');
          await finished(visitor);
          assert.equal(await signature(visitor), await expected('simd', EPOCHS));
        },
        { hold: HELD },
      );
    });

    test(`${engine.name} answers a drawing, plays the quiz by keys, and walks the map by keyboard`, async () => {
      await visit(SHORT, async (visitor) => {
        await visitor.button('Train');
        await finished(visitor);
        await visitor.goTo('#draw');
        await visitor.draw([
          [0.5, 0.2],
          [0.5, 0.8],
        ]);
        await visitor.until(`return [...document.querySelectorAll('#draw .stems')].every(
          (plot) => /, \\d+%$/.test(plot.getAttribute('aria-label')))`);
        const answers = (await visitor.attributes('#draw .stems', 'aria-label')).map((label) => label.split(':')[0]);
        assert.deepEqual(answers.slice(0, 4), ['Self-supervised', 'Random features', 'Supervised', 'Rotation']);
        // A stroke, not the dot that it began with.
        await visitor.until(`
          const canvas = document.querySelector('.draw-seen canvas');
          const { data } = canvas.getContext('2d').getImageData(0, 0, 28, 28);
          return data.reduce((sum, value, i) => (i % 4 === 0 ? sum + value : sum), 0) > 5000;`);
        await visitor.focus('.pad');
        await visitor.press('Delete');
        await visitor.until(`return /no answer yet$/.test(document.querySelector('#draw .stems').ariaLabel)`);
        await visitor.press('6');
        await visitor.says('.draw-seen .note', /test image \d+/);

        await visitor.goTo('#quiz');
        await visitor.click('#quiz button', 'Play');
        for (const [i, key] of QUIZ_KEYS.entries()) {
          await visitor.until(`return document.querySelector('.quiz-answer.up:enabled') !== null`);
          await visitor.says('.quiz-count', new RegExp(`^Digit ${i + 1} of 10 `));
          await visitor.press(key);
          await visitor.says('.quiz-line', /You: (up|left|down|right)/);
          await visitor.says('.quiz-line', /The network: (up|left|down|right) \(\d+%\)/);
          await visitor.press('Enter');
        }
        const verdict = await visitor.says('.quiz-verdict', /^You \d+ of 10, the network \d+\. /);
        const right = await visitor.run(
          `return document.querySelectorAll('.quiz-list span:nth-child(2).right').length`,
        );
        assert.equal(Number(/\d+/.exec(verdict)?.[0]), right);

        await visitor.goTo('#map');
        await visitor.until(`return /^Map of \\d+ test digits/.test(document.querySelector('.map')?.ariaLabel)`);
        await visitor.focus('.map');
        // A map that is just made begins without a digit to look at.
        let first = '';
        for (; first === ''; first = await visitor.text('.map [role=status]')) await visitor.press('ArrowRight');
        assert.match(first, /^[156], test image \d+$/);
        let next = first;
        // From wherever the first one lies, there is a way to another one.
        for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowDown']) {
          await visitor.press(key);
          next = await visitor.text('.map [role=status]');
          if (next !== first) break;
        }
        assert.notEqual(next, first);
        await visitor.press('+');
        await visitor.until(`return document.querySelector('.map.closer') !== null`);
        await visitor.press('Shift+ArrowRight', '0');
        await visitor.until(`return document.querySelector('.map.closer') === null`);
        await visitor.press('Escape');
        await visitor.until(`return document.querySelector('.map-tip') === null`);
        await visitor.focus('.timeline input');
        await visitor.press('Home');
        await visitor.says('.timeline output', /^before the first step/);
        await visitor.press('ArrowRight');
        await visitor.says('.timeline output', /^after step 1 /);
        await visitor.press('End');
        await visitor.says('.timeline output', /^now/);
      });
    });

    test(`${engine.name} learns from the visitor’s own files, and says what is wrong with broken ones`, async () => {
      const { images, labels } = barFiles(350);
      await visit(SHORT, async (visitor) => {
        await visitor.goTo('#data');
        await visitor.click('.source', /^My files/);
        await visitor.give('#files', { 'bars-images.gz': images.subarray(0, 60), 'bars-labels.gz': labels });
        await visitor.says('.sources .error', /bars-images\.gz: the gzip data are damaged/);
        await visitor.give('#files', { 'bars-images.gz': images, 'bars-labels.gz': labels });
        await visitor.says('.sources .note', /bars-images\.gz, bars-labels\.gz/);
        assert.deepEqual(await visitor.texts('.sources .error'), []);
        await visitor.choose('.file-drop select', 'fashion');
        await visitor.says('.classes tbody th', /^ankle boot$/);
        await visitor.button('Train');
        await finished(visitor);
        await visitor.says('#duel', /Data: bars-images\.gz, bars-labels\.gz/);
      });
    });

    test(`${engine.name} makes a lesson link, and opens it`, async () => {
      await visit(`${SHORT}&seed=5`, async (visitor) => {
        await visitor.type(await visitor.field('Rotation epochs'), '3');
        await visitor.says('.run-note', /Start over to use your new settings/);
        await visitor.goTo('#keep');
        await visitor.button('Make a lesson link…');
        await visitor.click('dialog input[aria-label="Lock Seed"]');
        await visitor.click('dialog .flag', 'Draw a digit');
        const link = await visitor.run(`return document.querySelector('.lesson-link input').value`);
        assert.match(link, /[?&]epochs=3&.*&lock=seed&hide=draw$/);
        await visitor.open(new URL(link).search.slice(1));
        assert.equal(await visitor.run(`return document.querySelector('#draw')`), null);
        const seed = await visitor.field('Seed');
        assert.deepEqual(
          await visitor.run(`const { disabled, value } = document.querySelector('${seed}'); return [disabled, value];`),
          [true, '5'],
        );
        await visitor.type(await visitor.field('Rotation epochs'), '4');
        await visitor.until(`return /epochs=4.*&lock=seed&hide=draw$/.test(location.search)`);
      });
    });

    test(`${engine.name} is dark when told so, and fits a phone`, async () => {
      const fits = async (/** @type {Visitor} */ visitor) => {
        await visitor.unfold();
        await visitor.goTo('footer');
        assert.equal(await visitor.tooWide(), '', 'no sideways scroll');
      };
      await visit(
        SHORT,
        async (visitor) => {
          assert.equal(await visitor.run('return innerWidth'), 360);
          await fits(visitor);
          const light = await visitor.run('return getComputedStyle(document.body).backgroundColor');
          await visitor.button('Dark');
          const dark = await visitor.run('return getComputedStyle(document.body).backgroundColor');
          const sum = (/** @type {string} */ colour) =>
            (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((all, part) => all + Number(part), 0);
          assert.ok(sum(dark) < 150 && sum(light) > 600, `${light}, then ${dark}`);
          await visitor.button('Train');
          await finished(visitor);
          await fits(visitor);
        },
        { size: { width: 360, height: 740 } },
      );
    });

    // Measuring takes both processors for seconds, whatever the browser; that it works: page-build.test.mjs.
    if (!THOROUGH) return;
    test(`${engine.name} says how fast it is`, async (context) => {
      await visit(SHORT, async (visitor) => {
        await visitor.goTo('#speed');
        await visitor.button('Measure the speed');
        await visitor.until(`return [...document.querySelectorAll('#speed button')].some(
          (button) => button.textContent === 'Measure the speed') && document.querySelector('.speed-up') !== null`);
        const rows = await visitor.run(`return [...document.querySelectorAll('.speed-up tbody tr')].map(
          (row) => [...row.children].slice(0, 2).map((cell) => Number(cell.textContent.replace(/\\D/g, ''))))`);
        assert.ok(rows.length > 0);
        const speeds = rows.map((/** @type {number[]} */ [threads, imagesPerSecond]) => ({ threads, imagesPerSecond }));
        for (const { imagesPerSecond } of speeds) assert.ok(imagesPerSecond > 0);
        Object.assign(finding, { speeds });
        const figures = speeds.map(
          (/** @type {Finding['speeds'][0]} */ each) =>
            `${each.imagesPerSecond.toLocaleString('en')} images/s on ${each.threads} ${each.threads === 1 ? 'thread' : 'threads'}`,
        );
        context.diagnostic(`${engine.name} ${finding.version}: ${finding.build}, ${figures.join(', ')}`);
      });
    });
  });
}
