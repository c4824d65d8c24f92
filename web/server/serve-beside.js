// What the page's server gives beside the page itself: the engine builds, MNIST where it is present, and the headers
// that make shared memory possible. A Vite plugin for `vite`, `vite preview` and `vite build`.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';

/** With these a page is cross-origin isolated. https://developer.mozilla.org/docs/Web/API/Window/crossOriginIsolated */
export const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** @param {string} path */
export const contentType = (path) => TYPES[extname(path)] ?? 'application/octet-stream';

/** The folder with MNIST's IDX files. @param {string} root of the repository */
export function mnistFolder(root) {
  return process.env.QUARTERTURN_MNIST || join(root, 'data', 'mnist');
}

/** What data/index.json says. @param {string} folder @returns {{ mnist?: { source: string, files: string[] } }} */
export function dataOffer(folder) {
  if (!existsSync(folder)) return {};
  const there = readdirSync(folder);
  /** @type {string[]} */
  const files = [];
  for (const part of ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1']) {
    const name = there.find((file) => file === `${part}-ubyte.gz` || file === `${part}-ubyte`);
    if (!name) return {};
    files.push(`mnist/${name}`);
  }
  const note = join(folder, 'SOURCE');
  return { mnist: { source: existsSync(note) ? readFileSync(note, 'utf8').trim() : 'MNIST', files } };
}

/**
 * The file that an address below the page stands for; null where the address is not of this kind.
 * @param {string} pathname
 * @param {{ engine: string, mnist: string }} folders
 * @returns {{ file: string } | { text: string, type: string } | { missing: true } | null}
 */
export function findBeside(pathname, folders) {
  if (pathname.endsWith('/data/index.json')) {
    return { text: JSON.stringify(dataOffer(folders.mnist)), type: TYPES['.json'] };
  }
  const match = /\/(engine|data\/mnist)\/([\w.-]+)$/.exec(pathname);
  if (!match) return null;
  const file = join(match[1] === 'engine' ? folders.engine : folders.mnist, match[2]);
  return existsSync(file) && statSync(file).isFile() ? { file } : { missing: true };
}

/** @param {{ root: string }} options root of the repository @returns {import('vite').Plugin} */
export function serveBeside({ root }) {
  const folders = { engine: resolve(root, 'build', 'wasm', 'engine'), mnist: mnistFolder(root) };
  /** @type {import('vite').Connect.NextHandleFunction} */
  const answer = (request, response, next) => {
    const found = findBeside(new URL(request.url ?? '/', 'http://page').pathname, folders);
    if (!found) {
      next();
      return;
    }
    for (const [name, value] of Object.entries(ISOLATION_HEADERS)) response.setHeader(name, value);
    response.setHeader('Cache-Control', 'no-cache');
    if ('missing' in found) {
      response.statusCode = 404;
      response.end('not found');
      return;
    }
    response.setHeader('Content-Type', 'file' in found ? contentType(found.file) : found.type);
    response.end('file' in found ? readFileSync(found.file) : found.text);
  };
  return {
    name: 'quarterturn-serve-beside',
    configureServer: (server) => void server.middlewares.use(answer),
    configurePreviewServer: (server) => void server.middlewares.use(answer),
    generateBundle() {
      if (this.environment.name !== 'client') return;
      if (!existsSync(folders.engine)) this.error(`${folders.engine} is missing; build the engine first: npm run build`);
      for (const name of readdirSync(folders.engine).filter((file) => /\.(mjs|wasm)$/.test(file))) {
        this.emitFile({ type: 'asset', fileName: `engine/${name}`, source: readFileSync(join(folders.engine, name)) });
      }
      // A static host has no MNIST; a server that has it answers this address itself.
      this.emitFile({ type: 'asset', fileName: 'data/index.json', source: '{}' });
    },
  };
}
