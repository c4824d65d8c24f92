// The benchmark's arithmetic: what its tables say of measured times.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bestEpoch, figures, learningFault, median, speed, timesFaster } from '../bench/statistics.mjs';
import { peerTable } from '../bench/table.mjs';

/** @param {string} host @param {number} threads @param {number} epoch seconds */
const row = (host, threads, epoch) => ({
  host,
  build: 'any',
  threads,
  pieces: {
    peak: figures({ seconds: [2, 1, 4], images: 0, operations: 20e9 }),
    pretext_epoch: figures({ seconds: [epoch], images: 40_000, operations: 240e9 }),
  },
});
/** @param {number} threads @param {number[]} epochs */
const peer = (threads, epochs) => ({
  ...{ host: /** @type {const} */ ('chromium'), peer: 'Other', version: '1', threads, variant: 'plain' },
  ...{ step_seconds: [0.1], epoch_seconds: epochs, epoch_from_steps: true, loss_first: 1.386, loss_last: 1.2 },
});

describe("the benchmark's figures", () => {
  test('a median of an odd and of an even number of times, in any order', () => {
    const times = [9, 10, 1];
    assert.equal(median(times), 9);
    assert.deepEqual(times, [9, 10, 1]);
    assert.equal(median([10, 1, 4, 2]), 3);
  });

  test('the speed index divides what all threads do by the median of what they could', () => {
    const { peakGflops, naiveGflops, imagesPerSecond, index } = speed(row('native', 2, 3));
    assert.equal(peakGflops, 5);
    assert.equal(naiveGflops, 80);
    assert.equal(imagesPerSecond, 40_000 / 3);
    assert.equal(index, 8);
  });

  test('a peer is compared with the best build on the same number of threads', () => {
    const rows = [row('native', 1, 0.5), row('native', 2, 0.4), row('native', 2, 0.25), row('chromium', 1, 2)];
    assert.deepEqual(timesFaster(rows, peer(2, [7, 5, 6])), { native: 24, chromium: NaN });
    assert.deepEqual(timesFaster(rows, peer(1, [6])), { native: 12, chromium: 3 });
    assert.equal(bestEpoch(rows, 'native'), 0.25);
  });

  test('a table says where an epoch was not run whole, and that nothing was there to compare with', () => {
    const text = peerTable([row('chromium', 2, 0.5)], [peer(1, [30])]);
    assert.match(text, /plain\s+1\s+100\.0\s+30\.00\*\s+1\.386 -> 1\.200\s+-\s+-/);
    assert.match(text, /60\.0x as fast as the fastest peer in Chromium/);
  });

  test('times count only where the loss falls from the logarithm of four', () => {
    assert.equal(learningFault({ loss_first: 1.387, loss_last: 1.3 }), '');
    assert.match(learningFault({ loss_first: 1.386, loss_last: 1.386 }), /does not learn/);
    assert.match(learningFault({ loss_first: 1.386, loss_last: NaN }), /does not learn/);
    assert.match(learningFault({ loss_first: 40, loss_last: 1.3 }), /starts at loss 40/);
  });
});
