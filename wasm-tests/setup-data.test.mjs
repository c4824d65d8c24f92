// Which digits set-up finds: folders as archives unpack them, and folders that are broken.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { inRoot } from '../scripts/lib.mjs';

const OFFICIAL = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
];

const work = mkdtempSync(path.join(tmpdir(), 'quarterturn-setup-'));
after(() => rmSync(work, { recursive: true, force: true }));

/** @param {number} count @param {boolean} images */
function idx(count, images) {
  const header = images ? [0x803, count, 28, 28] : [0x801, count];
  const bytes = Buffer.alloc(4 * header.length + count * (images ? 784 : 1), 3);
  header.forEach((value, i) => bytes.writeUInt32BE(value, 4 * i));
  return bytes;
}

let folders = 0;
/**
 * A new folder with files by their paths in it.
 * @param {Record<string, Uint8Array>} files
 */
function folderOf(files) {
  const folder = path.join(work, `folder-${++folders}`);
  mkdirSync(folder);
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), bytes);
  }
  return folder;
}

/**
 * The four files of a small data set under names of a kind.
 * @param {(official: string) => string} name
 * @param {number} [train]
 */
const dataSet = (name, train = 20) =>
  Object.fromEntries(
    OFFICIAL.map((official) => [
      name(official),
      idx(official.startsWith('train') ? train : 5, official.includes('images')),
    ]),
  );

/**
 * The set-up script in a checkout of its own.
 * @param {string} checkout @param {string} [named] QUARTERTURN_MNIST
 */
function setUp(checkout, named) {
  mkdirSync(path.join(checkout, 'scripts'), { recursive: true });
  for (const script of ['data.mjs', 'lib.mjs'])
    copyFileSync(inRoot('scripts', script), path.join(checkout, 'scripts', script));
  const env = { ...process.env };
  delete env.QUARTERTURN_MNIST;
  if (named !== undefined) env.QUARTERTURN_MNIST = named;
  const source = `import { presentData } from './scripts/data.mjs';
    const data = presentData();
    console.log('FOUND ' + JSON.stringify(data ?? null));`;
  const program = named === undefined ? ['--input-type=module', '-e', source] : ['scripts/data.mjs'];
  const { status, stdout, stderr } = spawnSync(process.execPath, program, { cwd: checkout, env, encoding: 'utf8' });
  return { status, text: stdout + stderr };
}

const checkout = path.join(work, 'checkout');
mkdirSync(checkout);

test('the layouts of archives are understood', () => {
  for (const [layout, files] of Object.entries({
    plain: dataSet((name) => name),
    dotted: dataSet((name) => name.replace('-idx', '.idx')),
    capitals: dataSet((name) => name.toUpperCase()),
    'a folder for each file': dataSet((name) => `${name}/${name}`),
    'a folder for each dotted file': dataSet((name) => `${name}/${name.replace('-idx', '.idx')}`),
    torchvision: dataSet((name) => `MNIST/raw/${name}`),
    emnist: dataSet((name) => `gzip/emnist-digits-${name.replace('t10k', 'test')}`),
    'emnist beside others': {
      ...dataSet((name) => `emnist-balanced-${name.replace('t10k', 'test')}`, 30),
      ...dataSet((name) => `emnist-digits-${name.replace('t10k', 'test')}`),
    },
  })) {
    const { status, text } = setUp(checkout, folderOf(files));
    assert.equal(status, 0, `${layout}: ${text}`);
    assert.match(text, /^quarterturn: data: IDX files of /, layout);
  }
});

test('compressed files are served as such, under the names that MNIST has', () => {
  const files = Object.entries(dataSet((name) => `data/mnist/${name.replace('-idx', '.idx').toUpperCase()}`));
  const folder = folderOf(Object.fromEntries(files.map(([name, bytes]) => [`${name}.GZ`, gzipSync(bytes)])));
  const { text } = setUp(folder);
  const found = JSON.parse(/FOUND (.*)/.exec(text)?.[1] ?? 'null');
  assert.deepEqual(found.files.map((/** @type {{ name: string }} */ { name }) => name).sort(), [
    't10k-images-idx3-ubyte.gz',
    't10k-labels-idx1-ubyte.gz',
    'train-images-idx3-ubyte.gz',
    'train-labels-idx1-ubyte.gz',
  ]);
});

test('what is missing or broken in the folder of the environment is one line', () => {
  const whole = dataSet((name) => name);
  const [, labels] = OFFICIAL;
  for (const [files, words] of /** @type {[Record<string, Uint8Array>, RegExp][]} */ ([
    [{}, /holds no train-images-idx3-ubyte/],
    [{ 'train-images-idx3-ubyte/readme.txt': Buffer.from('?') }, /holds no train-images-idx3-ubyte/],
    [Object.fromEntries(Object.entries(whole).slice(0, 3)), /holds no t10k-labels-idx1-ubyte/],
    [{ ...whole, [labels]: Buffer.alloc(0) }, /train-labels-idx1-ubyte is no whole IDX file of labels/],
    [{ ...whole, [labels]: gzipSync(idx(20, false)).subarray(0, 15) }, /train-labels-idx1-ubyte cannot be read/],
    [{ ...whole, [labels]: idx(19, false) }, /19 labels for the 20 images/],
    [{ ...whole, [labels]: Buffer.from(idx(20, false)).fill(26, 20) }, /the label 26/],
    [
      { ...dataSet((name) => `MNIST/raw/${name}`), ...dataSet((name) => `FashionMNIST/raw/${name}`) },
      /several data sets \(FashionMNIST\/raw, MNIST\/raw\)/,
    ],
  ])) {
    const { status, text } = setUp(checkout, folderOf(files));
    assert.equal(status, 1, text);
    assert.match(text, words);
    assert.match(text, /^quarterturn: QUARTERTURN_MNIST: [^\n]*\n$/);
  }
});

test('a broken data/mnist is reported, left alone and done without', () => {
  const whole = dataSet((name) => `data/mnist/${name}`);
  const folder = folderOf(Object.fromEntries(Object.entries(whole).slice(1)));
  // In the place of the missing file something that cannot be read as one.
  mkdirSync(path.join(folder, 'data/mnist/train-images-idx3-ubyte'));
  const { status, text } = setUp(folder);
  assert.equal(status, 0, text);
  assert.match(text, /data\/mnist holds no train-images-idx3-ubyte .*until then the digits are generated/);
  assert.match(text, /FOUND null/);
  assert.equal(readdirSync(path.join(folder, 'data/mnist')).length, 4);

  const elsewhere = folderOf({});
  mkdirSync(path.join(elsewhere, 'data'));
  symlinkSync(path.join(elsewhere, 'nowhere'), path.join(elsewhere, 'data/mnist'));
  assert.match(setUp(elsewhere).text, /FOUND null/);
});
