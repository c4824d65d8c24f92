// Pure pieces of the readings: which images belong to a choice, what an image is for, and ways over a table by keys.

/** @typedef {{ index: number, said: number, sure: number }} Reading of one test image; `sure`: probability of what is said */
/** @typedef {'pretext' | 'trained' | 'validation' | 'unused' | 'test' | 'setAside'} Role */

/**
 * Those of the test images `first` to `last`, the surest first.
 * @param {readonly Reading[]} rows
 * @param {readonly [number, number]} range
 */
export const inRange = (rows, [first, last]) =>
  rows.filter(({ index }) => index >= first && index < last).sort((a, b) => b.sure - a.sure || a.index - b.index);

/** Labelled images that an arm is trained on, as the engine counts them; the rest is for validation. @param {number} labels @param {number} split */
export const trainedOn = (labels, split) => Math.floor((labels * (1e6 - Math.round(split * 1e6))) / 1e6);

/**
 * What part an image has in the experiment.
 * @param {{ set: 'train' | 'test', index: number }} image
 * @param {import('../../engine/types').Splits} splits
 * @param {{ labels: number, split: number }} run labelled images of an arm, and the share of them for validation
 * @returns {Role}
 */
export function roleOf({ set, index }, { pretext, downstream, test }, { labels, split }) {
  const inside = (/** @type {readonly [number, number]} */ [first, last]) => index >= first && index < last;
  if (set === 'test') return inside(test) ? 'test' : 'setAside';
  if (inside(pretext)) return 'pretext';
  const place = index - downstream[0];
  if (!inside(downstream) || place >= labels) return 'unused';
  return place < trainedOn(labels, split) ? 'trained' : 'validation';
}

/** @type {Record<string, readonly [number, number]>} rows down, columns to the right */
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * Where a key leads from a cell of a square table; null: it is none of the keys.
 * @param {string} key
 * @param {{ truth: number, said: number }} from
 * @param {number} size
 */
export function movedCell(key, { truth, said }, size) {
  if (key === 'Home') return { truth, said: 0 };
  if (key === 'End') return { truth, said: size - 1 };
  const step = STEPS[key];
  if (!step) return null;
  const kept = (/** @type {number} */ place) => Math.min(size - 1, Math.max(0, place));
  return { truth: kept(truth + step[0]), said: kept(said + step[1]) };
}
