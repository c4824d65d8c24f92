// What the page says of faults, in English.
import { wordsOf } from '../../web/src/messages/faults.js';
import { laterWords, speak } from '../../web/src/messages/messages.js';

await speak('en');
await laterWords();

/** For assert.throws and assert.rejects. @param {RegExp} words @param {Record<string, unknown>} [properties] of the error */
export const saying =
  (words, properties = {}) =>
  (/** @type {any} */ error) =>
    words.test(wordsOf(error)) && Object.entries(properties).every(([key, value]) => error[key] === value);

export { wordsOf };
