// IDX files, the format in which MNIST and its relatives are given away: recognised, unzipped, cut to size and paired.
// The engine checks every byte; here the faults are named that concern the choice of files.

/** @typedef {{ name: string, bytes: Uint8Array }} NamedBytes */
/** @typedef {{ kind: 'images', count: number, rows: number, columns: number } | { kind: 'labels', count: number }} IdxHeader */

const IMAGES = 0x00000803;
const LABELS = 0x00000801;

/** Unpacks gzip; anything else comes back as it is. @param {NamedBytes} file @returns {Promise<NamedBytes>} */
export async function unzip({ name, bytes }) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { name, bytes };
  const stream = new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'));
  try {
    return { name, bytes: new Uint8Array(await new Response(stream).arrayBuffer()) };
  } catch {
    throw new Error(`${name}: damaged gzip data; fetch the file again`);
  }
}

/** @param {NamedBytes} file @returns {IdxHeader} */
export function readHeader({ name, bytes }) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.length >= 8 ? view.getUint32(0) : 0;
  if (magic === LABELS) return { kind: 'labels', count: view.getUint32(4) };
  if (magic === IMAGES && bytes.length >= 16) {
    const [rows, columns] = [view.getUint32(8), view.getUint32(12)];
    if (rows !== 28 || columns !== 28) {
      throw new Error(`${name}: images of ${rows}×${columns}; give images of 28×28`);
    }
    return { kind: 'images', count: view.getUint32(4), rows, columns };
  }
  throw new Error(`${name}: not an IDX file of 8-bit images or labels; give files such as train-images-idx3-ubyte.gz`);
}

/**
 * The first `limit` items, header included: the engine has no use for more, and its memory is small.
 * @param {NamedBytes} file
 * @param {number} limit
 */
export function firstItems(file, limit) {
  const header = readHeader(file);
  const count = Math.min(header.count, limit);
  const size = header.kind === 'images' ? 16 + count * header.rows * header.columns : 8 + count;
  if (file.bytes.length < size) {
    throw new Error(`${file.name}: cut short, ${file.bytes.length} bytes where ${header.count} ${header.kind} need more; fetch the file again`);
  }
  if (count === header.count) return file.bytes;
  const bytes = file.bytes.slice(0, size);
  new DataView(bytes.buffer).setUint32(4, count);
  return bytes;
}

/** @param {string} name */
const forTesting = (name) => /t10k|test|valid/i.test(name);

/**
 * Finds the training images and labels and, where there are any, those for testing. Two files may have any names;
 * among four, those with “test” or “t10k” in their name are for testing.
 * @param {NamedBytes[]} files unzipped
 * @param {{ train: number, test: number }} limits
 * @returns {import('../engine/types').IdxFiles}
 */
export function pairFiles(files, limits) {
  const read = files.map((file) => ({ file, header: readHeader(file) }));
  const images = read.filter(({ header }) => header.kind === 'images');
  const labels = read.filter(({ header }) => header.kind === 'labels');
  if (images.length === 0) throw new Error('there are no images among the files; add an images file (…-idx3-ubyte)');
  if (labels.length !== images.length) {
    throw new Error(`${images.length} images and ${labels.length} labels files; give one labels file for each images file`);
  }
  if (images.length > 2) throw new Error(`${images.length} images files; give one for training and at most one for testing`);
  /** @param {typeof read} group @param {boolean} testing */
  const pick = (group, testing) =>
    group.length === 1 ? (testing ? undefined : group[0]) : group.find(({ file }) => forTesting(file.name) === testing);
  const [trainImages, trainLabels] = [pick(images, false), pick(labels, false)];
  const [testImages, testLabels] = [pick(images, true), pick(labels, true)];
  if (!trainImages || !trainLabels || (images.length === 2 && (!testImages || !testLabels))) {
    throw new Error('which files are for testing? Put “test” or “t10k” into their names');
  }
  for (const [pixels, classes] of [[trainImages, trainLabels], [testImages, testLabels]]) {
    if (pixels && classes && pixels.header.count !== classes.header.count) {
      throw new Error(
        `${pixels.file.name} has ${pixels.header.count} images and ${classes.file.name} ${classes.header.count} labels; they must be a pair`,
      );
    }
  }
  // Without test files the engine takes the last seventh of the training set for them.
  const trainLimit = testImages ? limits.train : Math.ceil((limits.train * 7) / 6);
  return {
    trainImages: firstItems(trainImages.file, trainLimit),
    trainLabels: firstItems(trainLabels.file, trainLimit),
    ...(testImages && testLabels
      ? { testImages: firstItems(testImages.file, limits.test), testLabels: firstItems(testLabels.file, limits.test) }
      : {}),
  };
}
