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

test('an error of the engine reaches the page as a fault with the engine’s own line', async () => {
  const { check } = await import('../web/src/engine/worker/core.js');
  const { EngineClient } = await import('../web/src/engine/client.js');
  const text = 'labels: 2 labels for 3 images';
  assert.throws(() => check({ error: text }), { name: 'Fault', code: 'engine', values: { text } });
  assert.equal(check(7), 7);

  const fault = { code: 'engine', values: { text } };
  /** @type {any} */
  const worker = {
    postMessage: (/** @type {{ id: number }} */ { id }) =>
      worker.onmessage({ data: structuredClone({ id, error: fault }) }),
    terminate() {},
  };
  const client = new EngineClient(worker);
  await assert.rejects(client.call('dataHash', []), { name: 'EngineError', message: text, ...fault });
  client.close();
});
