import { gzipSync } from 'node:zlib';

/**
 * Labelled 28×28 pictures as gzipped IDX files: class c is a bar in row 2c+4, so that they can be told apart.
 * @param {number} count
 */
export function barFiles(count) {
  const images = Buffer.alloc(16 + count * 784);
  const labels = Buffer.alloc(8 + count);
  images.writeUInt32BE(0x803, 0);
  [count, 28, 28].forEach((value, i) => images.writeUInt32BE(value, 4 + 4 * i));
  labels.writeUInt32BE(0x801, 0);
  labels.writeUInt32BE(count, 4);
  for (let i = 0; i < count; i++) {
    labels[8 + i] = i % 10;
    images.fill(255, 16 + i * 784 + (4 + 2 * (i % 10)) * 28 + 6, 16 + i * 784 + (4 + 2 * (i % 10)) * 28 + 22);
  }
  return { images: gzipSync(images), labels: gzipSync(labels) };
}
