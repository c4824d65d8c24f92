// Tables of docs/RESULTS.md from what `quarterturn compare --json FILE` writes.
//   node scripts/label-curves.mjs FILE
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { student } from '../web/src/shared/lead.js';
import { Failure, runAsScript } from './lib.mjs';

/** @typedef {{ to: string, mean: number, standard_deviation: number, seeds: unknown[] }} Difference */
/** @typedef {{ labels: number, mean: number, standard_deviation: number, differences: Difference[] }} Result */
/** @typedef {{ labels: number[], seeds: number[], curves: { curve: string, learning: string, results: Result[] }[] }} Comparison */

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
  const accuracies = table(comparison, (result) =>
    count === 1 ? points(result.mean) : `${points(result.mean)} ±${points(result.standard_deviation)}`,
  );
  if (count === 1) return accuracies;
  const differences = table(
    comparison,
    ({ differences: all }) => {
      const found = all.find(({ to }) => to === 'untrained');
      if (found === undefined) return '';
      const half = (student(count - 1) * found.standard_deviation) / Math.sqrt(count);
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
