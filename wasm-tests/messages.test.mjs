// The tables of words, without a page.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { wordsOf } from '../web/src/messages/faults.js';
import { language, list, percent, plural, whole } from '../web/src/messages/intl.js';
import { LANGUAGES, choose, laterWords, speak, t } from '../web/src/messages/messages.js';
import { CLOSE, OPEN, pseudo, pseudoTable } from '../web/src/messages/pseudo/pseudo.js';
import { richParts } from '../web/src/messages/rich-parts.js';
import { canSay } from '../web/src/messages/said.js';
import { Fault } from '../web/src/state/fault.js';
import { fault, faultOf } from '../web/src/fault-data.js';

/** The keys of a table, deep, with the kind of what stands there. @param {object} table @param {string} [above] @returns {string[]} */
const shape = (table, above = '') =>
  Object.entries(table).flatMap(([key, value]) =>
    value !== null && typeof value === 'object'
      ? shape(value, `${above}${key}.`)
      : [`${above}${key}: ${typeof value}${typeof value === 'function' ? ` of ${value.length}` : ''}`],
  );

/** Where the page makes a fault. */
const MAKES_FAULT = /(?:\bfault|new (?:Fault|MissingPart|ReloadError)|\bsuper)\(\s*(?:\w+ \? )?'(\w+)'(?: : '(\w+)')?/g;

describe('words of faults', () => {
  test('every fault that the page makes has words, one code one meaning', async () => {
    await speak('en');
    await laterWords();
    const { start, errors, engine, says } = t.peek();
    const folder = fileURLToPath(new URL('../web/src', import.meta.url));
    const codes = new Set();
    for (const name of readdirSync(folder, { recursive: true }).map(String)) {
      if (!/\.jsx?$/.test(name)) continue;
      for (const [, one, other] of readFileSync(`${folder}/${name}`, 'utf8').matchAll(MAKES_FAULT)) {
        for (const code of [one, other]) if (code) codes.add(code);
      }
    }
    assert.ok(codes.size > 60, `${codes.size} codes are found`);
    const rooms = [start, errors, engine, says];
    for (const code of codes) {
      assert.equal(rooms.filter((room) => Object.hasOwn(room, code)).length, 1, `“${code}” has words once`);
    }
  });

  test('faults among the parameters are worded, also after a journey as plain data', async () => {
    await speak('en');
    await laterWords();
    const inner = fault('answered', { status: 404, file: 'code' });
    const outer = new Fault('noBuild', {
      reasons: [{ builds: ['single-simd'], why: fault('failedToStart', { why: inner }) }],
      fixes: [fault('copyFolder')],
    });
    const said =
      'no engine build runs here: single-simd: failed to start: the server answered 404 for its code (.wasm). ' +
      'What to do: copy the page’s whole folder to the server again';
    assert.equal(wordsOf(outer), said);
    assert.equal(wordsOf(structuredClone(faultOf(outer))), said);
    assert.equal(wordsOf(faultOf(new Error('unreachable'))), 'unreachable');
    assert.equal(wordsOf(new Error('of the browser')), 'of the browser');
    assert.equal(wordsOf('a text'), 'a text');
    assert.equal(wordsOf(fault('noSuchCode')), 'noSuchCode');
    assert.equal(wordsOf(fault('newInTheEngine', { text: 'a line of the engine' })), 'a line of the engine');
    assert.equal(wordsOf({ room: 'offline', code: 'later', values: {} }), 'Later');
    const unworded = fault('noBuild', { reasons: [fault('noSuchCode')], fixes: [] });
    assert.ok(canSay(faultOf(outer)) && !canSay(faultOf(unworded)));
  });
});

describe('words by key', () => {
  test('every language has every key, and no other', async () => {
    const folder = fileURLToPath(new URL('../web/src/messages', import.meta.url));
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.equal(folders.length, Object.keys(LANGUAGES).length, 'each folder is a language of the page');
    for (const part of /** @type {const} */ (['first', 'later'])) {
      const english = shape((await LANGUAGES.en[part]()).default);
      for (const [name, tables] of Object.entries(LANGUAGES)) {
        const found = shape((await tables[part]()).default);
        if (name === 'en-XA') assert.equal(found.length, english.length);
        else assert.deepEqual(found.sort(), english.sort(), `${name}, ${part}`);
      }
    }
  });

  test('the language is that of the address, else the first wish that there is', () => {
    assert.equal(choose('en-XA', ['de']), 'en-XA');
    assert.equal(choose('xx', ['de', 'en-GB']), 'en');
    assert.equal(choose('toString', []), 'en');
    assert.equal(choose(null, []), 'en');
  });

  test('numbers and plurals', () => {
    language.value = 'en';
    assert.equal(whole(12345.4), '12,345');
    assert.equal(percent(0.93412), '93.4%');
    assert.equal(percent(1, 0), '100%');
    assert.deepEqual(
      [0, 1, 2].map((count) => plural(count, { one: 'epoch', other: 'epochs' })),
      ['epochs', 'epoch', 'epochs'],
    );
    assert.equal(list(['a', 'b', 'c']), 'a, b, and c');
  });

  test('marks in a message', () => {
    assert.deepEqual(richParts('Press <b>Train</b> at <time/>.'), [
      'Press ',
      { name: 'b', inner: 'Train' },
      ' at ',
      { name: 'time', inner: '' },
      '.',
    ]);
    assert.deepEqual(richParts('a <term probe>linear probe</term>'), [
      'a ',
      { name: 'term', inner: 'linear probe', of: 'probe' },
    ]);
    assert.deepEqual(richParts('1 < 2 and 3 > 2'), ['1 < 2 and 3 > 2']);
    assert.deepEqual(richParts(''), []);
  });

  test('every term that is marked has its meaning, and every meaning a term', async () => {
    const { glossary } = (await LANGUAGES.en.later()).default;
    const folder = fileURLToPath(new URL('../web/src/messages/en', import.meta.url));
    const tables = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
    const marked = new Set([...tables.join('').matchAll(/<term (\w+)>/g)].map(([, of]) => of));
    assert.deepEqual([...marked].sort(), Object.keys(glossary).sort());
  });

  test('the language for tests marks whole sentences, and leaves marks of parts alone', () => {
    assert.equal(pseudo('Press <a>one</a>'), `${OPEN}Préss <a>öñé</a>${CLOSE}`);
    const table = pseudoTable({ a: 'b', c: { d: (/** @type {number} */ n) => `${n} x`, e: ['y'] } });
    assert.equal(table.a, `${OPEN}b${CLOSE}`);
    assert.equal(table.c.d(2), `${OPEN}2 x${CLOSE}`);
    assert.deepEqual(table.c.e, [`${OPEN}y${CLOSE}`]);
  });
});
