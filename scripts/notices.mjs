// THIRD-PARTY-NOTICES.txt: what others wrote of all that dist/ carries, and under which licence. The texts are read from
// the packages themselves when the page is built.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './lib.mjs';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string} licence its SPDX name
 * @property {string} home where its source is
 * @property {string} text of the licence, empty where the package has none
 */

/**
 * The package that a module of a bundle comes from. The bundler's own helpers have no path of a file.
 * @param {string} id
 * @returns {string | undefined}
 */
function packageOf(id) {
  if (/^\0?vite\/(preload-helper|modulepreload)/.test(id)) return 'vite';
  if (/^\0?rolldown/.test(id)) return 'rolldown';
  return /.*[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/.exec(id)?.[1].replaceAll('\\', '/');
}

/** @param {string} name of an npm package @returns {Part} */
function npmPart(name) {
  const folder = inRoot('node_modules', name);
  const { version, license, homepage, repository, author } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  // Vite's file goes on with the licences of what its own program bundles, which no page carries.
  const text = file ? readFileSync(path.join(folder, file), 'utf8').split(/^# Licenses of bundled/m)[0] : '';
  const home = homepage ?? repository?.url ?? repository ?? '';
  const holder = typeof author === 'string' ? author : author?.name;
  return { name: `${name} ${version}`, licence: license, home, text: text || (holder ? `Copyright ${holder}` : '') };
}

/** @param {...string} files @returns {string} the text of the first that exists */
function firstText(...files) {
  const file = files.find((candidate) => existsSync(candidate));
  return file === undefined ? '' : readFileSync(file, 'utf8');
}

/** @param {string} name of a Debian package @param {string} [prefix] @returns {string[]} where its licence may lie */
const debian = (name, prefix = inRoot('.toolchain/deps')) =>
  [prefix, ''].map((folder) => `${folder}/usr/share/doc/${name}/copyright`);

/** What is compiled or linked into the engines in build/wasm. @returns {Part[]} */
function engineParts() {
  const cache = firstText(inRoot('build/wasm/CMakeCache.txt'));
  const emscripten = /^QUARTERTURN_EMSCRIPTEN_ROOT:[^=]*=(.*)$/m.exec(cache)?.[1] ?? '/usr/share/emscripten';
  const system = path.join(emscripten, 'system/lib');
  /** @type {Part[]} */
  const parts = [
    {
      name: 'xsimd',
      licence: 'BSD-3-Clause',
      home: 'https://github.com/xtensor-stack/xsimd',
      text: firstText(...debian('libxsimd-dev')),
    },
    {
      name: 'Emscripten',
      licence: 'MIT OR NCSA',
      home: 'https://emscripten.org',
      text: firstText(path.join(emscripten, 'LICENSE'), path.join(emscripten, '../doc/emscripten/copyright')),
    },
    {
      name: 'musl',
      licence: 'MIT',
      home: 'https://musl.libc.org',
      text: firstText(path.join(system, 'libc/musl/COPYRIGHT')),
    },
    {
      name: 'LLVM (compiler-rt, libc++, libc++abi)',
      licence: 'Apache-2.0 WITH LLVM-exception',
      home: 'https://llvm.org',
      text: firstText(path.join(system, 'libcxx/LICENSE.TXT'), path.join(system, 'compiler-rt/LICENSE.TXT')),
    },
  ];
  if (existsSync(inRoot('build/wasm/third_party/Eigen'))) {
    parts.push({
      name: 'Eigen',
      licence: 'MPL-2.0',
      home: 'https://eigen.tuxfamily.org',
      text: firstText(...debian('libeigen3-dev')),
    });
  }
  return parts;
}

/** @param {Part[]} parts @returns {string} */
function notices(parts) {
  const head = 'Quarterturn is under the licence in the file LICENSE. It carries these works of others.\n';
  const sections = parts.map(({ name, licence, home, text }) => {
    const lines = [`${'='.repeat(80)}`, name, `Licence: ${licence}`, `Source: ${home}`, ''];
    if (text) lines.push(text.trim(), '');
    return lines.join('\n');
  });
  return [head, ...sections].join('\n');
}

/**
 * Two plugins that share what they see: one for the page's bundle, which writes the file and LICENSE beside it, and one
 * for the workers' bundles, which are made before.
 * @returns {{ page: import('vite').Plugin, worker: () => import('vite').Plugin }}
 */
export function thirdPartyNotices() {
  /** @type {Set<string>} */
  const packages = new Set();
  /** @param {import('vite').Rolldown.OutputBundle} bundle */
  const collect = (bundle) => {
    for (const output of Object.values(bundle)) {
      if (output.type !== 'chunk') continue;
      for (const id of output.moduleIds) {
        const name = packageOf(id);
        if (name) packages.add(name);
      }
    }
  };
  return {
    worker: () => ({
      name: 'quarterturn-notices-of-workers',
      generateBundle: (_, bundle) => collect(bundle),
    }),
    page: {
      name: 'quarterturn-notices',
      apply: 'build',
      generateBundle: {
        order: 'post', // behind the service worker's list of files: nobody downloads these unasked
        handler(_, bundle) {
          collect(bundle);
          const parts = [...[...packages].sort().map(npmPart), ...engineParts()];
          this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-NOTICES.txt', source: notices(parts) });
          this.emitFile({ type: 'asset', fileName: 'LICENSE', source: readFileSync(inRoot('LICENSE')) });
        },
      },
    },
  };
}
