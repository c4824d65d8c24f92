// A trained network as an ONNX file (protobuf written by hand: the format is a few nested records). Every operator is
// that of ONNX' default domain, opset 13. Input: float [N, 28, 28, 1], pixels 0..255 whatever the preset, which is
// inside; output: probabilities.
import { joined } from '../../data/joined.js';
import { floats } from '../../engine/safetensors.js';

/** @typedef {'rotation' | import('../../engine/types').Arm} Exported */

// ---- protobuf -------------------------------------------------------------------------------------------------------

/** @typedef {Uint8Array | string | number | bigint} Value a record or bytes, text, or a whole number */

const encoder = new TextEncoder();

/** @param {bigint} value from 0 on */
function varint(value) {
  const bytes = [];
  for (; value > 127n; value >>= 7n) bytes.push(Number(value & 127n) | 128);
  return [...bytes, Number(value)];
}

/** A record: its fields in order, one number may occur several times. @param {...[number, Value]} fields */
function record(...fields) {
  const parts = fields.flatMap(([number, value]) => {
    if (typeof value === 'number' || typeof value === 'bigint') {
      // Negative numbers travel as 64-bit two's complement.
      return [Uint8Array.from([...varint(BigInt(number << 3)), ...varint(BigInt.asUintN(64, BigInt(value)))])];
    }
    const bytes = typeof value === 'string' ? encoder.encode(value) : value;
    return [Uint8Array.from([...varint(BigInt((number << 3) | 2)), ...varint(BigInt(bytes.length))]), bytes];
  });
  return joined(Uint8Array, parts);
}

// ---- onnx.proto -----------------------------------------------------------------------------------------------------

const FLOAT = 1;
const INTS = 7;
const INT = 2;

/** @param {string} name @param {number[]} shape @param {Float32Array} values */
const tensor = (name, shape, values) =>
  record(
    ...shape.map((size) => /** @type {[number, Value]} */ ([1, size])),
    [2, FLOAT],
    [8, name],
    [9, new Uint8Array(values.buffer)],
  );

/** @param {string} operator @param {string[]} inputs @param {string} output @param {Record<string, number | number[]>} [attributes] */
const node = (operator, inputs, output, attributes = {}) =>
  record(
    ...inputs.map((name) => /** @type {[number, Value]} */ ([1, name])),
    [2, output],
    [3, output],
    [4, operator],
    ...Object.entries(attributes).map(
      ([name, value]) =>
        /** @type {[number, Value]} */ ([
          5,
          Array.isArray(value)
            ? record([1, name], ...value.map((each) => /** @type {[number, Value]} */ ([8, each])), [20, INTS])
            : record([1, name], [3, value], [20, INT]),
        ]),
    ),
  );

/** @param {string} name @param {(string | number)[]} shape a text is the name of a size that is not fixed */
const valueInfo = (name, shape) => {
  const sizes = shape.map(
    (size) => /** @type {[number, Value]} */ ([1, typeof size === 'string' ? record([2, size]) : record([1, size])]),
  );
  return record([1, name], [2, record([1, record([1, FLOAT], [2, record(...sizes)])])]);
};

// ---- the networks ---------------------------------------------------------------------------------------------------

/** Keras' [height][width][in][out] as ONNX' [out][in][height][width]. @param {Float32Array} kernel @param {number[]} shape */
function outputsFirst(kernel, [height, width, inputs, outputs]) {
  const turned = new Float32Array(kernel.length);
  for (let o = 0; o < outputs; o++)
    for (let i = 0; i < inputs; i++)
      for (let p = 0; p < height * width; p++)
        turned[(o * inputs + i) * height * width + p] = kernel[(p * inputs + i) * outputs + o];
  return turned;
}

const CLASSES = { rotation: '0, 90, 180 and 270 degrees counter-clockwise', digits: 'digits 0 to 9' };

