// Dependencies are pinned: what `npm ci` installs is decided by the checked-in files alone, whatever the registry.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inRoot } from '../scripts/lib.mjs';

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

for (const folder of ['.', 'wasm-tests/onnxruntime']) {
  /** @param {string} name */
  const read = (name) => JSON.parse(readFileSync(inRoot(folder, name), 'utf8'));

  test(`${folder}: every version is exact, and the lock file agrees and gives no address`, () => {
    const wanted = read('package.json');
    const { packages, lockfileVersion } = read('package-lock.json');
    assert.equal(lockfileVersion, 3);
    const direct = { ...wanted.dependencies, ...wanted.devDependencies, ...wanted.optionalDependencies };
    assert.ok(Object.keys(direct).length > 0);
    for (const [name, version] of Object.entries(direct)) {
      assert.match(version, EXACT, name);
      assert.equal(packages[`node_modules/${name}`].version, version, name);
    }
    const { '': root, ...installed } = packages;
    assert.deepEqual(root.devDependencies, wanted.devDependencies);
    assert.deepEqual(root.dependencies, wanted.dependencies);
    for (const [name, entry] of Object.entries(installed)) {
      assert.match(entry.version, EXACT, name);
      assert.match(entry.integrity, /^sha512-/, name);
      assert.equal(entry.resolved, undefined, `${name} names an address`);
      assert.equal(entry.link, undefined, `${name} is a link`);
    }
  });

  test(`${folder}: npm keeps it so`, () => {
    const settings = readFileSync(inRoot(folder, '.npmrc'), 'utf8');
    assert.match(settings, /^omit-lockfile-registry-resolved=true$/m);
    assert.match(settings, /^save-exact=true$/m);
    assert.match(settings, /^ignore-scripts=true$/m, 'installing runs no code of a package');
    assert.doesNotMatch(settings, /registry=|_auth|token/i);
  });
}
