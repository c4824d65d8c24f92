// How fast this machine trains: native, Node and Chromium, every build and number of threads, in one run; pretext tasks
// and exact probes; how long the notebook's whole experiment takes on the page, and the page to its first step; how time
// and memory grow; and other programs beside it.
//   npm run bench                                   everything but peers and growth; tables, and build/bench.json
//   npm run bench -- native node chromium tasks notebook loading   some of the six
//   npm run bench -- --peers [--peer-seconds 20]    PyTorch, TensorFlow, TensorFlow.js and jax-js too, where installed
//   npm run bench -- --growth                       by images, batch, labels and threads
//   npm run bench -- --check                        ratios of this run against bench/ratios.json; fails where one fell
//   npm run bench -- --keep-ratios                  writes bench/ratios.json from this run
//   npm run bench -- --peers --page                 writes what the page shows of it
//   npm run bench -- --seconds 2 --threads 1,2      seconds for each piece
// Speed index = naive GFLOP/s a thread / multiply-add peak a thread of the same build, measured in the same run.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { compareRatios, comparisonText, middleRatios, ratiosOf } from '../bench/check.mjs';
import { chromiumRows, DIGITS, layOutDigits, nativeRows, nodeRows, PROGRAM } from '../bench/engines.mjs';
import { gradientShare, measureGrowth, simulateThreads } from '../bench/growth.mjs';
import { measureLoading, sizes } from '../bench/loading.mjs';
import { layOutMnist, measureNotebook } from '../bench/notebook.mjs';
import { pagePeers, shortMachine } from '../bench/page-peers.mjs';
import { measurePeers } from '../bench/peers.mjs';
import {
  engineTables,
  growthTable,
  loadingTable,
  notebookLine,
  peerTable,
  probeTable,
  sizeTable,
  taskTable,
  threadsTable,
} from '../bench/table.mjs';
import { probeRows, taskRows } from '../bench/training.mjs';
import { liveWindows, multiplyAddsDone } from '../bench/work.mjs';
import { buildPage } from './build.mjs';
import { cmakeBuild, Failure, inRoot, must, runAsScript, say } from './lib.mjs';
import { setup } from './setup.mjs';

const PARTS = ['native', 'node', 'chromium', 'tasks', 'notebook', 'loading'];
const CHECKED_PARTS = ['native', 'chromium'];
/** For --check and --keep-ratios; the tables are of the first one. */
const ROUNDS = 3;
const VISITS = 9;
const SLOW_VISITS = 3;
const IMAGES = 10_000;
const RATIOS = inRoot('bench/ratios.json');
const PAGE_PEERS = inRoot('web/src/features/build/peers.json');
const USAGE =
  'npm run bench -- [native] [node] [chromium] [tasks] [notebook] [loading] [--peers] [--growth] [--check] ' +
  '[--keep-ratios] [--page] [--seconds S] [--peer-seconds S] [--threads 1,2]';

