// Which version of the page this is, and which one the server has. Imported by boot/boot.js, which older browsers must
// be able to run: no syntax that the build cannot lower without helpers.
import { framed } from './framed.js';
import { fault } from '../fault-data.js';
import { scoped } from '../state/scope.js';

/** A hash of all files of this build, which the document names; empty while the page is developed. */
export const VERSION = document.documentElement.dataset.version || '';

const ANSWER_MILLISECONDS = 3000;

/** The server's version where it is another than this page's; empty: the same, or the server does not say. */
export async function otherVersion() {
  if (!VERSION) return '';
  try {
    const answer = await fetch(new URL('version.json', document.baseURI), {
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
    });
    const { version } = await answer.json();
    return typeof version === 'string' && version !== VERSION ? version : '';
  } catch {
    return '';
  }
}

/**
 * Loads the page again for the sake of a version of the server's: once in a session, since a cache on the way may go on
 * giving the old page, and never inside another page. Only before anything has begun.
 * @param {string} version
 * @returns {boolean} it is about to
 */
export function reloadFor(version) {
  if (framed) return false;
  try {
    const mark = scoped('reloaded for version');
    if (sessionStorage.getItem(mark) === version) return false;
    sessionStorage.setItem(mark, version);
  } catch {
    return false; // no storage: without the mark the page might load again for ever
  }
  location.reload();
  return true;
}

/** What is wrong with a page that was open while the server got a new version, and what helps. */
export const REPLACED = { reason: fault('replaced'), fix: fault('reloadKept') };

/** What is wrong where loading again did not help, and what helps. */
export const STALE = { reason: fault('stale'), fix: fault('reloadUncached') };
