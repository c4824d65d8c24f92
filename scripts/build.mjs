// Everything a static host needs, in dist/: the page, the four engines and the data that is there; and the same without
// data in a zip.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runAsScript, cmakeBuild, inRoot, say } from './lib.mjs';
import { setup } from './setup.mjs';

/** Builds the engines and the page; needs `setup` first. */
export async function buildPage() {
  say('building the engines');
  await cmakeBuild('wasm');
  say('building the page');
  const { build } = await import('vite');
  await build({ configFile: 'vite.config.js', logLevel: 'warn' });
  await packPage();
}

/** The page as one file to hand on. */
export const ZIP = inRoot('build/quarterturn-page.zip');

const START = `Quarterturn: serve this folder with any web server and open its address, for example

  python3 -m http.server 8000 --bind localhost
  then http://localhost:8000

Opening index.html as a file does not work: browsers allow neither modules nor WebAssembly threads there.
`;

/** No data set goes into it, and no source map: the page then offers its built-in digits and the visitor's own files. */
async function packPage() {
  const { zipSync } = await import('fflate');
  /** @type {Record<string, Uint8Array>} */
  const files = { 'START.txt': Buffer.from(START), 'data/index.json': Buffer.from('{}') };
  for (const entry of readdirSync(inRoot('dist'), { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(inRoot('dist'), file).replaceAll(path.sep, '/');
    if (entry.isFile() && !name.startsWith('data/') && !name.endsWith('.map')) files[name] = readFileSync(file);
  }
  mkdirSync(path.dirname(ZIP), { recursive: true });
  writeFileSync(ZIP, zipSync(files, { level: 9 }));
}

await runAsScript(import.meta.url, async () => {
  await setup('start');
  await buildPage();
  say(`dist/ is ready, and without data ${ZIP}`);
});
