// The lint step for includes reports each kind of fault, and nothing else.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { includeFaults } from '../scripts/includes.mjs';

/** @param {Record<string, string>} files @returns {string[]} the faults of a checkout with these files */
function faultsOf(files) {
  const checkout = mkdtempSync(path.join(tmpdir(), 'quarterturn-includes-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(checkout, name)), { recursive: true });
      writeFileSync(path.join(checkout, name), text);
    }
    return includeFaults(checkout);
  } finally {
    rmSync(checkout, { recursive: true });
  }
}

test('what the table allows is no fault', () => {
  const allowed = {
    'src/core/a.hpp': '#include <vector>\n#include "core/b.hpp"\n',
    'src/models/a.cpp': '#include "layers/a.hpp"\n#include "optim/a.hpp"\n#include "core/a.hpp"\n',
    'src/training/a.cpp': '#include "analysis/a.hpp"\n',
    'src/analysis/a.cpp': '#include <Eigen/Dense>\n#include "models/a.hpp"\n',
    'src/bindings/a.cpp': '#include <emscripten/bind.h>\n#include "engine/a.hpp"\n',
    'src/cli/a.cpp': '#include <CLI/CLI.hpp>\n#include <cstdio>\n#include "engine/a.hpp"\n',
    'src/data/native/a.cpp': '#include <cstdio>\n#include <png.h>\n',
    'native-tests/a.cpp': '#include <Eigen/Dense>\n#include <iostream>\n#include "cli/a.hpp"\n#include "support.hpp"\n',
  };
  assert.deepEqual(faultsOf(allowed), []);
});

/** @type {[string, string, string, RegExp][]} what, file, its one faulty line, the report */
const FAULTS = [
  ['an include upwards', 'src/core/a.hpp', '#include "data/b.hpp"', /core\/ may include nothing else$/],
  ['an include sideways', 'src/simd/a.hpp', '#include "parallel/b.hpp"', /simd\/ may include core$/],
  ['layers that know models', 'src/layers/a.hpp', '#  include "models/b.hpp"', /layers\/ may include core, simd/],
  ['training that knows the engine', 'src/training/a.cpp', '#include "engine/b.hpp"', /training\/ may include/],
  ['the command line in the bindings', 'src/bindings/a.cpp', '#include "cli/b.hpp"', /bindings\/ may include/],
  ['a path that leaves the table', 'src/models/a.cpp', '#include "../cli/b.hpp"', /by its path below src\/$/],
  ['a header beside the file', 'src/models/a.cpp', '#include "b.hpp"', /by its path below src\/$/],
  ['a folder without a place', 'src/new/a.cpp', '#include "core/b.hpp"', /src\/new is not in the table/],
  [
    'Emscripten in the engine',
    'src/parallel/a.cpp',
    '#include <emscripten.h>',
    /belong in src\/bindings, src\/parallel\/thread.hpp$/,
  ],
  [
    'Emscripten in the face',
    'src/engine/a.cpp',
    '#include <emscripten/val.h>',
    /belong in src\/bindings, src\/parallel\/thread.hpp$/,
  ],
  [
    'words in the engine',
    'src/engine/a.cpp',
    '#include "core/native/message_text.hpp"',
    /belong in src\/cli, src\/core\/native/,
  ],
  ['Eigen outside analysis', 'src/training/a.cpp', '#include <Eigen/Dense>', /belong in src\/analysis, native-tests$/],
  ['output outside the command line', 'src/engine/a.cpp', '#include <iostream>', /belong in src\/cli/],
  ['printf outside the command line', 'src/data/a.cpp', '#include <cstdio>', /belong in src\/cli/],
  ['files outside their folder', 'src/training/a.cpp', '#include <filesystem>', /belong in src\/cli/],
  ['zlib outside its folder', 'src/data/a.cpp', '#include <zlib.h>', /belong in src\/data\/native/],
  ['JSON in the engine', 'src/training/a.cpp', '#include <nlohmann/json.hpp>', /belong in src\/cli/],
];

for (const [what, file, line, report] of FAULTS) {
  test(`reported: ${what}`, () => {
    const faults = faultsOf({ [file]: `#pragma once\n${line}\n` });
    assert.equal(faults.length, 1);
    assert.ok(faults[0].startsWith(`${file}:2: `), faults[0]);
    assert.match(faults[0], report);
  });
}
