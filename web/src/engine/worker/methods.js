// All that the page may ask of the worker. Their types are taken from here (types.d.ts).
import { analysis } from './analysis.js';
import { data } from './data.js';
import { opening } from './opening.js';
import { probing } from './probe.js';
import { training } from './training.js';

export const methods = { ...opening, ...training, ...data, ...analysis, ...probing };

/**
 * Whose answers are made for the page alone, so that their arrays are handed over instead of copied. Snapshots are not: the
 * worker goes on using them.
 * @type {ReadonlySet<keyof typeof methods>}
 */
export const HANDED_OVER = new Set(
  /** @type {const} */ ([
    ...['activations', 'checkpoint', 'features', 'image', 'labels', 'latent', 'nearest', 'overview', 'predict'],
    ...['probe', 'recognise', 'rotations', 'saveWeights', 'sweep', 'tensor', 'trunkNumbers', 'variants', 'wholeData'],
  ]),
);
