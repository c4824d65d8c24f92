// A run as Keras and as PyTorch code: every task and preset as a whole script, its maps against the engine's, and the
// scripts themselves where Python has the libraries (QUARTERTURN_PYTHON names another Python than python3).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { kerasScript } from '../web/src/features/keep/code-keras.js';
import { FILE_NAMES, answersOf, mapsPart } from '../web/src/features/keep/code-run.js';
import { torchScript } from '../web/src/features/keep/code-torch.js';
import { loadModule } from './support/engine-module.mjs';

/** @typedef {import('../web/src/features/keep/code-run.js').CodeRun} CodeRun */

const python = process.env.QUARTERTURN_PYTHON ?? 'python3';
const command = process.env.QUARTERTURN_CLI ?? fileURLToPath(new URL('../build/native/quarterturn', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'quarterturn-code-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const SCRIPTS = { keras: kerasScript, torch: torchScript };
const LIBRARIES = /** @type {const} */ (['keras', 'torch']);
const TASKS = /** @type {const} */ (['turns', 'mirrors', 'turns_mirrors', 'jigsaw', 'shuffles']);
const ARMS = /** @type {const} */ ([
  'self_supervised',
  'random',
  'supervised',
  'supervised_adam',
  'fine_tuned',
  'fine_tuned_adam',
]);

/** @param {string[]} args */
const runPython = (args) => spawnSync(python, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
/** @param {string} module */
const hasModule = (module) =>
  runPython(['-c', `import importlib.util as u, sys; sys.exit(u.find_spec("${module}") is None)`]).status === 0;

/**
 * @param {Partial<Record<'task' | 'preset' | 'epochs' | 'armEpochs' | 'source' | 'kind' | 'labels', any>>} given
 * @param {readonly (typeof ARMS)[number][]} [armList]
 * @returns {CodeRun}
 */
function runOf(
  { task = 'turns', preset = 'unit', epochs = 50, armEpochs = 50, kind = 'mnist', source = 'MNIST', labels = 1000 },
  armList = ['self_supervised', 'random', 'supervised'],
) {
  const arm = {
    batch: 32,
    epochs: armEpochs,
    learningRate: Math.fround(0.001),
    shuffle: true,
    validationSplit: Math.fround(0.2),
    patience: 7,
  };
  const small = labels < 1000;
  return {
    settings: {
      seed: 3,
      preset,
      labels,
      task: { name: task },
      pretext: { ...arm, batch: 192, epochs, shuffle: false, validationSplit: 0, patience: 0 },
      armList: [...armList],
      arms: /** @type {any} */ (
        Object.fromEntries(ARMS.map((name) => [name, { ...arm, batch: name === 'self_supervised' ? 64 : 32 }]))
      ),
    },
    data: {
      kind,
      source,
      train: small ? 1100 : 11_000,
      test: small ? 600 : 10_000,
      seed: 1,
      splits: {
        pretext: [0, small ? 1000 : 10_000],
        downstream: small ? [1000, 1100] : [10_000, 11_000],
        test: [300, 600],
      },
    },
  };
}

describe('the run as a Python script', () => {
  for (const library of LIBRARIES) {
    test(`${library}: every task and preset gives a whole script`, (context) => {
      const written = [];
      for (const task of TASKS)
        for (const preset of ['unit', 'notebook']) {
          const script = SCRIPTS[library](runOf({ task, preset }, ARMS));
          assert.doesNotMatch(script, /undefined|NaN|\[object|null/);
          assert.match(script, new RegExp(`SCALE = ${preset === 'unit' ? '1 / 255' : '1 '}`));
          assert.match(script, /batch=192, epochs=50, rate=0\.001, shuffle=False, validation=0, patience=0/);
          assert.match(script, /batch=64, epochs=50, rate=0\.001, shuffle=True, validation=0\.2, patience=7/);
          assert.match(script, /LABELLED_IMAGES = slice\(10000, 11000\)/);
          assert.match(script, /TEST_IMAGES = slice\(300, 600\)/);
          assert.match(script, new RegExp(`(Dense|Linear)\\((64, )?${answersOf(task)}[,)]`));
          for (const arm of ARMS) assert.ok(script.includes(`"${arm}": dict(`), arm);
          assert.ok(
            script.split('\n').every((line) => line.length <= 140 && !/\s$/.test(line)),
            'no ragged lines',
          );
          written.push(script);
        }
      if (runPython(['--version']).status !== 0) return context.skip(`${python} does not run here`);
      const file = path.join(folder, `${library}.json`);
      writeFileSync(file, JSON.stringify(written));
      const parsed = runPython([
        '-c',
        `import ast, json; [ast.parse(each) for each in json.load(open(${JSON.stringify(file)}))]`,
      ]);
      assert.equal(parsed.status, 0, parsed.stderr);
    });
  }

  test('says which data it wants, and what it cannot repeat', () => {
    assert.doesNotMatch(kerasScript(runOf({})), /on the page used/);
    const generated = kerasScript(runOf({ kind: 'generated', source: 'generated:2:1' }));
    assert.match(generated, /quarterturn digits --count 11000 --test-count 10000 --seed 1 --out digits/);
    const lost = torchScript({ ...runOf({}), lost: ['rate', 'digits'] });
    assert.match(lost, /A learning rate was changed/);
    assert.match(lost, /Own digits were among/);
  });

  test('the name of a file is no code', (context) => {
    const source = 'a"""\nimport os\n\\" é images.idx';
    for (const library of LIBRARIES) {
      const script = SCRIPTS[library](runOf({ kind: 'own', source }));
      assert.equal(script.match(/"""/g)?.length, SCRIPTS[library](runOf({})).match(/"""/g)?.length);
      assert.doesNotMatch(script, /^import os/m);
      if (runPython(['--version']).status !== 0) return context.skip(`${python} does not run here`);
      const file = path.join(folder, FILE_NAMES[library]);
      writeFileSync(file, script);
      assert.equal(
        runPython(['-c', `import ast; ast.parse(open(${JSON.stringify(file)}, encoding="utf-8").read())`]).status,
        0,
      );
    }
  });

  test('its maps are those of the engine', async (context) => {
    if (!hasModule('numpy')) return context.skip(`${python} has no numpy`);
    const engine = new (await loadModule('single-simd', 1)).Engine(1);
    try {
      for (const task of TASKS) {
        const code = `import itertools, json\nimport numpy as np\n${mapsPart(task)}\nprint(json.dumps(pixel_maps().tolist()))`;
        const printed = runPython(['-c', code]);
        assert.equal(printed.status, 0, printed.stderr);
        /** @type {number[][]} */ const maps = JSON.parse(printed.stdout);
        assert.equal(maps.length, answersOf(task), task);
        // Two images whose pixels say together which pixel they are.
        const [low, high] = [0, 1].map((part) => Uint8Array.from({ length: 784 }, (_, i) => (part ? i >> 8 : i & 255)));
        for (const [variant, map] of maps.entries()) {
          const [first, second] = [low, high].map((pixels) => engine.variant(task, variant, pixels));
          assert.deepEqual(
            map,
            Array.from(first, (pixel, i) => pixel + 256 * second[i]),
            `${task} ${variant}`,
          );
        }
      }
    } finally {
      engine.delete();
    }
  });

  for (const library of LIBRARIES) {
    test(`${library}: the script runs, and prints the table`, (context) => {
      if (!hasModule(library === 'keras' ? 'tensorflow' : 'torch')) return context.skip(`${python} has no ${library}`);
      if (!existsSync(command)) return context.skip('the native program is not built');
      const digits = path.join(folder, 'digits');
      const drawn = spawnSync(command, ['digits', '--count', '1100', '--test-count', '600', '--out', digits]);
      assert.equal(drawn.status, 0, String(drawn.stderr));
      const file = path.join(folder, FILE_NAMES[library]);
      const small = { kind: 'generated', source: 'generated:2:1', labels: 100, epochs: 2, armEpochs: 3 };
      writeFileSync(file, SCRIPTS[library](runOf({ ...small, task: 'mirrors' }, ARMS)));
      const ran = spawnSync(python, [file, digits, '--seed', '5'], {
        encoding: 'utf8',
        env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', KERAS_BACKEND: 'tensorflow' },
        maxBuffer: 2 ** 26,
      });
      assert.equal(ran.status, 0, `${ran.stderr}\n${ran.stdout}`);
      const share = /pretext: ([\d.]+) % of 2400 questions right/.exec(ran.stdout);
      assert.ok(share && Number(share[1]) > 40, `two epochs tell mirrorings apart: ${share?.[1]}`);
      const table = /\n +epochs +trained parameters[^]*$/.exec(ran.stdout)?.[0] ?? '';
      const rows = [
        ...table.matchAll(/^(\w+) +(\d+) +([\d,]+) of ([\d,]+) +([\d.]+) \([\d.]+ to [\d.]+\) +([\d.]+) \(/gm),
      ];
      assert.deepEqual(
        rows.map(([, name, epochs, trained, all]) => [name, epochs, trained, all]),
        ARMS.map((arm) => [arm, '3', arm === 'self_supervised' || arm === 'random' ? '2,890' : '21,994', '21,994']),
      );
      assert.ok(rows.every(([, , , , , few, all]) => Number(few) <= 100 && Number(all) > 0));
      const missing = spawnSync(python, [file, folder], { encoding: 'utf8' });
      assert.equal(missing.status, 1);
      assert.match(missing.stderr, /train-images-idx3-ubyte: there is no such file/);
    });
  }
});
