// What lies in the browser's storage: the page takes up what it writes itself, and refuses whatever else is there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isOwnNote } from '../web/src/data/own-note.js';
import { Snapshots } from '../web/src/engine/snapshots.js';
import {
  TRUNK_WEIGHTS,
  areMoments,
  isComparison,
  isRow,
  isRun,
  runOfVersion1,
  sourceOf,
  timeOf,
} from '../web/src/data/records.js';
import { runsCsv } from '../web/src/features/keep/tables.js';
import { KINDS } from '../web/src/data/kinds.js';

const RUNS = { numRuns: 2000, seed: 1 };

const note = fc.record({
  kind: fc.constantFrom(...Object.keys(KINDS)),
  transpose: fc.boolean(),
  knownOnly: fc.boolean(),
  files: fc.array(
    fc.record({
      name: fc.string({ maxLength: 100 }),
      sha256: fc.oneof(
        fc.constant(''),
        fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 }),
      ),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});
const time = fc.integer({ min: 1, max: 8.64e15 });
const arithmetic = fc.constantFrom(true, false, null);
const budgets = fc.constantFrom(
  ...[
    [10, 30, 100],
    [10, 250],
  ],
);
/** Figures among so many test images. @param {number[]} labels @param {number} of */
const right = (labels, of) => fc.array(fc.nat(of), { minLength: labels.length, maxLength: labels.length });
const track = fc.tuple(budgets, fc.integer({ min: 1, max: 10_000 })).chain(([labels, of]) =>
  fc.record({
    labels: fc.constant([...labels]),
    of: fc.constant(of),
    points: fc
      .uniqueArray(fc.nat(1000), { minLength: 1, maxLength: 5 })
      .chain((places) =>
        fc.tuple(
          ...places.sort((a, b) => a - b).map((at) => fc.record({ at: fc.constant(at / 8), right: right(labels, of) })),
        ),
      ),
  }),
);
const probes = fc.tuple(budgets, fc.integer({ min: 1, max: 10_000 })).chain(([labels, of]) =>
  fc.record({
    labels: fc.constant([...labels]),
    of: fc.constant(of),
    right: fc.record({ pretext: right(labels, of), untrained: right(labels, of) }),
  }),
);
const run = fc.record({
  version: fc.constant(2),
  time,
  search: fc.string().map((text) => `?${text}`),
  place: fc.record({
    phase: fc.constantFrom('pretext', 'random', 'finished'),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  seed: fc.nat(),
  source: fc.string(),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 100 }),
  fused: arithmetic,
  own: note,
  track,
});

const count = fc.nat();
const fit = fc.record({
  batch: count,
  epochs: count,
  learningRate: fc.double({ noNaN: true, noDefaultInfinity: true }),
});
const score = fc.tuple(count, count).map(([a, b]) => ({ correct: Math.min(a, b), count: Math.max(a, b) }));
const perArm = (/** @type {fc.Arbitrary<any>} */ value) =>
  fc.record({ self_supervised: value, random: value, supervised: value });
const row = fc.record({
  id: fc.string(),
  time,
  data: fc.string(),
  train: count,
  settings: fc.record({
    seed: count,
    preset: fc.constantFrom('unit', 'notebook'),
    labels: count,
    pretext: fit,
    arms: perArm(fit),
  }),
  epochs: fc.record({ pretext: count, self_supervised: count, random: count, supervised: count }),
  stoppedEarly: perArm(count),
  rotation: score,
  tests: perArm(fc.record({ few: score, full: score })),
  signature: fc.string({ maxLength: 16 }),
  fused: arithmetic,
  command: fc.string(),
  probes,
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const comparison = fc
  .tuple(
    budgets,
    fc.uint8Array({ min: 0, max: 9, minLength: 1, maxLength: 50 }),
    fc.subarray(['turns', 'mirrors', 'jigsaw', 'shuffles'], { minLength: 1 }),
  )
  .chain(([labels, truth, tasks]) =>
    fc.record({
      truth: fc.constant(truth),
      made: fc.record({
        epochs: count,
        seed: count,
        pixels: fc.constantFrom('unit', 'notebook'),
        tests: count,
        source: fc.string(),
      }),
      rows: fc.tuple(
        ...['untrained', ...tasks].map((task) =>
          fc.record({
            run: fc.string(),
            task: fc.constant(task),
            answers: count,
            pretext: score,
            budgets: fc.tuple(
              ...labels.map((each) =>
                fc.record({
                  labels: fc.constant(each),
                  right: fc.nat(truth.length),
                  of: fc.constant(truth.length),
                  accuracy: share,
                  low: share,
                  high: share,
                  marks: fc.uint8Array({ minLength: truth.length, maxLength: truth.length }),
                }),
              ),
            ),
          }),
        ),
      ),
    }),
  );

const moments = fc
  .uniqueArray(fc.nat(1e6), { minLength: 1, maxLength: 6 })
  .map((all) =>
    all.sort((a, b) => a - b).map((done) => ({ moment: { done, steps: 7 }, weights: new Float32Array(TRUNK_WEIGHTS) })),
  );

/** Every place in a value: the keys that lead to it. @param {any} value @param {string[]} [way] @returns {string[][]} */
const places = (value, way = []) =>
  value !== null && typeof value === 'object' && !ArrayBuffer.isView(value)
    ? [...(way.length > 0 ? [way] : []), ...Object.keys(value).flatMap((key) => places(value[key], [...way, key]))]
    : [way];

/** What cannot stand in the place of a value: another kind, too large, or out of range. @param {unknown} value */
function wrong(value) {
  const kinds = [undefined, null, 'text', 3, true, {}, [], new Uint8Array(3), new Float32Array(3), new Map()];
  const kind = (/** @type {unknown} */ each) => (each === null ? 'null' : (each?.constructor?.name ?? 'undefined'));
  const others = kinds.filter((each) => kind(each) !== kind(value));
  if (typeof value === 'number') return [...others, NaN, Infinity, -Infinity];
  if (typeof value === 'string') return [...others, 'x'.repeat(5000)];
  if (value instanceof Uint8Array) return [...others, new Uint8Array(0), new Uint8Array(17 * 2 ** 20)];
  if (value instanceof Float32Array) return [...others, value.slice(1), value.map((_, i) => (i === 100 ? NaN : 0))];
  return Array.isArray(value) ? [...others, [...value, 'one more'], new Array(100).fill(value[0])] : others;
}

/**
 * A value with one place of it made wrong or taken away.
 * @param {fc.Arbitrary<any>} sound
 * @param {(way: string, value: unknown) => boolean} may what may also stand there
 */
const damaged = (sound, may) =>
  fc
    .tuple(sound, fc.nat(), fc.nat())
    .map(([value, place, choice]) => {
      const all = places(value);
      const way = all[place % all.length];
      const parent = way.slice(0, -1).reduce((part, key) => part[key], value);
      const key = way[way.length - 1];
      const choices = wrong(parent[key]);
      const chosen = choices[choice % choices.length];
      parent[key] = chosen;
      return { value, way: way.join('.'), chosen };
    })
    .filter(({ way, chosen }) => !may(way, chosen));

/** @param {string} name @param {fc.IProperty<any>} property */
const holds = (name, property) => test(name, () => fc.assert(property, RUNS));

holds(
  'what the page keeps is read again',
  fc.property(
    ...[run, row, moments, note, comparison],
    (a, b, c, d, e) => isRun(a) && isRow(b) && areMoments(c) && isOwnNote(d) && isComparison(e),
  ),
);

const optional = (/** @type {string} */ way, /** @type {unknown} */ value) =>
  (way === 'place' && value === null) ||
  (way === 'own' && value == null) ||
  ((way === 'track' || way === 'probes') && value === undefined) ||
  (way === 'fused' && (value === null || typeof value === 'boolean'));
holds(
  'a run that is damaged anywhere is refused',
  fc.property(damaged(run, optional), ({ value }) => !isRun(value)),
);
holds(
  'a row that is damaged anywhere is refused',
  fc.property(damaged(row, optional), ({ value }) => !isRow(value)),
);
holds(
  'a comparison of tasks that is damaged anywhere is refused',
  fc.property(
    damaged(comparison, (way, value) => way.endsWith('.pretext') && value === null),
    ({ value }) => !isComparison(value),
  ),
);
test('moments that are damaged anywhere are refused', () =>
  fc.assert(
    fc.property(
      damaged(moments, () => false),
      ({ value }) => !areMoments(value),
    ),
    { ...RUNS, numRuns: 300 },
  ));

test('records that held sentences become records of codes', () => {
  const record = { version: 1, time: 7, search: '?seed=3', bytes: new Uint8Array([1]), fused: true, own: null };
  const { place, seed, source } = runOfVersion1({
    ...record,
    text: 'Random features, 45% done · seed 4 · MNIST · all',
  });
  assert.deepEqual(
    { place, seed, source },
    { place: { phase: 'random', share: 0.45 }, seed: 4, source: 'MNIST · all' },
  );
  const over = runOfVersion1({ ...record, text: 'finished · seed 3 · a.gz, b.gz' });
  assert.deepEqual(over.place, { phase: 'finished', share: 1 });
  const odd = runOfVersion1({ ...record, text: 'anything' });
  assert.deepEqual([odd.place, odd.seed], [null, 3]);
  for (const found of [over, odd]) assert.ok(isRun(found) && !('text' in found));
  assert.equal(isRun(runOfVersion1({ ...record, text: 5 })), false);
  assert.equal(runOfVersion1('rubbish'), 'rubbish');
});

/** Anything that storage can hold. */
const anything = fc.anything({
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
  withBigInt: true,
});
holds(
  'whatever is there, what is read can be used',
  fc.property(
    fc.oneof(
      anything,
      damaged(run, () => false).map(({ value }) => value),
      damaged(row, () => false).map(({ value }) => value),
    ),
    (value) => {
      assert.notEqual(new Date(timeOf(value)).toLocaleString('en', { dateStyle: 'medium' }), 'Invalid Date');
      if (isRun(value)) {
        new URLSearchParams(value.search);
        if (value.own)
          assert.ok(
            KINDS[value.own.kind].marks.length === 10 &&
              value.own.files.every(({ sha256 }) => sha256.length % 64 === 0),
          );
      }
      if (isRow(value)) assert.equal(runsCsv([value]).trimEnd().split('\r\n').length >= 2, true);
      if (areMoments(value)) new Snapshots().take(value);
    },
  ),
);

test('data of earlier records has the name that the engine gives it', () => {
  assert.equal(sourceOf('built-in generated digits, seed 7 (not handwriting)'), 'generated:1:7');
  assert.equal(
    sourceOf('built-in generated digits, seed 7 (not handwriting) + 1 of my digits (ab12)'),
    'generated:1:7 + 1 of my digits (ab12)',
  );
  for (const name of ['generated:1:7', 'MNIST', 'my built-in generated digits, seed 7 (not handwriting)', '']) {
    assert.equal(sourceOf(name), name);
  }
});
