// Everything a static host needs, in dist/: the page, the four engines, the example runs and the data that is there; and the
// same without data in a zip.
//   npm run build -- [--frame-ancestors 'SOURCES']    who may show the page in a frame: origins, *, self or none
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { makeExamples } from './example.mjs';
import { frameAncestors } from './headers.mjs';
import { runAsScript, cmakeBuild, Failure, inRoot, say } from './lib.mjs';
import { setup } from './setup.mjs';

/** @param {string | undefined} given an option of the command line @returns {string | undefined} as headers.mjs takes it */
export function ancestorsOf(given) {
  try {
    return given === undefined ? undefined : frameAncestors(given);
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Builds the engines and the page; needs `setup` first.
 * @param {string} [ancestors] who may show the page in a frame: what its service worker then says on hosts without headers
 */
export async function buildPage(ancestors) {
  if (ancestors === undefined) delete process.env.QUARTERTURN_FRAME_ANCESTORS;
  else process.env.QUARTERTURN_FRAME_ANCESTORS = ancestors;
  say('building the engines');
  await cmakeBuild('wasm');
  await makeExamples();
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

The server must send .js and .mjs files as text/javascript; nearly all do.

In a frame of a course page it works too, on one thread, and offers to open itself in a tab of its own, where it is
faster: <iframe src="ADDRESS OF THE FOLDER" width="1000" height="800"></iframe>
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

function option() {
  try {
    return parseArgs({ options: { 'frame-ancestors': { type: 'string' } } }).values['frame-ancestors'];
  } catch (error) {
    const words = error instanceof Error ? error.message : error;
    throw new Failure(`${words} (usage: npm run build -- [--frame-ancestors 'SOURCES'])`);
  }
}

await runAsScript(import.meta.url, async () => {
  const ancestors = ancestorsOf(option());
  await setup('start');
  await buildPage(ancestors);
  say(`dist/ is ready, and without data ${ZIP}`);
});
