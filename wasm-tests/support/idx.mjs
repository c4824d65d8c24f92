import { gzipSync } from 'node:zlib';

/** IDX bytes: magic number, dimensions, items. @param {number[]} header @param {Uint8Array} items */
function idx(header, items) {
  const head = Buffer.alloc(4 * header.length);
  header.forEach((value, i) => head.writeUInt32BE(value, 4 * i));
  return Buffer.concat([head, items]);
}

/** Labels as a plain IDX file. @param {readonly number[]} labels */
export const labelFile = (labels) => idx([0x801, labels.length], Uint8Array.from(labels));

/**
 * Labelled 28×28 pictures as plain IDX files: class c of ten is a bar in row 2c+4, so that they can be told apart.
 * @param {number} count
 */
export function plainBarFiles(count) {
  const pixels = Buffer.alloc(count * 784);
  const labels = Array.from({ length: count }, (_, i) => i % 10);
  labels.forEach((label, i) => {
    const start = i * 784 + (4 + 2 * label) * 28;
    pixels.fill(255, start + 6, start + 22);
  });
  return { images: idx([0x803, count, 28, 28], pixels), labels: labelFile(labels) };
}

/** The same, gzipped. @param {number} count */
export function barFiles(count) {
  const { images, labels } = plainBarFiles(count);
  return { images: gzipSync(images), labels: gzipSync(labels) };
}
