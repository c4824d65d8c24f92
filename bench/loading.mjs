// How long the built page needs from navigation to its first training step, by the page's own marks, what the network
// transfers for it, and how large it is.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { HEADERS } from '../scripts/headers.mjs';
import { inRoot, say } from '../scripts/lib.mjs';
import { serve, typeOf } from '../scripts/static-server.mjs';
import { launch } from './browser.mjs';
import { median } from './statistics.mjs';

/** The page's marks, in their order (web/src/state/marks.js). */
const MARKS = ['interactive', 'engine', 'data', 'first step'];
const TIMEOUT_MILLISECONDS = 120_000;
/** A visit is over when the server has been asked for nothing for so long. */
const QUIET_MILLISECONDS = 3_000;

/** A slow line as the browser makes it for a page and its workers: 1.6 Mbit/s, answers 150 ms later. */
const SLOW = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 200_000 };

/**
 * @typedef {{ data: string, line: 'local' | 'slow', visit: 'first' | 'second', visits: number,
 *   milliseconds: Record<string, number>, bytesToFirstStep: number, bytes: number }} Loading medians: times since
 *   navigation, and what the server sent, headers too, up to the first step and until it was asked for nothing more
 * @typedef {{ name: string, bytes: number, gzip: number }} Size
 */

/**
 * Serves what compresses with gzip, as hosts do: answers such requests, and leaves others.
 * @param {string} folder
 */
function compressing(folder) {
  /** @type {Map<string, Buffer>} */
  const kept = new Map();
  return (
    /** @type {import('node:http').IncomingMessage} */ request,
    /** @type {import('node:http').ServerResponse} */ response, //
  ) => {
    const asked = new URL(request.url ?? '/', 'http://localhost').pathname;
    const name = asked.endsWith('/') ? `${asked}index.html` : asked;
    if (!/\.(html|js|mjs|css|wasm|json|svg)$/.test(name) || name.startsWith('/data/')) return false;
    let body = kept.get(name);
    if (!body) {
      try {
        body = gzipSync(readFileSync(path.join(folder, name)), { level: 9 });
      } catch {
        return false;
      }
      kept.set(name, body);
    }
    const tag = `"${name} ${body.length}"`;
    const headers = { ...HEADERS, 'Content-Type': typeOf(name), 'Cache-Control': 'no-cache', ETag: tag };
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304, headers).end();
    } else {
      response.writeHead(200, { ...headers, 'Content-Encoding': 'gzip', 'Content-Length': body.length }).end(body);
    }
    return true;
  };
}

/** The built page on a server that compresses and counts. @param {string | null} data a folder with MNIST and its index */
async function host(data) {
  let sent = 0;
  let last = 0;
  /** @type {WeakMap<import('node:net').Socket, number>} */
  const before = new WeakMap();
  const answer = compressing(inRoot('dist'));
  const server = await serve(
    [...(data ? [/** @type {[string, string]} */ (['/data/', data])] : []), ['/', inRoot('dist')]],
    {
      intercept(request, response) {
        const { socket } = request;
        response.on('close', () => {
          sent += socket.bytesWritten - (before.get(socket) ?? 0);
          before.set(socket, socket.bytesWritten);
          last = performance.now();
        });
        last = performance.now();
        return answer(request, response);
      },
    },
  );
  return {
    ...server,
    sent: () => sent,
    async quiet() {
      while (performance.now() - last < QUIET_MILLISECONDS) await new Promise((resolve) => setTimeout(resolve, 100));
    },
  };
}

/**
 * Opens the page and trains at once, as the quickest of visitors would.
 * @param {import('playwright-core').BrowserContext} context @param {string} address @param {boolean} slow
 * @param {Awaited<ReturnType<typeof host>>} server
 */
