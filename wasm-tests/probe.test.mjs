// What the page makes of linear probes: paired intervals, what may be said of them, how often it asks, and what it keeps.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { signal } from '@preact/signals';
import { asker } from '../web/src/ask/asking.js';
import { isRow, isRun, isTrack } from '../web/src/data/records.js';
import { guessing, verdict } from '../web/src/features/duel/leads.js';
import { differences, earlierRuns } from '../web/src/features/probe/earlier.js';
import { waitAfter } from '../web/src/features/probe/pace.js';
import { budgetsOf } from '../web/src/shared/budgets.js';
import { against, chosenOf, settingOf, verdictOf } from '../web/src/features/probe/reading.js';
import { laterWords, speak, t } from '../web/src/messages/messages.js';
import { richParts } from '../web/src/messages/rich-parts.js';
import { lead } from '../web/src/shared/lead.js';
import { ofCounts, paired, readingOf } from '../web/src/shared/paired.js';
import { MOST_POINTS, after, merged, upTo } from '../web/src/shared/track.js';

await speak('en');
await laterWords();

/** Text without marks. @param {string} message */
const read = (message) =>
  richParts(message)
    .map((part) => (typeof part === 'string' ? part : part.inner))
    .join('');

/** Answers of a reader that has so many right from the left, or from the right. @param {Uint8Array} truth @param {number} from @param {number} to */
const rightAt = (truth, from, to) => truth.map((label, i) => (i >= from && i < to ? label : (label + 1) % 10));
const truth = Uint8Array.from({ length: 1000 }, (_, i) => i % 10);
/** @param {Uint8Array} marks @param {number} [labels] @returns {import('../web/src/features/probe/reading.js').Budget} */
const budget = (marks, labels = 100) => {
  const right = marks.filter((mark, i) => mark === truth[i]).length;
  return { labels, right, of: truth.length, low: 0, high: 1, marks };
};

describe('two readers of the same images', () => {
  test('are compared by what only one of them has right', () => {
    // 850 right and 800 right: 100 only the first, 50 only the second.
    const found = paired(rightAt(truth, 0, 850), rightAt(truth, 100, 900), truth);
    assert.deepEqual([found.b, found.c, found.of, found.difference], [100, 50, 1000, 0.05]);
    const half = (1.96 * Math.sqrt(150 - 50 ** 2 / 1000)) / 1000;
    assert.ok(Math.abs(found.low - (0.05 - half)) < 1e-12 && Math.abs(found.high - (0.05 + half)) < 1e-12);
    assert.equal(readingOf(found), 'ahead');
    const back = paired(rightAt(truth, 100, 900), rightAt(truth, 0, 850), truth);
    assert.deepEqual([back.b, back.c, readingOf(back)], [50, 100, 'behind']);
  });

  test('where they have the same right there is no difference, however many they have', () => {
    const marks = rightAt(truth, 0, 900);
    assert.deepEqual(paired(marks, marks, truth), { b: 0, c: 0, of: 1000, difference: 0, low: 0, high: 0 });
    assert.equal(readingOf(paired(marks, marks, truth)), 'level');
    assert.equal(readingOf(ofCounts(10, 8, 1000)), 'level');
    assert.deepEqual(ofCounts(0, 0, 0), { difference: 0, low: 0, high: 0 });
  });

  test('answers about other images are refused', () =>
    assert.throws(() => paired(truth, truth.slice(1), truth), RangeError));

  test('the interval holds the difference, mirrors, and never says more than the counts', () => {
    const counts = fc.tuple(fc.nat(500), fc.nat(500), fc.nat(500));
    fc.assert(
      fc.property(counts, ([b, c, both]) => {
        const of = b + c + both;
        const one = ofCounts(b, c, of);
        const other = ofCounts(c, b, of);
        assert.ok(one.low <= one.difference && one.difference <= one.high);
        assert.ok(Math.abs(one.low + other.high) < 1e-12 && Math.abs(one.high + other.low) < 1e-12);
        if (b === c) assert.equal(readingOf(one), 'level');
      }),
    );
  });
});

