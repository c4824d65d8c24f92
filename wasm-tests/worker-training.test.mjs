// The worker's training loop with an engine that pretends: slices, epochs, and the hold that tests of the page use.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

/** What the page would hear. @type {any[]} */
let reported = [];
// Node's own channels would keep this process from its end.
class Channel {
  port1 = { onmessage: () => {} };
  port2 = { postMessage: () => void setImmediate(() => this.port1.onmessage()) };
}
Object.assign(globalThis, {
  self: { postMessage: (/** @type {any} */ message) => reported.push(message) },
  MessageChannel: Channel,
});
const { state } = await import('../web/src/engine/worker/core.js');
const { training } = await import('../web/src/engine/worker/training.js');

const STEPS = 10;
const EPOCHS = 3;
/** Trains a step, or five where it is given time. */
class FakeEngine {
  done = 0;
  /** Time that each slice was given. @type {number[]} */
  slices = [];
  progress() {
    const over = this.done >= STEPS * EPOCHS;
    // Far enough on that no snapshot is near.
    return {
      phase: over ? 'finished' : 'random',
      epoch: Math.floor(this.done / STEPS),
      step: this.done % STEPS,
      steps: STEPS,
    };
  }
  /** @param {number} milliseconds */
  advance(milliseconds) {
    this.slices.push(milliseconds);
    const before = this.done;
    this.done = Math.min(STEPS * EPOCHS, before + (milliseconds === 0 ? 1 : 5));
    const ended = Math.floor(this.done / STEPS) - Math.floor(before / STEPS);
    return {
      more: this.done < STEPS * EPOCHS,
      epochs: Array.from({ length: ended }, () => ({ run: 'random' })),
      progress: this.progress(),
    };
  }
  step() {
    return this.advance(0);
  }
}
/** @type {FakeEngine} */
let engine;
const turns = async (count = 100) => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
};
const hold = (/** @type {unknown} */ asked) => Object.assign(globalThis, { quarterturnHold: asked });

beforeEach(async () => {
  training.pause();
  await turns();
  reported = [];
  engine = new FakeEngine();
  state.engine = /** @type {any} */ (engine);
  hold(undefined);
});
state.engine = /** @type {any} */ (new FakeEngine());

test('trains in slices to the end, the first of them a single step', async () => {
  training.run();
  await turns();
  assert.equal(engine.done, STEPS * EPOCHS);
  assert.deepEqual(engine.slices.slice(0, 3), [0, 30, 30]);
  assert.equal(reported.filter(({ event }) => event === 'ended').length, 1);
  assert.equal(state.running, false);
});

test('an epoch ends exactly at its end, and a pause before it answers it too', async () => {
  const now = await training.epoch();
  assert.deepEqual([engine.done, now.step, state.running], [STEPS, 0, false]);
  hold((/** @type {{ step: number }} */ { step }) => (step === 4 ? new Promise(() => {}) : undefined));
  const epoch = training.epoch();
  await turns();
  assert.equal(training.pause().step, 4);
  assert.equal((await epoch).step, 4);
});

test('a hold: it stops before the step that the test names, answers meanwhile, and trains on when it is released', async () => {
  let release = () => {};
  const released = new Promise((resolve) => (release = () => resolve(undefined)));
  hold((/** @type {{ epoch: number, step: number }} */ { epoch, step }) =>
    epoch === 1 && step === 7 ? released : undefined,
  );
  training.run();
  await turns();
  assert.equal(engine.done, 17);
  assert.ok(
    engine.slices.every((time) => time === 0),
    'step by step',
  );
  await turns();
  assert.equal(engine.done, 17);
  assert.equal(state.running, true);
  // Paused and resumed while it is held, it goes on once, not twice.
  training.pause();
  training.run();
  await turns();
  assert.equal(engine.done, 17);
  hold(undefined);
  release();
  await turns();
  assert.equal(engine.done, STEPS * EPOCHS);
  assert.equal(reported.filter(({ event }) => event === 'ended').length, 1);
});

test('paused while it is held, it stays paused when it is released', async () => {
  let release = () => {};
  const released = new Promise((resolve) => (release = () => resolve(undefined)));
  hold(() => (engine.done === 3 ? released : undefined));
  training.run();
  await turns();
  training.pause();
  hold(undefined);
  release();
  await turns();
  assert.equal(engine.done, 3);
});

test('slowed, it takes the same steps with rests between them; full speed comes at once, and so does a pause', async (context) => {
  let now = 1000;
  context.mock.method(performance, 'now', () => now);
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const pass = async (/** @type {number} */ milliseconds) => {
    now += milliseconds;
    context.mock.timers.tick(milliseconds);
    await turns(5);
  };
  training.setPace(5);
  training.run();
  await turns(5);
  assert.equal(engine.done, 1, 'the first step comes at once');
  await pass(199);
  assert.equal(engine.done, 1);
  await pass(1);
  assert.equal(engine.done, 2);
  await pass(200);
  assert.equal(engine.done, 3);
  assert.ok(engine.slices.every((time) => time === 0));
  training.pause();
  await pass(1000);
  assert.equal(engine.done, 3, 'what waited for its moment is forgotten');
  training.step();
  assert.equal(engine.done, 4, 'one step is one press');
  const epoch = training.epoch();
  await turns(5);
  assert.equal(engine.done, 5, 'an epoch goes step by step too');
  for (let step = 6; step <= STEPS; step++) {
    await pass(200);
    assert.equal(engine.done, step);
  }
  assert.equal((await epoch).step, 0);
  training.run();
  await turns(5);
  assert.equal(engine.done, STEPS + 1);
  training.setPace(0);
  await turns();
  assert.equal(engine.done, STEPS * EPOCHS, 'without any time passing');
  assert.equal(reported.filter(({ event }) => event === 'ended').length, 1);
});
