// What the engine really multiplies in a pretext step of the turns, from the digits: windows without ink are skipped.

const SIDE = 28;
const POOL = 7;

/** Pool windows along one axis that see a row or column: 5 pixels from every fourth on. @param {number} place */
function windowsOf(place) {
  const last = Math.floor(place / 4);
  return place % 4 === 0 && last > 0 ? [last - 1, last] : [last];
}
const WINDOWS = Array.from({ length: SIDE }, (_, place) => windowsOf(place));

/**
 * Pool windows of the first convolution that see ink, of 49, mean over all images and quarter turns. A window covers 2x2
 * outputs of stride 2 with 3x3 pixels each: 5x5 pixels, of which the last row and column may lie outside.
 * @param {Uint8Array} pixels of whole images
 */
export function liveWindows(pixels) {
  const area = SIDE * SIDE;
  const images = Math.floor(pixels.length / area);
  const last = SIDE - 1;
  let live = 0;
  for (let image = 0; image < images; image++) {
    const seen = new Uint8Array(4 * POOL * POOL);
    for (let place = 0; place < area; place++) {
      if (pixels[image * area + place] === 0) continue;
      const [r, c] = [Math.floor(place / SIDE), place % SIDE];
      const turned = [r, c, last - c, r, last - r, last - c, c, last - r];
      for (let turn = 0; turn < 4; turn++) {
        for (const y of WINDOWS[turned[2 * turn]]) {
          for (const x of WINDOWS[turned[2 * turn + 1]]) seen[(turn * POOL + y) * POOL + x] = 1;
        }
      }
    }
    for (const one of seen) live += one;
  }
  return live / (4 * images);
}

/**
 * Multiply-adds an image, forward and backward, by the table of docs/PERFORMANCE.md; without the transforms.
 * @param {number} live windows
 */
export const multiplyAddsDone = (live) => (2_304 + 576) * live + 3 * 131_072 + 3 * 8_192 + 3 * 256;
