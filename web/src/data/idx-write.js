// IDX files from images and labels: the format that MNIST comes in.

const SIDE = 28;

/** @param {Uint8Array} pixels [count][28][28] */
export function idxImages(pixels) {
  const count = pixels.length / (SIDE * SIDE);
  const bytes = new Uint8Array(16 + pixels.length);
  const view = new DataView(bytes.buffer);
  [0x803, count, SIDE, SIDE].forEach((value, i) => view.setUint32(4 * i, value));
  bytes.set(pixels, 16);
  return bytes;
}

/** @param {Uint8Array} labels */
export function idxLabels(labels) {
  const bytes = new Uint8Array(8 + labels.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x801);
  view.setUint32(4, labels.length);
  bytes.set(labels, 8);
  return bytes;
}
