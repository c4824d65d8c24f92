// The codes of the engine: one list in C++, one of their names in JavaScript, words for the command line and words for the
// page, all with the same values.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inRoot } from '../scripts/lib.mjs';
import { CODES, named } from '../web/src/engine/codes.js';
import says from '../web/src/messages/en/engine-says.js';
import { laterWords, speak, t } from '../web/src/messages/messages.js';
import { faultOf } from '../web/src/fault-data.js';
import { say } from '../web/src/messages/said.js';

const read = (/** @type {string} */ file) => readFileSync(inRoot(file), 'utf8');
const camel = (/** @type {string} */ name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

test('the names of the codes are those of the engine, in its order', () => {
  const [, list] = /enum class MessageCode[^{]*\{([^}]*)\}/.exec(read('src/core/message_codes.hpp')) ?? [];
  const codes = [...list.replace(/\/\/.*$/gm, '').matchAll(/\w+/g)].map(([name]) => camel(name));
  assert.ok(codes.length > 100 && codes.length < 256);
  assert.deepEqual(
    CODES.map((line) => line.split(' ')[0]),
    codes,
  );
  const [, table] = /kWords = \{\{([^]*?)\n\}\};/.exec(read('src/core/native/message_text.cpp')) ?? [];
  const native = [...table.matchAll(/\{(\w+),\s*"([\w ]+)",/g)];
  assert.deepEqual(
    native.map(([, , facts]) => facts),
    CODES,
  );
  for (const [, code, facts] of native) assert.equal(camel(code), facts.split(' ')[0]);
});

test('the command line’s words use the values that there are', () => {
  const source = read('src/core/native/message_text.cpp');
  const entries = [...source.matchAll(/^ {4}\{(\w+),\s*"([\w ]+)",\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\}/gm)];
  assert.equal(entries.length, CODES.length);
  for (const [, code, facts, text] of entries) {
    const [, ...names] = facts.split(' ');
    const used = new Set([...text.matchAll(/\{(\w+)(?::\w+)?\}/g)].map(([, name]) => name));
    assert.deepEqual([...used].sort(), names.sort(), code);
  }
});

test('the page has words for every code, which use its values', async () => {
  await speak('en');
  await laterWords();
  assert.deepEqual(Object.keys(says).sort(), CODES.map((line) => line.split(' ')[0]).sort());
  for (const [code, line] of CODES.entries()) {
    const [name, ...keys] = line.split(' ');
    const message = /** @type {Record<string, unknown>} */ (t.peek().says)[name];
    if (keys.length === 0) {
      assert.equal(typeof message, 'string', name);
      continue;
    }
    /** @type {Set<string>} */
    const used = new Set();
    const values = new Proxy(/** @type {Record<string, unknown>} */ ({}), {
      get: (_, key) => (used.add(String(key)), key === 'choices' ? 'a|b' : 'x'),
    });
    assert.equal(typeof (/** @type {any} */ (message)(values)), 'string', name);
    assert.deepEqual([...used].sort(), [...keys].sort(), name);
    assert.equal(named({ code, values: keys }).code, name);
  }
});

test('faults of the engine are in the page’s language', async () => {
  const code = (/** @type {string} */ name) => CODES.findIndex((line) => line.split(' ')[0] === name);
  const words = (/** @type {any} */ message) => say(faultOf(named(message)));
  const wrongFile = { code: code('idxPair'), values: ['trainLabels', 69, 70, 'trainImages'] };
  const setting = {
    code: code('settingRange'),
    values: ['preset', { code: 0, values: ['"raw"'] }, { code: code('rangeWord'), values: ['unit|notebook'] }],
  };
  const unknown = { code: code('settingUnknown'), values: ['settings', 'batches', 'seed, preset'] };
  const memory = { code: code('noMemoryData'), values: [60000, 10000, 16, 64] };
  const stopped = {
    code: code('runStopped'),
    values: [
      'pretext',
      2,
      7,
      { code: code('badLoss'), values: [] },
      0.5,
      { code: code('nextEpoch'), values: [1, 0.05] },
    ],
  };
  const damaged = {
    code: code('checkpointUnreadable'),
    values: [{ code: code('safetensors'), values: [{ code: code('fileShort'), values: [3] }] }],
  };
  await speak('en');
  await laterWords();
  assert.equal(
    words(wrongFile),
    'training labels: it has 69 labels for the 70 images of training images; choose files that belong together',
  );
  assert.equal(words(setting), 'preset is "raw"; give “unit” or “notebook”');
  assert.equal(words(unknown), 'settings has no entry “batches”; its entries are seed, preset');
  assert.match(words(memory), /^60,000 \+ 10,000 images do not fit into the engine’s 64 MiB beside 16 threads;/);
  assert.equal(
    words(stopped),
    'pretext stopped in epoch 2, step 7: the loss is not finite at learning rate 0.5; it is back at the end of epoch 1: lower the rate, for example to 0.05, and continue',
  );
  assert.match(words(damaged), /^checkpoint: safetensors: the file has only 3 bytes; /);
  await speak('en-XA');
  for (const message of [wrongFile, setting, unknown, memory, stopped, damaged])
    assert.match(words(message), /^⟦.*⟧$/u);
  await speak('en');
});
