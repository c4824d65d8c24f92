// The safetensors format, in which the engine gives away its weights and checkpoints: eight bytes of length, a JSON
// header, then the bytes of the tensors.
import { Fault } from '../state/fault.js';

/** @typedef {{ type: string, shape: number[], bytes: Uint8Array }} Tensor */
/** @typedef {{ metadata: Record<string, string>, tensors: Map<string, Tensor> }} Safetensors */

const LENGTH_BYTES = 8;

/** @param {Uint8Array} file @returns {Safetensors} the tensors are views on `file` */
export function readSafetensors(file) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const data = LENGTH_BYTES + Number(view.getBigUint64(0, true));
  const { __metadata__: metadata = {}, ...entries } = JSON.parse(
    new TextDecoder().decode(file.subarray(LENGTH_BYTES, data)),
  );
  /** @type {Map<string, Tensor>} */
  const tensors = new Map();
  for (const [
    name,
    {
      dtype,
      shape,
      data_offsets: [first, last],
    },
  ] of Object.entries(entries)) {
    tensors.set(name, { type: dtype, shape, bytes: file.subarray(data + first, data + last) });
  }
  return { metadata, tensors };
}

/** @param {Safetensors} content @returns {Uint8Array} */
export function writeSafetensors({ metadata, tensors }) {
  // Wide elements first, so that each tensor lies on a multiple of its element.
  const order = [...tensors].sort(([, a], [, b]) => Number(b.type.slice(1)) - Number(a.type.slice(1)));
  /** @type {Record<string, unknown>} */
  const header = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { type, shape, bytes }] of order) {
    header[name] = { dtype: type, shape, data_offsets: [offset, (offset += bytes.length)] };
  }
  const plain = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(plain.length / LENGTH_BYTES) * LENGTH_BYTES;
  const file = new Uint8Array(LENGTH_BYTES + length + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
  file.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + length);
  file.set(plain, LENGTH_BYTES);
  let place = LENGTH_BYTES + length;
  for (const [, { bytes }] of order) {
    file.set(bytes, place);
    place += bytes.length;
  }
  return file;
}

/** A tensor's numbers as a copy of their own. @param {Tensor | undefined} tensor of type F32 @param {string} name */
export function floats(tensor, name) {
  if (tensor?.type !== 'F32') throw new Fault('noTensor', { name });
  return new Float32Array(tensor.bytes.slice().buffer);
}
