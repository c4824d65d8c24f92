// Networks exported as ONNX answer in onnxruntime as they do in the engine.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { facts } from './support/engine-module.mjs';
import { readSafetensors, writeSafetensors } from '../web/src/engine/safetensors.js';
import { onnxModel } from '../web/src/features/keep/onnx.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const engineFolder = process.env.QUARTERTURN_ENGINES ?? `${root}build/wasm/engine`;
const IMAGES = 20;
/** Raw pixels make logits in the hundreds, where one unit in the last place of a float is 3e-5. */
const TOLERANCES = { unit: 1e-5, notebook: 1e-4 };
const NETWORKS = /** @type {const} */ (['rotation', 'self_supervised', 'random', 'supervised']);

/** onnxruntime is large, and a package of its own that only the tests install. @returns {Promise<any>} */
async function runtime() {
  const require_ = createRequire(new URL('onnxruntime/package.json', import.meta.url));
  const ort = await import(pathToFileURL(require_.resolve('onnxruntime-web/wasm')).href);
  const found = ort.default ?? ort;
  found.env.wasm.numThreads = 1;
  found.env.logLevel = 'error';
  return found;
}

/** @template T @param {T & { code?: number }} value @returns {T} */
function good(value) {
  assert.equal(value?.code, undefined);
  return value;
}

/** @param {any} module @param {object} settings */
function trained(module, settings) {
  const engine = new module.Engine(1);
  good(engine.loadGenerated(7, 440, 100));
  good(engine.start(settings));
  while (good(engine.advance(1e9)).more);
  return engine;
}

describe('exported networks', () => {
  /** @type {any} */ let module;
  /** @type {any} */ let ort;

  before(async () => {
    const { default: factory } = await import(pathToFileURL(`${engineFolder}/quarterturn-single-simd.mjs`).href);
    [module, ort] = await Promise.all([factory(), runtime()]);
  });

  for (const preset of /** @type {const} */ (['unit', 'notebook'])) {
    describe(`of the preset ${preset}`, () => {
      /** @type {any} */ let engine;
      before(() => {
        engine = trained(module, { preset, pretext: { epochs: 2 }, arms: { supervised: { epochs: 3 } } });
      });
      after(() => engine.delete());

      for (const network of NETWORKS) {
        test(`${network}: onnxruntime gives the engine's probabilities`, async () => {
          const model = onnxModel(network, readSafetensors(good(engine.saveWeights())), {
            title: 'A test',
            data: 'generated',
            seed: '1',
            signature: engine.signature(),
          });
          const session = await ort.InferenceSession.create(model);
          assert.deepEqual([session.inputNames, session.outputNames], [['pixels'], ['probabilities']]);
          const pixels = new Float32Array(IMAGES * 784);
          for (let i = 0; i < IMAGES; i++) pixels.set(engine.image('test', i, i % 4), i * 784);
          const { probabilities } = await session.run({
            pixels: new ort.Tensor('float32', pixels, [IMAGES, 28, 28, 1]),
          });
          const classes = network === 'rotation' ? 4 : 10;
          assert.deepEqual([...probabilities.dims], [IMAGES, classes]);
          let answers = new Set();
          for (let i = 0; i < IMAGES; i++) {
            /** @type {number[]} */
            const expected = [...good(engine.predict(engine.image('test', i, i % 4)))[network]];
            expected.forEach((p, c) => {
              const q = probabilities.data[i * classes + c];
              assert.ok(
                Math.abs(p - q) < TOLERANCES[preset],
                `image ${i}, class ${c}: ${q} in onnxruntime, ${p} in the engine`,
              );
            });
            answers = answers.add(expected.indexOf(Math.max(...expected)));
          }
          assert.ok(answers.size > 1, 'a network that always says the same proves nothing');
          await session.release();
        });
      }
    });
  }

  test('a run with other labels on the same rotation network is that run, to the last bit', () => {
    const settings = { seed: 5, pretext: { epochs: 2 }, arms: { supervised: { epochs: 3 }, random: { epochs: 60 } } };
    const first = trained(module, { ...settings, labels: 40 });
    const expected = trained(module, { ...settings, labels: 10 });
    const again = new module.Engine(1);
    good(again.loadGenerated(7, 440, 100));
    good(again.start({ ...settings, labels: 40 }));
    assert.match(facts(again.withArms({ labels: 10 })), /^armsEarly$/);
    good(again.restore(first.checkpoint()));
    assert.match(facts(again.withArms({ ...settings, seed: 6 })), /^armsDiffer setting=seed$/);
    assert.match(facts(again.withArms({ pretext: { batch: 7 } })), /^armsDiffer setting=pretext\.batch$/);
    assert.equal(again.signature(), first.signature(), 'a fault changes nothing');
    good(again.withArms({ ...settings, labels: 10 }));
    assert.equal(again.progress().phase, 'self_supervised');
    while (good(again.advance(1e9)).more);
    assert.equal(again.signature(), expected.signature());
    assert.notEqual(again.signature(), first.signature());
    assert.deepEqual(again.results(), expected.results());
    for (const engine of [first, expected, again]) engine.delete();
  });

  test('safetensors are read and written without loss', () => {
    const engine = trained(module, { pretext: { epochs: 1 }, arms: { supervised: { epochs: 1 } } });
    const bytes = engine.checkpoint();
    const again = readSafetensors(writeSafetensors(readSafetensors(bytes)));
    assert.deepEqual(again, readSafetensors(bytes));
    good(engine.restore(writeSafetensors(again)));
    engine.delete();
  });
});
