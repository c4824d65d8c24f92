// Everything that building, serving and testing need: system packages, Emscripten and headers, npm packages, data.
//   node scripts/setup.mjs          for `npm test` (and so for everything)
//   node scripts/setup.mjs start    only what `npm start` needs
//   node scripts/setup.mjs cli      only what `npm run cli` needs: neither Emscripten nor npm packages nor data
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { findData } from './data.mjs';
import { Failure, inRoot, must, run, runAsScript, say } from './lib.mjs';

// libedit2 to libffi8 are what Debian's LLVM needs: for building, clang is unpacked without being installed. The fuzz
// targets need an installed one.
const START_PACKAGES = [
  ...['ca-certificates', 'cmake', 'debian-archive-keyring', 'ninja-build', 'python3', 'python3-pip'],
  ...['libedit2', 'libxml2', 'libz3-4', 'libzstd1', 'libffi8', 'zlib1g'],
];
const CLI_PACKAGES = [
  ...['ca-certificates', 'cmake', 'debian-archive-keyring', 'ninja-build', 'python3'],
  ...['g++', 'zlib1g-dev', 'libpng-dev'],
];
const TEST_PACKAGES = [
  ...['libgtest-dev', 'libgmock-dev'],
  ...[
    'clang-19',
    'libclang-rt-19-dev',
    'clang-format-19',
    'chromium',
    'firefox-esr',
    'fonts-dejavu-core',
    'webkit2gtk-driver',
    'xvfb',
  ],
];

const PACKAGES = {
  cli: CLI_PACKAGES,
  start: START_PACKAGES,
  test: [...new Set([...START_PACKAGES, ...CLI_PACKAGES, ...TEST_PACKAGES])],
};

/** Installs the Debian packages that are missing; elsewhere only looks for the programs. @param {string[]} packages */
async function systemPackages(packages) {
  const installed = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n'], { quiet: true });
  if (installed.code !== 0) {
    for (const program of ['cmake', 'ninja', 'python3']) {
      if ((await run(program, ['--version'], { quiet: true })).code !== 0)
        throw new Failure(`${program} is missing: install it`);
    }
    say('not a Debian system: system packages are left to you');
    return;
  }
  const present = new Set(
    installed.output
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  // From Debian 13 on some libraries carry a suffix for 64-bit time.
  const missing = packages.filter((name) => !present.has(name) && !present.has(`${name}t64`));
  if (missing.length === 0) {
    say('system packages: all there');
    return;
  }
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && (await run('sudo', ['-n', 'true'], { quiet: true })).code !== 0) {
    throw new Failure(`system packages are missing; install them with: sudo apt-get install ${missing.join(' ')}`);
  }
  say(`installing system packages: ${missing.join(' ')}`);
  const prefix = isRoot ? [] : ['sudo', '-n'];
  /** @param {string[]} args */
  const apt = (args) => {
    const [program, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args];
    return run(program, rest, { quiet: true });
  };
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  if ((await apt(install)).code === 0) return;
  await apt(['update']); // the lists were missing or old
  const result = await apt(install);
  if (result.code !== 0) throw new Failure(`apt-get could not install ${missing.join(' ')}:\n${result.output}`);
}

/** @param {string} folder with a package.json @param {string} what */
async function npmPackages(folder, what) {
  const stamp = inRoot(folder, 'node_modules/.quarterturn-lock');
  const lock = readFileSync(inRoot(folder, 'package-lock.json'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) {
    say(`${what}: all there`);
    return;
  }
  say(`${what}: npm ci`);
  await must('npm', ['ci', '--prefix', inRoot(folder)], { quiet: true });
  writeFileSync(stamp, lock);
}

/** The tests for 64-bit ARM: the cross compiler, and the program that runs what it makes. */
export const AARCH64_PACKAGES = ['g++-aarch64-linux-gnu', 'googletest', 'qemu-user'];

/** Whether the packages of the tests for 64-bit ARM are there. */
export async function hasAarch64() {
  const programs = ['aarch64-linux-gnu-g++', 'qemu-aarch64'];
  const answers = await Promise.all(programs.map((program) => run(program, ['--version'], { quiet: true })));
  return answers.every(({ code }) => code === 0) && existsSync('/usr/src/googletest/googletest');
}

/** @typedef {'cli' | 'start' | 'test'} Purpose */

/** @param {Purpose} purpose */
export async function setup(purpose) {
  await systemPackages(PACKAGES[purpose]);
  if (purpose === 'cli') {
    await must('bash', [inRoot('scripts/toolchain.sh'), '--headers']);
    return;
  }
  if (purpose === 'test' && !(await hasAarch64())) {
    try {
      await systemPackages(AARCH64_PACKAGES);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      say('the packages for tests on 64-bit ARM cannot be had: those tests are left out');
    }
  }
  await must('bash', [inRoot('scripts/toolchain.sh')]);
  await npmPackages('.', 'npm packages');
  if (purpose === 'test') await npmPackages('wasm-tests/onnxruntime', 'onnxruntime');
  const data = await findData();
  say(`data: ${data.description}`);
}

await runAsScript(import.meta.url, () => {
  const purpose = process.argv[2] ?? 'test';
  if (purpose !== 'cli' && purpose !== 'start' && purpose !== 'test')
    throw new Failure(`set-up knows no '${purpose}'; write cli, start or test`);
  return setup(purpose);
});
