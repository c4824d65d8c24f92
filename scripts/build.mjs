// Everything a static host needs, in dist/: the page, the four engines and the data that is there.
import { runAsScript, cmakeBuild, say } from './lib.mjs';
import { setup } from './setup.mjs';

/** Builds the engines and the page; needs `setup` first. */
export async function buildPage() {
  say('building the engines');
  await cmakeBuild('wasm');
  say('building the page');
  const { build } = await import('vite');
  await build({ configFile: 'vite.config.js', logLevel: 'warn' });
}

await runAsScript(import.meta.url, async () => {
  await setup('start');
  await buildPage();
  say('dist/ is ready');
});
