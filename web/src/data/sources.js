// Where the digits come from: the engine's own generator, MNIST where the server has it, or the visitor's files.
import { signal } from '@preact/signals';
import { pairFiles, unzip } from './idx.js';

/** @typedef {import('./idx.js').NamedBytes} NamedBytes */
/**
 * @typedef {{ kind: 'generated', seed: number, train: number, test: number }
 *   | { kind: 'idx', files: import('../engine/types').IdxFiles, source: string }} Data
 */

/** What the server offers beside the page; the server writes it (data/index.json). */
/** @typedef {{ mnist?: { source: string, files: string[] } }} Offer */
export const offer = signal(/** @type {Offer} */ ({}));

/** The built-in digits do not change with the seed of the run, so that runs can be compared. */
export const GENERATED_SEED = 1;

/** Files that the visitor gave, unzipped. */
export const ownFiles = signal(/** @type {NamedBytes[]} */ ([]));

/** Asks the server once what it has; a server that has nothing is no error. */
export async function findOffer() {
  try {
    const answer = await fetch(new URL('data/index.json', document.baseURI));
    if (answer.ok) offer.value = await answer.json();
  } catch {
    offer.value = {};
  }
}

/** @type {Map<string, Promise<NamedBytes>>} */
const fetched = new Map();

/** @param {string} name */
async function fetchFile(name) {
  const answer = await fetch(new URL(`data/${name}`, document.baseURI));
  if (!answer.ok) throw new Error(`${name}: the server answers ${answer.status}; choose the built-in digits instead`);
  return unzip({ name, bytes: new Uint8Array(await answer.arrayBuffer()) });
}

/** @param {string} name */
function fetchOnce(name) {
  const known = fetched.get(name) ?? fetchFile(name);
  fetched.set(name, known);
  known.catch(() => fetched.delete(name));
  return known;
}

/** What 'auto' means here. @param {string} choice */
export function resolved(choice) {
  return choice === 'auto' ? (offer.value.mnist ? 'mnist' : 'generated') : choice;
}

/**
 * @param {string} choice value of the `data` property
 * @param {number} train at most so many images for training
 * @param {number} test at most so many for testing
 * @returns {Promise<Data>}
 */
export async function dataFor(choice, train, test) {
  switch (resolved(choice)) {
    case 'mnist': {
      const mnist = offer.value.mnist;
      if (!mnist) throw new Error('this server has no MNIST; choose the built-in digits or your own files');
      const files = await Promise.all(mnist.files.map(fetchOnce));
      return { kind: 'idx', files: pairFiles(files, { train, test }), source: mnist.source };
    }
    case 'own': {
      const files = ownFiles.value;
      if (files.length === 0) throw new Error('choose your IDX files first: images and labels');
      return { kind: 'idx', files: pairFiles(files, { train, test }), source: files.map(({ name }) => name).join(', ') };
    }
    default:
      return { kind: 'generated', seed: GENERATED_SEED, train, test };
  }
}

/** Reads what the visitor chose or dropped. @param {Iterable<File>} files */
export async function takeFiles(files) {
  const read = await Promise.all(
    [...files].map(async (file) => unzip({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
  // Checked before they replace what was there.
  pairFiles(read, { train: 11000, test: 10000 });
  ownFiles.value = read;
}
