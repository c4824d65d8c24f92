// Style and static checks.
//   node scripts/lint.mjs              all but clang-tidy, as `npm test` runs them
//   node scripts/lint.mjs --tidy       clang-tidy too (needs the package clang-tidy-19 and a build of native-debug)
//   node scripts/lint.mjs --fix        rewrites what can be rewritten
import { readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { inRoot, root, run, runAsScript, say } from './lib.mjs';

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
    ['clang-format', await clangTool('clang-format'), [...format, ...cppFiles(/\.[ch]pp$/)]],
  ];
  if (tidy) {
    // The bindings need Emscripten's headers; all other files are in the list of clang's own build.
    const sources = cppFiles(/\.cpp$/).filter((name) => !name.includes('bindings'));
    const arguments_ = ['-p', inRoot('build/native-debug'), '--quiet', '--warnings-as-errors=*', ...sources];
    checks.push(['clang-tidy', await clangTool('clang-tidy'), arguments_]);
  }
  const results = [];
  for (const [name, program, args] of checks) {
    const { code, output } = await run(program, args, { quiet: true });
    if (code !== 0) console.log(output.replaceAll(`${root}/`, ''));
    say(`${name}: ${code === 0 ? 'clean' : 'failed'}`);
    results.push(`${code === 0 ? 'ok' : 'failed'} ${name}`);
  }
  return results;
}

await runAsScript(import.meta.url, async () => {
  const { values } = parseArgs({ options: { fix: { type: 'boolean' }, tidy: { type: 'boolean' } } });
  const results = await lint(values);
  if (results.some((result) => result.startsWith('failed'))) process.exitCode = 1;
});
