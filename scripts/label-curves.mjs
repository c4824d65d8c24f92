// Tables of docs/RESULTS.md from what `quarterturn compare --json FILE` writes.
//   node scripts/label-curves.mjs FILE
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { Failure, runAsScript } from './lib.mjs';

/** @typedef {{ to: string, mean: number, standard_deviation: number, seeds: unknown[] }} Difference */
/** @typedef {{ labels: number, mean: number, standard_deviation: number, differences: Difference[] }} Result */
/** @typedef {{ labels: number[], seeds: number[], curves: { curve: string, learning: string, results: Result[] }[] }} Comparison */

/** Student's t for a 95% interval of a mean, by the number of values less one. */
const STUDENT = [NaN, 12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

const points = (/** @type {number} */ share) => (100 * share).toFixed(1);
const signed = (/** @type {number} */ share) => `${share < 0 ? '-' : '+'}${points(Math.abs(share))}`;
const row = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;

/** @param {Comparison} comparison @param {(result: Result) => string} cell @param {(curve: string) => boolean} [wanted] */
function table({ labels, curves }, cell, wanted = () => true) {
  const head = ['features', 'learning', ...labels.map((count) => count.toLocaleString('en'))];
  const rows = curves
    .filter(({ curve }) => wanted(curve))
    .map(({ curve, learning, results }) => row([curve, learning, ...results.map(cell)]));
  return [row(head), `|${'---|'.repeat(head.length)}`, ...rows].join('\n');
}

/** @param {Comparison} comparison @returns {string} accuracies, then differences to the untrained features */
export function labelCurves(comparison) {
  const count = comparison.seeds.length;
  const student = STUDENT[count - 1];
  if (student === undefined) throw new Failure(`${count} seeds: tables are made of 1 to ${STUDENT.length}`);
  const accuracies = table(comparison, (result) =>
    count === 1 ? points(result.mean) : `${points(result.mean)} ±${points(result.standard_deviation)}`,
  );
  if (count === 1) return accuracies;
  const differences = table(
    comparison,
    ({ differences: all }) => {
      const found = all.find(({ to }) => to === 'untrained');
      if (found === undefined) return '';
      const half = (student * found.standard_deviation) / Math.sqrt(count);
      const text = `${signed(found.mean)} ±${points(half)}`;
      return Math.abs(found.mean) > half ? `**${text}**` : text;
    },
    (curve) => curve !== 'untrained',
  );
  return `${accuracies}\n\n${differences}`;
}

await runAsScript(import.meta.url, async () => {
  const file = process.argv[2];
  if (file === undefined)
    throw new Failure('usage: node scripts/label-curves.mjs FILE, made by quarterturn compare --json FILE');
  process.stdout.write(`${labelCurves(JSON.parse(readFileSync(file, 'utf8')))}\n`);
});
