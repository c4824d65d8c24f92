import { signal } from '@preact/signals';

/** The part of the page that offers a kept run; it comes after the first paint. */
export const offerView = signal(/** @type {import('preact').FunctionComponent | null} */ (null));
