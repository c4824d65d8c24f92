// Parts of the page that are fetched later. In the built page every import() of a part is a call of this (vite.config.js):
// a browser may remember that an address could not be imported, and then does not ask for it again (Firefox), so the next
// try has another address. A part that a new deployment has taken away is no fault.
import { signal } from '@preact/signals';
import { Fault } from '../state/fault.js';
import { otherVersion } from './version.js';

/** The server has another version of the page than this one. */
export const newVersion = signal(false);
/** The part of the page that says so (life.jsx); it comes after the first paint. */
export const newVersionView = signal(/** @type {import('preact').FunctionComponent | null} */ (null));

/** Nothing but loading the page again helps. */
export class ReloadError extends Fault {
  name = 'ReloadError';
}

/** What is to be added to an address that has failed. @type {Map<string, string>} */
const again = new Map();
let failures = 0;

/**
 * What a failure means for the visitor: the error itself, or that the page must be loaded again.
 * @param {unknown} error
 */
export async function explained(error) {
  if (error instanceof ReloadError) return error;
  if (!(await otherVersion())) return error;
  newVersion.value = true;
  return new ReloadError('replaced');
}

/** @param {string} address */
const isThere = (address) =>
  fetch(address).then(
    ({ ok }) => ok,
    () => false,
  );

globalThis.obtain = async (/** @type {string} */ name) => {
  const suffix = again.get(name) ?? '';
  const address = new URL(name + suffix, import.meta.url).href;
  try {
    return await import(/* @vite-ignore */ address);
  } catch (error) {
    again.set(name, `?again=${++failures}`);
    const why = await explained(error);
    // Another address helps with the part itself, but not with what it imports.
    if (why === error && suffix && (await isThere(address))) {
      throw new ReloadError('askedOnce');
    }
    throw why;
  }
};

/** Styles that did not come are asked for again; a link that has failed has no sheet. */
export function renewStyles() {
  for (const link of document.querySelectorAll('link[rel=stylesheet]')) {
    if (!(/** @type {HTMLLinkElement} */ (link).sheet)) link.replaceWith(link.cloneNode());
  }
}
