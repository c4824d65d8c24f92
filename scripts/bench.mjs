// How fast this machine trains: native, Node and Chromium, every build and number of threads, in one run.
//   npm run bench                                   everything; a table, and build/bench.json
//   npm run bench -- native node chromium           some of the three
//   npm run bench -- --seconds 2 --threads 1,2
// Speed index = naive GFLOP/s a thread / multiply-add peak a thread of the same build, measured in the same run.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { cmakeBuild, Failure, inRoot, must, runAsScript, say } from './lib.mjs';
import { setup } from './setup.mjs';

const pieces = ['peak', 'pretext_step', 'pretext_epoch', 'supervised_step', 'head_step', 'features', 'predict'];
const engines = ['threads-relaxed', 'threads-simd'];

/**
 * @typedef {{ min: number, median: number, runs: number, images: number, operations: number }} Figures
 * @typedef {{ host: string, build: string, threads: number, pieces: Record<string, Figures> }} Row
 */

/** @param {{ seconds: number[], images: number, operations: number }} timing @returns {Figures} */
function figures({ seconds, images, operations }) {
  const sorted = [...seconds].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  return { min: sorted[0], median, runs: sorted.length, images, operations };
}

/** @param {string} build @param {number} threads @param {number} seconds @param {string} data @returns {Promise<Row>} */
async function native(build, threads, seconds, data) {
  const program = inRoot('build/native/quarterturn');
  const args = ['bench', '--isa', build, '--threads', `${threads}`, '--seconds', `${seconds}`, '--data', data];
  const report = JSON.parse(await must(program, [...args, '--json', '-'], { quiet: true }));
  /** @type {Record<string, Figures>} */
  const result = {};
  for (const piece of pieces) {
    const p = report.pieces[piece];
    result[piece] = {
      min: p.min_seconds,
      median: p.median_seconds,
      runs: p.runs,
      images: p.images,
      operations: p.operations,
    };
  }
  return { host: 'native', build, threads, pieces: result };
}

/** @param {any} answer @param {string} host @param {string} build @param {number} threads @returns {Row} */
function row(answer, host, build, threads) {
  if (answer.error) throw new Failure(`${host} ${build}: ${answer.error}`);
  const result = Object.fromEntries(pieces.map((piece) => [piece, figures(answer.pieces[piece])]));
  return { host, build, threads, pieces: result };
}

