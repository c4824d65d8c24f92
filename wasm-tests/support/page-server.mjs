// The built page served as by `npm start`, with or without its headers (isolation and Content-Security-Policy), and able to
// misbehave on purpose.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { HEADERS, ISOLATION, POLICY } from '../../scripts/headers.mjs';
import { serve, typeOf } from '../../scripts/static-server.mjs';

/** The built page: dist/, or the folder that QUARTERTURN_DIST names. */
export const pageFolder = process.env.QUARTERTURN_DIST ?? fileURLToPath(new URL('../../dist', import.meta.url));

/** The script of the engine's worker. */
export const WORKER_FILE = /\/assets\/worker-[^/]*\.js$/;
const REPORTS = '/policy-reports';
const SCRIPT = '/first-of-all.js';
/** The address of a page that is nothing but a small window with the page inside. */
export const FRAME = 'frame.html';

/**
 * @param {{ isolated?: boolean, host?: string, hangs?: RegExp, damages?: RegExp, violations?: string[], script?: string,
 *   worker?: string, frame?: { width: number, height: number }, types?: Record<string, string>, policy?: string }}
 *   [options] `host`: an address of this machine to listen on, in the place of the loopback; `types`: content types by the
 *   ends of names, in the place of the right ones; `policy`: a Content-Security-Policy of the host's own; `hangs`: addresses
 *   never answered; `damages`: addresses answered with rubbish; `violations`: browsers are asked to report what breaks the
 *   Content-Security-Policy, in documents and in workers, and each report is added here; `script`: code that runs in the
 *   document before the page's own; `worker`: code that runs in the engine's worker before its own; `frame`: the size in
 *   CSS pixels of the window at FRAME, whose query is the page's
 */
export function servePage({
  isolated = true,
  host,
  hangs,
  damages,
  violations,
  script,
  worker,
  frame,
  types = {},
  policy: own,
} = {}) {
  const policy = frame ? POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'") : POLICY;
  const headers = {
    ...(isolated ? { ...HEADERS, 'Content-Security-Policy': policy } : {}),
    ...(own ? { 'Content-Security-Policy': own } : {}),
    ...(violations ? { 'Content-Security-Policy': `${policy}; report-uri ${REPORTS}` } : {}),
  };
  return serve([['/', pageFolder]], {
    host,
    headers,
    intercept(request, response) {
      const { pathname, search } = new URL(request.url ?? '/', 'http://page');
      const answer = (/** @type {string} */ body, more = headers) => {
        response.writeHead(200, { ...more, 'Content-Type': typeOf(pathname.replace(/\/$/, '/index.html')) }).end(body);
        return true;
      };
      if (hangs?.test(pathname)) return true;
      if (pathname === REPORTS) {
        void text(request).then((body) => {
          violations?.push(body);
          response.writeHead(204).end();
        });
        return true;
      }
      const type = types[path.extname(pathname)];
      if (type !== undefined) {
        response.writeHead(200, { ...headers, 'Content-Type': type }).end(readFileSync(pageFolder + pathname));
        return true;
      }
      if (script && pathname === SCRIPT) return answer(script);
      if (script && pathname === '/') {
        const page = readFileSync(`${pageFolder}/index.html`, 'utf8');
        return answer(page.replace('<script', `<script src="${SCRIPT}"></script>$&`));
      }
      if (worker && WORKER_FILE.test(pathname))
        return answer(`${worker};\n${readFileSync(pageFolder + pathname, 'utf8')}`);
      if (frame && pathname === `/${FRAME}`) {
        const { width, height } = frame;
        return answer(
          `<!doctype html><iframe src="/${search}" width="${width}" height="${height}"></iframe>`,
          ISOLATION,
        );
      }
      return damages?.test(pathname) ? answer('rubbish') : false;
    },
  });
}