/**
 * @param {Exported} network
 * @param {import('../../engine/safetensors.js').Safetensors} weights as the engine saves them
 * @param {{ title: string, data: string, seed: string, signature: string }} about where it comes from, in words
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function onnxModel(network, weights, { title, data, seed, signature }) {
  const rotation = network === 'rotation';
  // The self-supervised arm stands on the rotation network's frozen convolutions.
  const trunk = network === 'random' || network === 'supervised' ? network : 'rotnet';
  const last = rotation ? 'rotnet.dense' : `${network}.head`;
  const get = (/** @type {string} */ name) => floats(weights.tensors.get(name), name);
  const shapeOf = (/** @type {string} */ name) => weights.tensors.get(name)?.shape ?? [];

  /** @type {Uint8Array[]} */ const nodes = [];
  /** @type {Uint8Array[]} */ const constants = [];
  let value = 'pixels';
  /** @param {string} operator @param {string} output @param {string[]} [more] @param {Record<string, number | number[]>} [attributes] */
  const add = (operator, output, more = [], attributes = {}) => {
    nodes.push(node(operator, [value, ...more], output, attributes));
    value = output;
  };
  /** @param {string} name @param {number} stride @param {number[]} pads top, left, bottom, right: TensorFlow's SAME */
  const convolution = (name, stride, pads) => {
    const short = /** @type {string} */ (name.split('.')[1]);
    const shape = shapeOf(`${name}.kernel`);
    const [height, width, inputs, outputs] = shape;
    const kernel = outputsFirst(get(`${name}.kernel`), shape);
    constants.push(tensor(`${short}.kernel`, [outputs, inputs, height, width], kernel));
    constants.push(tensor(`${short}.bias`, [outputs], get(`${name}.bias`)));
    const attributes = { kernel_shape: [height, width], strides: [stride, stride], pads };
    add('Conv', short, [`${short}.kernel`, `${short}.bias`], attributes);
    add('Relu', `${short}.relu`);
  };
  const pool = (/** @type {string} */ name) => add('MaxPool', name, [], { kernel_shape: [2, 2], strides: [2, 2] });

  if (weights.metadata.preset === 'unit') {
    constants.push(tensor('scale', [], new Float32Array([1 / 255])));
    add('Mul', 'scaled', ['scale']);
  }
  add('Transpose', 'channels_first', [], { perm: [0, 3, 1, 2] });
  convolution(`${trunk}.conv1`, 2, [0, 0, 1, 1]);
  pool('pool1');
  convolution(`${trunk}.conv2`, 1, [1, 1, 1, 1]);
  pool('pool2');
  if (rotation) convolution('rotnet.conv3', 2, [1, 1, 1, 1]);
  add('Transpose', 'channels_last', [], { perm: [0, 2, 3, 1] });
  add('Flatten', 'flat', [], { axis: 1 });
  const [inputs, classes] = shapeOf(`${last}.kernel`);
  constants.push(tensor('dense.kernel', [inputs, classes], get(`${last}.kernel`)));
  constants.push(tensor('dense.bias', [classes], get(`${last}.bias`)));
  add('Gemm', 'logits', ['dense.kernel', 'dense.bias']);
  add('Softmax', 'probabilities', [], { axis: 1 });

  const many = (/** @type {number} */ field, /** @type {Uint8Array[]} */ items) =>
    items.map((item) => /** @type {[number, Value]} */ ([field, item]));
  const graph = record(
    ...many(1, nodes),
    [2, network],
    ...many(5, constants),
    [11, valueInfo('pixels', ['N', 28, 28, 1])],
    [12, valueInfo('probabilities', ['N', classes])],
  );
  const task = weights.metadata['pretext.task'] ?? 'turns';
  const variants = task === 'turns' ? CLASSES.rotation : `the ${classes} variants of the pretext task ${task}`;
  const text = `${title}. Input: grey values 0 to 255, white ink on black, centred as MNIST is. Output: probabilities of ${
    rotation ? variants : CLASSES.digits
  }.`;
  const facts = { data, seed, signature, preset: weights.metadata.preset, pretext: task };
  return record(
    [1, 8], // version of the format that has opset 13 and up
    [2, 'quarterturn'],
    [6, text],
    [7, graph],
    [8, record([1, ''], [2, 13])],
    ...Object.entries(facts)
      .filter(([, fact]) => fact)
      .map(([key, fact]) => /** @type {[number, Value]} */ ([14, record([1, key], [2, fact])])),
  );
}
