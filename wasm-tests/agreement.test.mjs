// Random settings: the native command and an engine build in Node give the same signature, to the last bit of every
// weight, or fail at the same place with the same words. And the axes of the latent map agree with those of the native
// engine.
//   QUARTERTURN_AGREEMENT_CASES=500 QUARTERTURN_AGREEMENT_SEED=7 node --test wasm-tests/agreement.test.mjs
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { named } from '../web/src/engine/codes.js';
import { facts, loadModule } from './support/engine-module.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = process.env.QUARTERTURN_CLI ?? `${root}build/native/quarterturn`;
const CASES = Number(process.env.QUARTERTURN_AGREEMENT_CASES ?? 12);
const SEED = Number(process.env.QUARTERTURN_AGREEMENT_SEED ?? 1);

const BUILDS = ['threads-relaxed', 'threads-simd', 'single-relaxed', 'single-simd'];
const RUNS = /** @type {const} */ (['pretext', 'self_supervised', 'random', 'supervised']);

/** mulberry32. @param {number} seed */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {number} seed */
function randomCase(seed) {
  const random = randomFrom(seed);
  const whole = (/** @type {number} */ from, /** @type {number} */ to) => from + Math.floor(random() * (to - from + 1));
  const one = (/** @type {readonly any[]} */ list) => list[whole(0, list.length - 1)];
  /** Small numbers as often as large ones. @param {number} from @param {number} to */
  const spread = (from, to) => from * (to / from) ** random();
  const train = whole(33, 330);
  const labelled = Math.floor(train / 11);
  const fit = (/** @type {boolean} */ pretext) => ({
    batch: Math.round(spread(1, 1024)),
    epochs: whole(0, 3),
    learningRate: Number(spread(1e-6, 3).toPrecision(3)),
    shuffle: random() < 0.5,
    validationSplit: pretext ? 0 : one([0, 0.2, 0.5]),
    patience: whole(0, 3),
  });
  const pretext = fit(true);
  // Steps of one image are slow.
  if (pretext.batch < 8) pretext.epochs = Math.min(pretext.epochs, 1);
  return {
    data: { train, test: whole(1, 60), seed: whole(0, 1000) },
    build: one(BUILDS),
    threads: { native: whole(1, 4), wasm: whole(1, 4) },
    settings: {
      seed: whole(0, 2 ** 32 - 1),
      preset: one(['unit', 'notebook']),
      labels: whole(3, Math.max(3, labelled)),
      pretext,
      arms: { self_supervised: fit(false), random: fit(false), supervised: fit(false) },
    },
  };
}

/** @param {ReturnType<typeof randomCase>} wanted @param {string} isa */
function nativeArguments({ data, settings, threads }, isa) {
  const args = ['run', '--data', `generated:${data.train}:${data.test}:${data.seed}`, '--isa', isa];
  args.push('--threads', String(threads.native), '--seed', String(settings.seed), '--preset', settings.preset);
  args.push('--labels', String(settings.labels), '--json', '-');
  for (const run of RUNS) {
    const fit = run === 'pretext' ? settings.pretext : settings.arms[run];
    for (const [key, value] of Object.entries(fit)) {
      const option = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      args.push(`--${run.replace('_', '-')}-${option}`, String(value));
    }
  }
  return args;
}

/** @param {string[]} args */
function native(args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (error) throw new Error(`${command}: ${error.message}; build the preset native first`);
  return status === 0 ? { json: JSON.parse(stdout), fault: '' } : { json: null, fault: stderr.trim() };
}

/** The widest native instruction set of each arithmetic. @type {Map<string, string | undefined>} */
const isas = new Map();
/** @param {'fused' | 'unfused'} family */
function isaOf(family) {
  if (!isas.has(family)) {
    const about = (/** @type {string[]} */ ...args) =>
      native(['info', '--data', 'generated', '--json', '-', ...args]).json;
    /** @type {string[]} */
    const available = about().environment.available_isas;
    const found = available.find((isa) => about('--isa', isa).environment.arithmetic === family);
    isas.set(family, found);
  }
  return isas.get(family);
}

