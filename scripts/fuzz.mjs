// Runs the fuzz targets of fuzz/ with libFuzzer and the sanitizers, some at a time, from the committed corpus.
//   npm run fuzz                                    ten minutes of processor time a target
//   npm run fuzz -- --minutes 1 idx picture         some of them
// What was found is kept in build/fuzz/found/<target>, what was learnt in build/fuzz/corpus/<target>.
import { createWriteStream, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { execFileSync, spawn } from 'node:child_process';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { cmakeBuild, Failure, inRoot, run, runAsScript, say } from './lib.mjs';
import { setup } from './setup.mjs';

/**
 * How long each target runs: so many seconds of processor time, on new random inputs each time and on what earlier runs
 * have learnt; without seconds RUNS inputs, the same each time, however busy the machine is.
 * @typedef {{ seconds?: number }} Effort
 */

/** Inputs beside those of the corpus that take each target about three seconds. @type {Record<string, number>} */
const RUNS = {
  ...{ idx: 30_000, gzip: 4_000, picture: 4_000, safetensors: 20_000, checkpoint: 100 },
  ...{ json: 10_000, decimal: 15_000, options: 80, engine: 80 },
};
const FEWEST_RUNS = 80;
const SEED = 1;

const RSS_LIMIT_MB = 1024;
const MALLOC_LIMIT_MB = 256;
const SLOWEST_SECONDS = 120;
const AT_A_TIME = 2;

/** @typedef {{ target: string, seconds: number, runs: number, edges: number, features: number, failed: boolean }} Outcome */

/** @returns {string[]} */
export const fuzzTargets = () =>
  readdirSync(inRoot('fuzz'))
    .filter((name) => name.endsWith('_fuzz.cpp'))
    .map((name) => name.replace('_fuzz.cpp', ''));

/** Clock ticks of a second in /proc. */
const ticks = () => Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Processor time of a process that runs, in clock ticks. @param {number} pid */
function processorTicks(pid) {
  // The name in brackets may hold blanks; behind it utime and stime are the 12th and 13th.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

/** Files of the committed corpus. @param {string} target */
const given = (target) => readdirSync(inRoot('fuzz/corpus', target)).length;

/**
 * @param {string} target
 * @param {Effort} effort
 * @returns {Promise<Outcome>}
 */
async function fuzz(target, { seconds = 0 }) {
  const fixed = seconds === 0;
  const learnt = inRoot(fixed ? 'build/fuzz/fixed' : 'build/fuzz/corpus', target);
  if (fixed) rmSync(learnt, { recursive: true, force: true });
  const found = inRoot('build/fuzz/found', target);
  for (const folder of [learnt, found]) mkdirSync(folder, { recursive: true });
  const symbolizer = inRoot('.toolchain/root/usr/lib/llvm-19/bin/llvm-symbolizer');
  const perSecond = ticks();
  const log = createWriteStream(inRoot('build/fuzz', `${target}.log`));
  /** @type {Outcome} */
  const outcome = { target, seconds: 0, runs: 0, edges: 0, features: 0, failed: false };
  // libFuzzer knows the clock on the wall only: it goes on from what it has learnt until its time is used up.
  do {
    const left = Math.max(1, Math.ceil(seconds - outcome.seconds));
    // libFuzzer counts the files of the corpus, which it reads in any case, and an empty input among its runs.
    const runs = given(target) + 1 + (RUNS[target] ?? FEWEST_RUNS);
    const until = fixed ? [`-runs=${runs}`, `-seed=${SEED}`] : [`-max_total_time=${left}`];
    const child = spawn(
      inRoot('build/native-debug', `${target}_fuzz`),
      [
        ...[...until, '-print_final_stats=1', '-use_value_profile=1'],
        ...[`-rss_limit_mb=${RSS_LIMIT_MB}`, `-malloc_limit_mb=${MALLOC_LIMIT_MB}`, `-timeout=${SLOWEST_SECONDS}`],
        ...[`-artifact_prefix=${found}/`, learnt, inRoot('fuzz/corpus', target)],
      ],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, ...(existsSync(symbolizer) ? { ASAN_SYMBOLIZER_PATH: symbolizer } : {}) },
      },
    );
    let used = 0;
    const watch = setInterval(() => {
      try {
        used = processorTicks(/** @type {number} */ (child.pid)) / perSecond;
      } catch {
        // it has just ended
      }
    }, 200);
    let text = '';
    child.stderr.on('data', (chunk) => {
      log.write(chunk);
      text += chunk;
    });
    const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
    clearInterval(watch);
    /** @param {RegExp} pattern */
    const last = (pattern) => Number([...text.matchAll(pattern)].at(-1)?.[1] ?? 0);
    if (code !== 0) console.error(text.split('\n').slice(-60).join('\n'));
    outcome.seconds += used;
    outcome.runs += last(/number_of_executed_units:\s*(\d+)/g);
    outcome.edges = last(/ cov: (\d+)/g);
    outcome.features = last(/ ft: (\d+)/g);
    outcome.failed = code !== 0;
  } while (!fixed && outcome.seconds < seconds && !outcome.failed);
  log.end();
  return outcome;
}

/**
 * Builds the targets and runs them.
 * @param {Effort} effort
 * @param {string[]} [targets]
 * @returns {Promise<Outcome[]>}
 */
export async function fuzzAll(effort, targets = fuzzTargets()) {
  await cmakeBuild('native-debug', 'fuzz');
  const waiting = [...targets];
  /** @type {Outcome[]} */
  const outcomes = [];
  const worker = async () => {
    for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
      const outcome = await fuzz(target, effort);
      const { runs, edges, features, failed } = outcome;
      say(
        `fuzz ${target}: ${failed ? `FAILED, see build/fuzz/found/${target}` : 'clean'}, ${runs} inputs in ${outcome.seconds.toFixed(0)} s of processor time, ${edges} edges, ${features} features`,
      );
      outcomes.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return outcomes;
}

await runAsScript(import.meta.url, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { minutes: { type: 'string', default: '10' } },
  });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Failure(`--minutes ${values.minutes} is no number above 0`);
  const unknown = positionals.find((name) => !fuzzTargets().includes(name));
  if (unknown !== undefined) throw new Failure(`no fuzz target ${unknown}; there are ${fuzzTargets().join(', ')}`);
  await setup('test');
  const seconds = Math.ceil(60 * minutes);
  const outcomes = await fuzzAll({ seconds }, positionals.length > 0 ? positionals : undefined);
  const page = await run(process.execPath, ['--test', 'wasm-tests/parsers-fuzz.test.mjs'], {
    env: { QUARTERTURN_FUZZ_SECONDS: String(seconds) },
  });
  if (page.code !== 0 || outcomes.some(({ failed }) => failed)) process.exitCode = 1;
});
