// What may be said of the self-supervised arm against the others.
import { readingOf } from '../../shared/paired.js';

/** @typedef {import('../../shared/paired.js').Difference} Difference */
/** @typedef {import('../../shared/lead.js').Summary} Summary */
/** @typedef {'random' | 'supervised'} Rival of the self-supervised arm */

/**
 * Where the self-supervised arm is clearly ahead of another one, clearly behind, or neither.
 * @param {readonly { labels: number, lead: Record<Rival, Difference> }[]} found
 * @param {Rival} rival
 * @returns {{ rival: Rival, ahead: number[], behind: number[], level: number[] }} numbers of labels
 */
export function verdict(found, rival) {
  const at = (/** @type {ReturnType<typeof readingOf>} */ reading) =>
    found.filter((group) => readingOf(group.lead[rival]) === reading).map(({ labels }) => labels);
  return { rival, ahead: at('ahead'), behind: at('behind'), level: at('level') };
}

/** Guessing gives a tenth. */
const NEAR_GUESSING = 0.15;
/** Numbers of labels at which the random arm is no better than guessing. @param {readonly { labels: number, full: { random: Summary } }[]} found */
export const guessing = (found) =>
  found.filter(({ full }) => full.random.mean <= NEAR_GUESSING).map(({ labels }) => labels);
