// Angles of the dial: degrees counter-clockwise, -179 to 180.
import { t } from '../../messages/messages.js';

/** @param {number} degrees */
export function wrapped(degrees) {
  const turn = ((Math.round(degrees) % 360) + 360) % 360;
  return turn > 180 ? turn - 360 : turn;
}

/** How far it is turned, in words. @param {number} degrees */
export function turnWords(degrees) {
  const words = t.value.draw.turned;
  if (degrees === 0) return words.upright;
  if (Math.abs(degrees) === 180) return words.upsideDown;
  return degrees > 0 ? words.left({ degrees }) : words.right({ degrees: -degrees });
}

const STEP = 15;
/** Where the rotation network is asked: all around, both ends the same. */
export const ANGLES = Array.from({ length: 360 / STEP + 1 }, (_, i) => -180 + i * STEP);
/** The four answers where they belong. */
export const TURNS = /** @type {const} */ ([0, 90, 180, 270]);

/**
 * Stretches of angles over which one answer leads.
 * @param {readonly Float32Array[]} opinions at each of ANGLES
 * @returns {{ turn: number, from: number, to: number }[]}
 */
export function stretches(opinions) {
  /** @type {{ turn: number, from: number, to: number }[]} */
  const found = [];
  opinions.forEach((values, i) => {
    const turn = values.indexOf(Math.max(...values));
    const last = found.at(-1);
    if (last?.turn === turn) last.to = ANGLES[i];
    else found.push({ turn, from: ANGLES[i], to: ANGLES[i] });
  });
  return found;
}
