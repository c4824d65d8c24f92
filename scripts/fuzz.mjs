// Runs the fuzz targets of fuzz/ with libFuzzer and the sanitizers, two at a time, from the committed corpus.
//   npm run fuzz                                    ten minutes a target
//   npm run fuzz -- --minutes 1 idx picture         some of them
// What was found is kept in build/fuzz/found/<target>, what was learnt in build/fuzz/corpus/<target>.
import { createWriteStream, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { spawn } from 'node:child_process';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { cmakeBuild, Failure, inRoot, run, runAsScript, say } from './lib.mjs';
import { setup } from './setup.mjs';

const AT_A_TIME = 2;
const RSS_LIMIT_MB = 1024;
const MALLOC_LIMIT_MB = 256;
const SLOWEST_SECONDS = 120;

/** @typedef {{ target: string, seconds: number, runs: number, edges: number, features: number, failed: boolean }} Outcome */

/** @returns {string[]} */
export const fuzzTargets = () =>
  readdirSync(inRoot('fuzz'))
    .filter((name) => name.endsWith('_fuzz.cpp'))
    .map((name) => name.replace('_fuzz.cpp', ''));

/** @param {string} target @param {number} seconds @returns {Promise<Outcome>} */
async function fuzz(target, seconds) {
  const learnt = inRoot('build/fuzz/corpus', target);
  const found = inRoot('build/fuzz/found', target);
  for (const folder of [learnt, found]) mkdirSync(folder, { recursive: true });
  const symbolizer = inRoot('.toolchain/root/usr/lib/llvm-19/bin/llvm-symbolizer');
  const child = spawn(
    inRoot('build/fuzz', `${target}_fuzz`),
    [
      ...[`-max_total_time=${seconds}`, '-print_final_stats=1', '-use_value_profile=1'],
      ...[`-rss_limit_mb=${RSS_LIMIT_MB}`, `-malloc_limit_mb=${MALLOC_LIMIT_MB}`, `-timeout=${SLOWEST_SECONDS}`],
      ...[`-artifact_prefix=${found}/`, learnt, inRoot('fuzz/corpus', target)],
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...(existsSync(symbolizer) ? { ASAN_SYMBOLIZER_PATH: symbolizer } : {}) },
    },
  );
  const log = createWriteStream(inRoot('build/fuzz', `${target}.log`));
  let text = '';
  child.stderr.on('data', (chunk) => {
    log.write(chunk);
    text += chunk;
  });
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  log.end();
  /** @param {RegExp} pattern */
  const last = (pattern) => Number([...text.matchAll(pattern)].at(-1)?.[1] ?? 0);
  if (code !== 0) console.error(text.split('\n').slice(-60).join('\n'));
  return {
    target,
    seconds: last(/Done \d+ runs in (\d+) second/g),
    runs: last(/number_of_executed_units:\s*(\d+)/g),
    edges: last(/ cov: (\d+)/g),
    features: last(/ ft: (\d+)/g),
    failed: code !== 0,
  };
}

/**
 * Builds the targets and runs each for so many seconds.
 * @param {number} seconds
 * @param {string[]} [targets]
 * @returns {Promise<Outcome[]>}
 */
export async function fuzzAll(seconds, targets = fuzzTargets()) {
  await cmakeBuild('fuzz');
  const waiting = [...targets];
  /** @type {Outcome[]} */
  const outcomes = [];
  const worker = async () => {
    for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
      const outcome = await fuzz(target, seconds);
      const { runs, edges, features, failed } = outcome;
      say(
        `fuzz ${target}: ${failed ? `FAILED, see build/fuzz/found/${target}` : 'clean'}, ${runs} inputs in ${outcome.seconds} s, ${edges} edges, ${features} features`,
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
  const outcomes = await fuzzAll(seconds, positionals.length > 0 ? positionals : undefined);
  const page = await run(process.execPath, ['--test', 'wasm-tests/parsers-fuzz.test.mjs'], {
    env: { QUARTERTURN_FUZZ_SECONDS: String(seconds) },
  });
  if (page.code !== 0 || outcomes.some(({ failed }) => failed)) process.exitCode = 1;
});
