// The runner of GoogleTest programs: each test counts, and what fails, crashes or is not run is named.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, test } from 'node:test';
import { runTests } from '../scripts/gtest.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'quarterturn-gtest-'));
after(() => rmSync(folder, { recursive: true }));

/** Does with a test what its name says, and writes GoogleTest's report. */
const PROGRAM = `
  const { writeFileSync } = require('node:fs');
  const value = (name) => process.argv.find((argument) => argument.startsWith(name + '=')).slice(name.length + 1);
  const asked = value('--gtest_filter').split(':');
  const cases = [];
  for (const [suite, name] of asked.map((test) => test.split('.'))) {
    if (name.startsWith('Crashes')) process.kill(process.pid, 'SIGKILL');
    if (name === 'IsNotRun') continue;
    const result = name === 'IsSkipped' ? 'SKIPPED' : 'COMPLETED';
    const failures = name === 'Fails' ? { failures: [{ failure: 'a difference' }] } : {};
    cases.push({ name: suite, testsuite: [{ name, result, time: '0.5s', ...failures }] });
  }
  writeFileSync(value('--gtest_output').slice('json:'.length), JSON.stringify({ testsuites: cases }));
  const failed = cases.some(({ testsuite: [{ failures }] }) => failures);
  // As a sanitizer does that finds fault when the program ends.
  process.exit(failed || (asked.length > 1 && asked[0].startsWith('Leaks')) ? 1 : 0);
`;
const program = path.join(folder, 'program.cjs');
writeFileSync(program, PROGRAM);

/** @param {string[]} names @returns {Promise<Record<string, string>>} their outcomes */
async function outcomes(...names) {
  const tests = names.map((name) => ({
    name,
    command: [process.execPath, program, `--gtest_filter=${name}`],
    properties: [{ name: 'WORKING_DIRECTORY', value: folder }],
  }));
  const { results, others } = await runTests([...tests, { name: 'Install', command: ['cmake'] }], `${folder}/report`);
  assert.deepEqual(others, ['Install']);
  assert.equal(JSON.parse(readFileSync(`${folder}/report.json`, 'utf8')).length, results.length);
  return Object.fromEntries(results.map(({ name, outcome }) => [name, outcome]));
}

test('what passes, fails, is skipped or not run is counted by its name', async () => {
  assert.deepEqual(await outcomes('A.Passes', 'A.Fails', 'A.IsSkipped', 'A.IsNotRun', 'B.Passes'), {
    'A.Passes': 'passed',
    'A.Fails': 'failed',
    'A.IsSkipped': 'skipped',
    'A.IsNotRun': 'failed',
    'B.Passes': 'passed',
  });
});

test('of a process that crashes the faulty test is named, and the others run', async () => {
  assert.deepEqual(await outcomes('A.Passes', 'A.Crashes', 'A.Fails', 'A.CrashesToo'), {
    'A.Passes': 'passed',
    'A.Crashes': 'failed',
    'A.Fails': 'failed',
    'A.CrashesToo': 'failed',
  });
});

test('a fault that no test has by itself is one', async () => {
  assert.deepEqual(await outcomes('Leaks.Passes', 'Leaks.PassesToo'), {
    'Leaks.Passes': 'passed',
    'Leaks.PassesToo': 'passed',
    'Leaks.* (2 tests in one process)': 'failed',
  });
});
