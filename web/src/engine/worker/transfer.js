/**
 * The buffers that an answer's arrays have to themselves, each once. An array that is a part of a larger buffer, as a view of
 * an engine's memory would be, is left to be copied; so is shared memory.
 * @param {unknown} value plain objects and arrays with typed arrays in them
 * @param {Set<ArrayBuffer>} [found]
 * @returns {ArrayBuffer[]}
 */
export function buffersOf(value, found = new Set()) {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) buffersOf(part, found);
  }
  return [...found];
}
