// The visitor's files: dropped anywhere on the page or chosen, and what is wrong with them.
import { signal } from '@preact/signals';
import { ownFiles } from '../../data/sources.js';
import { reloadData } from '../../session/session.js';
import { Fault } from '../../state/fault.js';
import { isFixed, settings } from '../../state/settings.js';
import { goTo } from '../../state/sections.js';

/** A file hangs over the page; drop-sign.jsx notices when it has left. */
export const dropping = signal(false);
/** What is wrong with the visitor's files; null while nothing is. */
export const fileProblem = signal(/** @type {unknown} */ (null));

/** @param {() => void | Promise<void>} work may throw: then all stays as it was, and the fault is shown */
async function attempt(work) {
  fileProblem.value = null;
  if (isFixed('data') && settings.data.peek() !== 'own') {
    fileProblem.value = new Fault('filesLocked');
    return;
  }
  try {
    await work();
    settings.data.value = 'own';
    await reloadData();
  } catch (error) {
    fileProblem.value = error;
  }
}

/** @param {Iterable<File>} files */
export const take = (files) => attempt(async () => (await import('../../data/own-files.js')).takeFiles(files));

/** Reads the files again in another way. @param {Partial<import('../../data/sources.js').OwnFiles>} change */
export const readAs = (change) =>
  attempt(async () => (await import('../../data/own-files.js')).useFiles({ ...ownFiles.peek(), ...change }));

/** Files may be dropped anywhere on the page; called once. */
export function followDrops() {
  /** @param {DragEvent} event */
  const carriesFiles = (event) => event.dataTransfer?.types.includes('Files') ?? false;
  addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    dropping.value = true;
  });
  addEventListener('drop', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    dropping.value = false;
    void take([...(event.dataTransfer?.files ?? [])]);
    goTo('data');
  });
}
