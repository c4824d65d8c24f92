// The line of a result: out and in again, and what is wrong with lines that are refused.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  FIGURES,
  checksum,
  collect,
  contradictions,
  isOneExperiment,
  readResultLine,
  resultLine,
  resultOf,
  resultTable,
  spread,
} from '../web/src/features/keep/result-line.js';
import { csv } from '../web/src/features/keep/tables.js';

/** @typedef {import('../web/src/features/keep/result-line.js').Result} Result */

/** @param {Partial<Result>} [given] @returns {Result} */
const made = (given = {}) => ({
  seed: 3,
  task: 'turns',
  preset: 'unit',
  labels: 1000,
  pretext: { epochs: 10, batch: 192, rate: 0.001, shuffle: false },
  arm: { epochs: 50, rate: 0.001 },
  rateChanged: false,
  data: 'generated:2:1',
  train: 11_000,
  hash: '0123456789abcdef',
  arithmetic: 'fused',
  question: { correct: 7853, count: 8000 },
  arms: {
    self_supervised: { few: { correct: 251, count: 300 }, full: { correct: 8773, count: 10_000 }, epochs: 50 },
    random: { few: { correct: 151, count: 300 }, full: { correct: 4754, count: 10_000 }, epochs: 50 },
    supervised: { few: { correct: 246, count: 300 }, full: { correct: 8644, count: 10_000 }, epochs: 33 },
  },
  probes: {
    labels: [10, 100],
    of: 10_000,
    right: { pretext: [4620, 7740], untrained: [3570, 7590], pixels: [4220, 6010] },
  },
  signature: '0257ae544a256d95',
  ...given,
});

const whole = (/** @type {number} */ max) => fc.integer({ min: 0, max });
const hex = fc.stringMatching(/^[0-9a-f]{16}$/);
const count = fc
  .tuple(whole(9999), whole(9999))
  .map(([a, b]) => ({ correct: Math.min(a, b), count: Math.max(a, b) + 1 }));
const PLAIN = { noNullPrototype: true };
const rate = fc.double({ min: 1e-5, max: 1, noNaN: true }).map((value) => Number(value.toPrecision(7)));
const arm = fc.record({ few: count, full: count, epochs: whole(500) }, PLAIN);
/** @type {fc.Arbitrary<Result>} */
const results = fc.record(
  {
    seed: whole(2 ** 32 - 1),
    task: fc.constantFrom('turns', 'mirrors', 'turns_mirrors', 'jigsaw', 'shuffles'),
    preset: fc.constantFrom('unit', 'notebook'),
    labels: whole(1000),
    pretext: fc.record({ epochs: whole(500), batch: whole(1024), rate, shuffle: fc.boolean() }, PLAIN),
    arm: fc.record({ epochs: whole(500), rate }, PLAIN),
    rateChanged: fc.boolean(),
    data: fc.string({ minLength: 1, unit: 'binary' }).filter((text) => !/\p{Surrogate}/u.test(text)),
    train: whole(60_000),
    hash: hex,
    arithmetic: fc.constantFrom('fused', 'unfused', 'mixed'),
    question: count,
    arms: fc.record({ self_supervised: arm, random: arm, supervised: arm }, PLAIN),
    probes: fc.option(fc.constant({ labels: [10, 100], of: 1000, right: { pretext: [1, 2], pixels: [0, 1000] } })),
    signature: hex,
  },
  PLAIN,
);

describe('the line of a result', () => {
  test('CRC-32 of the standard’s own example', () => assert.equal(checksum('123456789'), 'cbf43926'));

  test('comes back as it went out', () => {
    fc.assert(
      fc.property(results, (result) => {
        const line = resultLine(result);
        assert.doesNotMatch(line, /[\r\n]/);
        assert.deepEqual(readResultLine(line), { result });
      }),
    );
  });

  test('has what the table of runs has', () => {
    const fit = {
      batch: 192,
      epochs: 10,
      learningRate: Math.fround(0.001),
      shuffle: false,
      validationSplit: 0,
      patience: 0,
    };
    const { arms, question, probes } = made();
    const row = /** @type {any} */ ({
      data: 'generated:2:1',
      train: 11_000,
      settings: {
        seed: 3,
        preset: 'unit',
        task: { name: 'turns' },
        labels: 1000,
        pretext: fit,
        arms: { self_supervised: { ...fit, epochs: 50 } },
      },
      epochs: { pretext: 10, self_supervised: 50, random: 50, supervised: 33 },
      rotation: question,
      tests: Object.fromEntries(Object.entries(arms).map(([name, { few, full }]) => [name, { few, full }])),
      signature: '0257ae544a256d95',
      fused: true,
      probes,
    });
    assert.deepEqual(resultOf(row, '0123456789abcdef'), made());
    assert.equal(resultOf({ ...row, fused: null }, '0').arithmetic, 'mixed');
  });

  test('a change of any one letter is noticed', () => {
    const line = resultLine(made());
    for (let i = 0; i < line.length; i++) {
      const other = line[i] === '7' ? '8' : '7';
      const found = readResultLine(line.slice(0, i) + other + line.slice(i + 1));
      assert.ok('fault' in found, `letter ${i}, ${line[i]}`);
    }
    for (let length = 0; length < line.length; length++) assert.ok('fault' in readResultLine(line.slice(0, length)));
    assert.deepEqual(readResultLine(line.replace('8773', '9773')), { fault: { code: 'damaged' } });
    assert.deepEqual(readResultLine(line.slice(0, -9)), { fault: { code: 'cut' } });
  });

  test('a value that cannot be is named', () => {
    /** @param {string} from @param {string} to */
    const changed = (from, to) => {
      const text = resultLine(made())
        .replace(from, to)
        .replace(/ check=.*/, '');
      return readResultLine(`${text} check=${checksum(text)}`);
    };
    assert.deepEqual(changed('task=turns', 'task=spins'), { fault: { code: 'field', name: 'task' } });
    assert.deepEqual(changed('seed=3', 'seed=-3'), { fault: { code: 'field', name: 'seed' } });
    assert.deepEqual(changed('seed=3 ', ''), { fault: { code: 'field', name: 'seed' } });
    assert.deepEqual(changed('7853/8000', '8853/8000'), { fault: { code: 'field', name: 'question' } });
    assert.deepEqual(changed('4620,7740', '4620'), { fault: { code: 'field', name: 'probe_pretext' } });
    assert.deepEqual(changed('rate=0.001', 'rate=x'), { fault: { code: 'field', name: 'rate' } });
    assert.deepEqual(changed('data=generated', 'data=%E0'), { fault: { code: 'field', name: 'data' } });
  });
});

