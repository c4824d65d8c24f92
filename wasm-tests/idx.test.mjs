// Reading IDX files: every fault is named with its file and what helps.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bytesOf, firstItems, pairFiles, readHeader, unpack, unzip } from '../web/src/data/idx.js';
import { recognise } from '../web/src/data/kinds.js';
import { barFiles, labelFile, plainBarFiles } from './support/idx.mjs';
import { saying } from './support/words.mjs';

const LIMITS = { train: 1000, test: 1000 };
const { images, labels } = plainBarFiles(70);
/** @param {string} name @param {Uint8Array} bytes */
const file = (name, bytes) => ({ name, bytes: new Uint8Array(bytes) });
const pair = (/** @type {Uint8Array} */ some, /** @type {Uint8Array} */ classes) => [
  file('my-images', some),
  file('my-labels', classes),
];

describe('IDX files', () => {
  test('names the fault and what helps', () => {
    const small = Buffer.from(images);
    small.writeUInt32BE(32, 8);
    const floats = Buffer.from(labels);
    floats[2] = 13;
    const cases = /** @type {const} */ ([
      [
        pair(images.subarray(0, 1000), labels),
        /^my-images: the file is incomplete: .* 70 images, but it has 1; download/,
      ],
      [pair(images.subarray(0, 12), labels), /^my-images: the file ends within its header; download/],
      [
        pair(Buffer.concat([images, Buffer.alloc(3)]), labels),
        /^my-images: the file has 3 bytes more than its 70 images need/,
      ],
      [pair(images, labels.subarray(0, 30)), /^my-labels: the file is incomplete: .* 70 labels, but it has 22/],
      [pair(images, Buffer.alloc(0)), /^my-labels: the file is empty; download/],
      [pair(images, floats), /^my-labels: it contains floats; the page can read unsigned bytes only/],
      [pair(images, Buffer.from('PK\u0003\u0004 zipped')), /^my-labels: this is a zip archive; unpack it/],
      [
        pair(images, Buffer.from('<html>no such page')),
        /^my-labels: this is not an IDX file of 8-bit .*; choose files/,
      ],
      [pair(small, labels), /^my-images: its images are 32×28; use images of 28×28/],
      [
        pair(images, labelFile([1, 2, 3])),
        /^my-images has 70 images, but my-labels has 3 labels; choose files that belong together/,
      ],
      [pair(labels, labels), /none of the files contains images; add/],
      [[file('a', images)], /^you chose 1 file of images and 0 of labels; choose one file of labels/],
      [[...pair(images, labels), ...pair(images, labels)], /which files are for testing\? Put “test”/],
    ]);
    for (const [files, fault] of cases) assert.throws(() => pairFiles([...files], LIMITS), saying(fault), `${fault}`);
  });

  test('damaged gzip data are told from whole ones', async () => {
    const packed = barFiles(70).labels;
    assert.deepEqual((await unzip(file('good.gz', packed))).bytes, new Uint8Array(labels));
    await assert.rejects(
      unzip(file('bad.gz', packed.subarray(0, 20))),
      saying(/^bad\.gz: the gzip data are damaged; download/),
    );
  });

  test('a file can be cut to its first items before all of it is unpacked', async () => {
    const many = barFiles(5000);
    for (const [packed, header, item] of /** @type {const} */ ([
      [many.images, 16, 784],
      [many.labels, 8, 1],
    ])) {
      const whole = (await unzip(file('whole.gz', packed))).bytes;
      const part = await unpack('part.gz', new Blob([packed]).stream(), undefined, bytesOf(20));
      assert.ok(part.bytes.length < whole.length || item === 1, 'it stops early');
      const { bytes } = firstItems(part, 20);
      assert.equal(readHeader(file('cut', bytes)).count, 20);
      assert.deepEqual(bytes.slice(header), whole.slice(header, header + 20 * item));
      assert.equal(firstItems(file('whole', whole), 5000).bytes.length, whole.length, 'short enough');
      const short = whole.subarray(0, header + 19 * item);
      assert.throws(() => readHeader(firstItems(file('short', short), 20)), saying(/incomplete: .*but it has 19;/));
    }
  });

  test('says how many images have labels that can be read, and takes only those when asked', () => {
    const letters = labelFile(Array.from({ length: 70 }, (_, i) => 1 + (i % 26)));
    const files = pair(images, letters);
    const known =
      /^my-labels: .* label 10, but the networks know ten classes only, 0 to 9; 27 of the 70 images have such a label/;
    assert.throws(() => pairFiles(files, LIMITS), saying(known, { usable: true }));
    const some = pairFiles(files, LIMITS, { knownOnly: true });
    assert.equal(readHeader(file('kept', some.trainImages)).count, 27);
    assert.deepEqual([...some.trainLabels.subarray(8)].slice(0, 10), [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]);
    // The 27th image of the file is the 10th that is kept.
    const image = (/** @type {Uint8Array} */ bytes, /** @type {number} */ i) =>
      bytes.subarray(16 + 784 * i, 16 + 784 * (i + 1));
    assert.deepEqual(image(some.trainImages, 9), image(new Uint8Array(images), 26));
    assert.throws(
      () => pairFiles(pair(images, labelFile(new Array(70).fill(40))), LIMITS, { knownOnly: true }),
      saying(/none of the images has such a label/, { usable: false }),
    );
  });

  test('swaps rows and columns, and keeps no more than is asked for', () => {
    const upright = pairFiles(pair(images, labels), { train: 60, test: 10 });
    assert.equal(readHeader(file('cut', upright.trainImages)).count, 70, 'a seventh of it is for the test');
    const swapped = pairFiles(pair(images, labels), { train: 6, test: 10 }, { transpose: true });
    assert.equal(readHeader(file('cut', swapped.trainImages)).count, 7);
    // Image 3 is a bar in row 10 from column 6 on.
    const at = (/** @type {number} */ row, /** @type {number} */ column) => 16 + 3 * 784 + row * 28 + column;
    assert.deepEqual([upright.trainImages[at(10, 6)], upright.trainImages[at(6, 10)]], [255, 0]);
    assert.deepEqual([swapped.trainImages[at(10, 6)], swapped.trainImages[at(6, 10)]], [0, 255]);
  });

  test('pairs four files by their names', () => {
    const { images: testImages, labels: testLabels } = plainBarFiles(30);
    const found = pairFiles(
      [
        file('t10k-labels', testLabels),
        file('train-images', images),
        file('t10k-images', testImages),
        file('train-labels', labels),
      ],
      LIMITS,
    );
    assert.equal(readHeader(file('', found.trainImages)).count, 70);
    assert.equal(readHeader(file('', /** @type {Uint8Array} */ (found.testImages))).count, 30);
  });

  test('knows the relatives of MNIST by their names', () => {
    assert.deepEqual(recognise(['emnist-letters-train-images-idx3-ubyte.gz']), { kind: 'letters', transpose: true });
    assert.deepEqual(recognise(['EMNIST-digits-train-labels']), { kind: 'digits', transpose: true });
    assert.deepEqual(recognise(['fashion-train-images']), { kind: 'fashion', transpose: false });
    assert.deepEqual(recognise(['kmnist-train-images']), { kind: 'kmnist', transpose: false });
    assert.deepEqual(recognise(['train-images-idx3-ubyte.gz']), { kind: 'digits', transpose: false });
  });
});
