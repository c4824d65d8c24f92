// Which arrays of an answer the worker hands over. No browser needed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buffersOf } from '../web/src/engine/worker/transfer.js';

test('each buffer of an answer, once', () => {
  const [a, b, c] = [new Float32Array(3), new Uint8Array(5), new Uint8Array(7)];
  const answer = { label: 3, text: 'x', none: null, images: [a, b], inside: { again: a, more: [c] } };
  assert.deepEqual(new Set(buffersOf(answer)), new Set([a.buffer, b.buffer, c.buffer]));
  assert.equal(buffersOf(answer).length, 3);
  const { images } = structuredClone(answer, { transfer: buffersOf(answer) });
  assert.equal(images[0].length, 3);
  assert.equal(a.length, 0, 'it is gone from here');
  for (const plain of [undefined, null, 7, 'text', {}, []]) assert.deepEqual(buffersOf(plain), []);
});

test('no part of a larger buffer, and no shared memory: they are copied', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const view = new Float32Array(memory.buffer, 16, 4);
  const part = new Uint8Array(100).subarray(10, 20);
  const shared = new Uint8Array(new SharedArrayBuffer(8));
  assert.deepEqual(buffersOf({ view, part, shared }), []);
});

test('an error of the engine reaches the page as a fault with the name of its code and of its values', async () => {
  const { check } = await import('../web/src/engine/worker/core.js');
  const { CODES } = await import('../web/src/engine/codes.js');
  const { EngineClient } = await import('../web/src/engine/client.js');
  const place = CODES.findIndex((line) => line.startsWith('idxPair '));
  const fault = {
    code: 'idxPair',
    values: { file: 'trainLabels', labels: 2, images: 3, imagesFile: 'trainImages' },
  };
  assert.throws(() => check({ code: place, values: ['trainLabels', 2, 3, 'trainImages'] }), {
    name: 'Fault',
    ...fault,
  });
  assert.equal(check(7), 7);
  // A message among the values, and one that is nothing but a value.
  const range = CODES.findIndex((line) => line.startsWith('settingRange '));
  const count = CODES.findIndex((line) => line.startsWith('rangeCount '));
  assert.deepEqual(
    check({
      phase: 'failed',
      failure: { code: range, values: ['labels', { code: 0, values: [0] }, { code: count, values: [1, 9] }] },
    }),
    {
      phase: 'failed',
      failure: {
        code: 'settingRange',
        values: { setting: 'labels', value: 0, range: { code: 'rangeCount', values: { least: 1, most: 9 } } },
      },
    },
  );

  /** @type {any} */
  const worker = {
    postMessage: (/** @type {{ id: number }} */ { id }) =>
      worker.onmessage({ data: structuredClone({ id, error: fault }) }),
    terminate() {},
  };
  const client = new EngineClient(worker);
  await assert.rejects(client.call('dataHash', []), { name: 'EngineError', message: 'idxPair', ...fault });
  client.close();
});

test('what came of a worker before its client is heard by it, once the client has asked', async () => {
  const { EngineClient } = await import('../web/src/engine/client.js');
  const silent = () => /** @type {any} */ ({ postMessage() {}, terminate() {} });
  const message = (/** @type {unknown} */ data) => /** @type {any} */ ({ type: 'message', data });
  const client = new EngineClient(silent(), [message({ event: 'trying', detail: 1 }), message({ id: 1, value: 'x' })]);
  /** @type {unknown[]} */
  const heard = [];
  client.on('trying', (detail) => heard.push(detail));
  assert.equal(await client.call('dataHash', []), 'x');
  assert.deepEqual(heard, [1]);
  client.close();

  // Its script did not come.
  const failed = new EngineClient(silent(), [/** @type {any} */ ({ type: 'error', message: '', preventDefault() {} })]);
  await assert.rejects(failed.call('dataHash', []), { code: 'workerNotStarted', workerFailed: true });
});
