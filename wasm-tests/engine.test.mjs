// Each of the four engine builds in Node: it trains, and gives the signature that the native command of the same
// arithmetic family gives.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { GENERATOR_VERSION } from '../web/src/state/properties.js';
import { facts, loadModule } from './support/engine-module.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = process.env.QUARTERTURN_CLI ?? `${root}build/native/quarterturn`;

/** QUARTERTURN_BUILDS: those of another folder. */
const builds = ['threads-relaxed', 'threads-simd', 'single-relaxed', 'single-simd'].filter(
  (build) => process.env.QUARTERTURN_BUILDS?.split(',').includes(build) ?? true,
);

/** Small, with odd batch sizes, and the same for both sides. */
const data = { train: 220, test: 40, seed: 7 };
const settings = {
  seed: 3,
  preset: 'unit',
  pretext: { batch: 112, epochs: 2 },
  arms: {
    self_supervised: { batch: 7, epochs: 4, patience: 2 },
    random: { batch: 5, epochs: 3 },
    supervised: { batch: 9, epochs: 2 },
  },
};
const commandLine = [
  ...['--data', `generated:${data.train}:${data.test}:${data.seed}`, '--seed', '3', '--preset', 'unit'],
  ...['--pretext-batch', '112', '--pretext-epochs', '2'],
  ...['--self-supervised-batch', '7', '--self-supervised-epochs', '4', '--self-supervised-patience', '2'],
  ...['--random-batch', '5', '--random-epochs', '3', '--supervised-batch', '9', '--supervised-epochs', '2'],
];

