// The lint step for the page's imports reports each kind of fault, and nothing else.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { MAY_IMPORT, importFaults } from '../scripts/imports.mjs';
import { root } from '../scripts/lib.mjs';

/** @param {Record<string, string>} files below web/src @returns {string[]} the faults of a checkout with these files */
function faultsOf(files) {
  const checkout = mkdtempSync(path.join(tmpdir(), 'quarterturn-imports-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(checkout, 'web/src', name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return importFaults(checkout);
  } finally {
    rmSync(checkout, { recursive: true });
  }
}

test('the page itself has no fault', () => assert.deepEqual(importFaults(root), []));

test('the table has no circle', () => {
  const seen = new Set();
  for (const [room, allowed] of Object.entries(MAY_IMPORT)) {
    for (const each of allowed) assert.ok(seen.has(each), `${room} may import ${each}, which comes later in the table`);
    seen.add(room);
  }
});

test('what the table allows is no fault', () => {
  const allowed = {
    'main.jsx': "import { run } from './features/run/view.jsx';\nimport { a } from './session/ahead.js';\n",
    'features/run/view.jsx': [
      "import { signal } from '@preact/signals';",
      "import { ask } from '../../ask/ask.js';",
      "import { Fold } from '../../components/fold.jsx';",
      "import { stage } from '../../session/session.js';",
      "import { seen } from '../../shared/drawing.js';",
      "import { line } from './state.js';",
      "import './run.css';",
      "/** @typedef {import('../../engine/types').Run} Run */",
      "const later = () => import('./later.jsx');",
    ].join('\n'),
    'components/chart.jsx': "/** @typedef {import('../engine/types').Epoch} Epoch */\nimport '../state/settings.js';\n",
    'engine/client.js': "import '../trusted.js';\nimport { fetchServed } from '../data/served.js';\n",
  };
  assert.deepEqual(faultsOf(allowed), []);
});

/** @type {[string, string, string, RegExp][]} what, file, its one faulty line, the report */
const FAULTS = [
  [
    'a feature that knows another',
    'features/run/a.js',
    "import { x } from '../draw/b.js';",
    /no feature imports another/,
  ],
  [
    'a type of another feature',
    'features/run/a.js',
    "/** @type {import('../draw/b.js').X} */",
    /no feature imports another/,
  ],
  [
    'another feature, fetched later',
    'features/run/a.js',
    "const b = import('../draw/b.js');",
    /no feature imports another/,
  ],
  [
    'a component that knows the session',
    'components/a.js',
    "import { x } from '../session/session.js';",
    /may import data/,
  ],
  [
    'a component that knows a feature',
    'components/a.js',
    "import { x } from '../features/run/b.js';",
    /may import data/,
  ],
  [
    'an engine that knows a view',
    'engine/worker/a.js',
    "import { x } from '../../components/b.jsx';",
    /engine\/ may import data, state$/,
  ],
  [
    'a session that knows a feature',
    'session/a.js',
    "import { x } from '../features/run/b.js';",
    /session\/ may import/,
  ],
  ['settings that know the session', 'state/a.js', "import '../session/session.js';", /may import messages$/],
  [
    'the inside of the session',
    'features/run/a.js',
    "import { x } from '../../session/model.js';",
    /entered by session\/session.js only/,
  ],
  [
    'the inside of the questions',
    'shared/a.js',
    "import { x } from '../ask/asking.js';",
    /entered by ask\/ask.js only/,
  ],
  ['the page itself', 'shared/a.js', "import { App } from '../app.jsx';", /no room imports them$/],
  ['a room without a place', 'rooms/a.js', "import '../state/b.js';", /web\/src\/rooms is not in the table/],
];
for (const [what, file, line, report] of FAULTS) {
  test(`reported: ${what}`, () => {
    const faults = faultsOf({ [file]: `\n${line}\n` });
    assert.equal(faults.length, 1, faults.join('\n'));
    assert.ok(faults[0].startsWith(`web/src/${file}:2: `), faults[0]);
    assert.match(faults[0], report);
  });
}
