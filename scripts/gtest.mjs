// Runs the tests of a CMake preset, the tests of one GoogleTest suite in one process: a process for each test spends most
// of its time starting, above all under a sanitizer. Counted and named is each test.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { must, say } from './lib.mjs';

/** @typedef {{ name: string, outcome: 'passed' | 'failed' | 'skipped', seconds: number }} Result */
/** Tests of one suite: the command without its filter, and their names. @typedef {{ command: string[], folder: string, names: string[] }} Group */
/** @typedef {{ name: string, command?: string[], properties?: { name: string, value: unknown }[] }} Listed as ctest lists it */

const FILTER = '--gtest_filter=';
/** Larger groups are divided, so that all processors have work until the end. */
const MOST_TESTS = 8;
/** Of a group: several times what the longest needs under emulation. */
const HANGS_MILLISECONDS = 900_000;

/** @param {string} name of a test @returns {string} of its suite */
const suiteOf = (name) => name.slice(0, name.indexOf('.'));

/**
 * @param {Listed[]} tests
 * @returns {{ groups: Group[], others: string[] }} others: tests that are no part of a GoogleTest program
 */
function grouped(tests) {
  /** @type {Group[]} */
  const groups = [];
  /** @type {string[]} */
  const others = [];
  for (const { name, command = [], properties = [] } of tests) {
    const filter = command.find((argument) => argument.startsWith(FILTER));
    if (filter === undefined) {
      others.push(name);
      continue;
    }
    const test = filter.slice(FILTER.length);
    const rest = command.filter((argument) => argument !== filter);
    const last = groups.at(-1);
    const fits =
      last !== undefined &&
      last.names.length < MOST_TESTS &&
      suiteOf(last.names[0]) === suiteOf(test) &&
      last.command.join('\0') === rest.join('\0');
    if (fits) last.names.push(test);
    else {
      const folder = properties.find((property) => property.name === 'WORKING_DIRECTORY')?.value;
      groups.push({ command: rest, folder: String(folder ?? '.'), names: [test] });
    }
  }
  return { groups, others };
}

/**
 * @param {Group} group
 * @param {string} report file that GoogleTest writes when the process ends by itself
 * @returns {Promise<{ how: string, output: string, cases: any[] | undefined }>} cases: undefined where it wrote none
 */
function runGroup({ command: [program, ...args], folder, names }, report) {
  rmSync(report, { force: true });
  return new Promise((resolve, reject) => {
    const all = [...args, `${FILTER}${names.join(':')}`, `--gtest_output=json:${report}`, '--gtest_color=no'];
    const child = spawn(program, all, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), HANGS_MILLISECONDS);
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      /** @type {any[] | undefined} */
      let cases;
      try {
        cases = JSON.parse(readFileSync(report, 'utf8')).testsuites.flatMap((/** @type {any} */ suite) =>
          suite.testsuite.map((/** @type {any} */ test) => ({ ...test, name: `${suite.name}.${test.name}` })),
        );
      } catch {
        // it has crashed, or was ended
      }
      // A sanitizer may find fault after the last test has passed.
      const oneFailed = cases?.some((test) => test.failures?.length > 0);
      if (code !== 0 && !oneFailed) cases = undefined;
      resolve({ how: signal ? `ended by ${signal}` : `exit code ${code}`, output, cases });
    });
  });
}

/**
 * @param {Group} group
 * @param {string} report
 * @returns {Promise<Result[]>}
 */
async function results(group, report) {
  const start = performance.now();
  const { how, output, cases } = await runGroup(group, report);
  if (cases === undefined) {
    console.log(output);
    const together = `${suiteOf(group.names[0])}.* (${group.names.length} tests in one process)`;
    const name = group.names.length === 1 ? group.names[0] : together;
    say(`FAILED ${name}: ${how}`);
    /** @type {Result[]} */
    const alone = [];
    // Which of them it was, and what the others do: each in a process of its own.
    if (group.names.length > 1) {
      for (const test of group.names) alone.push(...(await results({ ...group, names: [test] }, report)));
    }
    if (alone.some(({ outcome }) => outcome === 'failed')) return alone;
    return [...alone, { name, outcome: 'failed', seconds: (performance.now() - start) / 1000 }];
  }
  return group.names.map((name) => {
    const found = cases.find((test) => test.name === name);
    const seconds = Number.parseFloat(found?.time ?? '0');
    for (const { failure } of found?.failures ?? []) console.log(failure);
    if (found?.result === 'SKIPPED') return { name, outcome: 'skipped', seconds };
    const passed = found?.result === 'COMPLETED' && !(found.failures?.length > 0);
    if (!passed) say(`FAILED ${name}${found ? '' : ': it was not run'}`);
    return { name, outcome: passed ? 'passed' : 'failed', seconds };
  });
}

/**
 * @param {Listed[]} tests
 * @param {string} report path of the report without its ending: .json holds each test, the slowest first
 * @returns {Promise<{ results: Result[], others: string[] }>} others: names of tests that only ctest can run
 */
export async function runTests(tests, report) {
  const { groups, others } = grouped(tests);
  /** @type {Result[]} */
  const all = [];
  mkdirSync(path.dirname(report), { recursive: true });
  const worker = async (/** @type {unknown} */ _, /** @type {number} */ number) => {
    const own = `${report}-${number}.gtest.json`;
    for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
      all.push(...(await results(group, own)));
    }
    rmSync(own, { force: true });
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  all.sort((a, b) => b.seconds - a.seconds);
  writeFileSync(`${report}.json`, `${JSON.stringify(all, null, 1)}\n`);
  return { results: all, others };
}

/**
 * Runs what ctest lists for a test preset.
 * @param {string} preset
 * @param {string} folder of the report, PRESET.json
 * @returns {ReturnType<typeof runTests>}
 */
export async function gtests(preset, folder) {
  const { tests } = JSON.parse(await must('ctest', ['--preset', preset, '--show-only=json-v1'], { quiet: true }));
  return runTests(tests, path.join(folder, preset));
}
