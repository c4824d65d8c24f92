// A server with the headers that make shared memory possible, and a Chromium beside it.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import process from 'node:process';
import { ISOLATION } from '../scripts/headers.mjs';

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/**
 * Serves folders under prefixes, the first that fits; an address without a file is 404, but / alone is always a page.
 * @param {[prefix: string, folder: string][]} folders
 */
export async function serve(folders) {
  const server = createServer((request, response) => {
    const address = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const name = address.endsWith('/') ? `${address}index.html` : address;
    const found = folders.find(([prefix]) => name.startsWith(prefix));
    const file = found && path.join(found[1], path.normalize(`/${name.slice(found[0].length)}`));
    if (file && existsSync(file) && statSync(file).isFile()) {
      const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
      response.writeHead(200, { ...ISOLATION, 'Content-Type': type }).end(readFileSync(file));
    } else if (address === '/') {
      response.writeHead(200, { ...ISOLATION, 'Content-Type': TYPES['.html'] }).end('<!doctype html><title>-</title>');
    } else {
      response.writeHead(404, ISOLATION).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** @param {string[]} [graphics] */
export async function launch(graphics = ['--disable-gpu']) {
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--no-first-run', '--disable-background-networking', ...graphics],
  });
}

/** WebGL without a graphics card. */
export const SOFTWARE_GRAPHICS = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];
