// The static server behind `npm start`, the tests and the benchmarks. It answers programs on this machine only and gives
// out nothing but the files of its folders.
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { isIP } from 'node:net';
import path from 'node:path';
import { pipeline } from 'node:stream';
import { HEADERS } from './headers.mjs';

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
};

/** @param {string} file */
export const typeOf = (file) => TYPES[path.extname(file)] ?? 'application/octet-stream';

/** By name or number: a page elsewhere whose name was made to lead here must not read the answer. @param {string} host */
function isHere(host) {
  const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name.endsWith('.localhost') || isIP(name) !== 0;
}

/**
 * Why a request is not looked at, as a status; 0 where nothing is wrong with it.
 * @param {import('node:http').IncomingMessage} request
 */
export function refusal({ method, headers, url = '' }) {
  if (method !== 'GET' && method !== 'HEAD') return 405;
  if (headers.host !== undefined && !isHere(headers.host)) return 403;
  return pathOf(url) === null ? 400 : 0;
}

/** The path of an address, decoded; null where no browser would ask for it. @param {string} url */
function pathOf(url) {
  try {
    const name = decodeURIComponent(url.replace(/[?#].*$/s, ''));
    const odd = !name.startsWith('/') || /[\0\\]/.test(name) || name.split('/').some((part) => /^\.\.?$/.test(part));
    return odd ? null : name;
  } catch {
    return null;
  }
}

/** The file that a path names below a folder; null where there is none, or where a link leads out of the folder. */
async function fileBelow(/** @type {string} */ folder, /** @type {string} */ name) {
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(path.join(folder, name))]);
    const found = await stat(file);
    return file.startsWith(root + path.sep) && found.isFile() ? { file, size: found.size, time: found.mtimeMs } : null;
  } catch {
    return null;
  }
}

/**
 * @typedef {object} Options
 * @property {number} [port] 0: any free one
 * @property {string} [host] where to listen; this machine alone unless told otherwise
 * @property {Record<string, string>} [headers] sent with every answer
 * @property {(path: string) => string} [cacheControl] what caches are asked to do with the file at a path; without it they
 *   may keep it, and must ask each time whether it is still the same
 * @property {boolean} [blank] / is an empty page, where no folder has one
 * @property {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => boolean} [intercept]
 *   asked first; true: it has answered, or means not to
 */

/**
 * Serves folders under prefixes, the first that fits; a folder's address is that of its index.html.
 * @param {[prefix: string, folder: string][]} folders
 * @param {Options} [options]
 * @returns {Promise<{ address: string, close: () => Promise<void> }>} the address ends in a slash
 */
export async function serve(folders, options = {}) {
  const { port = 0, host = '127.0.0.1', headers: more = HEADERS, cacheControl = () => 'no-cache' } = options;
  const { blank, intercept } = options;
  const always = { 'X-Content-Type-Options': 'nosniff', ...more };
  const server = createServer(async (request, response) => {
    if (intercept?.(request, response)) return;
    const bad = refusal(request);
    if (bad) return response.writeHead(bad, { ...always, ...(bad === 405 ? { Allow: 'GET, HEAD' } : {}) }).end();
    const asked = /** @type {string} */ (pathOf(request.url ?? ''));
    const name = asked.endsWith('/') ? `${asked}index.html` : asked;
    const place = folders.find(([prefix]) => name.startsWith(prefix));
    const found = place ? await fileBelow(place[1], name.slice(place[0].length)) : null;
    if (!found) {
      if (!blank || asked !== '/') return response.writeHead(404, always).end();
      return response
        .writeHead(200, { ...always, 'Content-Type': TYPES['.html'] })
        .end('<!doctype html><title>-</title>');
    }
    const tag = `"${found.size}-${found.time}"`;
    const cache = cacheControl(asked);
    const headers = { ...always, 'Content-Type': typeOf(found.file), 'Cache-Control': cache, ETag: tag };
    if (request.headers['if-none-match'] === tag) return response.writeHead(304, headers).end();
    response.writeHead(200, { ...headers, 'Content-Length': found.size });
    if (request.method === 'HEAD') return response.end();
    // Where reading fails, the connection ends: the length was promised.
    return pipeline(createReadStream(found.file), response, () => {});
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(undefined));
  });
  const bound = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    address: `http://${isIP(host) === 6 ? `[${host}]` : host}:${bound.port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
