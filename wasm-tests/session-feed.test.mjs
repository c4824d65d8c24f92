// What the engine's worker reports becomes signals, four times a second; an engine that is replaced is listened to no more.
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { follow, unfollow } from '../web/src/session/feed.js';
import { client, dispatch, experimentVersion, progress, stage, weightsVersion } from '../web/src/session/model.js';

/** An engine that only reports. */
class FakeClient {
  /** @type {Map<string, Set<(detail: any) => void>>} */
  listeners = new Map();
  /** @param {string} event @param {(detail: any) => void} listener */
  on(event, listener) {
    const all = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, all.add(listener));
    return () => void all.delete(listener);
  }
  call() {
    return new Promise(() => {});
  }
  /** @param {string} event @param {unknown} detail */
  tell(event, detail) {
    for (const listener of this.listeners.get(event) ?? []) listener(detail);
  }
  get listening() {
    return [...this.listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }
}

/** @param {number} step */
const report = (step) => ({
  running: true,
  progress: { phase: 'pretext', epoch: 0, epochs: 1, step, steps: 100, loss: 1, accuracy: 0.5, failure: null },
});
const ON = { trained() {}, crashed() {} };

// A tab out of sight has no frames, so that timers alone paint.
Object.assign(globalThis, { document: { hidden: true } });

/** Subscriptions of the feed to the count of experiments. */
function countSubscriptions() {
  const subscribe = experimentVersion.subscribe.bind(experimentVersion);
  let open = 0;
  mock.method(experimentVersion, 'subscribe', (/** @type {(value: number) => void} */ listener) => {
    open++;
    const end = subscribe(listener);
    return () => {
      open--;
      end();
    };
  });
  return () => open;
}

test('a replaced engine keeps no listener and no subscription', () => {
  const open = countSubscriptions();
  const engines = Array.from({ length: 5 }, () => new FakeClient());
  for (const engine of engines) {
    follow(/** @type {any} */ (engine), ON);
    assert.ok(engine.listening > 0);
    assert.equal(open(), 1);
  }
  assert.deepEqual(
    engines.slice(0, -1).map(({ listening }) => listening),
    [0, 0, 0, 0],
  );
  unfollow();
  assert.deepEqual([engines[4].listening, open()], [0, 0]);
  mock.restoreAll();
});

test('figures are collected and painted together, and an engine that is replaced paints nothing more', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const engine = new FakeClient();
  client.value = /** @type {any} */ (engine);
  follow(/** @type {any} */ (engine), ON);
  const before = weightsVersion.peek();
  for (let step = 1; step <= 30; step++) engine.tell('progress', report(step));
  mock.timers.tick(500);
  mock.timers.tick(500);
  assert.equal(progress.peek()?.step, 30);
  assert.equal(weightsVersion.peek(), before + 1, 'one painting for thirty reports');
  engine.tell('progress', report(31));
  unfollow();
  mock.timers.tick(1000);
  assert.equal(progress.peek()?.step, 30);
  client.value = null;
  mock.timers.reset();
});

test('the end is shown, and a crash is reported for the engine in use only', () => {
  /** @type {unknown[]} */
  const crashes = [];
  const [old, engine] = [new FakeClient(), new FakeClient()];
  const on = { ...ON, crashed: (/** @type {unknown} */ reason) => crashes.push(reason) };
  follow(/** @type {any} */ (old), on);
  client.value = /** @type {any} */ (engine);
  old.tell('crashed', 'of no interest');
  follow(/** @type {any} */ (engine), on);
  engine.tell('crashed', 'unreachable');
  assert.deepEqual(crashes, ['unreachable']);
  for (const event of /** @type {const} */ ([{ type: 'opened' }, { type: 'started' }, { type: 'train', goal: 'end' }]))
    dispatch(event);
  engine.tell('ended', { ...report(100).progress, phase: 'finished' });
  assert.equal(stage.peek(), 'finished');
  unfollow();
  client.value = null;
});

test('an event that cannot come changes nothing and is reported in the console', () => {
  const said = mock.method(console, 'error', () => {});
  dispatch({ type: 'opened' });
  assert.equal(stage.peek(), 'finished');
  assert.match(String(said.mock.calls[0].arguments[0]), /“opened” cannot come while the session is finished/);
  mock.restoreAll();
});
