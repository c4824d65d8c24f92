/**
 * Typed arrays one behind the other in one.
 * @template {Uint8Array | Float32Array} T
 * @param {new (length: number) => T} Kind
 * @param {readonly ArrayLike<number>[]} parts
 * @returns {T}
 */
export function joined(Kind, parts) {
  const whole = new Kind(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}