describe('many lines', () => {
  const [first, second] = [resultLine(made()), resultLine(made({ seed: 4, signature: 'ab9b9e60db7de490' }))];

  test('with names, blank lines and quotation marks; what is no result is named', () => {
    const text = `Kim: ${first}\r\n\r\n> Lee — ${second}\nThank you!\n${first.replace('8773', '8774')}\n${first.slice(0, 90)}\n`;
    const { rows, refused } = collect(text);
    assert.deepEqual(
      rows.map(({ line, who, result }) => [line, who, result.seed]),
      [
        [1, 'Kim', 3],
        [3, 'Lee', 4],
      ],
    );
    assert.deepEqual(refused, [
      { line: 4, who: '', fault: { code: 'noLine' } },
      { line: 5, who: '', fault: { code: 'damaged' } },
      { line: 6, who: '', fault: { code: 'cut' } },
    ]);
  });

  test('a line that was broken or got other blanks is whole again; what follows it is left out', () => {
    const broken = first.replace(' hash', '\n> hash').replace(' labels', '\u00a0 labels');
    const { rows, refused } = collect(`Kim ${broken} (phone)\n${second}`);
    assert.deepEqual(
      rows.map(({ result }) => result),
      [made(), made({ seed: 4, signature: 'ab9b9e60db7de490' })],
    );
    assert.deepEqual(refused, []);
  });

  test('a line that is cut takes nothing of the next one', () => {
    const { rows, refused } = collect(`${first.slice(0, 200)}\n${second}`);
    assert.deepEqual([rows.length, rows[0].line], [1, 2]);
    assert.deepEqual(refused, [{ line: 1, who: '', fault: { code: 'cut' } }]);
  });

  test('twice the same counts once', () => {
    const { rows, refused } = collect(`Kim ${first}\nLee ${second}\nPark ${first}`);
    assert.equal(rows.length, 2);
    assert.deepEqual(refused, [{ line: 3, who: 'Park', fault: { code: 'twice', first: 1 } }]);
  });

  test('lines of other versions', () => {
    const { rows, refused } = collect(`${first.replace('quarterturn/1', 'quarterturn/2')}`);
    assert.deepEqual([rows.length, refused[0].fault], [0, { code: 'otherVersion', version: '2' }]);
  });

  test('two results of one seed contradict each other, but not those of another arithmetic', () => {
    const other = { signature: 'ffffffffffffffff' };
    const lines = [made(), made(other), made({ ...other, arithmetic: 'unfused' }), made({ ...other, seed: 9 })];
    const { rows } = collect(lines.map(resultLine).join('\n'));
    assert.deepEqual(contradictions(rows), [{ line: 2, who: '', first: 1 }]);
  });

  test('mean and deviation, where the runs differ in their seeds alone', () => {
    const { rows } = collect(`${first}\n${second}`);
    assert.ok(isOneExperiment(rows));
    assert.ok(!isOneExperiment(collect(`${first}\n${resultLine(made({ labels: 100 }))}`).rows));
    assert.deepEqual(spread(rows, FIGURES.self_supervised), { mean: 0.8773, deviation: 0 });
    assert.deepEqual(spread(rows, FIGURES.taught), { mean: 0.774, deviation: 0 });
    assert.equal(spread(collect(resultLine(made({ probes: null }))).rows, FIGURES.taught), null);
    assert.equal(spread(rows.slice(1), FIGURES.random)?.deviation, null);
  });

  test('as CSV every line has every column, and no name is a formula', () => {
    const { rows } = collect(`=1+1 ${first}\nKim, "J" ${resultLine(made({ probes: null, seed: 5 }))}`);
    const table = resultTable(rows);
    assert.ok(table.every((line) => line.length === table[0].length));
    assert.ok(table[0].includes('probe_pretext_100_accuracy'));
    const text = csv(table);
    assert.match(text, /^'=1\+1,1,3,turns/m);
    assert.match(text, /^"Kim, ""J""",2,5/m);
  });
});
