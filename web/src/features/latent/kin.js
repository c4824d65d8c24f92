// What a map shows, in figures: whether points of one kind lie together.
import { paired, readingOf } from '../../shared/paired.js';

/** @param {Uint8Array} marks 1 or 0 for each point */
export const share = (marks) => marks.reduce((sum, mark) => sum + mark, 0) / Math.max(1, marks.length);

/**
 * @typedef {object} Seen shares of points whose nearest neighbour is of their kind
 * @property {number} count of points
 * @property {number} untrained of a network that is never trained
 * @property {{ now: number, before: number | null, change: import('../../shared/paired.js').Difference | null,
 *   reading: 'ahead' | 'behind' | 'level' | 'same' }} [trained] of the pretext network, where its map is shown; `change`:
 *   from before the first step, point by point; `same`: nothing has been trained, or the beginning is not kept
 */

/**
 * @param {{ sides: { trained?: { latent: { kin: Uint8Array } } }, before: Uint8Array | null, untrained: Uint8Array | null }} found
 * @returns {Seen | null}
 */
export function seenOf({ sides, before, untrained }) {
  if (!untrained) return null;
  const plain = { count: untrained.length, untrained: share(untrained) };
  const now = sides.trained?.latent.kin;
  if (!now) return plain;
  // The same points in both pictures: what is nearer to its kind in one only, as of two readers of the same images.
  const same = !before || before.length !== now.length || before.every((mark, i) => mark === now[i]);
  const change = same ? null : paired(now, before, new Uint8Array(now.length).fill(1));
  return {
    ...plain,
    trained: {
      now: share(now),
      before: before && share(before),
      change,
      reading: change ? readingOf(change) : 'same',
    },
  };
}
