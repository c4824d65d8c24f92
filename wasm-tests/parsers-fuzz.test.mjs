// The page's readers of what comes from outside (addresses, IDX files, gzip) on generated inputs and on mutations of the
// corpus in fuzz/corpus. QUARTERTURN_FUZZ_SECONDS: so long for each property, from a new seed, instead of a fixed number
// of inputs from a fixed one.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import process from 'node:process';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { idxImages, idxLabels } from '../web/src/data/idx-write.js';
import { pairFiles, readHeader, unzip } from '../web/src/data/idx.js';
import { readSafetensors, writeSafetensors } from '../web/src/engine/safetensors.js';
import {
  GENERATOR_VERSION,
  PROPERTIES,
  PROPERTY_NAMES,
  faultText,
  format,
  parse,
} from '../web/src/state/properties.js';
import table from '../web/src/messages/en/first.js';
import { wordsOf } from './support/words.mjs';
import { address, shareLink, takeSettings } from '../web/src/state/settings.js';

const seconds = Number(process.env.QUARTERTURN_FUZZ_SECONDS ?? 0);
/** Of what is a few characters, and of what is a file. */
const TEXTS = 50_000;
const FILES = 1500;

/**
 * @param {string} name
 * @param {import('fast-check').IAsyncProperty<any> | import('fast-check').IProperty<any>} property
 * @param {number} runs
 * @param {any[]} [examples] that were faults once
 */
const holds = (name, property, runs, examples) =>
  test(name, async (context) => {
    const details = await fc.check(property, {
      numRuns: seconds > 0 ? Number.MAX_SAFE_INTEGER : runs,
      ...(examples ? { examples } : {}),
      ...(seconds > 0 ? { interruptAfterTimeLimit: 1000 * seconds, markInterruptAsFailure: false } : { seed: 1 }),
    });
    context.diagnostic(`${details.numRuns} inputs`);
    assert.ok(!details.failed, fc.defaultReportMessage(details));
    assert.ok(details.numRuns > 0);
  });

/** @param {string} target @returns {Uint8Array[]} */
const corpus = (target) =>
  readdirSync(new URL(`../fuzz/corpus/${target}`, import.meta.url)).map(
    (name) => new Uint8Array(readFileSync(new URL(`../fuzz/corpus/${target}/${name}`, import.meta.url))),
  );

/** Some bytes set, some cut out, some put in twice. @param {readonly Uint8Array[]} files */
const mutated = (files) =>
  fc
    .tuple(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.constantFrom('set', 'cut', 'twice'), fc.nat(), fc.nat(), fc.nat(255)), { maxLength: 6 }),
    )
    .map(([file, changes]) => {
      let bytes = file.slice();
      for (const [kind, at, length, value] of changes) {
        const place = bytes.length > 0 ? at % bytes.length : 0;
        const end = place + (length % 32);
        if (kind === 'set') bytes[place] = value;
        else if (kind === 'cut') bytes = Uint8Array.of(...bytes.subarray(0, place), ...bytes.subarray(end));
        else bytes = Uint8Array.of(...bytes.subarray(0, end), ...bytes.subarray(place));
      }
      return bytes;
    });

/** What the page says of what `work` throws: one printable line with what helps; null where it throws nothing. */
async function refused(/** @type {() => unknown} */ work) {
  try {
    await work();
    return null;
  } catch (error) {
    assert.ok(error instanceof Error);
    assert.doesNotMatch(error.constructor.name, /^(Type|Range|Syntax|Reference)Error$/, `${error.stack}`);
    const words = wordsOf(error);
    assert.match(words, /^[^\p{Cc}]+[:;?][^\p{Cc}]+$/u);
    return words;
  }
}

// ---- the page's address ---------------------------------------------------------------------------------------------

const property = fc.constantFrom(...PROPERTY_NAMES);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'0123456789.,;-+eExX _Infinity') }),
  fc.double().map(String),
  fc.bigInt().map(String),
  fc.array(fc.integer({ min: -10, max: 2000 })).map(String),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'true', 'null', '0x10', '1e3', '٣', 'auto'),
);

holds(
  'a setting is read to a value that is written and read the same, or refused by name',
  fc.property(property, text, (name, given) => {
    const setting = PROPERTIES[name];
    const read = parse(setting, given);
    if ('fault' in read) {
      assert.ok(faultText(name, read.fault).startsWith(`${table.settings[name].label}: `));
      return;
    }
    assert.deepEqual(parse(setting, format(setting, read.value)), read);
    if (setting.kind === 'integer' || setting.kind === 'number') {
      const value = /** @type {number} */ (read.value);
      assert.ok(value >= setting.min && value <= setting.max, `${name} is ${value}`);
    }
  }),
  TEXTS,
  [['seed', '-0']],
);

Object.assign(globalThis, { location: { pathname: '/', search: '', hash: '', href: 'http://localhost/' } });

holds(
  'an address is taken over to an address that is taken over the same',
  fc.property(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.tuple(fc.oneof(property, fc.string()), text))
        .map((list) =>
          list.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&'),
        ),
    ),
    (search) => {
      takeSettings(search);
      const first = address();
      takeSettings(new URL(first, 'http://localhost/').search);
      assert.equal(address(), first);
    },
  ),
  TEXTS,
);

