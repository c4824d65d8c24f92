// The tables of words, without a page.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { wordsOf } from '../web/src/messages/faults.js';
import { language, list, percent, plural, whole } from '../web/src/messages/intl.js';
import { PSEUDO, SPOKEN, choose } from '../web/src/messages/choose.js';
import { LANGUAGES, laterWords, speak, t } from '../web/src/messages/messages.js';
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

/** Words of another script than that of English: what a message in Korean has. */
const FOREIGN = /[^\p{Script=Latin}\P{L}]/u;
const ENGLISH = /[A-Za-z]{3}/;
/** What stands in every language as it is: names, and what is only put together of parameters. */
const NAMES =
  /^(?:[KE]?MNIST|Fashion-MNIST|Adam|relaxed SIMD|.*WebAssembly.*|conv\d|.*“?sample\b.*|.*quarterturn .*|\d+% · Quarterturn)$/su;
/** Behind a parameter, also after a quotation mark or a mark; behind brackets it belongs to the word before them. A syllable more is another word: 가지, 이미지. */
const PARTICLE =
  /\}(?:[”’"']|<\/\w+>)*(?:은|는|이|가|을|를|과|와|아|야|(?:으로|로|이라|라|이나|나|이며|이랑)(?:는|도|서|써|고|부터)?)(?![가-힣])/u;

/** @param {string} text @returns {string[]} its marks, in any order: word order differs */
const marksOf = (text) =>
  richParts(text)
    .flatMap((part) => (typeof part === 'string' ? [] : [`${part.name} ${part.of ?? ''}`]))
    .sort();

const SHARE = { accuracy: 0.5, low: 0.4, high: 0.6 };

/** Parameters by name, where they are no numbers. @type {Record<string, unknown>} */
const SAMPLES = {
  ...{ kind: 'digits', task: 'turns', run: 'pretext', said: 'up', truth: 'down', top: 'left', set: 'train' },
  ...{ preset: 'unit', pixels: 'unit', code: 'ahead', rival: 'random', at: 'now', how: 'now', rounding: 'fused' },
  ...{ first: 3, last: 5, names: ['sample', 'sample'], values: ['sample'], missing: ['files'], such: [1, 2] },
  ...{
    fixes: ['sample'],
    reasons: [{ builds: ['sample'], why: 'sample' }],
    differences: [{ code: 'seed', value: '3' }],
  },
  ...{ each: [{ name: 'sample', count: 2 }], arms: [1, 2], scales: { taught: 1, untrained: 0.1 } },
  ...{ place: { title: 'sample', epoch: 1, epochs: 2, step: 3, steps: 4 }, measuredOn: new Date(0), form: 'tuned' },
  ...{ mixed: { truth: 'sample', said: 'sample', count: 1, of: 2 }, paused: true, kept: true, fused: true },
  ...{ still: true, begun: true, right: 2, probe: { labels: 2, ...SHARE } },
  ...{ parts: ['sample'], controls: ['sample'], who: 'sample', brief: true },
};
for (const name of ['one', 'many', 'name', 'text', 'why', 'source', 'title', 'variant']) SAMPLES[name] = 'sample';
/** The same again, with the other sides of what a message may depend on. @type {Record<string, unknown>} */
const OTHERS = {
  ...{ kind: 'letters', task: 'jigsaw', preset: 'notebook', pixels: 'notebook', code: 'level', rival: 'supervised' },
  ...{ images: null, accuracy: null, speed: null, seconds: null, place: null, mixed: null, scales: null, probe: null },
  ...{
    paused: false,
    kept: false,
    fused: false,
    still: false,
    begun: false,
    rounding: '',
    differences: [],
    at: 'then',
    parts: [],
    refused: 0,
    who: '',
    brief: false,
  },
};

/** Where a parameter is another thing than elsewhere under its name. @type {[RegExp, Record<string, unknown>][]} */
const PLACES = [
  [/^common\.tasks/, { variant: 1 }],
  [/^components/, { place: 'sample' }],
  [/^example/, { data: 'mnist' }],
  [/^data\.shapes/, { many: 0.1 }],
  [/^says\.drawingPixels/, { pixels: 3 }],
  [/^probe\.(before|leads|level)/, { untrained: SHARE, pixels: SHARE, share: SHARE }],
  [/^duel\.readings\.found/, { share: SHARE }],
  [/^errorsOfTurns/, { right: SHARE }],
  // A share among other parameters: what is left of them is copied, so it has to be there.
  [/^(hero|learn)/, { labels: 2, taught: SHARE, untrained: SHARE, tested: SHARE, ...SHARE }],
  [/^says\.checkpointData/, { made: 'sample', present: 'sample' }],
  [/^start\./, { file: 'code', missing: 'sample' }],
  [/^address\./, { choices: ['sample'] }],
  [/^says\./, { choices: 'sample|sample', first: 3 }],
  [/^errors\./, { kind: 'images', label: 3, found: 3 }],
  [/^says\.(idxLabel|labelClass)/, { label: 3 }],
  [/^errors\.otherType/, { type: 9 }],
  [
    /^probe\.(leads|level|against|before)/,
    { first: 'pretext', second: 'untrained', other: 'pixels', others: ['pixels'] },
  ],
  [/^probe\.draws\.found/, { own: { mean: 0.5, deviation: 0.1 }, other: { mean: 0.5, deviation: 0.1 } }],
  [/^tries\.guess/, SHARE],
  [/^probe\.(value|epochs)/, { first: 0.1, last: 0.2, accuracy: 0.5 }],
  [/verdict\.(ahead|behind)/, { labels: [10, 30] }],
  [/^duel\.more\.(verdict|guessing)/, { ahead: [1], behind: [2], level: [3, 4], labels: [10] }],
  [/^duel\.(note|stands|accuracy|summary|spread)/, { few: [300, 600], accuracy: 0.5 }],
  [/^duel\.summary/, { few: 300 }],
  [/^duel\.more\.at$|^tasks\.(at|reading)|^keep\.chartPlace|^draw\./, { place: 1, set: 'train' }],
  [/^draw\.opinions\.at/, { answers: [{ angle: 90, share: 0.5 }] }],
  [/^(duel|tasks|probe|hero|learn|run\.spoken|stems)/, { accuracy: 0.5 }],
  [/^learn|^hero\.(?!.*untrained)|^draw|^errors|^says|^page/, { images: 3, speed: 3, seconds: 3 }],
  [/^run\.line/, { accuracy: null }],
  [/^engine\.|^errors\.workerSilent/, { seconds: 3 }],
  [/^(errorsOfTurns|data|speed|quiz|tasks|duel\.budget)/, { images: 3 }],
];

/** What a table says, by key: its words as they are, and the answers of its functions to the samples. @param {string} name @param {'first' | 'later'} part */
async function saidBy(name, part) {
  await speak(name);
  await laterWords();
  /** @type {Map<string, string[]>} */
  const found = new Map();
  /** @param {any} message @param {string} key */
  const note = (message, key) => {
    if (typeof message === 'string') found.set(key, [message]);
    else if (typeof message === 'object')
      for (const [each, inner] of Object.entries(message)) note(inner, `${key}.${each}`);
    else if (typeof message === 'function') {
      const said = [{}, OTHERS, { count: 1, epoch: 0 }].map((others) => {
        const values = Object.assign(
          {},
          SAMPLES,
          others,
          ...PLACES.filter(([where]) => where.test(key)).map(([, of]) => of),
        );
        const given = /^draw\.opinions\.leading/.test(key)
          ? [{ angle: 90, from: 0, to: 45 }]
          : new Proxy(values, { get: (of, at) => (at in of ? of[String(at)] : 2) });
        return String(message(given));
      });
      found.set(key, said);
    }
  };
  for (const [key, message] of Object.entries((await LANGUAGES[name][part]()).default)) note(message, key);
  return found;
}

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
        const missing = english.filter((key) => !found.includes(key));
        const unknown = found.filter((key) => !english.includes(key));
        if (name === PSEUDO) assert.equal(found.length, english.length);
        else assert.deepEqual({ missing, unknown }, { missing: [], unknown: [] }, `${name}, ${part}`);
      }
    }
  });

  test('the language is that of the address, else the first wish that there is', () => {
    assert.deepEqual([...SPOKEN, PSEUDO].sort(), Object.keys(LANGUAGES).sort());
    assert.equal(choose('en-XA', ['de']), 'en-XA');
    assert.equal(choose('xx', ['de', 'en-GB']), 'en');
    assert.equal(choose('toString', []), 'en');
    assert.equal(choose(null, []), 'en');
    assert.equal(choose('ko', ['en-GB']), 'ko');
    assert.equal(choose(null, ['de', 'ko-KR', 'en-GB']), 'ko');
    assert.equal(choose(null, [null, 'ko']), 'ko');
    assert.equal(choose(null, ['kok', 'en-GB']), 'en'); // Konkani
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

  test('in every language a message has the marks of the English one, and its words', async () => {
    /** @type {string[]} */
    const faults = [];
    for (const part of /** @type {const} */ (['first', 'later'])) {
      const english = await saidBy('en', part);
      for (const name of SPOKEN.slice(1)) {
        const found = await saidBy(name, part);
        for (const [key, texts] of english) {
          for (const [i, text] of texts.entries()) {
            const other = found.get(key)?.[i] ?? '';
            const place = `${name}, ${key}: ${other}`;
            const bare = other.replace(/<[^>]*>/g, '');
            if (marksOf(other).join() !== marksOf(text).join()) faults.push(`${place}: not the marks of “${text}”`);
            if (/undefined|NaN|\[object/.test(text + other)) faults.push(`${place}: a sample does not fit, ${text}`);
            if (ENGLISH.test(bare) && !FOREIGN.test(bare) && !NAMES.test(bare)) faults.push(`${place}: English`);
          }
        }
      }
    }
    assert.deepEqual(faults, []);
  });

  test('in Korean no particle depends on a word that is put in', () => {
    const folder = fileURLToPath(new URL('../web/src/messages/ko', import.meta.url));
    const found = readdirSync(folder).flatMap((name) =>
      readFileSync(`${folder}/${name}`, 'utf8')
        .split('\n')
        .flatMap((line, i) => (PARTICLE.test(line) ? [`${name}:${i + 1}: ${line.trim()}`] : [])),
    );
    assert.deepEqual(found, []);
    for (const wrong of ['${a}은 ', '${a}”이 ', '${a}</b>을 ', '${a}으로 ', '${a}이라는 ']) {
      assert.match(wrong, PARTICLE);
    }
    for (const right of ['${a}가지 ', '${a}에서 ', '${a}이미지', '${a}개를 ', '${a}의 ', '숫자(${a})를 ']) {
      assert.doesNotMatch(right, PARTICLE);
    }
  });

  test('the language for tests marks whole sentences, and leaves marks of parts alone', () => {
    assert.equal(pseudo('Press <a>one</a>'), `${OPEN}Préss <a>öñé</a>${CLOSE}`);
    const table = pseudoTable({ a: 'b', c: { d: (/** @type {number} */ n) => `${n} x`, e: ['y'] } });
    assert.equal(table.a, `${OPEN}b${CLOSE}`);
    assert.equal(table.c.d(2), `${OPEN}2 x${CLOSE}`);
    assert.deepEqual(table.c.e, [`${OPEN}y${CLOSE}`]);
  });
});
