// Style and static checks.
//   node scripts/lint.mjs              all but clang-tidy, as `npm test` runs them
//   node scripts/lint.mjs --tidy       clang-tidy too (needs the package clang-tidy-19)
//   node scripts/lint.mjs --fix        rewrites what can be rewritten
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { inRoot, must, root, run, runAsScript, say } from './lib.mjs';

/** @param {RegExp} pattern */
function cppFiles(pattern) {
  return ['src', 'native-tests', 'fuzz']
    .flatMap((folder) => {
      try {
        return readdirSync(inRoot(folder), { recursive: true }).map((name) => path.join(folder, String(name)));
      } catch {
        return [];
      }
    })
    .filter((name) => pattern.test(name));
}

/** @param {string} tool installed as tool-19 on Debian */
async function clangTool(tool) {
  const versioned = `${tool}-19`;
  return (await run(versioned, ['--version'], { quiet: true })).code === 0 ? versioned : tool;
}

/** Files that exist, or have parts, for WebAssembly alone; all others are in the list of clang's own build. */
const FOR_WASM = /^src[/\\](bindings|parallel)[/\\]/;

/**
 * What emcc adds to clang's command line, which clang-tidy takes from the list of a WebAssembly build.
 * @returns {Promise<string[]>}
 */
async function emscriptenFlags() {
  const [{ command }] = JSON.parse(readFileSync(inRoot('build/wasm/compile_commands.json'), 'utf8'));
  const configuration = path.join(path.dirname(command.split(' ')[0]), 'em-config');
  const cache = (await must(configuration, ['CACHE'], { quiet: true })).trim();
  const flags = ['--target=wasm32-unknown-emscripten', `--sysroot=${cache}/sysroot`];
  return [...flags, '-Xclang', '-iwithsysroot/include/compat'].map((flag) => `--extra-arg-before=${flag}`);
}

/**
 * clang-tidy on every C++ file, as many at a time as there are processors.
 * @returns {Promise<boolean>} whether all are clean
 */
async function clangTidy() {
  // Each file by itself, as it stands in the list.
  const apart = ['-DQUARTERTURN_UNITY=OFF', '-DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON'];
  await must('cmake', ['--preset', 'native-debug', '-B', inRoot('build/tidy'), ...apart], { quiet: true });
  await must('cmake', ['--preset', 'wasm'], { quiet: true });
  const tool = await clangTool('clang-tidy');
  const sources = cppFiles(/\.cpp$/);
  const wasm = ['-p', inRoot('build/wasm'), ...(await emscriptenFlags())];
  const native = ['-p', inRoot('build/tidy')];
  const left = [
    ...sources.filter((name) => FOR_WASM.test(name)).map((name) => [...wasm, name]),
    ...sources.filter((name) => !/[/\\]bindings[/\\]/.test(name)).map((name) => [...native, name]),
  ];
  let clean = true;
  const worker = async () => {
    for (let args = left.shift(); args; args = left.shift()) {
      const { code, output } = await run(tool, ['--quiet', '--warnings-as-errors=*', ...args], { quiet: true });
      if (code === 0) continue;
      clean = false;
      console.log(output.replaceAll(`${root}/`, ''));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return clean;
}

/**
 * @param {{ fix?: boolean, tidy?: boolean }} options
 * @returns {Promise<string[]>} names of the checks that passed and failed, as `ok NAME` and `failed NAME`
 */
export async function lint({ fix = false, tidy = false } = {}) {
  const node = process.execPath;
  /** @param {string} name */
  const bin = (name) => inRoot('node_modules', name);
  const format = fix ? ['-i'] : ['--dry-run', '-Werror'];
  /** @type {[string, string, string[]][]} */
  const checks = [
    ['eslint', node, [bin('eslint/bin/eslint.js'), ...(fix ? ['--fix'] : []), '--max-warnings=0', '.']],
    ['prettier', node, [bin('prettier/bin/prettier.cjs'), fix ? '--write' : '--check', '--log-level=warn', '.']],
    ['tsc', node, [bin('typescript/bin/tsc')]],
    ['includes', node, [inRoot('scripts/includes.mjs')]],
    ['imports', node, [inRoot('scripts/imports.mjs')]],
    ['styles', node, [inRoot('scripts/styles.mjs')]],
    ['clang-format', await clangTool('clang-format'), [...format, ...cppFiles(/\.[ch]pp$/)]],
  ];
  /** @type {string[]} */
  const results = [];
  const worker = async () => {
    for (let check = checks.shift(); check; check = checks.shift()) {
      const [name, program, args] = check;
      const { code, output } = await run(program, args, { quiet: true });
      if (code !== 0) console.log(output.replaceAll(`${root}/`, ''));
      say(`${name}: ${code === 0 ? 'clean' : 'failed'}`);
      results.push(`${code === 0 ? 'ok' : 'failed'} ${name}`);
    }
  };
  // Side by side, but not where they rewrite the same files.
  await Promise.all(Array.from({ length: fix ? 1 : availableParallelism() }, worker));
  if (tidy) {
    const clean = await clangTidy();
    say(`clang-tidy: ${clean ? 'clean' : 'failed'}`);
    results.push(`${clean ? 'ok' : 'failed'} clang-tidy`);
  }
  return results;
}

await runAsScript(import.meta.url, async () => {
  const { values } = parseArgs({ options: { fix: { type: 'boolean' }, tidy: { type: 'boolean' } } });
  const results = await lint(values);
  if (results.some((result) => result.startsWith('failed'))) process.exitCode = 1;
});
