// How fast this machine trains: native, Node and Chromium, every build and number of threads, in one run; how long the
// notebook's whole experiment takes on the page, and the page to its first step; and other programs beside it.
//   npm run bench                                   everything but the peers; tables, and build/bench.json
//   npm run bench -- native node chromium notebook loading   some of the five
//   npm run bench -- --peers [--peer-seconds 20]    PyTorch, TensorFlow, TensorFlow.js and jax-js too, where installed
//   npm run bench -- --seconds 2 --threads 1,2      seconds for each piece
// Speed index = naive GFLOP/s a thread / multiply-add peak a thread of the same build, measured in the same run.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { chromiumRows, layOutDigits, nativeRows, nodeRows, PROGRAM } from '../bench/engines.mjs';
import { measureLoading, sizes } from '../bench/loading.mjs';
import { measureNotebook } from '../bench/notebook.mjs';
import { measurePeers } from '../bench/peers.mjs';
import { engineTables, loadingTable, notebookLine, peerTable, sizeTable } from '../bench/table.mjs';
import { buildPage } from './build.mjs';
import { cmakeBuild, Failure, inRoot, must, runAsScript, say } from './lib.mjs';
import { setup } from './setup.mjs';

const PARTS = ['native', 'node', 'chromium', 'notebook', 'loading'];
const VISITS = 9;
const USAGE =
  'npm run bench -- [native] [node] [chromium] [notebook] [loading] [--peers] [--seconds S] [--peer-seconds S] [--threads 1,2]';

function options() {
  const all = Array.from({ length: availableParallelism() }, (_, i) => i + 1).join(',');
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        peers: { type: 'boolean', default: false },
        seconds: { type: 'string', default: '1' },
        'peer-seconds': { type: 'string', default: '20' },
        threads: { type: 'string', default: all },
      },
    });
    const seconds = Number(values.seconds);
    const peerSeconds = Number(values['peer-seconds']);
    const threads = values.threads.split(',').map(Number);
    const unknown = positionals.find((part) => !PARTS.includes(part));
    if (unknown !== undefined) throw new Error(`no benchmark ${unknown}; there are ${PARTS.join(', ')}`);
    if (!(seconds > 0 && peerSeconds > 0)) throw new Error('seconds must be more than 0');
    if (!threads.every((count) => Number.isInteger(count) && count >= 1)) {
      throw new Error(`--threads ${values.threads} is not a list of numbers from 1`);
    }
    return { parts: positionals.length > 0 ? positionals : PARTS, peers: values.peers, seconds, peerSeconds, threads };
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message : error} (usage: ${USAGE})`);
  }
}

await runAsScript(import.meta.url, async () => {
  const { parts, peers: withPeers, seconds, peerSeconds, threads } = options();
  await setup('test');
  await cmakeBuild('native');
  if (parts.includes('loading') || parts.includes('notebook')) await buildPage();
  else if (parts.some((part) => part !== 'native')) await cmakeBuild('wasm');
  const { environment } = JSON.parse(await must(PROGRAM, ['info', '--json', '-'], { quiet: true }));

  const mnist = process.env.QUARTERTURN_MNIST;
  const data = mnist ? 'MNIST' : 'generated digits';
  const folder = mkdtempSync(path.join(tmpdir(), 'quarterturn-bench-'));
  try {
    await layOutDigits(mnist, folder);
    const plan = { threads, seconds, folder };
    const rows = [
      ...(parts.includes('native')
        ? await nativeRows(plan, environment.available_isas, mnist ?? 'generated:11000:1:1')
        : []),
      ...(parts.includes('node') ? await nodeRows(plan) : []),
      ...(parts.includes('chromium') ? await chromiumRows(plan) : []),
    ];
    const notebook = parts.includes('notebook')
      ? await measureNotebook({ mnist, threads: Math.max(...threads), folder })
      : null;
    const loading = parts.includes('loading') ? await measureLoading(VISITS) : [];
    const size = parts.includes('loading') ? sizes() : [];
    const found = withPeers
      ? await measurePeers({ folder, hosts: parts, threads, seconds: peerSeconds })
      : { peers: [], skipped: [], faults: [] };

    const machine = cpus()[0].model;
    const texts = [`${machine}, ${availableParallelism()} processors; batch 192, ${data}`];
    if (rows.length > 0) texts.push(engineTables(rows));
    if (found.peers.length > 0) texts.push(peerTable(rows, found.peers));
    if (notebook) texts.push(notebookLine(notebook));
    if (loading.length > 0) texts.push(loadingTable(loading), sizeTable(size));
    if (found.skipped.length > 0) texts.push(found.skipped.map((line) => `left out: ${line}`).join('\n'));
    console.log(`\n${texts.join('\n\n')}\n`);
    mkdirSync(inRoot('build'), { recursive: true });
    const report = {
      machine,
      processors: availableParallelism(),
      data,
      rows,
      ...found,
      notebook,
      loading,
      sizes: size,
    };
    writeFileSync(inRoot('build/bench.json'), `${JSON.stringify(report, null, 1)}\n`);
    say('build/bench.json has every figure');
    if (found.faults.length > 0) throw new Failure(found.faults.join('\n'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