/** @param {string} build @param {number} threads @param {number} seconds @param {string} folder @returns {Promise<Row>} */
async function node(build, threads, seconds, folder) {
  const flags = Number(process.versions.node.split('.')[0]) < 21 ? ['--experimental-wasm-relaxed-simd'] : [];
  const code = `
    import { measure } from ${JSON.stringify(inRoot('bench/engine-worker.mjs'))};
    import { readFileSync } from 'node:fs';
    const [images, labels] = ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'].map((name) =>
      new Uint8Array(readFileSync(${JSON.stringify(folder)} + '/' + name)));
    const engine = ${JSON.stringify(inRoot(`build/wasm/engine/quarterturn-${build}.mjs`))};
    const answer = await measure({ engine, threads: ${threads}, pieces: ${JSON.stringify(pieces)}, seconds: ${seconds}, images, labels });
    console.log(JSON.stringify(answer));
    process.exit(0);`;
  const child = spawn(process.execPath, [...flags, '--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  const exit = await new Promise((resolve) => child.on('close', resolve));
  if (exit !== 0) throw new Failure(`node ${build}: exit ${exit}`);
  return row(JSON.parse(output), 'node', build, threads);
}

/** Serves the engines, the worker and the digits with the isolation headers. @param {string} folder */
async function serve(folder) {
  const roots = new Map([
    ['/engine/', inRoot('build/wasm/engine')],
    ['/bench/', inRoot('bench')],
    ['/data/', folder],
  ]);
  const types = new Map([
    ['.mjs', 'text/javascript'],
    ['.wasm', 'application/wasm'],
  ]);
  const server = createServer((request, response) => {
    const url = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const headers = {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    };
    if (url === '/') {
      response.writeHead(200, { ...headers, 'Content-Type': 'text/html' }).end('<!doctype html><title>bench</title>');
      return;
    }
    for (const [prefix, root] of roots) {
      const name = url.slice(prefix.length);
      if (!url.startsWith(prefix) || !/^[\w.-]+$/.test(name)) continue;
      const type = types.get(path.extname(name)) ?? 'application/octet-stream';
      response.writeHead(200, { ...headers, 'Content-Type': type }).end(readFileSync(path.join(root, name)));
      return;
    }
    response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { server, origin: `http://127.0.0.1:${address.port}` };
}

/** @param {number[]} threads @param {number} seconds @param {string} folder @returns {Promise<Row[]>} */
async function chromium(threads, seconds, folder) {
  const { chromium: browserType } = await import('playwright-core');
  const { server, origin } = await serve(folder);
  const browser = await browserType.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  try {
    /** @type {Row[]} */
    const rows = [];
    for (const build of engines) {
      for (const count of threads) {
        say(`Chromium ${browser.version()}, ${build}, ${count} threads`);
        const page = await browser.newPage();
        await page.goto(`${origin}/`);
        const answer = await page.evaluate(
          async (job) => {
            const get = async (/** @type {string} */ name) =>
              new Uint8Array(await (await fetch(`/data/${name}`)).arrayBuffer());
            const images = await get('train-images-idx3-ubyte');
            const labels = await get('train-labels-idx1-ubyte');
            const worker = new globalThis.Worker('/bench/engine-worker.mjs', { type: 'module' });
            return new Promise((resolve) => {
              worker.onmessage = ({ data }) => resolve(data);
              worker.onerror = (event) => resolve({ error: event.message });
              worker.postMessage({ ...job, images, labels });
            });
          },
          { engine: `${origin}/engine/quarterturn-${build}.mjs`, threads: count, pieces, seconds },
        );
        await page.close();
        rows.push(row(answer, 'chromium', build, count));
      }
    }
    return rows;
  } finally {
    await browser.close();
    server.close();
  }
}

/** @param {Row[]} rows */
function table(rows) {
  const lines = [
    ['host', 'build', 'threads', 'peak GF/s', 'step ms min', 'median', 'epoch s', 'images/s', 'naive GF/s', 'index'],
  ];
  for (const { host, build, threads, pieces: p } of rows) {
    const peak = p.peak.operations / p.peak.min / 1e9;
    const naive = p.pretext_epoch.operations / p.pretext_epoch.median / 1e9;
    lines.push([
      host,
      build,
      `${threads}`,
      peak.toFixed(1),
      (1e3 * p.pretext_step.min).toFixed(2),
      (1e3 * p.pretext_step.median).toFixed(2),
      p.pretext_epoch.median.toFixed(3),
      Math.round(p.pretext_epoch.images / p.pretext_epoch.median).toLocaleString('en'),
      naive.toFixed(1),
      (naive / threads / peak).toFixed(2),
    ]);
  }
  const others = [['host', 'build', 'threads', 'supervised ms', 'head ms', 'features images/s', 'predict ms']];
  for (const { host, build, threads, pieces: p } of rows) {
    others.push([
      host,
      build,
      `${threads}`,
      (1e3 * p.supervised_step.median).toFixed(3),
      (1e3 * p.head_step.median).toFixed(3),
      Math.round(p.features.images / p.features.median).toLocaleString('en'),
      (1e3 * p.predict.median).toFixed(4),
    ]);
  }
  for (const part of [lines, others]) {
    const widths = part[0].map((_, column) => Math.max(...part.map((line) => line[column].length)));
    for (const line of part) {
      console.log(line.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '));
    }
    console.log();
  }
}

await runAsScript(import.meta.url, async () => {
  const args = process.argv.slice(2);
  const value = (/** @type {string} */ name, /** @type {string} */ otherwise) => {
    const at = args.indexOf(name);
    return at < 0 ? otherwise : args.splice(at, 2)[1];
  };
  const seconds = Number(value('--seconds', '1'));
  const all = Array.from({ length: availableParallelism() }, (_, i) => i + 1).join(',');
  const threads = value('--threads', all).split(',').map(Number);
  if (!(seconds > 0) || threads.some((count) => !(count >= 1))) {
    throw new Failure('usage: npm run bench -- [native] [node] [chromium] [--seconds S] [--threads 1,2]');
  }
  const hosts = args.length > 0 ? args : ['native', 'node', 'chromium'];
  const unknown = hosts.find((host) => !['native', 'node', 'chromium'].includes(host));
  if (unknown !== undefined) throw new Failure(`no benchmark host ${unknown}; there are native, node, chromium`);

  await setup('test');
  await cmakeBuild('native');
  if (hosts.some((host) => host !== 'native')) await cmakeBuild('wasm');
  const program = inRoot('build/native/quarterturn');
  const { environment, data } = JSON.parse(await must(program, ['info', '--json', '-'], { quiet: true }));
  say(`data: ${data.source ?? data.reason}`);

  // The browser builds read plain IDX files: real digits where there are some, else generated ones.
  const folder = mkdtempSync(path.join(tmpdir(), 'quarterturn-bench-'));
  try {
    const mnist = process.env.QUARTERTURN_MNIST;
    if (mnist) {
      const { gunzipSync } = await import('node:zlib');
      for (const name of ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte']) {
        writeFileSync(path.join(folder, name), gunzipSync(readFileSync(path.join(mnist, `${name}.gz`))));
      }
    } else {
      await must(program, ['digits', '--count', '11000', '--test-count', '1', '--out', folder], { quiet: true });
    }
    /** @type {Row[]} */
    const rows = [];
    if (hosts.includes('native')) {
      for (const build of environment.available_isas) {
        for (const count of threads) {
          say(`native ${build}, ${count} threads`);
          rows.push(await native(build, count, seconds, mnist ?? 'generated:11000:1:1'));
        }
      }
    }
    if (hosts.includes('node')) {
      for (const build of engines) {
        for (const count of threads) {
          say(`Node ${process.versions.node}, ${build}, ${count} threads`);
          rows.push(await node(build, count, seconds, folder));
        }
      }
    }
    if (hosts.includes('chromium')) rows.push(...(await chromium(threads, seconds, folder)));
    console.log(
      `\n${cpus()[0].model}, ${availableParallelism()} processors; batch 192, ${mnist ? 'MNIST' : 'generated digits'}\n`,
    );
    table(rows);
    mkdirSync(inRoot('build'), { recursive: true });
    writeFileSync(inRoot('build/bench.json'), JSON.stringify({ machine: cpus()[0].model, rows }, null, 1));
    say('build/bench.json has every figure');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
