// The command line, built before where something of it is missing or has changed.
//   npm run cli -- run --epochs 3        as `quarterturn run --epochs 3` in the folder where npm was called
// Set-up and build write to standard error; standard output is the program's own.
import process from 'node:process';
import { become, cmakeBuild, inRoot, messagesToStandardError, runAsScript } from './lib.mjs';
import { setup } from './setup.mjs';

await runAsScript(import.meta.url, async () => {
  messagesToStandardError();
  await setup('cli');
  await cmakeBuild('native');
  await become(inRoot('build/native/quarterturn'), process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
});
