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

test('an error of the engine reaches the page with its code and values', async () => {
  const { check } = await import('../web/src/engine/worker/core.js');
  const { EngineClient } = await import('../web/src/engine/client.js');
  const failure = { error: 'labels: 2 labels for 3 images', code: 'idx-pair', values: { labels: 2, images: 3 } };
  const words = { message: failure.error, code: failure.code, values: failure.values };
  assert.throws(() => check(failure), words);
  assert.throws(() => check({ error: 'no data' }), { message: 'no data', code: '', values: {} });
  assert.equal(check(7), 7);

  /** @type {any} */
  const worker = {
    postMessage: (/** @type {{ id: number }} */ { id }) =>
      worker.onmessage({ data: structuredClone({ id, fix: 'another file', ...failure }) }),
    terminate() {},
  };
  const client = new EngineClient(worker);
  await assert.rejects(client.call('dataHash', []), { name: 'EngineError', fix: 'another file', ...words });
  client.close();
});
