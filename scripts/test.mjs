// Sets up and runs every test; the last line is `N passed, N failed`.
//   npm test                          everything
//   npm test -- native wasm lint      some of: native, native-debug, native-tsan, aarch64, fuzz, wasm, wasm-debug, lint
//   npm test -- --thorough            every feature of the page in each browser, and accidents and delays many times
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import process from 'node:process';
import { buildPage } from './build.mjs';
import { fuzzAll } from './fuzz.mjs';
import { cmakeBuild, Failure, inRoot, NODE_FLAGS, run, runAsScript, say } from './lib.mjs';
import { gtests } from './gtest.mjs';
import { lint } from './lint.mjs';
import { AARCH64_PACKAGES, hasAarch64, setup } from './setup.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const reports = inRoot('build/reports');
/** Browsers wait as often as they work. */
const FILES_AT_A_TIME = 2;
/** Of a test file: several times what the longest needs. */
const HANGS_MILLISECONDS = 900_000;

const thorough = () => process.env.QUARTERTURN_THOROUGH === '1';

/** @param {string} text @param {RegExp} pattern */
const count = (text, pattern) => Number(pattern.exec(text)?.[1] ?? 0);

/**
 * The tests of GoogleTest programs and the few that only ctest can run.
 * @param {string} preset of ctest
 * @param {string} [build] the preset that configures and builds what it runs
 * @returns {Promise<Counts>}
 */
async function ctest(preset, build = preset) {
  await cmakeBuild(build);
  const built = performance.now();
  const { results, others } = await gtests(preset, reports);
  /** @param {string} wanted */
  const number = (wanted) => results.filter(({ outcome }) => outcome === wanted).length;
  const counts = { passed: number('passed'), failed: number('failed'), skipped: number('skipped') };
  if (others.length > 0) {
    const report = `${reports}/${preset}.xml`;
    const names = others.map((name) => name.replaceAll(/[^\w]/g, (character) => `[${character}]`));
    const only = ['--tests-regex', `^(${names.join('|')})$`, '--output-junit', report];
    const { code } = await run('ctest', ['--preset', preset, ...only]);
    const text = existsSync(report) ? readFileSync(report, 'utf8') : '';
    const total = count(text, /<testsuite[^>]*\stests="(\d+)"/);
    const failed = count(text, /<testsuite[^>]*\sfailures="(\d+)"/);
    const skipped = count(text, /<testsuite[^>]*\sskipped="(\d+)"/) + count(text, /<testsuite[^>]*\sdisabled="(\d+)"/);
    counts.passed += total - failed - skipped;
    // A run that broke off has an exit code but may have no failure in its report.
    counts.failed += code === 0 ? failed : Math.max(failed, 1);
    counts.skipped += skipped;
  }
  for (const { name, outcome } of results) if (outcome === 'failed') say(`${preset}: FAILED ${name}`);
  say(`${preset}: ran for ${((performance.now() - built) / 1000).toFixed(0)} s; each test's time is in build/reports`);
  return counts;
}

/**
 * One run of Node's test runner.
 * @param {string[]} files
 * @param {{ env?: Record<string, string>, atATime?: number }} [options]
 * @returns {Promise<Counts & { failing: string[] }>} `failing`: the files that hold what failed
 */
