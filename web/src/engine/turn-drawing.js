// Turning pictures counter-clockwise, as numpy.rot90 does.

const SIDE = 28;

/** A 28×28 image by whole quarter turns, exactly. @param {Uint8Array} pixels @param {number} turns */
export function quarterTurned(pixels, turns) {
  let image = pixels;
  for (let k = ((turns % 4) + 4) % 4; k > 0; k--) {
    const from = image;
    image = Uint8Array.from(from, (_, i) => from[(i % SIDE) * SIDE + SIDE - 1 - Math.floor(i / SIDE)]);
  }
  return image;
}

/**
 * The ink of a drawing turned by any angle, in a square large enough to hold it.
 * @param {Uint8Array} grey [side][side]
 * @param {number} side
 * @param {number} degrees counter-clockwise
 * @returns {{ grey: Uint8Array, side: number }}
 */
export function turned(grey, side, degrees) {
  if (degrees % 360 === 0) return { grey, side };
  let [left, right, top, bottom] = [side, -1, side, -1];
  for (let i = 0; i < grey.length; i++) {
    if (grey[i] === 0) continue;
    const [x, y] = [i % side, Math.floor(i / side)];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  if (right < 0) return { grey, side };
  // About the middle of the ink, with room for it in every position.
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  const out = Math.ceil(Math.hypot(right - left + 1, bottom - top + 1)) + 2;
  const centre = (out - 1) / 2;
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const result = new Uint8Array(out * out);
  const at = (/** @type {number} */ x, /** @type {number} */ y) =>
    x >= 0 && y >= 0 && x < side && y < side ? grey[y * side + x] : 0;
  for (let y = 0; y < out; y++) {
    for (let x = 0; x < out; x++) {
      const fromX = middleX + (x - centre) * cos - (y - centre) * sin;
      const fromY = middleY + (x - centre) * sin + (y - centre) * cos;
      const [x0, y0] = [Math.floor(fromX), Math.floor(fromY)];
      const [partX, partY] = [fromX - x0, fromY - y0];
      const upper = at(x0, y0) * (1 - partX) + at(x0 + 1, y0) * partX;
      const lower = at(x0, y0 + 1) * (1 - partX) + at(x0 + 1, y0 + 1) * partX;
      result[y * out + x] = Math.round(upper * (1 - partY) + lower * partY);
    }
  }
  return { grey: result, side: out };
}
