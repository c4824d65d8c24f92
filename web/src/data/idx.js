// IDX files, the format in which MNIST and its relatives are given away: recognised, unzipped, checked, cut to size and
// paired. Every fault has a code of its own, and the file's name.
import { Fault } from '../state/fault.js';
import { joined } from './joined.js';

/** @typedef {{ name: string, bytes: Uint8Array }} NamedBytes */
/** @typedef {{ kind: 'images' | 'labels', count: number }} IdxHeader */
/** @typedef {NamedBytes & IdxHeader} IdxFile */
/**
 * @typedef {object} Reading
 * @property {boolean} [transpose] swap rows and columns: EMNIST is stored that way
 * @property {boolean} [knownOnly] leave out the images whose label is none of 0..9
 */

const IMAGES = 0x00000803;
const LABELS = 0x00000801;
const HEADER = { images: 16, labels: 8 };
const SIDE = 28;
const PIXELS = SIDE * SIDE;
const ITEM = { images: PIXELS, labels: 1 };
const CLASSES = 10;
/** Element types of the format other than the unsigned byte: 8 and 16 to 64 bits, floats. */
const OTHER_TYPES = [9, 11, 12, 13, 14];

/** Labels that the networks have no class for; the other images can still be used. */
export class UnknownLabels extends Fault {
  /** @param {string} name @param {number} label @param {number} known @param {number} count */
  constructor(name, label, known, count) {
    super('unknownLabels', { name, label, known, count });
    this.usable = known > 0;
  }
}

/** A part of a pair is missing: more files may complete it. */
export class MissingPart extends Fault {}

/** Of unpacked bytes, as much as the native program reads: a small archive must not fill the memory. */
const MOST_BYTES = 2 ** 30;

/** @param {Uint8Array} bytes */
export const isGzip = (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * Unpacks gzip.
 * @param {string} name
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} packed
 * @param {number} [most] bytes when unpacked
 * @param {number} [enough] so many bytes from the beginning will do; there may be more
 * @returns {Promise<NamedBytes>}
 */
export async function unpack(name, packed, most = MOST_BYTES, enough = Infinity) {
  const parts = [];
  let length = 0;
  try {
    const reader = packed.pipeThrough(new DecompressionStream('gzip')).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      length += part.value.length;
      if (length > most || length >= enough) {
        void reader.cancel().catch(() => {});
        break;
      }
    }
  } catch {
    throw new Fault('damagedGzip', { name });
  }
  if (length > most) throw new Fault('tooLarge', { name, most });
  return { name, bytes: joined(Uint8Array, parts) };
}

/**
 * Unpacks gzip; anything else comes back as it is.
 * @param {NamedBytes} file
 * @param {number} [most] bytes when unpacked
 */
export async function unzip({ name, bytes }, most) {
  if (!isGzip(bytes)) return { name, bytes };
  const { body } = new Response(/** @type {Uint8Array<ArrayBuffer>} */ (bytes));
  return unpack(name, /** @type {NonNullable<typeof body>} */ (body), most);
}

/** What the file's magic number says that it holds; null: neither. @param {DataView} file */
function kindOf(file) {
  const magic = file.byteLength >= HEADER.labels ? file.getUint32(0) : 0;
  return magic === IMAGES ? 'images' : magic === LABELS ? 'labels' : null;
}

/** Bytes that hold so many items, be they images or labels. @param {number} items */
export const bytesOf = (items) => HEADER.images + items * PIXELS;

/**
 * The first items of a file, of which the rest may be missing, as a file of its own; what is shorter, or no such file,
 * comes back as it is.
 * @param {NamedBytes} file
 * @param {number} most
 * @returns {NamedBytes}
 */
export function firstItems({ name, bytes }, most) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = kindOf(view);
  if (kind === null || view.getUint32(4) <= most) return { name, bytes };
  const end = HEADER[kind] + most * ITEM[kind];
  if (bytes.length < end) return { name, bytes };
  const head = bytes.slice(0, end);
  new DataView(head.buffer).setUint32(4, most);
  return { name, bytes: head };
}

/** What the file says of itself, and whether it is as long as that. @param {NamedBytes} file @returns {IdxFile} */
export function readHeader({ name, bytes }) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length === 0) throw new Fault('emptyFile', { name });
  const kind = kindOf(view);
  if (kind === null) throw strange(name, bytes);
  if (bytes.length < HEADER[kind]) throw new Fault('headerCut', { name });
  if (kind === 'images') {
    const [rows, columns] = [view.getUint32(8), view.getUint32(12)];
    if (rows !== SIDE || columns !== SIDE) throw new Fault('wrongSide', { name, rows, columns });
  }
  const count = view.getUint32(4);
  if (count === 0) throw new Fault('noItems', { name, kind });
  const [size, needed] = [bytes.length - HEADER[kind], count * ITEM[kind]];
  if (size < needed) {
    const there = Math.floor(size / ITEM[kind]);
    throw new Fault('cutShort', { name, kind, count, there });
  }
  if (size > needed) throw new Fault('tooLong', { name, kind, count, extra: size - needed });
  return { name, bytes, kind, count };
}

