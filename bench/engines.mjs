// Every build of the engine, timed piece by piece: native, in Node and in Chromium.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ISOLATION } from '../scripts/headers.mjs';
import { Failure, inRoot, must, NODE_FLAGS, say } from '../scripts/lib.mjs';
import { serve } from '../scripts/static-server.mjs';
import { launch } from './browser.mjs';
import { figures } from './statistics.mjs';

/** @typedef {import('./statistics.mjs').Row} Row */

const PIECES = [
  ...['peak', 'pretext_step', 'pretext_epoch', 'supervised_step', 'head_step', 'features', 'predict'],
  ...['probe_fit', 'probe'],
];
const BUILDS = ['threads-relaxed', 'threads-simd'];
export const PROGRAM = inRoot('build/native/quarterturn');
export const DIGITS = { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' };
export const TESTS = { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte' };

/** @param {any} timings by piece, of engine-worker.mjs @param {string} host @param {string} build @param {number} threads @returns {Row} */
function row(timings, host, build, threads) {
  const pieces = Object.fromEntries(PIECES.map((piece) => [piece, figures(timings[piece])]));
  return { host, build, threads, pieces };
}

/**
 * @typedef {{ threads: number[], seconds: number, folder: string }} Plan `seconds`: for each piece; `folder`: holds the
 *   digits as plain IDX files
 */

/**
 * @typedef {{ step: string, rows: number, prepare: number, gradient: number, update: number, own_prepare_threads: number }}
 *   StepTasks the parallel passes of a step, in tasks; `own_prepare_threads`: on at most this many threads, each thread
 *   prepares all weights for itself
 * @param {Plan} plan @param {string[]} builds instruction sets @param {string} data as --data takes it
 * @returns {Promise<{ rows: Row[], tasks: StepTasks[] }>}
 */
export async function nativeRows({ threads, seconds }, builds, data) {
  /** @type {Row[]} */
  const rows = [];
  /** @type {StepTasks[]} */
  let tasks = [];
  for (const build of builds) {
    for (const count of threads) {
      say(`native ${build}, threads ${count}`);
      const args = ['bench', '--isa', build, '--threads', `${count}`, '--seconds', `${seconds}`, '--data', data];
      const report = JSON.parse(await must(PROGRAM, [...args, '--json', '-'], { quiet: true }));
      const pieces = PIECES.map((piece) => {
        const { min_seconds: min, median_seconds: median, runs, images, operations } = report.pieces[piece];
        return [piece, { min, median, runs, images, operations }];
      });
      rows.push({ host: 'native', build, threads: count, pieces: Object.fromEntries(pieces) });
      tasks = report.step_tasks;
    }
  }
  return { rows, tasks };
}

/** @param {Plan} plan @returns {Promise<Row[]>} */
export async function nodeRows({ threads, seconds, folder }) {
  /** @type {Row[]} */
  const rows = [];
  for (const build of BUILDS) {
    for (const count of threads) {
      say(`Node ${process.versions.node}, ${build}, threads ${count}`);
      const job = {
        engine: pathToFileURL(inRoot(`build/wasm/engine/quarterturn-${build}.mjs`)).href,
        threads: count,
        pieces: PIECES,
        seconds,
      };
      const code = `
        import { readFileSync } from 'node:fs';
        import { answer } from ${JSON.stringify(pathToFileURL(inRoot('bench/engine-worker.mjs')).href)};
        const read = (path) => new Uint8Array(readFileSync(path));
        const images = read(${JSON.stringify(path.join(folder, DIGITS.images))});
        const labels = read(${JSON.stringify(path.join(folder, DIGITS.labels))});
        const timings = JSON.stringify(await answer({ ...${JSON.stringify(job)}, train: { images, labels } }));
        process.stdout.write(timings, () => process.exit(0)); // a pipe takes it in pieces`;
      const child = spawn(process.execPath, [...NODE_FLAGS, '--input-type=module', '--eval', code], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      child.stdout.on('data', (chunk) => (output += chunk));
      const exit = await new Promise((resolve) => child.on('close', resolve));
      if (exit !== 0) throw new Failure(`Node ${build}, threads ${count}: exit ${exit}`);
      rows.push(row(JSON.parse(output), 'node', build, count));
    }
  }
  return rows;
}

/**
 * What engine-worker.mjs answers in a worker of a fresh page.
 * @typedef {(build: string, job: { threads: number } & Record<string, unknown>, folder: string) => Promise<any>} Ask
 *   `folder`: below that which was opened, with the digits; those of `t10k` too where `job.tested` is true
 */

/** Calls `use` with a Chromium that answers jobs on the digits in `folder`. @template T
 * @param {string} folder @param {(ask: Ask, browser: string) => Promise<T>} use `browser`: "Chromium 156" @returns {Promise<T>} */
export async function inChromium(folder, use) {
  const server = await serve(
    [
      ['/engine/', inRoot('build/wasm/engine')],
      ['/bench/', inRoot('bench')],
      ['/data/', folder],
    ],
    { headers: ISOLATION, blank: true },
  );
  const browser = await launch();
  /** @type {Ask} */
  const ask = async (build, { tested = false, ...job }, below) => {
    const page = await browser.newPage();
    await page.goto(server.address);
    const answer = await page.evaluate(
      async ({ digits, tests, ...asked }) => {
        const read = async (/** @type {{ images: string, labels: string }} */ names) => {
          const [images, labels] = await Promise.all(
            [names.images, names.labels].map(
              async (name) => new Uint8Array(await (await fetch(`/data/${name}`)).arrayBuffer()),
            ),
          );
          return { images, labels };
        };
        const worker = new Worker('/bench/engine-worker.mjs', { type: 'module' });
        const files = { train: await read(digits), ...(tests && { test: await read(tests) }) };
        return new Promise((resolve) => {
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = (event) => resolve({ error: event.message });
          worker.postMessage({ ...asked, ...files });
        });
      },
      {
        ...job,
        engine: `${server.address}engine/quarterturn-${build}.mjs`,
        digits: inFolder(below, DIGITS),
        tests: tested ? inFolder(below, TESTS) : null,
      },
    );
    await page.close();
    const { error } = /** @type {{ error?: string }} */ (answer);
    if (error) throw new Failure(`Chromium ${build}: ${error}`);
    return answer;
  };
  try {
    return await use(ask, `Chromium ${browser.version().split('.')[0]}`);
  } finally {
    await browser.close();
    await server.close();
  }
}

/** @param {string} folder @param {{ images: string, labels: string }} names */
const inFolder = (folder, { images, labels }) => ({
  images: path.posix.join(folder, images),
  labels: path.posix.join(folder, labels),
});

/** @param {Plan} plan @returns {Promise<{ rows: Row[], browser: string }>} */
export function chromiumRows({ threads, seconds, folder }) {
  return inChromium(folder, async (ask, browser) => {
    /** @type {Row[]} */
    const rows = [];
    for (const build of BUILDS) {
      for (const count of threads) {
        say(`${browser}, ${build}, threads ${count}`);
        rows.push(row(await ask(build, { threads: count, pieces: PIECES, seconds }, '.'), 'chromium', build, count));
      }
    }
    return { rows, browser };
  });
}

/**
 * The digits of the benchmark as plain IDX files: from the folder `mnist` (.gz or plain), else generated.
 * @param {string | undefined} mnist @param {string} folder @param {number} count of generated ones
 */
export async function layOutDigits(mnist, folder, count) {
  if (!mnist) {
    await must(PROGRAM, ['digits', '--count', `${count}`, '--test-count', '1', '--out', folder], { quiet: true });
    return;
  }
  const [{ gunzipSync }, { existsSync, writeFileSync }] = await Promise.all([import('node:zlib'), import('node:fs')]);
  for (const name of Object.values(DIGITS)) {
    const plain = path.join(mnist, name);
    const bytes = existsSync(plain) ? readFileSync(plain) : gunzipSync(readFileSync(`${plain}.gz`));
    writeFileSync(path.join(folder, name), bytes);
  }
}