function options() {
  const all = Array.from({ length: availableParallelism() }, (_, i) => i + 1).join(',');
  const flag = { type: /** @type {const} */ ('boolean'), default: false };
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        ...{ peers: flag, growth: flag, check: flag, 'keep-ratios': flag, page: flag },
        seconds: { type: 'string', default: '1' },
        'peer-seconds': { type: 'string', default: '20' },
        threads: { type: 'string', default: all },
      },
    });
    const { peers, growth, check, page } = values;
    const keep = values['keep-ratios'];
    const seconds = Number(values.seconds);
    const peerSeconds = Number(values['peer-seconds']);
    const threads = values.threads.split(',').map(Number);
    const unknown = positionals.find((part) => !PARTS.includes(part));
    if (unknown !== undefined) throw new Error(`no benchmark ${unknown}; there are ${PARTS.join(', ')}`);
    if (!(seconds > 0 && peerSeconds > 0)) throw new Error('seconds must be more than 0');
    if (!threads.every((count) => Number.isInteger(count) && count >= 1)) {
      throw new Error(`--threads ${values.threads} is not a list of numbers from 1`);
    }
    const parts = positionals.length > 0 ? positionals : check || keep ? CHECKED_PARTS : PARTS;
    const missing = CHECKED_PARTS.filter((part) => !parts.includes(part));
    if (page && (!peers || missing.length > 0)) throw new Error('--page needs --peers, native and chromium');
    if (growth && !parts.includes('native')) throw new Error('--growth needs native, whose report has the task grid');
    return { parts, peers, growth, check, keep, page, seconds, peerSeconds, threads };
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message : error} (usage: ${USAGE})`);
  }
}

/** @param {import('../bench/check.mjs').Ratios} ratios @returns {string} text; a Failure where a ratio fell */
function checked(ratios) {
  if (!existsSync(RATIOS)) throw new Failure('there is no bench/ratios.json; --keep-ratios writes it');
  const committed = JSON.parse(readFileSync(RATIOS, 'utf8'));
  const comparison = compareRatios(committed.ratios, ratios);
  const text = comparisonText(comparison, Object.keys(committed.ratios).length);
  if (comparison.fallen.length > 0) throw new Failure(text);
  return text;
}

/** @param {string} file @param {unknown} content */
function keepJson(file, content) {
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  say(`${path.relative(inRoot('.'), file)} is written`);
}

await runAsScript(import.meta.url, async () => {
  const { parts, peers: withPeers, growth: withGrowth, seconds, peerSeconds, threads, ...then } = options();
  const has = (/** @type {string} */ part) => parts.includes(part);
  await setup('test');
  await cmakeBuild('native');
  if (has('loading') || has('notebook')) await buildPage();
  else if (withGrowth || parts.some((part) => part !== 'native')) await cmakeBuild('wasm');
  const { environment } = JSON.parse(await must(PROGRAM, ['info', '--json', '-'], { quiet: true }));

  const mnist = process.env.QUARTERTURN_MNIST;
  const data = mnist ? 'MNIST' : 'generated digits';
  const machine = cpus()[0].model;
  const most = Math.max(...threads);
  const folder = mkdtempSync(path.join(tmpdir(), 'quarterturn-bench-'));
  try {
    await layOutDigits(mnist, folder, withGrowth ? 60_000 : 11_000);
    const pixels = readFileSync(path.join(folder, DIGITS.images)).subarray(16, 16 + 784 * IMAGES);
    const plan = { threads, seconds, folder };
    const isas = environment.available_isas;
    const measureRows = async () => {
      const native = has('native')
        ? await nativeRows(plan, isas, mnist ?? 'generated:11000:1:1')
        : { rows: [], tasks: [] };
      const node = has('node') ? await nodeRows(plan) : [];
      const chromium = has('chromium') ? await chromiumRows(plan) : { rows: [], browser: '' };
      return { rows: [...native.rows, ...node, ...chromium.rows], tasks: native.tasks, browser: chromium.browser };
    };
    const { rows, tasks: stepTasks, browser } = await measureRows();
    const runs = { hosts: CHECKED_PARTS, threads: most, folder };
    const tasks = has('tasks') ? await taskRows(runs) : [];
    const probes = has('tasks') ? await probeRows(runs) : [];
    const notebook = has('notebook') ? await measureNotebook({ mnist, threads: most, folder }) : null;
    const loading = has('loading')
      ? await measureLoading({
          ...{ visits: VISITS, slowVisits: SLOW_VISITS },
          mnist: mnist ? layOutMnist(mnist, folder) : null,
        })
      : [];
    const size = has('loading') ? sizes() : [];
    const growth = withGrowth ? await measureGrowth(runs) : null;
    const grid = withGrowth ? await gridOf(stepTasks, rows, isas[0], most, folder) : [];
    const found = withPeers
      ? await measurePeers({ folder, hosts: parts, threads, seconds: peerSeconds })
      : { peers: [], skipped: [], faults: [] };
    const rounds = [ratiosOf({ rows, peers: found.peers })];
    while (rounds.length < (then.check || then.keep ? ROUNDS : 1)) {
      say(`round ${rounds.length + 1} of ${ROUNDS}`);
      rounds.push(ratiosOf({ ...(await measureRows()), peers: [] }));
    }
    const ratios = middleRatios(rounds);

    const texts = [`${machine}, ${availableParallelism()} processors; batch 192, ${data}`];
    if (rows.length > 0) texts.push(engineTables(rows, multiplyAddsDone(liveWindows(pixels))));
    if (tasks.length > 0) texts.push(taskTable(tasks), probeTable(probes));
    if (found.peers.length > 0) texts.push(peerTable(rows, found.peers));
    if (growth) texts.push(...Object.entries(growth).map(([what, table]) => growthTable(what, table)));
    texts.push(...grid.map(({ step, table }) => threadsTable(step, table)));
    if (notebook) texts.push(notebookLine(notebook));
    if (loading.length > 0) texts.push(loadingTable(loading), sizeTable(size));
    if (found.skipped.length > 0) texts.push(found.skipped.map((line) => `left out: ${line}`).join('\n'));
    console.log(`\n${texts.join('\n\n')}\n`);
    mkdirSync(inRoot('build'), { recursive: true });
    const report = {
      ...{ machine, processors: availableParallelism(), browser, data, rows, ...found },
      ...{ tasks, probes, growth, grid, notebook, loading, sizes: size, ratios },
    };
    writeFileSync(inRoot('build/bench.json'), `${JSON.stringify(report, null, 1)}\n`);
    say('build/bench.json has every figure');
    if (found.faults.length > 0) throw new Failure(found.faults.join('\n'));
    const day = new Date();
    if (then.page) keepJson(PAGE_PEERS, pagePeers(report, browser, day));
    if (then.keep) {
      keepJson(RATIOS, { machine: shortMachine(machine), measuredOn: day.toISOString().slice(0, 10), data, ratios });
    }
    if (then.check) console.log(checked(ratios));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/**
 * The task grids of the steps, on as many threads as this machine has and more.
 * @param {readonly import('../bench/engines.mjs').StepTasks[]} tasks @param {readonly import('../bench/statistics.mjs').Row[]} rows
 * @param {string} isa the widest @param {number} most threads measured @param {string} folder
 */
async function gridOf(tasks, rows, isa, most, folder) {
  const share = await gradientShare(folder);
  const counts = [...new Set([...Array.from({ length: most }, (_, i) => i + 1), 4, 8, 16])].sort((a, b) => a - b);
  return tasks
    .filter(({ step }) => step === 'pretext')
    .map((of) => {
      // Of the largest batch no step is among the pieces.
      const measured = of.rows === 192 ? rows.filter(({ host, build }) => host === 'native' && build === isa) : [];
      const steps = new Map(measured.map((row) => [row.threads, row.pieces.pretext_step.median]));
      return {
        step: `native ${isa}, ${of.step} step of ${of.rows}, gradient ${(100 * share).toFixed(0)}% of it on one thread`,
        table: simulateThreads({ tasks: of, share, counts, seconds: steps }),
      };
    });
}
