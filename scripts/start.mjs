// Sets up, builds and serves the page on this machine.
//   npm start -- [--port N] [--dev]      --dev: the page is rebuilt as its files change
import process from 'node:process';
import { parseArgs } from 'node:util';
import { buildPage } from './build.mjs';
import { cmakeBuild, Failure, runAsScript, say } from './lib.mjs';
import { setup } from './setup.mjs';

function options() {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string' }, dev: { type: 'boolean', default: false } } });
    if (values.port === undefined) return { port: undefined, dev: values.dev };
    const port = Number(values.port);
    if (Number.isInteger(port) && port >= 0 && port < 65536) return { port, dev: values.dev };
    throw new Failure(`--port ${values.port} is not a port; give a number from 0 to 65535`);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`${error instanceof Error ? error.message : error} (usage: npm start -- [--port N] [--dev])`);
  }
}

await runAsScript(import.meta.url, async () => {
  const { port, dev } = options();
  await setup('start');
  const vite = await import('vite');
  const config = { configFile: 'vite.config.js', logLevel: /** @type {const} */ ('warn') };
  const serve = { port, strictPort: port !== undefined };
  let address;
  if (dev) {
    await cmakeBuild('wasm');
    const server = await vite.createServer({ ...config, server: serve });
    await server.listen();
    address = server.resolvedUrls?.local[0];
  } else {
    await buildPage();
    const server = await vite.preview({ ...config, preview: serve });
    address = server.resolvedUrls?.local[0];
  }
  say(`the page is at ${address} (Ctrl+C ends)`);
  process.on('SIGTERM', () => process.exit(0));
});
