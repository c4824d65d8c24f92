// What the page says of single images, splits and neighbours: its pure parts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrays } from '../web/src/features/data/shapes.js';
import { inRange, movedCell, roleOf, trainedOn } from '../web/src/features/duel/readings.js';
import { seenOf } from '../web/src/features/latent/kin.js';

/** @type {import('../web/src/engine/types').Splits} */
const SPLITS = { pretext: [0, 10000], downstream: [10000, 11000], test: [300, 600] };

test('the pictures of a cell are those of the chosen test images, the surest first', () => {
  const row = [
    { index: 2, said: 4, sure: 0.9 },
    { index: 300, said: 4, sure: 0.5 },
    { index: 310, said: 9, sure: 0.7 },
    { index: 599, said: 4, sure: 0.7 },
    { index: 600, said: 4, sure: 0.6 },
  ];
  assert.deepEqual(
    inRange(row, [300, 600]).map(({ index }) => index),
    [310, 599, 300],
  );
  assert.equal(row[0].index, 2, 'the row itself stays in its order');
});

test('keys lead over the table and not beyond it', () => {
  assert.deepEqual(movedCell('ArrowRight', { truth: 3, said: 8 }, 10), { truth: 3, said: 9 });
  assert.deepEqual(movedCell('ArrowRight', { truth: 3, said: 9 }, 10), { truth: 3, said: 9 });
  assert.deepEqual(movedCell('ArrowUp', { truth: 0, said: 5 }, 10), { truth: 0, said: 5 });
  assert.deepEqual(movedCell('End', { truth: 2, said: 5 }, 10), { truth: 2, said: 9 });
  assert.equal(movedCell('x', { truth: 2, said: 5 }, 10), null);
});

test('an image has the part that the run gives it', () => {
  const run = { labels: 100, split: Math.fround(0.2) };
  const role = (/** @type {'train' | 'test'} */ set, /** @type {number} */ index) =>
    roleOf({ set, index }, SPLITS, run);
  assert.equal(trainedOn(1000, Math.fround(0.2)), 800, 'as the engine counts, though a float is a little above 0.2');
  assert.deepEqual(
    [role('train', 9999), role('train', 10009), role('train', 10079), role('train', 10080), role('train', 10100)],
    ['pretext', 'trained', 'trained', 'validation', 'unused'],
  );
  assert.equal(role('train', 11000), 'unused');
  assert.deepEqual([role('test', 299), role('test', 300), role('test', 600)], ['setAside', 'test', 'setAside']);
});

test('splits and shapes stand as the notebook prints them', () => {
  const rows = arrays(SPLITS, 10000).map(({ name, slice, shape }) => `${name} ${slice} ${shape}`);
  assert.deepEqual(rows, [
    'x_train train[0:10000] (10000, 28, 28)',
    'y_train train[0:10000] (10000,)',
    'xx_train train[10000:11000] (1000, 28, 28)',
    'yy_train train[10000:11000] (1000,)',
    'x_test test[0:300] (300, 28, 28)',
    'y_test test[0:300] (300,)',
    'xx_test test[300:600] (300, 28, 28)',
    'yy_test test[300:600] (300,)',
    'X_rotate  (40000, 28, 28, 1)',
    'Y_rotate  (40000, 4)',
    ' test[0:10000] (10000, 28, 28)',
  ]);
});

test('the map’s sentence follows its figures', () => {
  const marks = (/** @type {number} */ right, count = 100) =>
    Uint8Array.from({ length: count }, (_, i) => (i < right ? 1 : 0));
  const side = (/** @type {Uint8Array} */ kin) => ({ trained: { latent: { kin } } });
  assert.equal(seenOf({ sides: {}, before: null, untrained: null }), null);
  assert.deepEqual(seenOf({ sides: {}, before: null, untrained: marks(40) }), { count: 100, untrained: 0.4 });
  const reading = (/** @type {number} */ now, /** @type {number | null} */ before) =>
    seenOf({ sides: side(marks(now)), before: before === null ? null : marks(before), untrained: marks(40) })?.trained;
  assert.equal(reading(90, 60)?.reading, 'ahead');
  assert.equal(reading(60, 90)?.reading, 'behind');
  assert.equal(reading(61, 60)?.reading, 'level', 'one point more is no difference');
  assert.equal(reading(60, 60)?.reading, 'same');
  assert.equal(reading(60, null)?.reading, 'same');
  assert.ok(Math.abs(Number(reading(90, 60)?.change?.difference) - 0.3) < 1e-12);
});
