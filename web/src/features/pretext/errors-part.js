// The part of the section that is fetched after the first paint: it lies below the curves and has nothing to show before
// the engine is there.
import { signal } from '@preact/signals';
import { laterWords } from '../../messages/messages.js';

/** Its view; null while it is away. */
export const errorsView = signal(/** @type {import('preact').FunctionComponent | null} */ (null));
export const errorsFailed = signal(false);

/** Never rejected. */
export async function fetchErrors() {
  errorsFailed.value = false;
  try {
    const [{ Errors }] = await Promise.all([import('./errors.jsx'), laterWords()]);
    errorsView.value = Errors;
  } catch {
    errorsFailed.value = true;
  }
}
