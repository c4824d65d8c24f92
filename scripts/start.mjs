// Sets up, builds and serves the page on this machine.
//   npm start -- [--port N] [--dev] [--frame-ancestors 'SOURCES']
//     --dev: the page is rebuilt as its files change
//     --frame-ancestors: who may show the page in a frame: origins such as https://lms.example, *, self or none (the
//     usual value); while it is developed, everybody may
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ancestorsOf, buildPage } from './build.mjs';
import { headersFor } from './headers.mjs';
import { cmakeBuild, Failure, inRoot, runAsScript, say } from './lib.mjs';
import { setup } from './setup.mjs';
import { serve } from './static-server.mjs';

const PORT = 4173;

const USAGE = "npm start -- [--port N] [--dev] [--frame-ancestors 'SOURCES']";

function options() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string' },
        dev: { type: 'boolean', default: false },
        'frame-ancestors': { type: 'string' },
      },
    });
    const ancestors = ancestorsOf(values['frame-ancestors']);
    const { dev } = values;
    if (values.port === undefined) return { port: undefined, dev, ancestors };
    const port = Number(values.port);
    if (Number.isInteger(port) && port >= 0 && port < 65536) return { port, dev, ancestors };
    throw new Failure(`--port ${values.port} is not a port; give a number from 0 to 65535`);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`${error instanceof Error ? error.message : error} (usage: ${USAGE})`);
  }
}

/**
 * The built page at `port`, or at the first free port from PORT on.
 * @param {number | undefined} port
 * @param {string | undefined} ancestors who may show it in a frame
 */
async function serveBuilt(port, ancestors) {
  for (let at = port ?? PORT; ; at++) {
    try {
      const { address } = await serve([['/', inRoot('dist')]], {
        host: 'localhost',
        port: at,
        headers: headersFor(ancestors),
      });
      return address;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EADDRINUSE') throw error;
      if (port !== undefined) throw new Failure(`port ${port} is taken; give another, or none: npm start -- --port N`);
    }
  }
}

await runAsScript(import.meta.url, async () => {
  const { port, dev, ancestors } = options();
  await setup('start');
  let address;
  if (dev) {
    await cmakeBuild('wasm');
    const { createServer } = await import('vite');
    const server = await createServer({
      configFile: 'vite.config.js',
      logLevel: 'warn',
      server: { port: port ?? PORT, strictPort: port !== undefined },
    });
    await server.listen();
    address = server.resolvedUrls?.local[0];
  } else {
    await buildPage(ancestors);
    address = await serveBuilt(port, ancestors);
  }
  say(`the page is at ${address} (Ctrl+C ends)`);
  process.on('SIGTERM', () => process.exit(0));
});
