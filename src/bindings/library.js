// The JavaScript side of the bindings: a table of the values that C++ knows by number (value.hpp), and the class Engine.
// Read by Emscripten's linker, which puts it beside its own runtime (HEAPU8, Module).
/* global TextDecoder, TextEncoder, addToLibrary, values, keep, bytesAt, textAt, nameAt, HEAPU8, Module, _engine_methods, _engine_new, _engine_call, _engine_delete */
addToLibrary({
  $values: '[undefined, null, false, true]',

  $keep__deps: ['$values'],
  /** @param {any} value @returns {number} */
  $keep(value) {
    return value === undefined
      ? 0
      : value === null
        ? 1
        : typeof value === 'boolean'
          ? 2 + value
          : values.push(value) - 1;
  },

  // A copy: shared memory can be neither decoded nor handed out.
  /** @param {number} at @param {number} length @returns {Uint8Array} */
  $bytesAt: (at, length) => new Uint8Array(HEAPU8.subarray(at, at + length)),
  $textAt__deps: ['$bytesAt'],
  /** @param {number} at @param {number} length */
  $textAt: (at, length) => new TextDecoder().decode(bytesAt(at, length)),
  $nameAt__deps: ['$textAt'],
  /** Up to the next 0. @param {number} at */
  $nameAt: (at) => textAt(at, HEAPU8.indexOf(0, at) - at),

  value_number__deps: ['$values'],
  value_number: (value) => values.push(value) - 1,
  value_text__deps: ['$values', '$textAt'],
  value_text: (at, length) => values.push(textAt(at, length)) - 1,
  value_object__deps: ['$values'],
  value_object: () => values.push({}) - 1,
  value_array__deps: ['$values'],
  value_array: () => values.push([]) - 1,
  value_typed__deps: ['$values', '$bytesAt'],
  value_typed(type, at, count) {
    const TypedArray = [Uint8Array, Float32Array, Float64Array][type];
    return values.push(new TypedArray(bytesAt(at, count * TypedArray.BYTES_PER_ELEMENT).buffer)) - 1;
  },
  value_put__deps: ['$values', '$nameAt'],
  value_put(object, key, value) {
    values[object][nameAt(key)] = values[value];
  },
  value_push__deps: ['$values'],
  value_push(array, value) {
    values[array].push(values[value]);
  },
  // As Value::Kind.
  value_kind__deps: ['$values'],
  value_kind(id) {
    const value = values[id];
    if (value === undefined) return 0;
    if (value === null) return 1;
    if (value instanceof Uint8Array) return 5;
    if (value instanceof Float32Array) return 6;
    return { boolean: 2, number: 3, string: 4 }[typeof value] ?? 7;
  },
  value_as_number__deps: ['$values'],
  value_as_number: (id) => values[id],
  value_length__deps: ['$values'],
  value_length: (id) => values[id].length,
  value_encoded__deps: ['$values'],
  value_encoded: (id) => values.push(new TextEncoder().encode(values[id])) - 1,
  value_item__deps: ['$values', '$keep'],
  value_item: (array, index) => keep(values[array][index]),
  value_entry__deps: ['$values', '$keep', '$nameAt'],
  value_entry: (object, key) => keep(values[object][nameAt(key)]),
  value_keys__deps: ['$values'],
  value_keys: (object) => values.push(Object.keys(values[object])) - 1,
  value_copy__deps: ['$values'],
  value_copy(typed, first, count, at) {
    const { buffer, byteOffset, BYTES_PER_ELEMENT: size } = values[typed];
    HEAPU8.set(new Uint8Array(buffer, byteOffset + first * size, count * size), at);
  },
  value_threads: () => Number(Module['quarterturnThreads'] ?? 0),

  $Engine__deps: ['$values', '$keep', '$nameAt'],
  $Engine: class {
    constructor(threads) {
      const prototype = Object.getPrototypeOf(this);
      if (!('info' in prototype)) {
        nameAt(_engine_methods())
          .split(' ')
          .forEach((name, method) => {
            prototype[name] = function (...given) {
              const value = values[_engine_call(this.pointer, method, keep(given))];
              values.length = 4;
              return value;
            };
          });
      }
      this.pointer = _engine_new(keep(threads));
      values.length = 4;
    }

    delete() {
      _engine_delete(this.pointer);
      this.pointer = 0;
    }
  },
});