/** What a file is that is no IDX file of images or labels. @param {string} name @param {Uint8Array} bytes */
function strange(name, bytes) {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return new Fault('zipArchive', { name });
  if (bytes[0] === 0 && bytes[1] === 0 && OTHER_TYPES.includes(bytes[2])) {
    return new Fault('otherType', { name, type: bytes[2] });
  }
  return new Fault('notIdx', { name });
}

/** An IDX file of the given items. @param {'images' | 'labels'} kind @param {Uint8Array} items */
function writeIdx(kind, items) {
  const bytes = new Uint8Array(HEADER[kind] + items.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, kind === 'images' ? IMAGES : LABELS);
  view.setUint32(4, items.length / ITEM[kind]);
  if (kind === 'images') {
    view.setUint32(8, SIDE);
    view.setUint32(12, SIDE);
  }
  bytes.set(items, HEADER[kind]);
  return bytes;
}

/** Swaps rows and columns of every image, in place. @param {Uint8Array} pixels */
function transpose(pixels) {
  for (let image = 0; image < pixels.length; image += PIXELS) {
    for (let row = 0; row < SIDE; row++) {
      for (let column = row + 1; column < SIDE; column++) {
        const [here, there] = [image + row * SIDE + column, image + column * SIDE + row];
        [pixels[here], pixels[there]] = [pixels[there], pixels[here]];
      }
    }
  }
}

/**
 * A pair of files cut to its first `limit` usable items: the engine has no use for more, and its memory is small.
 * @param {IdxFile} images
 * @param {IdxFile} labels
 * @param {number} limit
 * @param {Reading} reading
 */
function cut(images, labels, limit, { transpose: turn = false, knownOnly = false }) {
  if (images.count !== labels.count) {
    throw new Fault('noPair', {
      imagesName: images.name,
      images: images.count,
      labelsName: labels.name,
      labels: labels.count,
    });
  }
  const [pixels, classes] = [images.bytes.subarray(HEADER.images), labels.bytes.subarray(HEADER.labels)];
  const unknown = classes.findIndex((label) => label >= CLASSES);
  let [someImages, someLabels] = [pixels.slice(0, limit * PIXELS), classes.slice(0, limit)];
  if (unknown >= 0) {
    const known = [...classes.keys()].filter((i) => classes[i] < CLASSES);
    if (!knownOnly || known.length === 0) {
      throw new UnknownLabels(labels.name, classes[unknown], known.length, classes.length);
    }
    const used = known.slice(0, limit);
    someLabels = Uint8Array.from(used, (i) => classes[i]);
    someImages = new Uint8Array(used.length * PIXELS);
    used.forEach((from, to) => someImages.set(pixels.subarray(from * PIXELS, (from + 1) * PIXELS), to * PIXELS));
  }
  if (turn) transpose(someImages);
  return { images: writeIdx('images', someImages), labels: writeIdx('labels', someLabels) };
}

/** @param {string} name */
const forTesting = (name) => /t10k|test|valid/i.test(name);

/**
 * Finds the training images and labels and, where there are any, those for testing. Two files may have any names;
 * among four, those with “test” or “t10k” in their name are for testing.
 * @param {NamedBytes[]} files unzipped
 * @param {{ train: number, test: number }} limits
 * @param {Reading} [reading]
 * @returns {import('../engine/types').IdxFiles}
 */
export function pairFiles(files, limits, reading = {}) {
  const read = files.map(readHeader);
  const images = read.filter(({ kind }) => kind === 'images');
  const labels = read.filter(({ kind }) => kind === 'labels');
  if (images.length === 0) throw new MissingPart('noImagesFile');
  if (labels.length !== images.length) {
    throw new MissingPart('unpairedFiles', { images: images.length, labels: labels.length });
  }
  if (images.length > 2) throw new Fault('tooManyFiles', { images: images.length });
  /** @param {IdxFile[]} group @param {boolean} testing */
  const pick = (group, testing) =>
    group.length === 1 ? (testing ? undefined : group[0]) : group.find(({ name }) => forTesting(name) === testing);
  const [trainImages, trainLabels] = [pick(images, false), pick(labels, false)];
  const [testImages, testLabels] = [pick(images, true), pick(labels, true)];
  if (!trainImages || !trainLabels || (images.length === 2 && (!testImages || !testLabels))) {
    throw new Fault('whichForTesting');
  }
  // Without test files the engine takes the last seventh of the training set for them.
  const trainLimit = testImages ? limits.train : Math.ceil((limits.train * 7) / 6);
  const train = cut(trainImages, trainLabels, trainLimit, reading);
  const test = testImages && testLabels && cut(testImages, testLabels, limits.test, reading);
  return {
    trainImages: train.images,
    trainLabels: train.labels,
    ...(test ? { testImages: test.images, testLabels: test.labels } : {}),
  };
}