describe('random settings give one result, natively and as WebAssembly', () => {
  for (let i = 0; i < CASES; i++) {
    const seed = SEED * 1_000_003 + i;
    const wanted = randomCase(seed);
    test(`case ${seed}, ${wanted.build}`, async (context) => {
      const module = await loadModule(wanted.build, wanted.build.startsWith('threads') ? wanted.threads.wasm : 1);
      const engine = new module.Engine(0);
      const isa = isaOf(engine.info().fused ? 'fused' : 'unfused');
      if (!isa) {
        context.skip('this machine has no native instruction set of that arithmetic');
        return;
      }
      const args = nativeArguments(wanted, isa);
      const said = `quarterturn ${args.join(' ')}`;
      const { json, fault } = native(args);
      assert.equal(engine.loadGenerated(wanted.data.seed, wanted.data.train, wanted.data.test).code, undefined);
      assert.equal(engine.start(wanted.settings).code, undefined);
      while (engine.advance(30).more);
      const { phase, failure } = engine.progress();
      if (phase === 'failed') {
        // A weight is looked at once a slice, so that the step may differ.
        const { code, values } = named(failure);
        const place = `${values.run} ${code === 'runStopped' ? `stopped in epoch ${values.epoch}` : 'failed'}`;
        assert.ok(fault.includes(place), `${said}: “${fault}”, not “${facts(failure)}”`);
      } else {
        assert.equal(json?.runs[0].signature, engine.signature(), `${said}: ${fault}`);
      }
      engine.delete();
    });
  }
});

/**
 * What scikit-learn finds, and the native engine within 1e-10 of it (native-tests, Pca. and Lda.AgreesWithScikitLearn).
 * Eigen has no vector code for WebAssembly and adds in another order there, so that the last bits differ.
 */
const AXES_TOLERANCE = 1e-10;
const golden = JSON.parse(readFileSync(`${root}native-tests/golden/axes.json`, 'utf8'));
const wanted = golden.cases.find((/** @type {{ columns: number }} */ { columns }) => columns === 288);

/** The points of native-tests/golden/make_axes.py. @param {{ rows: number, columns: number, classes: number }} size */
function goldenPoints({ rows, columns, classes }) {
  const points = new Float32Array(rows * columns);
  const labels = new Uint8Array(rows);
  let state = 12345;
  for (let r = 0; r < rows; r++) {
    labels[r] = r % classes;
    for (let c = 0; c < columns; c++) {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      const noise = ((state >> 16) % 33) - 16;
      const value = noise * (1 + (c % 3)) + 6 * ((labels[r] * 5 + c * 7) % 11);
      points[r * columns + c] = (c % 4 === 3 ? Math.max(value, 0) : value) / 8;
    }
  }
  assert.equal(
    points.reduce((sum, value) => sum + value, 0),
    wanted.sum,
    'these are not the points of make_axes.py',
  );
  return { points, labels };
}

/** @param {ArrayLike<number>} found @param {number[]} expected @param {string} what */
function near(found, expected, what) {
  assert.equal(found.length, expected.length, what);
  const worst = Math.max(...expected.map((value, i) => Math.abs(found[i] - value)));
  assert.ok(worst <= AXES_TOLERANCE, `${what} differ by up to ${worst}`);
}

describe('the axes of the latent map are those of the native engine and of scikit-learn', () => {
  for (const build of BUILDS) {
    test(build, async () => {
      const module = await loadModule(build, 1);
      const engine = new module.Engine(0);
      const { points, labels } = goldenPoints(wanted);
      for (const method of ['pca', 'lda']) {
        const found = engine.axes(points, method === 'lda' ? labels : undefined);
        assert.equal(found.code, undefined);
        near(found.mean, wanted.mean, `${method}: the means`);
        near(found.explained, wanted[method].explained, `${method}: the explained shares`);
        for (const i of [0, 1]) near(found.axes[i], wanted[method].axes[i], `${method}: the loadings of axis ${i}`);
      }
      engine.delete();
    });
  }
});
