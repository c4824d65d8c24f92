// dist/ and the zip carry this project's licence and those of everything that was put into them.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { inRoot } from '../scripts/lib.mjs';

const notices = readFileSync(inRoot('dist/THIRD-PARTY-NOTICES.txt'), 'utf8');

/** @param {string} name @returns {string} its section: heading, licence, source, text */
function section(name) {
  const sections = notices.split(/^={80}$/m).map((text) => text.trim());
  const found = sections.find((text) => text === name || text.startsWith(`${name} `) || text.startsWith(`${name}\n`));
  assert.ok(found, `the notices do not name ${name}`);
  return found;
}

test('every package whose code is in a script of the page is named, with its licence', () => {
  const packages = new Set();
  for (const name of readdirSync(inRoot('dist/assets')).filter((file) => file.endsWith('.map'))) {
    const { sources } = JSON.parse(readFileSync(inRoot('dist/assets', name), 'utf8'));
    for (const source of sources) {
      const [, from] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source) ?? [];
      if (from) packages.add(from);
    }
  }
  assert.ok(packages.has('preact') && packages.has('uplot'), [...packages].join(', '));
  for (const name of packages) {
    const { version, license } = JSON.parse(readFileSync(inRoot('node_modules', name, 'package.json'), 'utf8'));
    const text = section(name);
    assert.ok(text.startsWith(`${name} ${version}\nLicence: ${license}\nSource: `), text.slice(0, 200));
    assert.match(text, /copyright/i, name);
  }
});

test('every library in the engines is named, with its licence', () => {
  const licences = {
    xsimd: 'BSD-3-Clause',
    Emscripten: 'MIT OR NCSA',
    musl: 'MIT',
    LLVM: 'Apache-2.0 WITH LLVM-exception',
  };
  for (const [name, licence] of Object.entries(licences))
    assert.match(section(name), new RegExp(`Licence: ${licence}\n`));
  const analysis = readdirSync(inRoot('src/analysis')).map((name) =>
    readFileSync(inRoot('src/analysis', name), 'utf8'),
  );
  if (analysis.some((text) => text.includes('#include <Eigen/'))) assert.match(section('Eigen'), /Licence: MPL-2.0\n/);
});

test('the licence and the notices are in dist/ and in the zip, and no visitor downloads them unasked', () => {
  const zip = unzipSync(readFileSync(inRoot('build/quarterturn-page.zip')));
  const worker = readFileSync(inRoot('dist/sw.js'), 'utf8');
  const licence = readFileSync(inRoot('LICENSE'), 'utf8');
  assert.match(licence, /^MIT License\n\nCopyright \(c\) \d+ Quarterturn contributors\n/);
  assert.equal(readFileSync(inRoot('dist/LICENSE'), 'utf8'), licence);
  for (const name of ['LICENSE', 'THIRD-PARTY-NOTICES.txt']) {
    assert.deepEqual(Buffer.from(zip[name]), readFileSync(inRoot('dist', name)), name);
    assert.doesNotMatch(worker, new RegExp(name));
  }
});
