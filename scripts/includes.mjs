// Checks what the C++ files include: dependencies between the folders of src/ point downwards only, and libraries that
// one folder alone may know stay there.
//   node scripts/includes.mjs [FOLDER]      a checkout, this one unless given; prints the faults, one a line
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { root, runAsScript } from './lib.mjs';

const BELOW_LAYERS = ['core', 'simd', 'data', 'pretext'];
const BELOW_MODELS = [...BELOW_LAYERS, 'parallel', 'layers', 'optim'];
const BELOW_TRAINING = [...BELOW_MODELS, 'models', 'analysis'];

/**
 * The folders of src/, lowest first, and the other folders whose headers each may include.
 * @type {Record<string, string[]>}
 */
const MAY_INCLUDE = {
  core: [],
  simd: ['core'],
  parallel: ['core'],
  data: ['core'],
  pretext: ['core', 'data'],
  layers: BELOW_LAYERS,
  optim: ['core', 'simd', 'layers'],
  models: BELOW_MODELS,
  analysis: [...BELOW_MODELS, 'models'],
  training: BELOW_TRAINING,
  engine: [...BELOW_TRAINING, 'training'],
  bindings: [...BELOW_TRAINING, 'training', 'engine'],
  cli: [...BELOW_TRAINING, 'training', 'engine'],
};

/**
 * Headers that only some folders may include.
 * @type {{ what: string, header: RegExp, folders: string[] }[]}
 */
const RESERVED = [
  {
    what: "Emscripten's headers",
    header: /^emscripten(\.h|\/)/,
    folders: ['src/bindings', 'src/parallel/thread.hpp'], // the seam to threads: its futex wakes at once
  },
  {
    what: 'words for messages', // no visitor downloads them
    header: /^core\/native\//,
    folders: ['src/cli', 'src/core/native', 'src/data/native', 'native-tests', 'fuzz'],
  },
  { what: 'Eigen', header: /^Eigen\//, folders: ['src/analysis', 'native-tests'] },
  {
    what: 'headers that print or open files',
    header: /^(iostream|ostream|fstream|syncstream|print|cstdio|stdio\.h|filesystem)$/,
    folders: ['src/cli', 'src/data/native', 'src/parallel/processors.cpp', 'native-tests', 'fuzz'],
  },
  { what: 'libraries for files', header: /^(zlib|png)\.h$/, folders: ['src/data/native', 'native-tests', 'fuzz'] },
  { what: "the command line's libraries", header: /^(CLI|nlohmann)\//, folders: ['src/cli', 'native-tests', 'fuzz'] },
];

/** Includes nothing of src/ and describes the networks for all: kernels take their shapes from it. */
const FOR_ALL = 'models/architecture.hpp';

/** @param {string} name @param {string[]} folders */
const within = (name, folders) => folders.some((folder) => name === folder || name.startsWith(`${folder}/`));

/**
 * @param {string} name of a file, from the checkout's root on
 * @param {string} header as it stands between the quotes or brackets
 * @param {boolean} quoted
 * @returns {string | undefined} why the file may not include it
 */
function fault(name, header, quoted) {
  const reserved = RESERVED.find((rule) => rule.header.test(header));
  if (reserved) {
    return within(name, reserved.folders) ? undefined : `${reserved.what} belong in ${reserved.folders.join(', ')}`;
  }
  const [top, folder] = name.split('/');
  if (top !== 'src' || !quoted) return undefined;
  const allowed = MAY_INCLUDE[folder];
  if (!allowed) return `src/${folder} is not in the table of scripts/includes.mjs: give it its place there`;
  const target = header.split('/')[0];
  if (header.includes('..') || !(target in MAY_INCLUDE)) return 'name the header by its path below src/';
  if (target === folder || allowed.includes(target) || header === FOR_ALL) return undefined;
  return `${folder}/ may include ${allowed.length > 0 ? allowed.join(', ') : 'nothing else'}`;
}

/**
 * @param {string} checkout
 * @returns {string[]} `file:line: "header": why not`
 */
export function includeFaults(checkout) {
  const faults = [];
  for (const top of ['src', 'native-tests', 'fuzz']) {
    const folder = path.join(checkout, top);
    for (const entry of existsSync(folder) ? readdirSync(folder, { recursive: true }).sort() : []) {
      const name = `${top}/${String(entry).replaceAll(path.sep, '/')}`;
      if (!/\.[ch]pp$/.test(name)) continue;
      for (const [index, line] of readFileSync(path.join(checkout, name), 'utf8').split('\n').entries()) {
        const [, bracket, header] = /^\s*#\s*include\s*(["<])([^">]+)[">]/.exec(line) ?? [];
        const why = header === undefined ? undefined : fault(name, header, bracket === '"');
        if (why) faults.push(`${name}:${index + 1}: "${header}": ${why}`);
      }
    }
  }
  return faults;
}

await runAsScript(import.meta.url, async () => {
  const faults = includeFaults(process.argv[2] ?? root);
  for (const line of faults) console.log(line);
  if (faults.length > 0) process.exitCode = 1;
});
