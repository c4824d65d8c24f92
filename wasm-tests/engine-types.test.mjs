// The TypeScript of the bindings that the page is checked against is what this build of the engine has.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inRoot } from '../scripts/lib.mjs';

const cache = readFileSync(inRoot('build/wasm/CMakeCache.txt'), 'utf8');
const byOwnEmscripten = /^QUARTERTURN_EMSCRIPTEN_ROOT:PATH=.*\/\.toolchain\//m.test(cache);

// Other Emscriptens write the same in other words.
test('the types of the engine are those of its bindings', { skip: !byOwnEmscripten }, () => {
  const [built, kept] = ['build/wasm/engine.d.ts', 'web/src/engine/engine.d.ts'].map((file) =>
    readFileSync(inRoot(file), 'utf8'),
  );
  assert.equal(kept, built, 'copy build/wasm/engine.d.ts to web/src/engine/engine.d.ts, and see what tsc says');
});
