import { whenIdle } from '../../state/idle.js';
import { fetchErrors } from './errors-part.js';
import { Pretext } from './view.jsx';

/** @type {import('../../shared/section.js').Section} */
export const section = {
  id: 'learn',
  order: 1,
  View: Pretext,
  tries: async () => (await import('./tries.js')).TRIES,
  follow: () => whenIdle(() => void fetchErrors()),
};
