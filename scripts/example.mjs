// The example run: the build trains it once, so that every figure of the page has something to show before the visitor has
// trained anything. It has the page's initial settings and the built-in digits.
//   node scripts/example.mjs FILE      trains and writes it; in a process of its own, which ends the engine's threads
// A file is gzip: a line of JSON (see Head), then a checkpoint of the engine. The same engine gives the same bytes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Failure, inRoot, must, runAsScript, say } from './lib.mjs';

/** Its arithmetic is that of most visitors. */
const BUILD = 'threads-relaxed';
const THREADS = 2;
const ENGINES = inRoot('build/wasm/engine');
const FOLDER = inRoot('build/example');

/** Ends of epochs at which a linear probe is made: early ones, where most happens, and the last. */
const PROBED = [1, 2, 5];

/**
 * @typedef {object} Head
 * @property {string} signature
 * @property {boolean} fused the arithmetic
 * @property {import('../web/src/data/records.js').Track} track linear probes along the way
 */

const engineFiles = () =>
  [`quarterturn-${BUILD}.mjs`, `quarterturn-${BUILD}.wasm`].map((name) => path.join(ENGINES, name));

/** What the example is made of: the engine, the settings, and how. */
const sources = () => [
  ...engineFiles(),
  fileURLToPath(import.meta.url),
  inRoot('web/src/state/properties.js'),
  inRoot('web/src/shared/budgets.js'),
];

/** Where the example of the present engines belongs; null: they are not built. */
function place() {
  if (!engineFiles().every((file) => existsSync(file))) return null;
  const hash = createHash('sha256');
  for (const file of sources()) hash.update(readFileSync(file));
  return path.join(FOLDER, `${hash.digest('hex').slice(0, 16)}.bin`);
}

/** The example of the present engines, where it has been made. @returns {string | null} a file */
export function presentExample() {
  const file = place();
  return file && existsSync(file) ? file : null;
}

/** Makes it, unless it is there. */
export async function makeExample() {
  const file = place();
  if (!file || existsSync(file)) return;
  say('training the example run');
  // Newer Node runs relaxed SIMD without a flag, and will one day refuse it.
  const flags = Number(process.versions.node.split('.')[0]) < 21 ? ['--experimental-wasm-relaxed-simd'] : [];
  await must(process.execPath, [...flags, fileURLToPath(import.meta.url), file]);
  for (const name of readdirSync(FOLDER)) if (name !== path.basename(file)) rmSync(path.join(FOLDER, name));
}

/** @template T @param {T} answer of the engine @returns {Exclude<T, import('../web/src/engine/engine.d.ts').Message>} */
function good(answer) {
  if (typeof (/** @type {any} */ (answer)?.code) === 'number')
    throw new Failure(`the engine: ${JSON.stringify(answer)}`);
  return /** @type {any} */ (answer);
}

/** @param {import('../web/src/engine/engine.d.ts').Engine} engine @param {number[]} labels */
function probe(engine, labels) {
  good(engine.beginProbe('pretext', Uint32Array.from(labels), undefined, undefined));
  while (!good(engine.advanceProbe(1000)).done);
  return good(engine.probeResult()).budgets;
}

/**
 * A checkpoint of a run that is over, without what nobody needs of it: the optimisers' vectors, which would be half of it,
 * and the seconds that training took on this machine are zeros.
 * @param {Uint8Array} checkpoint changed in place
 */
function withoutNeedless(checkpoint) {
  const view = new DataView(checkpoint.buffer, checkpoint.byteOffset, checkpoint.byteLength);
  const size = Number(view.getBigUint64(0, true));
  /** @type {Record<string, { shape: number[], data_offsets: [number, number] }>} */
  const head = JSON.parse(new TextDecoder().decode(checkpoint.subarray(8, 8 + size)));
  for (const [name, { shape, data_offsets: offsets }] of Object.entries(head)) {
    if (name === '__metadata__') continue;
    const [begin, end] = offsets.map((offset) => 8 + size + offset);
    if (/^optimizer\..*\.(m|v|velocity)$/.test(name) || name === 'position.seconds') checkpoint.fill(0, begin, end);
    // The last column of a history: src/training/history.hpp.
    if (name.startsWith('history.'))
      for (let at = begin + 8 * (shape[1] - 1); at < end; at += 8 * shape[1]) view.setFloat64(at, 0, true);
  }
}

/** Trains the example. @returns {Promise<{ head: Head, checkpoint: Uint8Array }>} */
async function trained() {
  const { PROPERTIES } = await import('../web/src/state/properties.js');
  const { GENERATED_SEED } = await import('../web/src/data/sources.js');
  const { budgetsOf } = await import('../web/src/shared/budgets.js');
  const { default: factory } = await import(pathToFileURL(engineFiles()[0]).href);
  /** @type {import('../web/src/engine/engine.d.ts').MainModule} */
  const module = await factory({ threads: THREADS });
  const engine = new module.Engine(0);
  const { seed, preset, labels, task, batch, epochs, shuffle, rate, armEpochs, armRate, images, tests } = PROPERTIES;
  const { splits } = good(engine.loadGenerated(GENERATED_SEED, images.initial, tests.initial));
  const arm = { epochs: armEpochs.initial, learningRate: armRate.initial };
  good(
    engine.start({
      seed: seed.initial,
      preset: /** @type {'unit'} */ (preset.initial),
      labels: labels.initial,
      pretext: {
        task: /** @type {'turns'} */ (task.initial),
        ...{ batch: batch.initial, epochs: epochs.initial, shuffle: shuffle.initial, learningRate: rate.initial },
      },
      arms: { self_supervised: arm, random: arm, supervised: arm },
    }),
  );
  const budgets = budgetsOf(splits.downstream[1] - splits.downstream[0]);
  /** @type {Head['track']} */
  const track = { labels: budgets, of: 0, points: [] };
  const looked = new Set([...PROBED, epochs.initial]);
  for (let more = true; more;) {
    const advance = good(engine.advance(0));
    more = advance.more;
    const done = advance.epochs.find(({ run }) => run === 'pretext')?.epoch;
    if (done === undefined || !looked.has(done)) continue;
    const found = probe(engine, budgets);
    track.of = found[0].of;
    track.points.push({ at: done, right: found.map(({ right }) => right) });
  }
  if (good(engine.progress()).phase !== 'finished') throw new Failure('the example run has failed');
  const checkpoint = good(engine.checkpoint()).slice();
  withoutNeedless(checkpoint);
  return { head: { signature: good(engine.signature()), fused: good(engine.info()).fused, track }, checkpoint };
}

await runAsScript(import.meta.url, async () => {
  const [, , file] = process.argv;
  if (file === undefined) throw new Failure('usage: node scripts/example.mjs FILE');
  const { head, checkpoint } = await trained();
  mkdirSync(path.dirname(file), { recursive: true });
  // Whole or not at all.
  writeFileSync(
    `${file}.part`,
    gzipSync(Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), checkpoint]), { level: 9 }),
  );
  renameSync(`${file}.part`, file);
  process.exit(0); // its threads would keep it
});