/** @param {string[]} args @returns {any} */
function native(...args) {
  return JSON.parse(
    execFileSync(command, [...args, '--json', '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
}

/** The signature of the native run, wherever the report keeps it. @param {string[]} args @returns {string} */
function nativeSignature(...args) {
  const found = /"signature": *"([0-9a-f]{16})"/.exec(JSON.stringify(native('run', ...commandLine, ...args), null, 1));
  assert.ok(found, 'the native report has no signature');
  return found[1];
}

/** @template T @param {T & { code?: number }} value @returns {T} */
function good(value) {
  assert.equal(value?.code, undefined);
  return value;
}

/** @param {() => any} call */
function answered(call) {
  try {
    return call();
  } catch (error) {
    return { error: String(error) };
  }
}

/** @param {any} engine @param {number} [budget] @returns {string} */
function trainToTheEnd(engine, budget = 30) {
  while (good(engine.advance(budget)).more);
  assert.equal(engine.progress().phase, 'finished');
  return engine.signature();
}

/** @param {any} engine */
function begin(engine) {
  good(engine.loadGenerated(data.seed, data.train, data.test));
  good(engine.start(settings));
}

for (const build of builds) {
  const threaded = build.startsWith('threads');
  const poolSize = threaded ? 3 : 1;

  describe(`engine ${build}`, () => {
    /** @type {any} */ let module;
    /** @type {any} */ let engine;
    /** @type {string} */ let signature;

    before(async () => {
      module = await loadModule(build, poolSize);
      engine = new module.Engine(0);
      begin(engine);
      signature = trainToTheEnd(engine);
    });
    after(() => engine?.delete());

    test('says what it is', () => {
      const info = good(engine.info());
      assert.equal(info.isa, build.endsWith('relaxed') ? 'wasm-relaxed' : 'wasm-simd');
      assert.equal(info.lanes, 4);
      assert.equal(info.threads, poolSize);
      assert.equal(info.heapBytes, 64 * 1024 * 1024);
      assert.equal(typeof info.fused, 'boolean');
      if (build.endsWith('simd')) assert.equal(info.fused, false);
      assert.match(info.version, /^\d+\.\d+\.\d+/);
    });

    test('gives the signature of the native program', (context) => {
      if (!existsSync(command)) assert.fail(`${command} is missing: build the preset native first`);
      const family = engine.info().fused ? 'fused' : 'unfused';
      // The widest native instruction set of the same family.
      /** @type {string[]} */
      const available = native('info', '--data', 'generated').environment.available_isas;
      const isa = available.find(
        (name) => native('info', '--isa', name, '--data', 'generated').environment.arithmetic === family,
      );
      if (isa === undefined) {
        context.skip(`this machine's instruction sets are ${available.join(', ')}; none is ${family}`);
        return;
      }
      assert.equal(signature, nativeSignature('--isa', isa, '--threads', '2'), `against ${isa}`);
    });

    test('learns', () => {
      const history = good(engine.history('pretext'));
      assert.equal(history.length, 2);
      assert.ok(history[1].loss < history[0].loss);
      assert.equal(history[0].validationLoss, null);
      assert.equal(history[0].run, 'pretext');
      assert.equal(typeof engine.history('random')[0].validationLoss, 'number');
    });

    test('threads and slices change nothing', async () => {
      for (let threads = 1; threads <= poolSize; ++threads) {
        const fresh = await loadModule(build, poolSize); // the other's threads are all taken
        const other = new fresh.Engine(threads);
        assert.equal(other.info().threads, threads);
        begin(other);
        assert.equal(trainToTheEnd(other, threads === 1 ? 0 : 1e9), signature);
        other.delete();
      }
      const steps = new module.Engine(1);
      begin(steps);
      while (good(steps.step()).more);
      assert.equal(steps.signature(), signature);
      steps.delete();
    });

    test('a checkpoint goes on to the same signature in a new engine', () => {
      const first = new module.Engine(1);
      begin(first);
      while (first.progress().phase !== 'random') first.advance(0);
      first.advance(0);
      const saved = first.checkpoint();
      assert.ok(saved instanceof Uint8Array);
      first.delete();
      const second = new module.Engine(1);
      good(second.loadGenerated(data.seed, data.train, data.test));
      good(second.start({}));
      good(second.restore(saved));
      assert.equal(second.settings().seed, 3);
      assert.equal(trainToTheEnd(second), signature);
      second.delete();
    });

    test('weights go out and in', () => {
      const saved = good(engine.saveWeights());
      const length = new DataView(saved.buffer).getUint32(0, true);
      const header = JSON.parse(new TextDecoder().decode(saved.subarray(8, 8 + length)));
      assert.deepEqual(header['rotnet.conv1.kernel'].shape, [3, 3, 1, 64]);
      const other = new module.Engine(1);
      begin(other);
      good(other.loadWeights(saved));
      assert.deepEqual(other.tensor('rotnet.dense.kernel'), engine.tensor('rotnet.dense.kernel'));
      assert.deepEqual(other.predict(engine.image('test', 0, 0)), engine.predict(engine.image('test', 0, 0)));
      other.delete();
    });
  });
}

describe('the face of the engine', () => {
  /** @type {any} */ let module;
  /** @type {any} */ let engine;

  before(async () => {
    module = await loadModule(builds[builds.length - 1], 1);
    engine = new module.Engine(1);
    begin(engine);
  });
  after(() => engine.delete());

  test('data', () => {
    const info = good(engine.dataInfo());
    assert.equal(info.train, 220);
    assert.equal(info.test, 40);
    assert.deepEqual(info.splits, { pretext: [0, 200], downstream: [200, 220], test: [0, 40] });
    assert.equal(info.source, `generated:${GENERATOR_VERSION}:7`);
    const upright = good(engine.image('train', 4, 0));
    const turned = good(engine.image('train', 4, 1));
    assert.ok(upright instanceof Uint8Array && upright.length === 784);
    for (const [row, column] of [
      [0, 0],
      [5, 20],
      [27, 3],
    ]) {
      assert.equal(turned[28 * row + column], upright[28 * column + 27 - row], 'numpy.rot90 turns counter-clockwise');
    }
    assert.ok(engine.label('test', 3) >= 0 && engine.label('test', 3) <= 9);
  });

  test('settings come back complete', () => {
    const all = good(engine.settings());
    assert.equal(all.seed, 3);
    assert.equal(all.labels, 20);
    assert.equal(all.pretext.batch, 112);
    assert.equal(all.arms.random.patience, 7);
    assert.ok(Math.abs(all.arms.supervised.validationSplit - 0.2) < 1e-7);
    const defaults = new module.Engine(1);
    good(defaults.loadGenerated(1, 11000, 600));
    good(defaults.start({}));
    assert.equal(defaults.settings().labels, 1000);
    assert.deepEqual(
      Object.entries(defaults.settings().arms).map(([arm, fit]) => [arm, fit.batch, fit.epochs]),
      [
        ['self_supervised', 64, 50],
        ['random', 32, 50],
        ['supervised', 32, 50],
      ],
    );
    assert.equal(defaults.progress().steps, 209);
    defaults.delete();
  });

  test('a run that diverges says how it can go on, and does', () => {
    const other = new module.Engine(1);
    good(other.loadGenerated(1, 330, 100));
    const arms = { supervised: { batch: 4, epochs: 3, learningRate: 1000 } };
    good(other.start({ preset: 'notebook', pretext: { epochs: 1 }, arms }));
    assert.equal(facts(other.settings().note), 'labelsFewer labels=30 wanted=1000');
    while (good(other.advance(30)).more);
    const { phase, failure, recovery } = other.progress();
    assert.equal(phase, 'failed');
    assert.match(
      facts(failure),
      /^runStopped run=supervised epoch=1 step=\d+ what=\(badLoss\) rate=1000 next=\(nextBeginning rate=100\)$/,
    );
    assert.equal(recovery.run, 'supervised');
    assert.equal(recovery.rate, 100);
    assert.match(facts(other.goOn(-1)), /^learningRate$/);
    assert.match(facts(other.goOn('1')), /^argumentNumber position=1$/);
    good(other.goOn(0.001));
    assert.equal(other.progress().recovery, null);
    trainToTheEnd(other);
    assert.match(facts(other.goOn(0.001)), /^nothingFailed$/);
    other.delete();
  });

  test('a seed beyond 2^53 is a string', () => {
    const other = new module.Engine(1);
    good(other.loadGenerated(7, 22, 4));
    good(other.start({ seed: '18446744073709551615' }));
    assert.equal(other.settings().seed, '18446744073709551615');
    assert.match(
      facts(other.start({ seed: '18446744073709551616' })),
      /^settingRange setting=seed value="18446744073709551616" range=\(rangeSeed\)$/,
    );
    other.delete();
  });

  test('layer tables', () => {
    /** @param {string} network @param {boolean} [trainable] */
    const parameters = (network, trainable) =>
      good(engine.layers(network))
        .filter((/** @type {any} */ layer) => trainable === undefined || layer.trainable === trainable)
        .reduce((/** @type {number} */ sum, /** @type {any} */ layer) => sum + layer.parameters, 0);
    assert.equal(parameters('rotnet'), 23988);
    assert.equal(parameters('supervised', true), 21994);
    assert.equal(parameters('random', true), 2890);
    assert.equal(parameters('self_supervised'), 21994);
    assert.equal(engine.layers('rotnet')[0].output, '14x14x64');
    assert.match(facts(engine.layers('nothing')), /^networkUnknown known=self_supervised, random, /);
  });

  test('predictions are probabilities', () => {
    const prediction = good(engine.predict(engine.image('test', 1, 0)));
    for (const [network, classes] of Object.entries({ rotation: 4, self_supervised: 10, random: 10, supervised: 10 })) {
      assert.ok(prediction[network] instanceof Float32Array);
      assert.equal(prediction[network].length, classes);
      const sum = prediction[network].reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0);
      assert.ok(Math.abs(sum - 1) < 1e-5);
    }
  });

  test('all four turns of a part of a set, with the weights of now or those that were kept', () => {
    const other = new module.Engine(1);
    begin(other);
    const first = good(other.rotations('test', 3, 5, 'keep'));
    assert.equal(first.length, 5 * 4 * 4);
    for (const [image, turn] of [
      [0, 0],
      [4, 3],
      [2, 1],
    ]) {
      const row = 4 * (4 * image + turn);
      const { rotation } = good(other.predict(other.image('test', 3 + image, turn)));
      assert.deepEqual(first.slice(row, row + 4), rotation, `image ${3 + image}, turn ${turn}`);
    }
    other.step();
    assert.deepEqual(good(other.rotations('test', 3, 5, 'kept')), first);
    assert.notDeepEqual(good(other.rotations('test', 3, 5, 'now')), first);
    assert.match(facts(other.rotations('test', 36, 5, 'now')), /^rotationsRange most=256$/);
    assert.match(facts(other.rotations('test', 40, 1, 'now')), /^indexRange last=39$/);
    assert.match(facts(other.rotations('test', 0, 0, 'now')), /^rotationsRange most=256$/);
    assert.match(facts(other.rotations('test', 0, 1, 'then')), /^rotationsWeights$/);
    good(other.start(settings));
    assert.match(facts(other.rotations('test', 0, 1, 'kept')), /^nothingKept$/);
    other.delete();
  });

  test('activations of both stages', () => {
    const image = engine.image('test', 1, 0);
    const upright = good(engine.activations('rotnet', image, 0));
    assert.equal(upright.stage1.length, 7 * 7 * 64);
    assert.equal(upright.stage2.length, 288);
    assert.ok(upright.stage2.every((/** @type {number} */ value) => value >= 0));
    assert.deepEqual(good(engine.activations('self_supervised', image, 0)), upright, 'they share their trunk');
    assert.notDeepEqual(good(engine.activations('supervised', image, 0)), upright);
    assert.deepEqual(
      good(engine.activations('rotnet', image, 1)),
      good(engine.activations('rotnet', engine.image('test', 1, 1), 0)),
    );
    assert.match(facts(engine.activations('pretext', image, 0)), /^networkUnknown known=/);
    assert.match(facts(engine.activations('rotnet', image, 4)), /^turnsRange$/);
    assert.match(facts(engine.activations('rotnet', [1], 0)), /^argumentArray position=2 type=Uint8Array$/);
  });

  test('drawings are centred', () => {
    assert.deepEqual(engine.centreDrawing(new Uint8Array(100 * 50), 100, 50), new Uint8Array(784));
    const drawing = new Uint8Array(280 * 280);
    for (let row = 10; row < 60; ++row) drawing.fill(255, 280 * row + 200, 280 * row + 215);
    const image = good(engine.centreDrawing(drawing, 280, 280));
    let mass = 0;
    let x = 0;
    let y = 0;
    image.forEach((/** @type {number} */ value, /** @type {number} */ i) => {
      mass += value;
      x += value * (i % 28);
      y += value * Math.floor(i / 28);
    });
    assert.ok(mass > 0);
    assert.ok(Math.abs(x / mass - 13.5) <= 1 && Math.abs(y / mass - 13.5) <= 1, `${x / mass}, ${y / mass}`);
  });

  test('features by several weights', () => {
    const names = ['conv1.kernel', 'conv1.bias', 'conv2.kernel', 'conv2.bias'];
    const trunk = Float32Array.from(names.flatMap((name) => [...good(engine.tensor(`rotnet.${name}`))]));
    const { pixels, labels } = good(engine.images('test', 3, 4));
    assert.deepEqual(pixels.subarray(0, 784), good(engine.image('test', 3, 0)));
    assert.equal(labels[0], engine.label('test', 3));
    assert.match(facts(engine.images('test', 39, 2)), /^imagesRange most=2000$/);
    const trained = good(engine.features(pixels, undefined));
    assert.equal(trained.length, 4 * 288);
    assert.deepEqual(good(engine.features(pixels, trunk)), trained);
    assert.notDeepEqual(good(engine.features(pixels, 'random')), trained);
    assert.match(facts(engine.features(new Uint8Array(10), undefined)), /^featuresImages$/);
    assert.match(facts(engine.features(pixels, new Float32Array(3))), /^featuresWeights$/);
  });

  test('the directions in which points are looked at', () => {
    const { pixels, labels } = good(engine.images('train', 0, 200));
    const points = good(engine.features(pixels, 'random'));
    for (const classes of [undefined, labels]) {
      const { mean, axes, explained } = good(engine.axes(points, classes));
      assert.ok(explained[0] >= explained[1] && explained[1] > 0 && explained[0] + explained[1] <= 1 + 1e-9);
      assert.equal(mean.length, 288);
      const [x, y] = axes.map((/** @type {Float64Array} */ axis) =>
        Array.from(labels, (_, row) =>
          axis.reduce((sum, value, i) => sum + value * (points[row * 288 + i] - mean[i]), 0),
        ),
      );
      const dot = (/** @type {number[]} */ a, /** @type {number[]} */ b) => a.reduce((sum, v, i) => sum + v * b[i], 0);
      assert.ok(Math.abs(dot(x, Array(200).fill(1))) < 1e-6 * Math.sqrt(dot(x, x)), 'around the mean');
      if (!classes) assert.ok(Math.abs(dot(x, y)) < 1e-6 * dot(x, x), 'without correlation');
      if (!classes) assert.ok(Math.abs(dot(y, y) / dot(x, x) - explained[1] / explained[0]) < 1e-6);
    }
    assert.match(facts(engine.axes(points, labels.subarray(1))), /^axesLabels$/);
    assert.match(facts(engine.axes(points, new Uint8Array(200))), /^ldaClasses$/);
    assert.match(facts(engine.axes(new Float32Array(7), undefined)), /^axesPoints$/);
    assert.match(facts(engine.axes(new Float32Array(288).fill(NaN), undefined)), /^featuresDiverged$/);
  });

  test('a live learning rate', () => {
    const other = new module.Engine(1);
    begin(other);
    good(other.setLearningRate('random', 0.5));
    assert.equal(other.settings().arms.random.learningRate, 0.5);
    assert.equal(other.settings().rateChangedMidway, false);
    other.step();
    good(other.setLearningRate('pretext', 0.5));
    assert.equal(other.settings().rateChangedMidway, true);
    assert.match(facts(other.setLearningRate('pretext', -1)), /^learningRate$/);
    assert.match(facts(other.setLearningRate('all', 1)), /^armUnknown /);
    other.delete();
  });

  test('a diverging run stops with a report', () => {
    const other = new module.Engine(1);
    good(other.loadGenerated(7, 220, 40));
    good(other.start({ pretext: { learningRate: 1e9 } }));
    while (good(other.advance(1e9)).more);
    assert.equal(other.progress().phase, 'failed');
    assert.match(
      facts(other.progress().failure),
      /^runStopped run=pretext epoch=\d+ step=\d+ what=\(bad\w+\) rate=1000000000 next=\(next\w+ .*rate=100000000\)$/,
    );
    other.delete();
  });

  test('any list of arms', () => {
    const other = new module.Engine(1);
    good(other.loadGenerated(1, 220, 40));
    const few = { epochs: 2 };
    good(
      other.start({
        pretext: { epochs: 1 },
        armList: ['fine_tuned_adam', 'self_supervised'],
        arms: { fine_tuned_adam: { ...few, batch: 8 }, self_supervised: few },
      }),
    );
    const names = ['fine_tuned_adam', 'self_supervised'];
    assert.deepEqual(other.settings().armList, names);
    assert.deepEqual(Object.keys(other.settings().arms), names);
    assert.equal(other.settings().arms.fine_tuned_adam.batch, 8);
    assert.deepEqual(other.results().arms, { fine_tuned_adam: null, self_supervised: null });
    assert.match(facts(other.predicted('self_supervised')), /^armUntested arm=self_supervised$/);
    assert.match(facts(other.history('supervised')), /^armUnknown arm=supervised known=pretext, fine_tuned_adam,/);
    trainToTheEnd(other);
    assert.equal(other.history('fine_tuned_adam').length, 2);
    const digits = other.label('test', 0);
    assert.ok(digits >= 0);
    const prediction = good(other.predict(other.image('test', 0, 0)));
    assert.deepEqual(Object.keys(prediction), ['rotation', ...names]);

    const rights = names.map((arm) => {
      const predicted = good(other.predicted(arm));
      assert.equal(predicted.length, 40);
      const right = [...predicted].map((digit, i) => digit === other.label('test', i));
      assert.equal(right.filter(Boolean).length, other.results().arms[arm].fullTest.correct);
      return right;
    });
    const { count, onlyFirst, onlySecond, difference, low, high } = good(other.paired(names[0], names[1]));
    assert.equal(count, 40);
    assert.equal(onlyFirst, rights[0].filter((right, i) => right && !rights[1][i]).length);
    assert.equal(onlySecond, rights[1].filter((right, i) => right && !rights[0][i]).length);
    assert.equal(difference, (onlyFirst - onlySecond) / 40);
    assert.ok(low <= difference && difference <= high);

    good(other.withArms({ armList: ['supervised_adam'], arms: { supervised_adam: few } }));
    assert.equal(other.progress().phase, 'supervised_adam');
    const kept = good(other.checkpoint());
    trainToTheEnd(other);
    const end = other.signature();
    good(other.restore(kept));
    trainToTheEnd(other);
    assert.equal(other.signature(), end);

    good(other.start({ pretext: { epochs: 0 }, armList: [] }));
    trainToTheEnd(other);
    assert.deepEqual(other.results().arms, {});
    /** @type {[any, RegExp][]} */
    const lists = [
      [['foo'], /^settingRange setting=armList value="foo" range=\(rangeArms known=self_supervised, random, /],
      [['random', 'random'], /value="random,random" range=\(rangeArms /],
      [[['random'], null], /setting=armList .*\(rangeArms /],
      [7, /setting=armList value=7 range=\(rangeArms /],
    ];
    for (const [list, fault] of lists) {
      assert.match(facts(other.start({ armList: list })), fault);
    }
    other.delete();
  });

  test('every pretext task is trained and tested, and kept in a checkpoint', () => {
    const tasks = good(engine.tasks());
    assert.deepEqual(
      tasks.map((/** @type {any} */ { name, classNames }) => [name, classNames.length]),
      Object.entries({ turns: 4, mirrors: 4, turns_mirrors: 8, jigsaw: 24, shuffles: 4 }),
    );
    for (const { name, classNames } of tasks.slice(1)) {
      const other = new module.Engine(1);
      begin(other);
      good(other.start({ ...settings, pretext: { ...settings.pretext, epochs: 1, task: name } }));
      assert.deepEqual(
        other.settings().task,
        tasks.find((/** @type {any} */ task) => task.name === name),
      );
      while (other.progress().phase === 'pretext') good(other.advance(50));
      const { task, rotation } = good(other.results());
      assert.equal(task, name);
      assert.equal(rotation.count, 40 * classNames.length);
      assert.equal(rotation.confusion.length, classNames.length);
      assert.equal(other.layers('rotnet').at(-1).output, String(classNames.length));

      const all = good(other.rotations('test', 1, 1, 'now'));
      classNames.forEach((/** @type {string} */ _, /** @type {number} */ variant) => {
        const seen = good(other.variant(name, variant, other.image('test', 1, 0)));
        const row = all.slice(variant * classNames.length, (variant + 1) * classNames.length);
        assert.deepEqual(good(other.predict(seen)).rotation, row, `${name}, variant ${variant}`);
      });
      const again = new module.Engine(1);
      begin(again);
      good(again.restore(other.checkpoint()));
      assert.equal(again.signature(), other.signature());
      assert.equal(again.settings().task.name, name);
      other.delete();
      again.delete();
    }
    assert.deepEqual(engine.variant('turns', 3, engine.image('test', 1, 0)), engine.image('test', 1, 3));
  });

  test('results', () => {
    const other = new module.Engine(1);
    begin(other);
    assert.deepEqual(other.results(), {
      task: 'turns',
      rotation: null,
      arms: { self_supervised: null, random: null, supervised: null },
    });
    trainToTheEnd(other);
    const { rotation, arms } = other.results();
    assert.equal(rotation.count, 160);
    assert.equal(rotation.confusion.length, 4);
    assert.equal(arms.random.fullTest.count, 40);
    const { confusion, correct, accuracy } = arms.supervised.test;
    assert.equal(confusion.length, 10);
    assert.equal(
      confusion.reduce(
        (/** @type {number} */ sum, /** @type {number[]} */ row, /** @type {number} */ i) => sum + row[i],
        0,
      ),
      correct,
    );
    assert.equal(accuracy, correct / 40);
    other.delete();
  });

  test('what is wrong is said, never thrown', () => {
    const bare = new module.Engine(1);
    for (const answer of [
      bare.dataInfo(),
      bare.start({}),
      bare.advance(1),
      bare.step(),
      bare.progress(),
      bare.history('pretext'),
      bare.settings(),
      bare.results(),
      bare.signature(),
      bare.predict(new Uint8Array(784)),
      bare.rotations('test', 0, 1, 'now'),
      bare.activations('rotnet', new Uint8Array(784), 0),
      bare.image('train', 0, 0),
      bare.label('train', 0),
      bare.features(new Uint8Array(784), undefined),
      bare.tensor('rotnet.conv1.kernel'),
      bare.saveWeights(),
      bare.checkpoint(),
      bare.restore(new Uint8Array(9)),
      bare.loadWeights(new Uint8Array(9)),
      bare.setLearningRate('pretext', 1),
    ]) {
      assert.match(facts(answer), /^(noData|noExperiment)$/);
    }
    bare.delete();

    assert.match(facts(new module.Engine(2).info()), /^threadsRange most=1$/);
    /** @type {[any, RegExp][]} */
    const faults = [
      [engine.start(null), /^argumentObject position=1$/],
      [
        engine.start({ batches: 1 }),
        /^settingUnknown group=settings entry=batches known=seed, preset, labels, armList, pretext, arms$/,
      ],
      [engine.start({ pretext: 1 }), /^settingObject group=pretext$/],
      [engine.start({ pretext: null }), /^settingKind setting=pretext$/],
      [engine.start({ labels: [1] }), /^settingKind setting=labels$/],
      [engine.start({ pretext: { batch: '12' } }), /^settingRange setting=pretext\.batch value="12" /],
      [
        engine.start({ pretext: { batch: 0 } }),
        /^settingRange setting=pretext\.batch value=0 range=\(rangeCount least=1 most=1024\)$/,
      ],
      [engine.start({ pretext: { epochs: 1.5 } }), /setting=pretext\.epochs value=1\.5 range=\(rangeCount /],
      [
        engine.start({ arms: { random: { learningRate: NaN } } }),
        /setting=random\.learningRate value=NaN range=\(rangeAbove least=0\)/,
      ],
      [engine.start({ arms: { random: { shuffle: 1 } } }), /setting=random\.shuffle value=1 range=\(rangeFlag\)/],
      [
        engine.start({ arms: { rotnet: {} } }),
        /^settingGroupUnknown entry=arms\.rotnet known=self_supervised, random, /,
      ],
      [engine.start({ preset: 'raw' }), /setting=preset value="raw" range=\(rangeWord choices=unit\|notebook\)/],
      [
        engine.start({ pretext: { task: 'sorting' } }),
        /setting=pretext\.task value="sorting" range=\(rangeWord choices=turns\|mirrors\|turns_mirrors\|jigsaw\|shuffles\)/,
      ],
      [engine.variant('sorting', 0, engine.image('train', 0, 0)), /^taskUnknown task=sorting known=turns, mirrors, /],
      [engine.variant('jigsaw', 24, engine.image('train', 0, 0)), /^variantRange last=23$/],
      [engine.start({ seed: -1 }), /setting=seed value=-1 /],
      [engine.start({ labels: 0 }), /setting=labels value=0 /],
      [engine.loadGenerated(1, 5, 5), /^trainCount least=11 most=60000$/],
      [engine.loadGenerated(1, 1e9, 5), /^trainCount least=11 most=60000$/],
      [engine.advance('1'), /^argumentNumber position=1$/],
      [engine.image('train', 220, 0), /^indexRange last=219$/],
      [engine.image('train', 0, 4), /^turnsRange$/],
      [engine.image('valid', 0, 0), /^setUnknown$/],
      [engine.history('sup'), /^armUnknown /],
      [engine.predict(new Uint8Array(783)), /^imagePixels$/],
      [engine.predict([1, 2]), /^argumentArray position=1 type=Uint8Array$/],
      // With assertions Embind itself counts the arguments, and throws.
      [answered(() => engine.image('train')), /^argumentWhole position=2$|1 arguments, expected 3/],
      [answered(() => engine.image()), /^argumentString position=1$|0 arguments, expected 3/],
      [engine.features(engine.image('train', 0, 0), 'foo'), /^featuresWeights$/],
      [engine.features(engine.image('train', 0, 0), 5), /^argumentArray position=2 type=Float32Array$/],
      [engine.axes(new Float32Array(288), 'x'), /^argumentArray position=2 type=Uint8Array$/],
      [engine.centreDrawing(new Uint8Array(5), 2, 2), /^drawingBytes$/],
      [engine.centreDrawing(new Uint8Array(5), 0, 2), /^drawingSide most=\d+$/],
      [engine.tensor('rotnet.conv9.kernel'), /^tensorUnknown tensor=rotnet\.conv9\.kernel$/],
      [engine.restore(new Uint8Array(9)), /^checkpointUnreadable detail=\(safetensors detail=/],
      [engine.restore('x'), /^argumentArray position=1 type=Uint8Array$/],
      [engine.loadWeights(engine.image('test', 0, 0)), /^safetensors detail=/],
    ];
    for (const [answer, pattern] of faults) assert.match(facts(answer), pattern);
    assert.equal(engine.progress().phase, 'pretext', 'a fault leaves the experiment as it was');
  });
});

describe('IDX files', () => {
  /** @type {any} */ let module;
  /** @type {any} */ let engine;
  before(async () => {
    module = await loadModule(builds[builds.length - 1], 1);
    engine = new module.Engine(1);
  });
  after(() => engine.delete());

  /** @param {number} count @param {number} [claimed] */
  function images(count, claimed = count) {
    const file = new Uint8Array(16 + 784 * count);
    const header = new DataView(file.buffer);
    header.setUint32(0, 0x803);
    header.setUint32(4, claimed);
    header.setUint32(8, 28);
    header.setUint32(12, 28);
    for (let i = 0; i < count; ++i) file[16 + 784 * i + 400] = 1 + (i % 200);
    return file;
  }
  /** @param {number} count */
  function labels(count) {
    const file = new Uint8Array(8 + count);
    new DataView(file.buffer).setUint32(0, 0x801);
    new DataView(file.buffer).setUint32(4, count);
    for (let i = 0; i < count; ++i) file[8 + i] = i % 10;
    return file;
  }

  test('a small set', () => {
    const files = { trainImages: images(70), trainLabels: labels(70), testImages: images(9), testLabels: labels(9) };
    const info = good(engine.loadIdx(files, 'my digits'));
    assert.equal(info.source, 'my digits');
    assert.equal(info.train, 70);
    assert.equal(info.test, 9);
    assert.equal(engine.image('train', 33, 0)[400], 34);
    assert.equal(engine.label('train', 33), 3);
  });

  test('without test files the last seventh is the test set', () => {
    const info = good(engine.loadIdx({ trainImages: images(70), trainLabels: labels(70) }, 'my digits'));
    assert.equal(info.train, 60);
    assert.equal(info.test, 10);
    assert.equal(engine.image('test', 0, 0)[400], 61);
  });

  // Whether they fit is a matter of the engines that visitors get; in those with checks it takes a minute.
  /** @param {string} name @param {() => void | Promise<void>} body */
  const ofMnistsSize = (name, body) => {
    if (!process.env.QUARTERTURN_ENGINES) test(name, body);
  };

  ofMnistsSize('a set of the size of MNIST fits, twice', () => {
    const files = {
      trainImages: images(60000),
      trainLabels: labels(60000),
      testImages: images(10000),
      testLabels: labels(10000),
    };
    for (let time = 0; time < 2; ++time) {
      const info = good(engine.loadIdx(files, 'large'));
      assert.equal(info.train, 60000);
      assert.equal(info.trainAvailable, 60000);
      assert.equal(info.test, 10000);
      assert.deepEqual(info.splits, { pretext: [0, 10000], downstream: [10000, 11000], test: [300, 600] });
      assert.equal(engine.image('train', 59999, 0)[400], 200);
      assert.equal(engine.label('test', 9999), 9);
      good(engine.start({}));
      good(engine.step());
      good(engine.start({ seed: 2 }));
      good(engine.step());
    }
    // Little of the heap is free beside these images: what a reset left behind would soon be missing.
    for (let reset = 0; reset < 100; ++reset) {
      good(engine.start({ seed: reset, pretext: { batch: 4 } }));
      good(engine.step());
      good(engine.checkpoint());
    }
    const all = good(engine.loadIdx({ trainImages: images(70000), trainLabels: labels(70000) }, 'one file'));
    assert.deepEqual([all.train, all.test], [60000, 10000]);
    const larger = good(engine.loadIdx({ ...files, trainImages: images(60500), trainLabels: labels(60500) }, 'larger'));
    assert.deepEqual([larger.train, larger.trainAvailable], [60000, 60500]);
  });

  for (const build of builds.filter((name) => name.startsWith('threads'))) {
    ofMnistsSize(`a set of the size of MNIST and four threads fit (${build})`, async () => {
      const files = {
        trainImages: images(60000),
        trainLabels: labels(60000),
        testImages: images(10000),
        testLabels: labels(10000),
      };
      for (const threads of [2, 4]) {
        const threaded = await loadModule(build, threads);
        const other = new threaded.Engine(0);
        assert.equal(good(other.info()).threads, threads);
        good(other.loadIdx(files, 'large'));
        good(other.start({ pretext: { epochs: 0 }, arms: { self_supervised: { epochs: 1 } } }));
        while (good(other.progress()).phase !== 'random') good(other.advance(0));
        for (let step = 0; step < 3; ++step) good(other.step());
        good(other.start({}));
        for (let step = 0; step < 3; ++step) good(other.step());
        assert.equal(other.progress().step, 3);
        other.delete();
      }
    });
  }

  test('what does not fit is refused with the number of threads', async () => {
    const threaded = await loadModule('threads-simd', 16);
    const other = new threaded.Engine(16);
    const refused = other.loadIdx({ trainImages: images(70000), trainLabels: labels(70000) }, 'large');
    assert.equal(facts(refused), 'noMemoryData train=60000 test=10000 threads=16 mebibytes=64');
    assert.equal(good(other.loadGenerated(1, 11000, 1000)).train, 11000, 'the engine goes on');
    other.delete();
  });

  test('faults are named and leave the data as it was', () => {
    const rows = good(engine.dataInfo()).train;
    /** @type {[any, RegExp][]} */
    const faults = [
      [engine.loadIdx({}, 'x'), /^notBytes file=trainImages$/],
      [engine.loadIdx(null, 'x'), /^argumentFiles position=1$/],
      [
        engine.loadIdx({ trainImages: images(70), trainLabels: labels(69) }, 'x'),
        /^idxPair file=trainLabels labels=69 images=70 imagesFile=trainImages$/,
      ],
      [
        engine.loadIdx({ trainImages: images(70), trainLabels: images(70) }, 'x'),
        /^idxImagesGiven file=trainLabels dimensions=70x28x28$/,
      ],
      [
        engine.loadIdx({ trainImages: images(70, 71), trainLabels: labels(70) }, 'x'),
        /^idxTruncated file=trainImages dimensions=71x28x28 bytes=54880$/,
      ],
      [
        engine.loadIdx({ trainImages: images(70).subarray(0, 9), trainLabels: labels(70) }, 'x'),
        /^idxHeaderShort file=trainImages bytes=9 header=16$/,
      ],
      [engine.loadIdx({ trainImages: images(30000, 9), trainLabels: labels(70) }, 'x'), /^idxExcess file=trainImages /],
      [
        engine.loadIdx({ trainImages: images(70), trainLabels: labels(70), testImages: images(7) }, 'x'),
        /^notBytes file=testLabels$/,
      ],
    ];
    for (const [answer, pattern] of faults) assert.match(facts(answer), pattern);
    assert.equal(engine.dataInfo().train, rows);
  });
});
