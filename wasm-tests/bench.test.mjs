// The benchmark's arithmetic: what its tables say of measured times.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareRatios, comparisonText, middleRatios, ratiosOf } from '../bench/check.mjs';
import { shareOf, simulateThreads } from '../bench/growth.mjs';
import { pagePeers } from '../bench/page-peers.mjs';
import { formFault } from '../bench/peers/pretext.mjs';
import { bestEpoch, figures, learningFault, median, speed, timesFaster } from '../bench/statistics.mjs';
import { peerTable } from '../bench/table.mjs';
import { liveWindows, multiplyAddsDone } from '../bench/work.mjs';

/** @param {string} host @param {number} threads @param {number} epoch seconds */
const row = (host, threads, epoch) => ({
  host,
  build: 'any',
  threads,
  pieces: {
    peak: figures({ seconds: [2, 1, 4], images: 0, operations: 20e9 }),
    pretext_epoch: figures({ seconds: [epoch], images: 40_000, operations: 240e9 }),
    pretext_step: figures({ seconds: [epoch / 209], images: 192, operations: 1.1e9 }),
    supervised_step: figures({ seconds: [epoch / 400], images: 32, operations: 2e8 }),
    features: figures({ seconds: [epoch / 40], images: 1_000, operations: 1e9 }),
  },
});
/** @param {number} threads @param {number[]} epochs @returns {import('../bench/peers.mjs').Peer} */
const peer = (threads, epochs) => ({
  ...{ host: 'chromium', peer: 'Other', version: '1', threads, variant: 'plain', form: 'as shipped' },
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
    assert.match(text, /plain\s+as shipped\s+1\s+100\.0\s+30\.00\*\s+1\.386 -> 1\.200\s+-\s+-/);
    assert.match(text, /60\.0x as fast as the fastest peer in Chromium as shipped/);
  });

  test('times count only where the loss falls from the logarithm of four', () => {
    assert.equal(learningFault({ loss_first: 1.387, loss_last: 1.3 }), '');
    assert.match(learningFault({ loss_first: 1.386, loss_last: 1.386 }), /does not learn/);
    assert.match(learningFault({ loss_first: 1.386, loss_last: NaN }), /does not learn/);
    assert.match(learningFault({ loss_first: 40, loss_last: 1.3 }), /starts at loss 40/);
  });
});

describe('a peer that is tuned', () => {
  const moves = { conv1: Float32Array.of(3, -4), bias: Float32Array.of(1) };
  const shipped = { losses: [1.4, 1.3], moves };

  test('is the same as the one as shipped only with the same losses and the same moves of each layer', () => {
    assert.equal(formFault(shipped, shipped), '');
    assert.equal(formFault({ losses: [1.40001, 1.3], moves }, shipped), '');
    assert.match(formFault({ losses: [1.4, 1.31], moves }, shipped), /loss 1.31 in step 2, not 1.3/);
    assert.match(formFault({ losses: [1.4, NaN], moves }, shipped), /loss NaN in step 2/);
    // A layer that stays, one that goes the other way, and one that is missing.
    for (const bias of [Float32Array.of(0), Float32Array.of(-1), Float32Array.of(1.02)]) {
      assert.match(formFault({ losses: shipped.losses, moves: { ...moves, bias } }, shipped), /moves bias otherwise/);
    }
    const still = { losses: shipped.losses, moves: { ...moves, bias: Float32Array.of(0) } };
    assert.match(formFault(still, still), /moves bias otherwise/);
  });

  test('stands on the page beside the one as shipped, each on its best number of threads', () => {
    const shown = pagePeers(
      {
        ...{ machine: 'Some(R) Maker(TM) Processor @ 2.80GHz', processors: 2 },
        rows: [row('native', 1, 0.52345), row('native', 1, 0.6), row('chromium', 2, 0.7), row('node', 2, 0.1)],
        peers: [
          { ...peer(1, [1046.2]), peer: 'jax-js', version: '0.1.25', variant: 'wasm' },
          { ...peer(2, [1100]), peer: 'jax-js', version: '0.1.25', variant: 'wasm' },
          { ...peer(2, [24.04]), peer: 'jax-js', version: '0.1.25', variant: 'wasm', form: 'tuned' },
          { ...peer(2, [3]), peer: 'PyTorch', version: '2.15.0+cpu', host: 'native', form: undefined },
          {
            ...peer(2, [2]),
            peer: 'PyTorch',
            version: '2.15.0+cpu',
            host: 'native',
            form: undefined,
            variant: 'other',
          },
        ],
      },
      'Chromium 156',
      new Date('2026-11-30T12:00:00Z'),
    );
    const browser = 'Chromium 156';
    assert.deepEqual(shown, {
      ...{ measuredOn: '2026-11-30', machine: 'Some Maker', processors: 2, images: 40_000 },
      peers: [
        { program: 'Quarterturn', run: 'native', threads: 1, epochSeconds: 0.523 },
        { program: 'Quarterturn', run: 'page', browser, threads: 2, epochSeconds: 0.7 },
        { program: 'PyTorch 2.15', run: 'native', threads: 2, epochSeconds: 2 },
        { program: 'jax-js 0.1.25', run: 'wasm', form: 'shipped', browser, threads: 1, epochSeconds: 1050 },
        { program: 'jax-js 0.1.25', run: 'wasm', form: 'tuned', browser, threads: 2, epochSeconds: 24 },
      ],
    });
  });
});

