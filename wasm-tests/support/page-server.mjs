// The built page served as by `npm start`, with or without its headers (isolation and Content-Security-Policy), and able to
// misbehave on purpose.
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { HEADERS, POLICY } from '../../scripts/headers.mjs';
import { serve, typeOf } from '../../scripts/static-server.mjs';

/** The built page: dist/, or the folder that QUARTERTURN_DIST names. */
export const pageFolder = process.env.QUARTERTURN_DIST ?? fileURLToPath(new URL('../../dist', import.meta.url));

const REPORTS = '/policy-reports';

/**
 * @param {{ isolated?: boolean, hangs?: RegExp, damages?: RegExp, violations?: string[] }} [options] `hangs`: addresses
 *   never answered; `damages`: addresses answered with rubbish; `violations`: browsers are asked to report what breaks the
 *   Content-Security-Policy, in documents and in workers, and each report is added here
 */
export function servePage({ isolated = true, hangs, damages, violations } = {}) {
  const headers = {
    ...(isolated ? HEADERS : {}),
    ...(violations ? { 'Content-Security-Policy': `${POLICY}; report-uri ${REPORTS}` } : {}),
  };
  return serve([['/', pageFolder]], {
    headers,
    intercept(request, response) {
      const { pathname } = new URL(request.url ?? '/', 'http://page');
      if (hangs?.test(pathname)) return true;
      if (pathname === REPORTS) {
        void text(request).then((body) => {
          violations?.push(body);
          response.writeHead(204).end();
        });
        return true;
      }
      if (!damages?.test(pathname)) return false;
      response.writeHead(200, { ...headers, 'Content-Type': typeOf(pathname) }).end('rubbish');
      return true;
    },
  });
}