describe('what is said of the probes', () => {
  const pretext = [budget(rightAt(truth, 0, 850))];
  const untrained = [budget(rightAt(truth, 100, 900))];
  const pixels = [budget(rightAt(truth, 0, 600))];

  test('who leads, by how much, only where that is clear', () => {
    const found = verdictOf({ pretext, untrained, pixels }, truth, 100, 1000);
    assert.ok(found.code === 'leads');
    assert.deepEqual([found.first, found.second, found.accuracy], ['pretext', 'untrained', 0.85]);
    const { leads } = t.peek().probe;
    assert.equal(
      read(leads({ kind: 'digits', labels: 100, task: 'turns', ...found, ...found.difference })),
      'With 100 labels, the best result comes from what rotation taught: 85.0% of the 1,000 test images are correct. From untrained features it is 5.0 points less (95% interval 2.6 to 7.4).',
    );
    // Nearly as good: only 8 more are right.
    const near = [budget(rightAt(truth, 30, 872))];
    const level = verdictOf({ pretext, untrained: near, pixels }, truth, 100, 1000);
    assert.ok(level.code === 'level');
    assert.deepEqual([level.first, level.others], ['pretext', ['untrained']]);
    assert.match(
      read(t.peek().probe.level({ kind: 'digits', labels: 100, task: 'turns', ...level })),
      /nothing is clearly ahead\. From what rotation taught, 85\.0% .* no clear difference to untrained features/,
    );
  });

  test('an untrained network may lead, and is then said to', () => {
    const found = verdictOf({ pretext: untrained, untrained: pretext }, truth, 100, 1000);
    assert.ok(found.code === 'leads');
    assert.equal(found.first, 'untrained');
    assert.deepEqual(
      against({ pretext: untrained, untrained: pretext, pixels }, truth, 100, 1000).map(({ other, code }) => [
        other,
        code,
      ]),
      [
        ['untrained', 'behind'],
        ['pixels', 'ahead'],
      ],
    );
  });

  test('a supervised network that has seen more labels is no rival', () => {
    const supervised = [budget(rightAt(truth, 0, 990))];
    const all = { pretext, untrained, pixels, supervised };
    const fewer = verdictOf(all, truth, 100, 1000);
    assert.ok(fewer.code === 'leads' && fewer.first === 'pretext');
    assert.equal(against(all, truth, 100, 1000).at(-1)?.code, 'unfair');
    const same = verdictOf(all, truth, 100, 100);
    assert.ok(same.code === 'leads' && same.first === 'supervised' && same.second === 'pretext');
    assert.equal(against(all, truth, 100, 100).at(-1)?.code, 'behind');
    for (const { code, other, difference } of against(all, truth, 100, 1000)) {
      const text = read(
        t.peek().probe.against[code]({ task: 'turns', other, labels: 100, supervised: 1000, ...difference }),
      );
      assert.match(
        text,
        {
          ahead: /^What rotation taught is ahead/,
          unfair: /cannot be compared here/,
          level: /^No clear/,
          behind: /behind/,
        }[code],
      );
    }
  });

  test('nothing where there is nothing, or figures are of other images', () => {
    assert.equal(verdictOf({}, truth, 100, 1000).code, 'none');
    assert.equal(verdictOf({ pretext, untrained }, truth, 30, 1000).code, 'none');
    assert.equal(verdictOf({ pretext, untrained }, truth.slice(1), 100, 1000).code, 'none');
    assert.deepEqual(against({ untrained }, truth, 100, 1000), []);
  });

  test('numbers of labels are those that the data have', () => {
    assert.deepEqual(budgetsOf(1000), [10, 30, 100, 300, 1000]);
    assert.deepEqual(budgetsOf(6000), [10, 30, 100, 300, 1000]);
    assert.deepEqual(budgetsOf(100), [10, 30, 100]);
    assert.deepEqual(budgetsOf(250), [10, 30, 100, 250]);
    assert.deepEqual(budgetsOf(0), []);
    assert.equal(chosenOf([10, 30, 100, 250], 1000), 250);
    assert.equal(chosenOf([10], 100), 10);
    assert.equal(chosenOf([], 100), 100);
    for (const most of [10, 25, 110, 250, 1000, 6000])
      for (const labels of budgetsOf(most)) assert.equal(chosenOf(budgetsOf(most), Number(settingOf(labels))), labels);
  });
});