describe('the gate before a release', () => {
  test('names what fell by more than a tenth, and what was not measured', () => {
    const committed = { fast: 10, slow: 2, same: 1, better: 4, gone: 3, broken: 5 };
    const measured = { fast: 9.01, slow: 1.79, same: 1, better: 4.5, fresh: 7, broken: NaN };
    const comparison = compareRatios(committed, measured);
    assert.deepEqual(comparison.fallen, ['slow: 1.79, committed 2 (-10%)', 'broken: NaN, committed 5 (+NaN%)']);
    assert.deepEqual(comparison.risen, ['better: 4.5, committed 4 (+13%)']);
    assert.deepEqual(comparison.missing, ['gone']);
    const text = comparisonText(comparison, 6);
    assert.match(text, /^3 of 6 ratios hold/);
    assert.match(text, /^fallen: slow/m);
  });

  test('compares speeds of one run with each other, so that another clock changes nothing', () => {
    const rows = [row('native', 1, 0.4), row('native', 2, 0.25), row('chromium', 2, 1)];
    const ratios = ratiosOf({ rows, peers: [peer(2, [30])] });
    assert.equal(ratios['native any: pretext_step on 2 threads over one'], 1.6);
    assert.equal(ratios['Chromium over native, threads 2: best pretext epoch'], 0.25);
    assert.equal(ratios['chromium over Other, as shipped, threads 2'], 30);
    assert.ok(Object.values(ratios).every(Number.isFinite));
    const halved = rows.map(({ pieces, ...rest }) => ({
      ...rest,
      pieces: Object.fromEntries(
        Object.entries(pieces).map(([name, piece]) => [
          name,
          { ...piece, min: 2 * piece.min, median: 2 * piece.median },
        ]),
      ),
    }));
    assert.deepEqual(ratiosOf({ rows: halved, peers: [peer(2, [60])] }), ratios);
  });

  test('is not changed by one round that was disturbed', () => {
    assert.deepEqual(middleRatios([{ a: 3, peer: 7 }, { a: 1 }, { a: 2.9 }]), { a: 2.9, peer: 7 });
    assert.deepEqual(middleRatios([{ a: 3 }]), { a: 3 });
  });
});

describe('more threads than there are', () => {
  test('help as far as the longest chain of tasks gets shorter', () => {
    const tasks = { step: 'pretext', rows: 192, prepare: 8, gradient: 8, update: 8, own_prepare_threads: 1 };
    const rows = simulateThreads({
      ...{ tasks, share: 0.8, counts: [1, 2, 3, 8, 16] },
      seconds: new Map([
        [1, 2],
        [2, 1.25],
      ]),
    });
    assert.deepEqual(
      rows.map(({ ideal }) => Number(ideal.toFixed(6))),
      [1, 2, 2.666667, 8, 8],
    );
    assert.deepEqual(rows[2].chain, [3, 3, 3]);
    assert.deepEqual(
      rows.map(({ measured }) => measured),
      [1, 1.6, null, null, null],
    );
    // Where each thread prepares its own weights, that takes as long on two as on one.
    const own = { ...tasks, own_prepare_threads: 2 };
    const [two, three] = simulateThreads({ tasks: own, share: 0.8, counts: [2, 3], seconds: new Map() });
    assert.deepEqual(two.chain, [8, 4, 4]);
    assert.deepEqual(three, rows[2]);
    // A pass in one task is the same on all threads.
    const [four] = simulateThreads({ tasks: { ...tasks, prepare: 1 }, share: 0.5, counts: [4], seconds: new Map() });
    assert.equal(four.ideal, 1 / (0.25 + 0.5 / 4 + 0.25 / 4));
  });

  test('the gradient has what grows with the rows', () => {
    assert.equal(shareOf(0.75, 64, 1.75, 192), 1.5 / 1.75);
    assert.equal(shareOf(1, 64, 3, 192), 1);
    assert.equal(shareOf(1, 64, 1, 192), 0);
  });
});

describe('what the engine multiplies', () => {
  /** @param {[number, number][]} ink */
  const image = (ink) => {
    const pixels = new Uint8Array(28 * 28);
    for (const [r, c] of ink) pixels[28 * r + c] = 255;
    return pixels;
  };

  test('a pixel is seen by one window, two or four, by its place, in all four turns', () => {
    assert.equal(liveWindows(image([])), 0);
    // Row 4 is the last of one window and the first of the next; turned round it is row 23, in one window.
    assert.equal(liveWindows(image([[4, 4]])), (4 + 2 + 1 + 2) / 4);
    assert.equal(liveWindows(image([[5, 5]])), 1);
    assert.equal(liveWindows(Uint8Array.from([...image([[5, 5]]), ...image([])])), 0.5);
    const full = Array.from({ length: 784 }, (_, i) => /** @type {[number, number]} */ ([Math.floor(i / 28), i % 28]));
    assert.equal(liveWindows(image(full)), 49);
  });

  test('each live window costs its taps forward and backward', () => {
    assert.equal(multiplyAddsDone(22) - multiplyAddsDone(21), 2_880);
    assert.equal(multiplyAddsDone(22), 481_920);
  });
});
