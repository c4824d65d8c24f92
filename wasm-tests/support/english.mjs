// The English words of the page, for tests that find things by what a visitor reads.
import first from '../../web/src/messages/en/first.js';
import later from '../../web/src/messages/en/later.js';

export const english = { ...first, ...later };
