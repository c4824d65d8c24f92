// A small static server for the built page, with or without the page's headers (isolation and Content-Security-Policy),
// and able to misbehave on purpose.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { HEADERS, POLICY } from '../../scripts/headers.mjs';

/** The built page: dist/, or the folder that QUARTERTURN_DIST names. */
const page = process.env.QUARTERTURN_DIST ?? fileURLToPath(new URL('../../dist', import.meta.url));

const REPORTS = '/policy-reports';

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/**
 * @param {{ isolated?: boolean, hangs?: RegExp, damages?: RegExp, violations?: string[] }} [options] `hangs`: addresses
 *   never answered; `damages`: addresses answered with rubbish; `violations`: browsers are asked to report what breaks the
 *   Content-Security-Policy, in documents and in workers, and each report is added here
 * @returns {Promise<{ address: string, close: () => Promise<void> }>}
 */
export async function servePage({ isolated = true, hangs, damages, violations } = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    if (hangs?.test(pathname)) return;
    if (pathname === REPORTS) {
      const body = await text(request);
      violations?.push(body);
      response.writeHead(204).end();
      return;
    }
    const file = path.join(page, path.normalize(pathname === '/' ? '/index.html' : pathname));
    const headers = {
      'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream',
      ...(isolated ? HEADERS : {}),
      ...(violations ? { 'Content-Security-Policy': `${POLICY}; report-uri ${REPORTS}` } : {}),
    };
    try {
      const body = damages?.test(pathname) ? Buffer.from('rubbish') : await readFile(file);
      response.writeHead(200, headers).end(body);
    } catch {
      response.writeHead(404, headers).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    address: `http://127.0.0.1:${address.port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
