// The exact linear probe in each of the engine builds in Node: that of the native program, in pieces, beside training.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ENGINES, facts, loadModule } from './support/engine-module.mjs';

const command = process.env.QUARTERTURN_CLI ?? fileURLToPath(new URL('../build/native/quarterturn', import.meta.url));
const builds = ['threads-relaxed', 'threads-simd', 'single-relaxed', 'single-simd'].filter(
  (build) => !process.env.QUARTERTURN_ENGINES || existsSync(`${ENGINES}/quarterturn-${build}.wasm`),
);

/** 320 of the images are labelled: more than there are features. */
const data = { train: 3520, test: 300, seed: 5 };
const labels = [10, 100, 320];

/** @template T @param {T & { code?: number }} value @returns {T} */
function good(value) {
  assert.equal(value?.code, undefined);
  return value;
}

/** @param {any} engine @param {string} features @param {number} [milliseconds] @param {() => void} [between] */
function probe(engine, features, milliseconds = 1e9, between = () => {}, draws = 1) {
  good(engine.beginProbe(features, Uint32Array.from(labels), undefined, draws));
  while (!good(engine.advanceProbe(milliseconds)).done) between();
  return good(engine.probeResult());
}

/** @param {any} module */
function begun(module) {
  const engine = new module.Engine(0);
  good(engine.loadGenerated(data.seed, data.train, data.test));
  good(engine.start({ seed: 3, pretext: { epochs: 1, batch: 64 } }));
  return engine;
}

/** The same by the native program, on the widest instruction set of an arithmetic family. @param {string} family */
function native(family) {
  /** @param {string[]} args @returns {any} */
  const run = (...args) =>
    JSON.parse(
      execFileSync(command, [...args, '--json', '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  /** @type {string[]} */
  const available = run('info', '--data', 'generated').environment.available_isas;
  const isa = available.find(
    (name) => run('info', '--isa', name, '--data', 'generated').environment.arithmetic === family,
  );
  if (isa === undefined) return null;
  const from = ['--data', `generated:${data.train}:${data.test}:${data.seed}`, '--seed', '3', '--draws', '3'];
  return run('probe', ...from, '--features', 'untrained,pixels', '--labels', labels.join(','), '--isa', isa).probes;
}

for (const build of builds) {
  describe(`the probe of ${build}`, () => {
    test('is that of the native program', async (context) => {
      if (!existsSync(command)) assert.fail(`${command} is missing: build the preset native first`);
      const engine = begun(await loadModule(build, build.startsWith('threads') ? 2 : 1));
      const wanted = native(engine.info().fused ? 'fused' : 'unfused');
      if (wanted === null) {
        context.skip('no native instruction set of this arithmetic family');
        return;
      }
      for (const { features, budgets } of wanted) {
        const found = probe(engine, features, 1e9, () => {}, 3);
        assert.equal(found.features, features);
        assert.deepEqual(
          found.budgets.map((/** @type {any} */ b) => [b.labels, b.right, b.notebook.right]),
          budgets.map((/** @type {any} */ b) => [b.labels, b.full_test.correct, b.test.correct]),
        );
        for (const [i, { draws }] of budgets.entries()) {
          assert.deepEqual(
            found.budgets[i].draws.map((/** @type {any} */ draw) => [draw.first, draw.penalty, draw.right]),
            draws.map((/** @type {any} */ draw) => [draw.first, draw.penalty, draw.correct]),
          );
        }
      }
      engine.delete();
    });
  });
}

describe('the probe', () => {
  test('answers for each test image', async () => {
    const engine = begun(await loadModule('single-simd', 1));
    const { features, epoch, step, budgets } = probe(engine, 'pixels');
    assert.deepEqual([features, epoch, step], ['pixels', 0, 0]);
    assert.deepEqual(
      budgets.map((/** @type {any} */ budget) => budget.labels),
      labels,
    );
    const truth = good(engine.images('test', 0, 300)).labels;
    for (const { marks, right, of, accuracy, low, high, penalty, notebook, draws } of budgets) {
      assert.ok(marks instanceof Uint8Array && marks.length === 300);
      assert.equal(marks.filter((mark, i) => mark === truth[i]).length, right);
      assert.equal(of, 300);
      assert.equal(accuracy, right / 300);
      assert.ok(low < accuracy && accuracy < high);
      assert.ok(penalty >= 0.01 && penalty <= 10_000);
      assert.equal(notebook.of, 300);
      assert.equal(draws.length, 1);
    }
    assert.ok(budgets[2].right > budgets[0].right && budgets[2].accuracy > 0.5, 'more labels tell more');
    engine.delete();
  });

  test('in pieces between steps of training it reads the weights of its beginning, and training is as ever', async () => {
    const module = await loadModule('single-simd', 1);
    const [engine, alone] = [begun(module), begun(module)];
    for (const each of [engine, alone]) good(each.step());
    const whole = probe(alone, 'pretext');
    assert.deepEqual([whole.epoch, whole.step], [0, 1]);
    let steps = 0;
    const pieces = probe(engine, 'pretext', 0, () => void (steps++ % 40 === 0 && good(engine.step())));
    assert.deepEqual(pieces, whole);
    assert.ok(engine.progress().step > 2);
    while (alone.progress().step < engine.progress().step) good(alone.step());
    assert.equal(engine.signature(), alone.signature());
    for (const each of [engine, alone]) each.delete();
  });

  test('refuses what it cannot fit', async () => {
    const engine = begun(await loadModule('single-simd', 1));
    const ten = Uint32Array.of(10);
    assert.match(facts(engine.advanceProbe(1)), /^noProbe$/);
    assert.match(facts(engine.beginProbe('rotnet', ten, undefined, undefined)), /^probeFeatures known=supervised, /);
    assert.match(
      facts(engine.beginProbe('pretext', [10], undefined, undefined)),
      /^argumentArray position=2 type=Uint32Array$/,
    );
    assert.match(
      facts(engine.beginProbe('pretext', Uint32Array.of(321), undefined, undefined)),
      /^probeLabels most=320 labels=321$/,
    );
    assert.match(facts(engine.beginProbe('pretext', ten, 'much', undefined)), /^argumentNumber position=3$/);
    assert.match(facts(engine.beginProbe('pretext', ten, 0, undefined)), /^probePenalty$/);
    assert.match(facts(engine.beginProbe('pretext', ten, 1, 1.5)), /^argumentWhole position=4$/);
    good(engine.beginProbe('pretext', ten, 1, 1));
    assert.match(facts(engine.probeResult()), /^probeUnfinished$/);
    engine.delete();
  });
});
