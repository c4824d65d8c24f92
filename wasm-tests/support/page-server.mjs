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
const HOLD = '/is-it-held';

/**
 * Code in front of the engine's worker: it trains so many steps, then waits until the test releases it, and answers requests
 * meanwhile. The worker asks the function `quarterturnHold` before each step (engine/worker/training.js).
 * @param {number} steps of each worker
 */
const holdAfter = (steps) => `{
  let left = ${steps};
  // It asks again and again: a request without an answer would take one of the browser's few connections.
  const released = async () => {
    while ((await (await fetch('${HOLD}')).text()) === 'held') {
      postMessage({ event: 'fetching', detail: null }); // else the page would take it for one that hangs
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    delete globalThis.quarterturnHold;
  };
  globalThis.quarterturnHold = () => (left-- > 0 ? undefined : released().catch(() => {}));
}`;
/** The address of a page that is nothing but a small window with the page inside. */
export const FRAME = 'frame.html';

/**
 * @param {{ isolated?: boolean, host?: string, hangs?: RegExp, damages?: RegExp, violations?: string[], script?: string,
 *   worker?: string, hold?: number, frame?: { width: number, height: number }, types?: Record<string, string>, policy?: string }}
 *   [options] `host`: an address of this machine to listen on, in the place of the loopback; `types`: content types by the
 *   ends of names, in the place of the right ones; `policy`: a Content-Security-Policy of the host's own; `hangs`: addresses
 *   never answered; `damages`: addresses answered with rubbish; `violations`: browsers are asked to report what breaks the
 *   Content-Security-Policy, in documents and in workers, and each report is added here; `script`: code that runs in the
 *   document before the page's own; `worker`: code that runs in the engine's worker before its own; `hold`: each engine
 *   trains so many steps, then waits until `release()` is called; `frame`: the size in CSS pixels of the window at FRAME,
 *   whose query is the page's
 */
export function servePage({
  isolated = true,
  host,
  hangs,
  damages,
  violations,
  script,
  worker: own,
  hold,
  frame,
  types = {},
  policy: ownPolicy,
} = {}) {
  const worker = [hold === undefined ? '' : holdAfter(hold), own ?? ''].filter(Boolean).join(';\n');
  const policy = frame ? POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'") : POLICY;
  const headers = {
    ...(isolated ? { ...HEADERS, 'Content-Security-Policy': policy } : {}),
    ...(ownPolicy ? { 'Content-Security-Policy': ownPolicy } : {}),
    ...(violations ? { 'Content-Security-Policy': `${policy}; report-uri ${REPORTS}` } : {}),
  };
  let held = hold !== undefined;
  const server = serve([['/', pageFolder]], {
    host,
    headers,
    intercept(request, response) {
      const { pathname, search } = new URL(request.url ?? '/', 'http://page');
      const answer = (/** @type {string} */ body, more = headers) => {
        response.writeHead(200, { ...more, 'Content-Type': typeOf(pathname.replace(/\/$/, '/index.html')) }).end(body);
        return true;
      };
      if (hangs?.test(pathname)) return true;
      if (pathname === HOLD) return answer(held ? 'held' : 'released');
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
  return server.then((site) => ({
    ...site,
    /** Workers train on, those that come later too. */
    release() {
      held = false;
    },
  }));
}