async function nodeRun(files, { env = {}, atATime = FILES_AT_A_TIME } = {}) {
  const report = `${reports}/node.tap`;
  rmSync(report, { force: true });
  const runner = [...NODE_FLAGS, inRoot('scripts/node-tests.mjs'), report, String(atATime), String(HANGS_MILLISECONDS)];
  const { code } = await run(process.execPath, [...runner, ...files], { env });
  const text = existsSync(report) ? readFileSync(report, 'utf8') : '';
  const failed = count(text, /^# fail (\d+)$/m) + count(text, /^# cancelled (\d+)$/m);
  const skipped = count(text, /^# skipped (\d+)$/m) + count(text, /^# todo (\d+)$/m);
  // What failed outermost, with its place or the stack of its fault.
  const blocks = text.split(/^(?=(?:not )?ok \d)/m).filter((block) => block.startsWith('not ok'));
  const found = blocks.map((block) => /wasm-tests[/\\][\w.-]+\.test\.mjs/.exec(block)?.[0].replaceAll('\\', '/'));
  const failing = [...new Set(found)].filter((name) => name !== undefined && files.includes(name)).map(String);
  return {
    passed: count(text, /^# pass (\d+)$/m),
    failed: code === 0 ? failed : Math.max(failed, 1),
    skipped,
    failing,
  };
}

/** More failing files are no accident. */
const SECOND_TRIES = 4;

/**
 * Test files of the engine builds and the page. What fails beside another file is tried once more by itself, since a
 * browser on a busy machine may be late; it is named, and a fault that stays fails and leaves the page's trace.
 * @param {string[]} files @param {Record<string, string>} [env] @returns {Promise<Counts>}
 */
async function nodeTests(files, env = {}) {
  const { failing, ...counts } = await nodeRun(files, { env });
  if (counts.failed === 0 || failing.length === 0 || failing.length > SECOND_TRIES) return counts;
  say(`once more, each by itself: ${failing.join(', ')}`);
  const again = await nodeRun(failing, { env: { ...env, QUARTERTURN_TRACES: '1' }, atATime: 1 });
  if (again.failed === 0) say(`passed at the second try: ${failing.join(', ')}`);
  return { ...counts, passed: counts.passed + counts.failed - again.failed, failed: again.failed };
}

/** The engine builds and the page, in Node and in browsers. @returns {Promise<Counts>} */
async function wasm() {
  await buildPage();
  const files = readdirSync(inRoot('wasm-tests'))
    .filter((name) => name.endsWith('.test.mjs'))
    .map((name) => `wasm-tests/${name}`);
  if (files.length === 0) throw new Failure('wasm-tests holds no *.test.mjs');
  return nodeTests(files);
}

/**
 * Engines with every check that there is, in Node: usually that with threads, whose code the other one's is a part of.
 * @returns {Promise<Counts>}
 */
async function wasmDebug() {
  await cmakeBuild('wasm-debug', thorough() ? 'wasm-debug' : 'wasm-debug-threads');
  return nodeTests(['wasm-tests/engine.test.mjs'], {
    QUARTERTURN_ENGINES: inRoot('build/wasm-debug/engine'),
    QUARTERTURN_BUILDS: thorough() ? 'threads-simd,single-simd' : 'threads-simd',
  });
}

/** @returns {Promise<Counts>} */
async function linters() {
  const results = await lint();
  const failed = results.filter((result) => result.startsWith('failed')).length;
  return { passed: results.length - failed, failed, skipped: 0 };
}

/** The kernels and the threads on 64-bit ARM, where a cross compiler and qemu-user are. @returns {Promise<Counts>} */
async function aarch64() {
  if (await hasAarch64()) return ctest(thorough() ? 'aarch64-thorough' : 'aarch64', 'aarch64');
  say(`aarch64: left out, for want of the packages ${AARCH64_PACKAGES.join(', ')}`);
  return { passed: 0, failed: 0, skipped: 1 };
}

/** Every fuzz target on the same inputs each time: what fails is a change, and no find by luck. @returns {Promise<Counts>} */
async function fuzz() {
  const outcomes = await fuzzAll({});
  const failed = outcomes.filter((outcome) => outcome.failed || outcome.runs === 0).length;
  return { passed: outcomes.length - failed, failed, skipped: 0 };
}

/** @type {Record<string, () => Promise<Counts>>} */
const suites = {
  native: () => ctest('native', 'native-tests'),
  'native-debug': () => ctest(`native-debug${thorough() ? '-thorough' : ''}`, 'native-debug'),
  'native-tsan': () => ctest('native-tsan'),
  aarch64,
  fuzz,
  wasm,
  'wasm-debug': wasmDebug,
  lint: linters,
};

await runAsScript(import.meta.url, async () => {
  const named = process.argv.slice(2).filter((argument) => argument !== '--thorough');
  if (process.argv.includes('--thorough')) process.env.QUARTERTURN_THOROUGH = '1';
  const chosen = named.length > 0 ? named : Object.keys(suites);
  const unknown = chosen.find((name) => !(name in suites));
  if (unknown !== undefined) throw new Failure(`no test suite ${unknown}; there are ${Object.keys(suites).join(', ')}`);
  await setup('test');
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const sum = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const lines = [];
  for (const name of chosen) {
    say(`tests: ${name}`);
    const start = performance.now();
    /** @type {Counts} */
    let counts;
    try {
      counts = await suites[name]();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      console.error(`quarterturn: ${error.message}`);
      counts = { passed: 0, failed: 1, skipped: 0 };
    }
    sum.passed += counts.passed;
    sum.failed += counts.failed;
    sum.skipped += counts.skipped;
    const seconds = Math.round((performance.now() - start) / 1000);
    lines.push(`${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped in ${seconds} s`);
  }
  for (const line of lines) say(line);
  if (sum.failed > 0 || sum.passed === 0) process.exitCode = 1;
  console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`);
});
