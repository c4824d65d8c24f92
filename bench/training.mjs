// Whole training runs, native and in Chromium: each pretext task, and how time and memory grow with images, batch and
// labels. Both hosts train the same run; the times are the engine's own, of its epochs.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure, say } from '../scripts/lib.mjs';
import { TASKS } from '../web/src/state/pretext-tasks.js';
import { DIGITS, inChromium, PROGRAM, TESTS } from './engines.mjs';
import { median } from './statistics.mjs';

/** The build that most visitors run. */
const BUILD = 'threads-relaxed';

/**
 * @typedef {{ title: string, train: number, test: number, args: string[], settings: object }} Run `train` and `test`: images;
 *   `args` of the native command and `settings` of the engine say the same
 * @typedef {{ host: string, threads: number, epochs: Record<string, number[]>, bytes: number }} Trained seconds of each
 *   epoch by run; `bytes`: native the most that the process had resident, in Chromium the engine's memory at the end
 */

const HEADER = { images: 16, labels: 8 };
const PIXELS = 784;

/** The first rows of an IDX file. @param {string} file @param {'images' | 'labels'} kind @param {number} count */
function firstRows(file, kind, count) {
  const bytes = readFileSync(file);
  const there = bytes.readUInt32BE(4);
  if (there < count) throw new Failure(`${file} has ${there} rows, not ${count}`);
  const rows = Buffer.from(bytes.subarray(0, HEADER[kind] + count * (kind === 'images' ? PIXELS : 1)));
  rows.writeUInt32BE(count, 4);
  return rows;
}

/**
 * A folder below `folder` with the first digits of its training files as MNIST's four files. The test digits are training
 * digits too: speed alone is measured.
 * @param {string} folder @param {number} train @param {number} test
 */
function layOut(folder, train, test) {
  const below = `${train}-${test}`;
  mkdirSync(path.join(folder, below), { recursive: true });
  for (const kind of /** @type {const} */ (['images', 'labels'])) {
    const whole = path.join(folder, DIGITS[kind]);
    writeFileSync(path.join(folder, below, DIGITS[kind]), firstRows(whole, kind, train));
    writeFileSync(path.join(folder, below, TESTS[kind]), firstRows(whole, kind, test));
  }
  return below;
}

/**
 * A run of the native command. Its memory is read while it runs, since a process that has ended has none.
 * @param {string[]} args @returns {Promise<{ report: any, bytes: number }>}
 */
function native(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(PROGRAM, [...args, '--json', '-'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, words, bytes] = ['', '', 0];
    const look = () => {
      try {
        const high = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
        if (high) bytes = Math.max(bytes, 1024 * Number(high[1]));
      } catch {
        // It has ended, or this is no Linux.
      }
    };
    const watch = setInterval(look, 10);
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (words += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watch);
      if (code === 0) resolve({ report: JSON.parse(output), bytes });
      else reject(new Failure(`quarterturn ${args.join(' ')}: exit ${code}: ${words.trim().split('\n').at(-1)}`));
    });
  });
}

/**
 * Every run on every host.
 * @param {{ runs: readonly Run[], hosts: readonly string[], threads: number, folder: string }} plan
 * @returns {Promise<{ title: string, trained: Trained[] }[]>} in the order of the runs
 */
export async function trainAll({ runs, hosts, threads, folder }) {
  const found = runs.map(({ title }) => ({ title, trained: /** @type {Trained[]} */ ([]) }));
  if (hosts.includes('native')) {
    for (const [i, { title, train, test, args }] of runs.entries()) {
      say(`native, threads ${threads}: ${title}`);
      const data = ['--data', path.join(folder, layOut(folder, train, test)), '--threads', `${threads}`];
      const { report, bytes } = await native([...args, ...data]);
      /** @type {Record<string, { seconds: number }[]>} */
      const histories = report.runs[0].history;
      const epochs = Object.entries(histories).map(([name, rows]) => [name, rows.map(({ seconds }) => seconds)]);
      found[i].trained.push({ host: 'native', threads, epochs: Object.fromEntries(epochs), bytes });
    }
  }
  if (hosts.includes('chromium')) {
    await inChromium(folder, async (ask, browser) => {
      for (const [i, { title, train, test, settings }] of runs.entries()) {
        say(`${browser}, threads ${threads}: ${title}`);
        const answer = await ask(BUILD, { threads, settings, tested: true }, layOut(folder, train, test));
        found[i].trained.push({ host: 'chromium', threads, ...answer });
      }
    });
  }
  return found;
}

/** The median epoch but for the first, in which a browser's code is not yet the fast one. @param {readonly number[]} epochs */
export const laterEpoch = (epochs) => median(epochs.length > 1 ? epochs.slice(1) : epochs);

// ---- pretext tasks and probes ---------------------------------------------------------------------------------------

const EPOCHS = 4;
const IMAGES = 10_000;
const LABELLED = 1_000;
/** Of both probes. */
const TESTED = 10_000;

/** @typedef {{ task: string, host: string, threads: number, seconds: number, memory: number }} TaskRow an epoch */

/** As the command line has it. @param {string} task by the engine's name */
const optionOf = (task) => task.replace('_', '-');

/** An epoch of each pretext task. @param {{ hosts: readonly string[], threads: number, folder: string }} plan @returns {Promise<TaskRow[]>} */
export async function taskRows(plan) {
  const runs = TASKS.map((task) => ({
    ...{ title: optionOf(task), train: IMAGES + LABELLED, test: 1 },
    args: ['pretext', '--pretext', optionOf(task), '--epochs', `${EPOCHS}`],
    settings: { armList: [], pretext: { task, epochs: EPOCHS } },
  }));
  return (await trainAll({ runs, ...plan })).flatMap(({ title, trained }) =>
    trained.map(({ host, threads, epochs, bytes }) => ({
      ...{ task: title, host, threads, seconds: laterEpoch(epochs.pretext), memory: bytes },
    })),
  );
}

/** @typedef {{ probe: string, threads: number, seconds: number, longest: number }} ProbeRow on the page, with the features */

const PROBES = [
  { title: '1,000 x 288, known penalty', budgets: [LABELLED], penalty: 100 },
  { title: '5 budgets, penalties chosen', budgets: [10, 30, 100, 300, LABELLED], penalty: undefined },
];

/** Exact probes as the page makes them, in pieces. @param {{ threads: number, folder: string }} plan @returns {Promise<ProbeRow[]>} */
export function probeRows({ threads, folder }) {
  return inChromium(folder, async (ask, browser) => {
    const below = layOut(folder, IMAGES + LABELLED, TESTED);
    /** @type {ProbeRow[]} */
    const rows = [];
    for (const { title, budgets, penalty } of PROBES) {
      say(`${browser}, threads ${threads}: probe, ${title}`);
      const { seconds, longest } = await ask(BUILD, { threads, budgets, penalty, times: 5, tested: true }, below);
      rows.push({ probe: title, threads, seconds: median(seconds), longest });
    }
    return rows;
  });
}
