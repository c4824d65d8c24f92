// Every build of the engine, timed piece by piece: native, in Node and in Chromium.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ISOLATION } from '../scripts/headers.mjs';
import { Failure, inRoot, must, say } from '../scripts/lib.mjs';
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

/** @param {any} answer of engine-worker.mjs @param {string} host @param {string} build @param {number} threads @returns {Row} */
function row(answer, host, build, threads) {
  if (answer.error) throw new Failure(`${host} ${build}: ${answer.error}`);
  const pieces = Object.fromEntries(PIECES.map((piece) => [piece, figures(answer.pieces[piece])]));
  return { host, build, threads, pieces };
}

/**
 * @typedef {{ threads: number[], seconds: number, folder: string }} Plan `seconds`: for each piece; `folder`: holds the
 *   digits as plain IDX files
 */

/** @param {Plan} plan @param {string[]} builds instruction sets @param {string} data as --data takes it @returns {Promise<Row[]>} */
export async function nativeRows({ threads, seconds }, builds, data) {
  /** @type {Row[]} */
  const rows = [];
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
    }
  }
  return rows;
}

/** @param {Plan} plan @returns {Promise<Row[]>} */
export async function nodeRows({ threads, seconds, folder }) {
  const flags = Number(process.versions.node.split('.')[0]) < 21 ? ['--experimental-wasm-relaxed-simd'] : [];
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
        import { measure } from ${JSON.stringify(pathToFileURL(inRoot('bench/engine-worker.mjs')).href)};
        const read = (path) => new Uint8Array(readFileSync(path));
        const images = read(${JSON.stringify(path.join(folder, DIGITS.images))});
        const labels = read(${JSON.stringify(path.join(folder, DIGITS.labels))});
        const answer = JSON.stringify(await measure({ ...${JSON.stringify(job)}, images, labels }));
        process.stdout.write(answer, () => process.exit(0)); // a pipe takes it in pieces`;
      const child = spawn(process.execPath, [...flags, '--input-type=module', '--eval', code], {
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

/** @param {Plan} plan @returns {Promise<Row[]>} */
export async function chromiumRows({ threads, seconds, folder }) {
  const server = await serve(
    [
      ['/engine/', inRoot('build/wasm/engine')],
      ['/bench/', inRoot('bench')],
      ['/data/', folder],
    ],
    { headers: ISOLATION, blank: true },
  );
  const browser = await launch();
  /** @type {Row[]} */
  const rows = [];
  try {
    for (const build of BUILDS) {
      for (const count of threads) {
        say(`Chromium ${browser.version()}, ${build}, threads ${count}`);
        const page = await browser.newPage();
        await page.goto(server.address);
        const answer = await page.evaluate(
          async ({ digits, ...job }) => {
            const [images, labels] = await Promise.all(
              [digits.images, digits.labels].map(
                async (name) => new Uint8Array(await (await fetch(`/data/${name}`)).arrayBuffer()),
              ),
            );
            const worker = new Worker('/bench/engine-worker.mjs', { type: 'module' });
            return new Promise((resolve) => {
              worker.onmessage = ({ data }) => resolve(data);
              worker.onerror = (event) => resolve({ error: event.message });
              worker.postMessage({ ...job, images, labels });
            });
          },
          {
            engine: `${server.address}engine/quarterturn-${build}.mjs`,
            threads: count,
            pieces: PIECES,
            seconds,
            digits: DIGITS,
          },
        );
        await page.close();
        rows.push(row(answer, 'chromium', build, count));
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return rows;
}

/**
 * The digits of the benchmark as plain IDX files: from the folder `mnist` (.gz or plain), else generated.
 * @param {string | undefined} mnist @param {string} folder
 */
export async function layOutDigits(mnist, folder) {
  if (!mnist) {
    await must(PROGRAM, ['digits', '--count', '11000', '--test-count', '1', '--out', folder], { quiet: true });
    return;
  }
  const [{ gunzipSync }, { existsSync, writeFileSync }] = await Promise.all([import('node:zlib'), import('node:fs')]);
  for (const name of Object.values(DIGITS)) {
    const plain = path.join(mnist, name);
    const bytes = existsSync(plain) ? readFileSync(plain) : gunzipSync(readFileSync(`${plain}.gz`));
    writeFileSync(path.join(folder, name), bytes);
  }
}