test('a link to generated digits carries the version of their generator, any other link none', () => {
  const version = (/** @type {boolean} */ generated) =>
    new URL(shareLink(undefined, generated)).searchParams.get('digits');
  assert.equal(version(true), String(GENERATOR_VERSION));
  assert.equal(version(false), null);
});

holds(
  'the names in a lesson link come back as they were',
  fc.property(fc.uniqueArray(fc.string({ minLength: 1 })), (names) => {
    const list = names.map((name) => name.replaceAll(',', ''));
    const wanted = new Set(list.filter(Boolean));
    const { searchParams } = new URL(shareLink({ lock: wanted, hide: new Set() }));
    assert.deepEqual(new Set((searchParams.get('lock') ?? '').split(',').filter(Boolean)), wanted);
  }),
  TEXTS,
);

// ---- IDX ------------------------------------------------------------------------------------------------------------

const bytes = fc.oneof(mutated(corpus('idx').map((file) => file.subarray(1))), fc.uint8Array({ maxLength: 64 }));

holds(
  'an IDX file is what its header says, or refused by name',
  fc.asyncProperty(bytes, async (file) => {
    const message = await refused(() => {
      const { kind, count } = readHeader({ name: 'some file', bytes: file });
      assert.equal(file.length, kind === 'images' ? 16 + 784 * count : 8 + count);
    });
    assert.ok(message === null || message.startsWith('some file: '), `${message}`);
  }),
  FILES,
);

holds(
  'files are paired to images and labels that belong together, or refused',
  fc.asyncProperty(
    fc.array(fc.record({ name: fc.constantFrom('train', 't10k', 'other', 'test'), bytes }), { maxLength: 5 }),
    fc.record({ transpose: fc.boolean(), knownOnly: fc.boolean() }),
    async (files, reading) => {
      await refused(() => {
        const { trainImages, trainLabels, testImages, testLabels } = pairFiles(files, { train: 5, test: 5 }, reading);
        for (const [images, labels] of [
          [trainImages, trainLabels],
          [testImages, testLabels],
        ]) {
          if (!images || !labels) continue;
          const [many, few] = [images, labels].map((part) => readHeader({ name: '', bytes: part }));
          assert.equal(many.count, few.count);
          assert.ok(few.bytes.subarray(8).every((label) => label < 10));
        }
      });
    },
  ),
  FILES,
);

holds(
  'images and labels that are written are read as they were',
  fc.property(fc.array(fc.nat(9), { minLength: 1, maxLength: 5 }), fc.nat(255), (labels, grey) => {
    const pixels = Uint8Array.from({ length: 784 * labels.length }, (_, i) => (i * grey) % 256);
    const files = [
      { name: 'images', bytes: idxImages(pixels) },
      { name: 'labels', bytes: idxLabels(Uint8Array.from(labels)) },
    ];
    const { trainImages, trainLabels } = pairFiles(files, { train: 6, test: 5 });
    assert.deepEqual(trainImages.subarray(16), pixels);
    assert.deepEqual([...trainLabels.subarray(8)], labels);
  }),
  FILES,
);

// ---- gzip -----------------------------------------------------------------------------------------------------------

const MOST = 4096;

holds(
  'gzip data are unpacked as by zlib, or refused, and never to more than the limit',
  fc.asyncProperty(
    fc.oneof(
      mutated(corpus('gzip')),
      fc.uint8Array({ maxLength: 5000 }).map((plain) => new Uint8Array(gzipSync(plain))),
    ),
    async (file) => {
      /** @type {Uint8Array | undefined} */
      let out;
      await refused(async () => {
        out = (await unzip({ name: 'some file', bytes: file }, MOST)).bytes;
      });
      if (!out || file[0] !== 0x1f || file[1] !== 0x8b) return;
      assert.ok(out.length <= MOST);
      assert.deepEqual(out, new Uint8Array(gunzipSync(file)));
    },
  ),
  FILES,
);

// ---- safetensors ----------------------------------------------------------------------------------------------------

/** Of an object that JSON keeps. */
const key = fc.string().filter((name) => name !== '__proto__' && name !== '__metadata__');

holds(
  'tensors that are written are read as they were',
  fc.property(
    fc.dictionary(key, fc.uint8Array({ maxLength: 40 }), { noNullPrototype: true }),
    fc.dictionary(key, fc.string(), { noNullPrototype: true }),
    (parts, metadata) => {
      const tensors = new Map(
        Object.entries(parts).map(([name, part]) => [name, { type: 'U8', shape: [part.length], bytes: part }]),
      );
      const read = readSafetensors(writeSafetensors({ metadata, tensors }));
      assert.deepEqual(read.metadata, metadata);
      assert.deepEqual(
        [...read.tensors].map(([name, { type, bytes: part }]) => [name, type, [...part]]).sort(),
        [...tensors].map(([name, { type, bytes: part }]) => [name, type, [...part]]).sort(),
      );
    },
  ),
  FILES,
);