async function visit(context, address, slow, server) {
  const page = await context.newPage();
  if (slow) {
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', SLOW);
  }
  await page.addInitScript(() => {
    const press = () => {
      const button = document.querySelector('.run-bar .primary');
      if (!(button instanceof HTMLButtonElement) || button.disabled) return;
      watcher.disconnect();
      button.click();
    };
    const watcher = new MutationObserver(press);
    watcher.observe(document, { subtree: true, childList: true, attributes: true });
  });
  const start = server.sent();
  await page.goto(address, { timeout: TIMEOUT_MILLISECONDS });
  await page.waitForFunction(() => performance.getEntriesByName('quarterturn: first step').length > 0, undefined, {
    timeout: TIMEOUT_MILLISECONDS,
  });
  const bytesToFirstStep = server.sent() - start;
  const times = await page.evaluate(
    (marks) => marks.map((mark) => performance.getEntriesByName(`quarterturn: ${mark}`)[0].startTime),
    MARKS,
  );
  await server.quiet();
  const bytes = server.sent() - start;
  await page.close();
  return { times, bytesToFirstStep, bytes };
}

/**
 * First visits in fresh contexts, without cache and compiled code, and each one's second visit.
 * @param {{ visits: number, slowVisits: number, mnist: string | null }} plan `mnist`: a folder that the page may load MNIST
 *   from (layOutMnist)
 * @returns {Promise<Loading[]>}
 */
export async function measureLoading({ visits, slowVisits, mnist }) {
  const server = await host(mnist);
  const browser = await launch();
  try {
    /** @type {Loading[]} */
    const found = [];
    for (const line of /** @type {const} */ (['local', 'slow'])) {
      for (const data of mnist ? ['generated', 'mnist'] : ['generated']) {
        const count = line === 'slow' ? slowVisits : visits;
        say(`loading the page ${count} times and again, data ${data}, ${line} line`);
        const both = /** @type {const} */ (['first', 'second']);
        const seen = both.map(() => /** @type {Awaited<ReturnType<typeof visit>>[]} */ ([]));
        // The first visit of all starts the browser's own processes.
        for (let number = line === 'local' ? 0 : 1; number <= count; number++) {
          const context = await browser.newContext();
          for (const of of seen) {
            const one = await visit(context, `${server.address}?data=${data}`, line === 'slow', server);
            if (number > 0) of.push(one);
          }
          await context.close();
        }
        for (const [i, of] of seen.entries()) {
          found.push({
            ...{ data, line, visit: both[i], visits: count },
            milliseconds: Object.fromEntries(MARKS.map((mark, m) => [mark, median(of.map(({ times }) => times[m]))])),
            bytesToFirstStep: median(of.map((one) => one.bytesToFirstStep)),
            bytes: median(of.map(({ bytes }) => bytes)),
          });
        }
      }
    }
    return found;
  } finally {
    await browser.close();
    await server.close();
  }
}

/** @param {string} name @param {string[]} files @returns {Size} */
function size(name, files) {
  const contents = files.map((file) => readFileSync(file));
  return {
    name,
    bytes: contents.reduce((sum, content) => sum + content.length, 0),
    // Each file is a transfer of its own.
    gzip: contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0),
  };
}

/** What a visitor downloads: each engine build, and the page's code and styles at first load. @returns {Size[]} */
export function sizes() {
  const [folder] = readdirSync(inRoot('dist/engine'));
  const engines = ['threads-relaxed', 'threads-simd', 'single-relaxed', 'single-simd'].map((build) =>
    size(
      `engine ${build}`,
      ['mjs', 'wasm'].map((ending) => inRoot(`dist/engine/${folder}/quarterturn-${build}.${ending}`)),
    ),
  );
  const assets = readdirSync(inRoot('dist/assets')).filter((name) => /\.(js|css)$/.test(name));
  // Of the words, those of one language.
  const first = readFileSync(inRoot('dist/index.html'), 'utf8').replace(/data-words-(?!en=)[\w-]+="[^"]*"/g, '');
  // The worker is asked for by the page's code; all else that the document does not name comes later.
  const isFirst = (/** @type {string} */ name) => first.includes(name) || name.startsWith('worker-');
  const files = (/** @type {boolean} */ wanted) =>
    assets.filter((name) => isFirst(name) === wanted).map((name) => inRoot('dist/assets', name));
  return [...engines, size('page at first load', files(true)), size('page on demand', files(false))];
}