test('probes that nobody sees are rarer while training goes on, and the last one waits for nothing', async () => {
  let time = 0;
  /** @type {{ at: number, work: () => void }[]} */
  let timers = [];
  const clock = {
    now: () => time,
    set: (/** @type {() => void} */ work, /** @type {number} */ wait) => {
      const timer = { at: time + wait, work };
      timers.push(timer);
      return timer;
    },
    clear: (/** @type {any} */ timer) => void (timers = timers.filter((each) => each !== timer)),
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const [weights, training] = [signal(0), signal(true)];
  let seen = false;
  const took = 400;
  let [probes, at] = [0, 0];
  const asked = asker({ client: signal(/** @type {{} | null} */ ({})), experiment: signal(1), weights, clock })({
    about: () => ({ training: training.value }),
    answer: async () => {
      probes++;
      time += took;
      at = weights.peek();
      return probes;
    },
    initial: 0,
    weights: true,
    every: () => waitAfter({ took, training: training.peek(), seen }),
  });
  const end = asked.follow();
  /** @param {number} until */
  const train = async (until) => {
    while (time < until) {
      time += 30;
      weights.value++; // a slice
      const due = timers.filter((timer) => timer.at <= time);
      timers = timers.filter((timer) => timer.at > time);
      due.forEach(({ work }) => work());
      await settled();
    }
  };
  await train(40_000);
  const unseen = probes;
  assert.ok(unseen > 15 && (unseen * took) / time <= 0.26, `${unseen} probes in ${time} ms`);
  seen = true;
  await train(80_000);
  assert.ok(probes - unseen > 3 * unseen, `${probes - unseen} probes in sight, ${unseen} out of it`);
  seen = false;
  weights.value++;
  training.value = false;
  await settled();
  assert.equal(at, weights.peek(), 'the last weights are probed without a wait');
  end();
});

describe('points along the epochs', () => {
  const point = (/** @type {number} */ at, right = 1) => ({ at, right: [right] });
  test('follow each other, and an earlier life of the run goes', () => {
    assert.deepEqual(after([point(0), point(1), point(2)], point(1.5)), [point(0), point(1), point(1.5)]);
    assert.deepEqual(
      after([point(1), point(2)], point(0)),
      [point(0), point(1), point(2)],
      'the beginning takes nothing',
    );
    assert.deepEqual(after([point(1)], point(1, 9)), [point(1, 9)]);
    assert.deepEqual(upTo([point(0), point(1), point(2)], 1), [point(0), point(1)]);
    assert.deepEqual(merged([point(0), point(2)], [point(0, 5), point(1)]), [point(0, 5), point(1), point(2)]);
  });

  test('never become more than a chart can show, and keep their ends', () => {
    let points = /** @type {import('../web/src/data/records.js').TrackPoint[]} */ ([]);
    for (let i = 0; i < 3000; i++) points = after(points, point(i / 10));
    assert.ok(points.length <= MOST_POINTS && points.length > MOST_POINTS / 4);
    assert.deepEqual([points[0].at, points.at(-1)?.at], [0, 299.9]);
    assert.ok(isTrack({ labels: [100], of: 10, points }));
  });
});

describe('earlier runs', () => {
  const fit = {
    batch: 192,
    epochs: 10,
    learningRate: 0.0010000000474974513,
    shuffle: false,
    validationSplit: 0,
    patience: 0,
  };
  /** @param {object} [settings] @param {object} [pretext] @returns {any} */
  const settingsOf = (settings = {}, pretext = {}) => ({
    seed: 1,
    preset: 'unit',
    labels: 1000,
    pretext: { ...fit, ...pretext },
    arms: {},
    ...settings,
  });
  const present = { settings: settingsOf(), data: 'MNIST', train: 11000 };

  test('are named by what was set differently', () => {
    const { run } = t.peek().probe;
    const name = (/** @type {any} */ other) =>
      run({ number: 2, differences: differences({ ...present, ...other }, present) });
    assert.equal(name({}), 'Run 2, same settings');
    assert.equal(name({ settings: settingsOf({ seed: 5, labels: 10 }) }), 'Run 2: seed 5', 'labels change no features');
    assert.equal(
      name({
        settings: settingsOf({ preset: 'notebook' }, { epochs: 1, learningRate: 0.01, shuffle: true, batch: 64 }),
      }),
      'Run 2: pixels 0 to 255, 1 epoch, rate 0.01, batch 64, shuffled',
    );
    assert.equal(name({ data: 'built-in', train: 1100 }), 'Run 2: built-in');
    assert.equal(name({ train: 1100 }), 'Run 2: 1,100 training images');
    assert.equal(name({ settings: settingsOf({ task: { name: 'jigsaw' } }) }), 'Run 2: Jigsaw');
  });

  test('are the latest with figures, by their places in the table, without the present one', () => {
    const rows = /** @type {any[]} */ ([
      { id: 'a', probes: { labels: [10], of: 5, right: { pretext: [1] } } },
      { id: 'b' },
      { id: 'c', probes: { labels: [10], of: 5, right: { untrained: [1] } } },
      { id: 'd', probes: { labels: [10], of: 5, right: { pretext: [2] } } },
      { id: 'e', probes: { labels: [10], of: 5, right: { pretext: [3] } } },
    ]);
    assert.deepEqual(
      earlierRuns(rows, 'e', 4).map(({ number }) => number),
      [1, 4],
    );
    assert.deepEqual(
      earlierRuns(rows, '', 1).map(({ number }) => number),
      [5],
    );
  });
});

test('records without probes, of earlier versions of the page, are as good as ever', () => {
  const fit = { batch: 1, epochs: 1, learningRate: 0.1 };
  const arms = { self_supervised: fit, random: fit, supervised: fit };
  const score = { few: { correct: 1, count: 2 }, full: { correct: 1, count: 2 } };
  const row = {
    ...{ id: 'a', time: 1, data: 'd', train: 1, settings: { seed: 1, preset: 'unit', labels: 1, pretext: fit, arms } },
    epochs: { pretext: 1, self_supervised: 1, random: 1, supervised: 1 },
    stoppedEarly: { self_supervised: 0, random: 0, supervised: 0 },
    rotation: { correct: 1, count: 2 },
    tests: { self_supervised: score, random: score, supervised: score },
    ...{ signature: '', fused: true, command: '' },
  };
  assert.ok(isRow(row));
  const probes = { labels: [10, 30], of: 100, right: { pretext: [40, 60], untrained: [30, 50] } };
  assert.ok(isRow({ ...row, probes }));
  for (const bad of [
    { ...probes, labels: [30, 10] },
    { ...probes, of: 50 },
    { ...probes, right: { pretext: [1] } },
    { ...probes, right: { others: [1, 2] } },
    null,
    {},
  ])
    assert.ok(!isRow({ ...row, probes: bad }), JSON.stringify(bad));
  const run = {
    version: 2,
    time: 1,
    search: '',
    place: null,
    seed: 1,
    source: '',
    bytes: new Uint8Array(1),
    fused: true,
  };
  assert.ok(isRun(run) && isRun({ ...run, track: { labels: [10], of: 9, points: [{ at: 0, right: [9] }] } }));
  assert.ok(!isRun({ ...run, track: { labels: [10], of: 9, points: [{ at: 0, right: [10] }] } }));
});

describe('the heads of the notebook over labels', () => {
  test('one seed is judged by its test images, several by their scatter', () => {
    const one = lead([{ own: 0.8, other: 0.7, count: 10_000 }]);
    assert.ok(Math.abs(one.high - one.difference - 1.96 * Math.sqrt(0.37 / 10_000)) < 1e-12);
    assert.equal(readingOf(one), 'ahead');
    // 0.02 and 0.04: mean 0.03, deviation sqrt(2)/100, t = 12.706.
    const two = lead([
      { own: 0.52, other: 0.5, count: 10_000 },
      { own: 0.54, other: 0.5, count: 10_000 },
    ]);
    assert.ok(Math.abs(two.high - two.difference - (12.706 * Math.SQRT2) / 100 / Math.SQRT2) < 1e-9);
    assert.equal(readingOf(two), 'level');
    const same = Array.from({ length: 30 }, (_, i) => ({ own: 0.55 + (i % 2) / 100, other: 0.5, count: 1 }));
    const { low, high, difference } = lead(same);
    // t of 29 degrees of freedom is 2.045.
    assert.ok(Math.abs((high - difference) / ((0.005 * Math.sqrt(30 / 29)) / Math.sqrt(30)) - 2.045) < 2e-3, `${low}`);
  });

  test('the sentence names every number of labels, also those where nothing can be said', () => {
    const at = (/** @type {number} */ labels, /** @type {number} */ difference, random = 0.5) => ({
      labels,
      lead: {
        supervised: { difference, low: difference - 0.01, high: difference + 0.01 },
        random: { difference: 0.3, low: 0.2, high: 0.4 },
      },
      full: /** @type {any} */ ({ random: { mean: random } }),
    });
    const found = [at(10, 0.2, 0.1), at(100, 0.002), at(1000, -0.05)];
    const words = t.peek().duel.more;
    assert.equal(
      read(words.verdict(verdict(found, 'supervised'))),
      'Compared with the supervised network, the self-supervised head is clearly ahead with 10, clearly behind with 1,000, and not clearly different with 100 labels.',
    );
    assert.equal(
      read(words.verdict(verdict(found, 'random'))),
      'Compared with the head on random features, the self-supervised head is clearly ahead with 10, 100, and 1,000 labels.',
    );
    assert.deepEqual(guessing(found), [10]);
  });
});
