// The example runs: the build trains them once, so that every figure of the page has something to show before the visitor
// has trained anything. They have the page's initial settings: one has the built-in digits, the other those that the page
// is served with, where there are any.
//   node scripts/example.mjs DATA FILE      trains and writes it; in a process of its own, which ends the engine's threads
// A file is gzip: a line of JSON (see Head), then a checkpoint of the engine. The same engine gives the same bytes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { presentData } from './data.mjs';
import { Failure, inRoot, must, NODE_FLAGS, runAsScript, say } from './lib.mjs';

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

/** @typedef {'generated' | 'mnist'} Kind data that the page may begin with: its built-in digits, and what the server has */

/** What an example is made of: the engine, the settings, how, and the data. @param {Kind} kind */
const sources = (kind) => [
  ...engineFiles(),
  fileURLToPath(import.meta.url),
  inRoot('web/src/state/properties.js'),
  inRoot('web/src/shared/budgets.js'),
  ...(kind === 'mnist' ? (presentData()?.files ?? []).map(({ file }) => file) : []),
];

/** Data that there are. @returns {Kind[]} */
const kinds = () => (presentData() ? ['generated', 'mnist'] : ['generated']);

/** Where the example of the present engines and data belongs; null: the engines are not built. @param {Kind} kind */
function place(kind) {
  if (!engineFiles().every((file) => existsSync(file))) return null;
  const hash = createHash('sha256');
  for (const file of sources(kind)) hash.update(readFileSync(file));
  return path.join(FOLDER, `${kind}-${hash.digest('hex').slice(0, 16)}.bin`);
}

/** The examples of the present engines and data that have been made. @returns {{ kind: Kind, file: string }[]} */
export const presentExamples = () =>
  kinds().flatMap((kind) => {
    const file = place(kind);
    return file && existsSync(file) ? [{ kind, file }] : [];
  });

/** Makes those that are not there. */
export async function makeExamples() {
  for (const kind of kinds()) {
    const file = place(kind);
    if (!file || existsSync(file)) continue;
    say(`training the example run on ${kind === 'mnist' ? presentData()?.description : 'the built-in digits'}`);
    await must(process.execPath, [...NODE_FLAGS, fileURLToPath(import.meta.url), kind, file]);
  }
  const present = presentExamples().map(({ file }) => path.basename(file));
  for (const name of existsSync(FOLDER) ? readdirSync(FOLDER) : [])
    if (!present.includes(name)) rmSync(path.join(FOLDER, name));
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

/** Loads what the page would. @param {import('../web/src/engine/engine.d.ts').Engine} engine @param {Kind} kind */
async function load(engine, kind) {
  const { PROPERTIES } = await import('../web/src/state/properties.js');
  const limits = { train: PROPERTIES.images.initial, test: PROPERTIES.tests.initial };
  const data = kind === 'mnist' ? presentData() : null;
  if (!data) {
    const { GENERATED_SEED } = await import('../web/src/data/sources.js');
    return good(engine.loadGenerated(GENERATED_SEED, limits.train, limits.test));
  }
  const { pairFiles, unzip } = await import('../web/src/data/idx.js');
  const files = data.files.map(({ name, file }) => unzip({ name, bytes: new Uint8Array(readFileSync(file)) }));
  return good(engine.loadIdx(pairFiles(await Promise.all(files), limits), data.description));
}

/** Trains an example. @param {Kind} kind @returns {Promise<{ head: Head, checkpoint: Uint8Array }>} */
async function trained(kind) {
  const { PROPERTIES } = await import('../web/src/state/properties.js');
  const { budgetsOf } = await import('../web/src/shared/budgets.js');
  const { default: factory } = await import(pathToFileURL(engineFiles()[0]).href);
  /** @type {import('../web/src/engine/engine.d.ts').MainModule} */
  const module = await factory({ threads: THREADS });
  const engine = new module.Engine(0);
  const { seed, preset, labels, task, batch, epochs, shuffle, rate, armEpochs, armRate } = PROPERTIES;
  const { downstream } = (await load(engine, kind)).splits;
  const labelled = downstream[1] - downstream[0];
  const arm = { epochs: armEpochs.initial, learningRate: armRate.initial };
  good(
    engine.start({
      seed: seed.initial,
      preset: /** @type {'unit'} */ (preset.initial),
      labels: Math.min(labels.initial, labelled),
      pretext: {
        task: /** @type {'turns'} */ (task.initial),
        ...{ batch: batch.initial, epochs: epochs.initial, shuffle: shuffle.initial, learningRate: rate.initial },
      },
      arms: { self_supervised: arm, random: arm, supervised: arm },
    }),
  );
  const budgets = budgetsOf(labelled);
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
  const [, , kind, file] = process.argv;
  if ((kind !== 'generated' && kind !== 'mnist') || file === undefined)
    throw new Failure('usage: node scripts/example.mjs generated|mnist FILE');
  const { head, checkpoint } = await trained(kind);
  mkdirSync(path.dirname(file), { recursive: true });
  // Whole or not at all.
  writeFileSync(
    `${file}.part`,
    gzipSync(Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), checkpoint]), { level: 9 }),
  );
  renameSync(`${file}.part`, file);
  process.exit(0); // its threads would keep it
});
