// The plot kit's pure parts: scales, ticks, the walk along values, and marks as paths.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { areaPath, columnsPath, intervalPath, linePath } from '../web/src/components/plot/paths.js';
import { notes, pitch, rangeOf } from '../web/src/components/plot/sound.js';
import { linear, log } from '../web/src/components/plot/scale.js';
import { linearTicks, logTicks, withRoom } from '../web/src/components/plot/ticks.js';
import { nearest, walked } from '../web/src/components/plot/walk.js';

const ends = fc.tuple(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), fc.double({ min: 1.01, max: 1e4, noNaN: true }));

describe('sound', () => {
  test('a chart sounds: higher values are higher tones, gaps are left out, and all curves share one scale', () => {
    const rising = { label: 'a', values: [0, null, 0.5, 1] };
    const flat = { label: 'b', values: [2, 2, NaN, 2] };
    const range = rangeOf([rising, flat]);
    assert.deepEqual(range, [0, 2]);
    const heard = notes(rising, range);
    assert.equal(heard.length, 3);
    assert.ok(heard[0].hz < heard[1].hz && heard[1].hz < heard[2].hz);
    assert.ok(Math.abs(heard[2].hz / heard[0].hz - 2) < 1e-9, 'half of the scale is an octave');
    assert.ok(
      heard[0].at === 0 && Math.abs(heard[1].at - 2 * (heard[2].at - heard[1].at)) < 1e-9,
      'a gap takes its time',
    );
    assert.deepEqual(
      notes(flat, range).map(({ hz }) => hz),
      [880, 880, 880],
    );
    assert.equal(pitch(3, [3, 3]), 440, 'of one value only, the middle');
    const long = notes({ label: 'c', values: Array.from({ length: 500 }, (_, i) => i) }, [0, 499]);
    assert.ok(long[499].at <= 3.001, 'however many values, a curve is short');
  });
});

describe('scales', () => {
  test('lead from the ends of the domain to the ends of the range, either way round', () => {
    const across = linear([10, 20], [0, 100]);
    assert.deepEqual([10, 15, 20, 25].map(across.at), [0, 50, 100, 150]);
    const up = linear([0, 1], [200, 0]);
    assert.deepEqual([0, 0.25, 1].map(up.at), [200, 150, 0]);
    const powers = log([1, 10_000], [0, 400]);
    assert.deepEqual(
      [1, 10, 100, 10_000].map((value) => Math.round(powers.at(value))),
      [0, 100, 200, 400],
    );
  });

  test('are undone by their inverse', () => {
    for (const scale of [linear, log]) {
      fc.assert(
        fc.property(ends, fc.double({ min: 0, max: 1, noNaN: true }), ([low, times], part) => {
          const { at, of } = scale([low, low * times], [30, 630]);
          const value = low * times ** part;
          assert.ok(Math.abs(of(at(value)) / value - 1) < 1e-6);
        }),
      );
    }
  });

  test('of one value put it in the middle; a logarithmic one begins above 0', () => {
    assert.equal(linear([3, 3], [0, 10]).at(3), 5);
    assert.equal(log([50, 50], [0, 10]).at(50), 5);
    assert.throws(() => log([0, 10], [0, 1]), RangeError);
  });
});

describe('ticks', () => {
  test('are round values inside of the domain', () => {
    assert.deepEqual(linearTicks([0, 1]), [0, 0.2, 0.4, 0.6, 0.8, 1]);
    assert.deepEqual(linearTicks([0.3, 0.7]), [0.3, 0.4, 0.5, 0.6, 0.7]);
    assert.deepEqual(linearTicks([0, 1234], 3), [0, 500, 1000]);
    assert.deepEqual(linearTicks([5, 5]), [5]);
    assert.deepEqual(logTicks([1, 10_000]), [1, 10, 100, 1000, 10_000]);
    assert.deepEqual(logTicks([10, 1000]), [10, 100, 1000]);
    assert.deepEqual(logTicks([10, 50]), [10, 20, 50]);
    assert.deepEqual(logTicks([0.02, 0.5]), [0.02, 0.05, 0.1, 0.2, 0.5]);
  });

  test('of any domain are few, ascending and inside', () => {
    fc.assert(
      fc.property(ends, ([low, times]) => {
        const high = low * times;
        const found = linearTicks([low, high]);
        assert.ok(found.length >= 2 && found.length <= 9, `${found}`);
        for (const [i, tick] of found.entries()) {
          assert.ok(tick >= low - 1e-9 * high && tick <= high * (1 + 1e-9));
          assert.ok(i === 0 || tick > found[i - 1]);
        }
      }),
    );
  });

  test('keep their names apart, and the last one always', () => {
    const { at } = linear([0, 100], [0, 100]);
    assert.deepEqual(
      withRoom([0, 10, 50, 55, 100], at, () => 30),
      [10, 55, 100],
    );
    assert.deepEqual(
      withRoom([0, 50, 100], at, () => 10),
      [0, 50, 100],
    );
    assert.deepEqual(
      withRoom([], at, () => 10),
      [],
    );
  });
});

describe('the walk', () => {
  const key = (/** @type {string} */ name, more = {}) => ({
    key: name,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...more,
  });

  test('begins at the newest value, goes from one to the next and stays inside', () => {
    assert.equal(walked(key('ArrowLeft'), null, 5), 4);
    assert.equal(walked(key('ArrowRight'), null, 5), 4);
    assert.equal(walked(key('ArrowLeft'), 3, 5), 2);
    assert.equal(walked(key('ArrowRight'), 3, 5), 4);
    assert.equal(walked(key('ArrowLeft'), 0, 5), 0);
    assert.equal(walked(key('ArrowRight'), 4, 5), 4);
    assert.equal(walked(key('Home'), 3, 5), 0);
    assert.equal(walked(key('End'), 0, 5), 4);
    assert.equal(walked(key('ArrowRight'), null, 1), 0);
  });

  test('leaves other keys, and those of the browser, alone; an empty chart has no walk', () => {
    assert.equal(walked(key('Enter'), 1, 5), null);
    assert.equal(walked(key('ArrowLeft', { altKey: true }), 1, 5), null);
    assert.equal(walked(key('Home', { ctrlKey: true }), 1, 5), null);
    assert.equal(walked(key('End'), null, 0), null);
  });

  test('the pointer reads the nearest value', () => {
    assert.equal(nearest([0, 100, 200], 149), 1);
    assert.equal(nearest([0, 100, 200], 151), 2);
    assert.equal(nearest([0, 100, 200], -50), 0);
  });
});

describe('marks', () => {
  test('are paths in pixels', () => {
    assert.equal(
      linePath([
        [0, 1],
        [2.004, 3],
        [4, 5],
      ]),
      'M0 1L2 3L4 5',
    );
    assert.equal(linePath([[0, 1], null, [4, 5], [6, 7]]), 'M0 1M4 5L6 7', 'broken where there is nothing');
    assert.equal(linePath([]), '');
    assert.equal(
      areaPath(
        [
          [0, 3],
          [10, 4],
        ],
        40,
      ),
      'M0 40L0 3L10 4L10 40Z',
    );
    assert.equal(areaPath([], 40), '');
    assert.equal(intervalPath(10, 30, 20), 'M10 30V20M6 30h8M6 20h8');
    assert.equal(columnsPath([{ from: 1, to: 3, y: 5 }], 9), 'M1 9V5H3V9Z');
  });
});
