// Where the digits come from: the engine's own generator, MNIST where the server has it, or the visitor's files.
import { computed, signal } from '@preact/signals';
import { t } from '../messages/messages.js';
import { Fault } from '../state/fault.js';
import { settings } from '../state/settings.js';
import { KINDS } from './kinds.js';
import { STALL_MILLISECONDS } from './stall.js';

/** @typedef {import('./idx.js').NamedBytes} NamedBytes */
/** @typedef {import('../engine/types').Data} Data */

/** What the server offers beside the page; the server writes it (data/index.json). */
/** @typedef {{ mnist?: { source: string, files: string[] } }} Offer */
export const offer = signal(/** @type {Offer} */ ({}));

/** The built-in digits do not change with the seed of the run, so that runs can be compared. */
export const GENERATED_SEED = 1;

/**
 * A file of the visitor's: unzipped, with the checksum of that (empty where the browser makes none: it wants a secure
 * context), and as it was given.
 * @typedef {NamedBytes & { sha256: string, given: File }} GivenFile
 */

/**
 * What the visitor gave: files, and how they are read.
 * @typedef {object} OwnFiles
 * @property {GivenFile[]} files
 * @property {import('./kinds.js').Kind} kind what the classes are
 * @property {boolean} transpose
 * @property {boolean} knownOnly images with labels beyond 9 are left out
 */
/** @typedef {Omit<OwnFiles, 'files'> & { files: { name: string, sha256: string }[] }} OwnNote all but the content */

/** @param {OwnFiles} own @returns {OwnNote} */
export const noteOf = ({ files, kind, transpose, knownOnly }) => ({
  kind,
  transpose,
  knownOnly,
  files: files.map(({ name, sha256 }) => ({ name, sha256 })),
});

export const ownFiles = signal(
  /** @type {OwnFiles} */ ({ files: [], kind: 'digits', transpose: false, knownOnly: false }),
);

/**
 * Whether the visitor's files are kept in this browser, by a key of the messages; null where nothing is known.
 * @typedef {{ state: 'kept' | 'notSecure' | 'tooMuch' | 'notKept' | 'forgotten' | 'notForgotten', bytes: number }} FilesKept
 */
export const filesKept = signal(/** @type {FilesKept | null} */ (null));

/** What the pictures of the present data show. */
export const kindKey = computed(() => (resolved(settings.data.value) === 'own' ? ownFiles.value.kind : 'digits'));
/** The same in words. */
export const kind = computed(() => t.value.common.kinds[kindKey.value]);
/** The ten classes of the present data as signs, where there is no room for words. */
export const classMarks = computed(() => KINDS[kindKey.value].marks);
/** And in words. */
export const classNames = computed(() => ('classes' in kind.value ? kind.value.classes : classMarks.value));

/** Addresses of what this visit has used of the server's data. @type {Set<string>} */
export const servedAddresses = new Set();

const dataFolder = () => new URL('data/', document.baseURI).href;

/** Asks the server once what it has; a server that has nothing is no error. */
export async function findOffer() {
  try {
    const address = new URL('index.json', dataFolder());
    const answer = await fetch(address, { signal: AbortSignal.timeout(STALL_MILLISECONDS) });
    if (!answer.ok) return;
    offer.value = await answer.json();
    servedAddresses.add(address.href);
  } catch {
    offer.value = {};
  }
}

/** What 'auto' means here. @param {string} choice */
export function resolved(choice) {
  return choice === 'auto' ? (offer.value.mnist ? 'mnist' : 'generated') : choice;
}

/** Whether the present data are generated digits. */
export const isGenerated = () => resolved(settings.data.value) === 'generated';

/** @typedef {(limits: { train: number, test: number }) => Data} DataOf */
/** @type {DataOf | null} */
let ownData = null;
/** For own-files.js, which comes with the first of the visitor's files. @param {DataOf} dataOf */
export const setOwnData = (dataOf) => (ownData = dataOf);

/**
 * @param {string} choice value of the `data` property
 * @param {number} train at most so many images for training
 * @param {number} test at most so many for testing
 * @returns {Data}
 */
export function dataFor(choice, train, test) {
  switch (resolved(choice)) {
    case 'mnist': {
      const mnist = offer.value.mnist;
      if (!mnist) throw new Fault('noMnist');
      const base = dataFolder();
      for (const name of mnist.files) servedAddresses.add(new URL(name, base).href);
      return { kind: 'served', base, names: mnist.files, train, test, source: mnist.source };
    }
    case 'own':
      if (!ownData) throw new Fault('noFiles');
      return ownData({ train, test });
    default:
      return { kind: 'generated', seed: GENERATED_SEED, train, test };
  }
}
