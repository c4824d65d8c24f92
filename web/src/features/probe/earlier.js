// Earlier runs beside the present one: what was set differently.
import { taskOf } from '../../data/records.js';

/** @typedef {import('../../data/records.js').RunRow} RunRow */
/** @typedef {'task' | 'data' | 'images' | 'seed' | 'preset' | 'epochs' | 'rate' | 'batch' | 'shuffle'} Code */
/** @typedef {{ code: Code, value: any }} Setting */

/**
 * What the features of a run depend on.
 * @param {{ settings: RunRow['settings'], data: string, train: number }} run
 * @returns {Setting[]}
 */
function settingsOf({ settings, data, train }) {
  const { seed, preset, pretext } = settings;
  /** @type {Record<Code, unknown>} */
  const values = {
    task: taskOf(settings),
    data,
    images: train,
    seed: String(seed),
    preset,
    epochs: pretext.epochs,
    rate: Number(pretext.learningRate.toPrecision(6)),
    batch: pretext.batch,
    shuffle: pretext.shuffle ?? false,
  };
  return /** @type {Code[]} */ (Object.keys(values)).map((code) => ({ code, value: values[code] }));
}

/**
 * What another run had set differently; the number of images is said only where the data have the same name.
 * @param {{ settings: RunRow['settings'], data: string, train: number }} other
 * @param {{ settings: RunRow['settings'], data: string, train: number }} present
 * @returns {Setting[]}
 */
export function differences(other, present) {
  const here = settingsOf(present);
  const found = settingsOf(other).filter(({ value }, i) => value !== here[i].value);
  return found.some(({ code }) => code === 'data') ? found.filter(({ code }) => code !== 'images') : found;
}

/**
 * The runs to show beside the present one: the latest that have figures, with their places in the table of runs, from 1. Of
 * those that had all set alike (a sweep over labels, a repetition) only the last: their features are the same.
 * @param {readonly RunRow[]} rows
 * @param {string} own id of the present run's own row; empty: it has none yet
 * @param {number} most
 */
export const earlierRuns = (rows, own, most) =>
  rows
    .map((row, i) => ({ row, number: i + 1 }))
    .filter(({ row }) => row.id !== own && (row.probes?.right.pretext?.length ?? 0) > 0)
    .map((each) => ({ ...each, set: JSON.stringify(settingsOf(each.row)) }))
    .filter(({ set }, i, all) => all.findLastIndex((other) => other.set === set) === i)
    .slice(-most)
    .map(({ row, number }) => ({ row, number }));
