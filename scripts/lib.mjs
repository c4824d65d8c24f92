// What the scripts share. Only Node's own modules: these files run before `npm ci`.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** @param {...string} parts @returns {string} a path inside the checkout */
export const inRoot = (...parts) => path.join(root, ...parts);

/** Flags for Node to run relaxed SIMD: a newer one needs none, and will one day refuse it. */
export const NODE_FLAGS = Number(process.versions.node.split('.')[0]) < 21 ? ['--experimental-wasm-relaxed-simd'] : [];

/** Ends the script with one line for the reader instead of a stack trace. */
export class Failure extends Error {}

/** The file descriptor that messages, and the output of programs, go to: 1, or 2 where standard output is for results. */
let messages = 1;
export function messagesToStandardError() {
  messages = 2;
}

/** @param {string} text */
export const say = (text) => (messages === 1 ? console.log : console.error)(`quarterturn: ${text}`);

/**
 * The environment for builds: the local Emscripten is independent of any emsdk that is half active.
 * @returns {NodeJS.ProcessEnv}
 */
function environment() {
  const env = { ...process.env };
  if (existsSync(inRoot('.toolchain/emscripten.stamp'))) {
    delete env.EM_CONFIG;
    delete env.EM_CACHE;
  }
  return env;
}

/**
 * Runs a program in the checkout; its output goes to the terminal unless `quiet`.
 * @param {string} program
 * @param {string[]} args
 * @param {{ quiet?: boolean, env?: Record<string, string> }} [options]
 * @returns {Promise<{ code: number, output: string }>} `output` is filled only when quiet; code 127: no such program
 */
export function run(program, args, { quiet = false, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...environment(), ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', messages, 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT')
        resolve({ code: 127, output: `${program}: not found` });
      else reject(error);
    });
    child.on('close', (code, signal) => resolve({ code: code ?? (signal ? 128 : 1), output }));
  });
}

/**
 * Like run, but a failure ends the script.
 * @param {string} program
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export async function must(program, args, options) {
  const result = await run(program, args, options);
  if (result.code !== 0) {
    throw new Failure(
      `${[program, ...args].join(' ')} failed (exit ${result.code})${result.output ? `:\n${result.output}` : ''}`,
    );
  }
  return result.output;
}

/**
 * Runs a program in this one's place: its input, output, exit code and signals are the caller's.
 * @param {string} program
 * @param {string[]} args
 * @param {string} folder that the program runs in
 * @returns {Promise<void>} when it has ended
 */
export function become(program, args, folder) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, stdio: 'inherit' });
    // A terminal sends Ctrl+C and its own end to the program, too; a second signal would end it at once.
    const byTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      if (signal === 'SIGTERM' || !byTerminal) child.kill(signal);
    };
    for (const signal of signals) process.on(signal, forward);
    child.on('error', (error) => reject(new Failure(`${program}: ${error.message}`)));
    child.on('close', (code, signal) => {
      for (const caught of signals) process.off(caught, forward);
      if (signal) process.kill(process.pid, signal);
      else process.exitCode = code ?? 1;
      resolve();
    });
  });
}

/**
 * Configures one CMake preset and builds it, or a part of it.
 * @param {string} preset
 * @param {string} [part] a build preset
 */
export async function cmakeBuild(preset, part = preset) {
  await must('cmake', ['--preset', preset], { quiet: true });
  await must('cmake', ['--build', '--preset', part]);
}

/**
 * Runs `main` when the file at `url` is the script that was started.
 * @param {string} url
 * @param {() => Promise<void>} main
 */
export async function runAsScript(url, main) {
  if (process.argv[1] === undefined || path.resolve(process.argv[1]) !== fileURLToPath(url)) return;
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(`quarterturn: ${error.message}`);
    process.exitCode = 1;
  }
}
