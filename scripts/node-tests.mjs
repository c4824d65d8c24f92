// node scripts/node-tests.mjs REPORT AT_A_TIME MILLISECONDS FILE...
// Node's test runner on test files, the largest first, so that no long one begins last, while nothing else is left to run
// beside it: `node --test` takes them by their names. Prints what it finds, and writes it to REPORT as TAP.
import { createWriteStream, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { run } from 'node:test';
import { spec, tap } from 'node:test/reporters';

const [report, atATime, milliseconds, ...files] = process.argv.slice(2);
const largestFirst = files
  .map((file) => ({ file: path.resolve(file), bytes: statSync(file).size }))
  .sort((a, b) => b.bytes - a.bytes);
const events = run({
  files: largestFirst.map(({ file }) => file),
  concurrency: Number(atATime),
  timeout: Number(milliseconds), // of a file
});
events.on('test:fail', ({ todo }) => {
  if (todo === undefined || todo === false) process.exitCode = 1;
});
events.compose(new spec()).pipe(process.stdout);
events.compose(tap).pipe(createWriteStream(report));
