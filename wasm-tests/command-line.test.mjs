// `npm run cli`: the program's output, exit code and signals are the caller's.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { inRoot } from '../scripts/lib.mjs';

/**
 * Starts Node with this environment and no terminal.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
function start(args, env = {}) {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += chunk));
  child.stderr.on('data', (chunk) => (output.stderr += chunk));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...output }));
  return { child, ended };
}

/** Starts a script of Node's in the place of another one, as cli.mjs starts the program. @param {string} script */
const startInPlace = (script) =>
  start([
    '--input-type=module',
    '--eval',
    `import { become } from ${JSON.stringify(inRoot('scripts/lib.mjs'))};
     await become(process.execPath, ['--eval', ${JSON.stringify(script)}], '.');`,
  ]);

test('the exit code of the program is that of the command', async () => {
  assert.equal((await startInPlace('process.exitCode = 7').ended).code, 7);
});

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  test(`${signal} reaches the program once, which ends as it likes`, async () => {
    const { child, ended } = startInPlace(
      `let count = 0;
       process.on('${signal}', () => { count++; setTimeout(() => { console.log(count); process.exit(3); }, 100); });
       setInterval(() => {}, 1000);
       console.log('ready');`,
    );
    await once(child.stdout, 'data');
    child.kill(signal);
    const { code, stdout } = await ended;
    assert.equal(stdout, 'ready\n1\n');
    assert.equal(code, 3);
  });
}

test('a program that a signal ends ends the command by the same signal', async () => {
  assert.equal((await startInPlace('process.kill(process.pid, "SIGKILL")').ended).signal, 'SIGKILL');
});

test('standard output is the program’s alone, and it runs in the folder of the caller', async () => {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'quarterturn-cli-')));
  try {
    const args = ['digits', '--count', '3', '--out', 'three'];
    const made = await start([inRoot('scripts/cli.mjs'), ...args], { INIT_CWD: folder }).ended;
    assert.equal(made.code, 0, made.stderr);
    assert.doesNotMatch(made.stdout, /system packages|ninja/);
    assert.match(made.stderr, /system packages/);
    assert.ok(existsSync(path.join(folder, 'three')));
    const unknown = await start([inRoot('scripts/cli.mjs'), 'nonsense'], { INIT_CWD: folder }).ended;
    assert.equal(unknown.code, 2);
    assert.equal(unknown.stdout, '');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
