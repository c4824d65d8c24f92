// The claim of a table of confusions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mostMixed } from '../web/src/shared/most-mixed.js';

test('the most frequent mistake is the highest share of a row, not the highest count', () => {
  const table = [
    [90, 10, 0],
    [0, 8, 2],
    [0, 0, 0],
  ];
  assert.deepEqual(
    mostMixed(3, (truth, said) => table[truth][said]),
    { truth: 1, said: 2, count: 2, of: 10 },
  );
});

test('without a mistake there is none, also without images', () => {
  assert.equal(
    mostMixed(2, (truth, said) => (truth === said ? 5 : 0)),
    null,
  );
  assert.equal(
    mostMixed(2, () => 0),
    null,
  );
});
