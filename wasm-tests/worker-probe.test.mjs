// The worker's probe with an engine that pretends: pieces, rests while training goes on, one probe at a time.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

// Node's own channels would keep this process from its end.
class Channel {
  port1 = { onmessage: () => {} };
  port2 = { postMessage: () => void setImmediate(() => this.port1.onmessage()) };
}
/** Times that the probe asked to rest for; they pass when the test lets them. @type {{ time: number, on: () => void }[]} */
let rests = [];
let clock = 0;
Object.assign(globalThis, {
  self: { postMessage: () => {} },
  MessageChannel: Channel,
  performance: { now: () => clock },
  setTimeout: (/** @type {() => void} */ on, /** @type {number} */ time) => void rests.push({ time, on }),
});
const { state } = await import('../web/src/engine/worker/core.js');
const { HANDED_OVER } = await import('../web/src/engine/worker/methods.js');
const { probing, restAfter } = await import('../web/src/engine/worker/probe.js');
const { CODES } = await import('../web/src/engine/codes.js');

const PIECES = 4;
const REFUSED = CODES.findIndex((code) => code.startsWith('probeFeatures'));
class FakeEngine {
  /** @type {unknown[][]} */
  begun = [];
  pieces = 0;
  /** Milliseconds that a piece takes. */
  takes = 7;
  /** @type {number[]} */
  asked = [];
  /** @param {...unknown} choice */
  beginProbe(...choice) {
    this.begun.push(choice);
    this.pieces = 0;
    return choice[0] === 'nothing' ? { code: REFUSED, values: ['supervised'] } : {};
  }
  /** @param {number} milliseconds */
  advanceProbe(milliseconds) {
    this.asked.push(milliseconds);
    clock += this.takes;
    return { done: ++this.pieces === PIECES, progress: this.pieces / PIECES };
  }
  probeResult() {
    return { features: this.begun.at(-1)?.[0], budgets: [] };
  }
}
/** @type {FakeEngine} */
let engine;
const turns = async (count = 20) => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
};
/** @param {any} choice */
const probe = (choice) => /** @type {Promise<any>} */ (probing.probe(choice));

beforeEach(() => {
  engine = new FakeEngine();
  state.engine = /** @type {any} */ (engine);
  state.running = false;
  rests = [];
});

test('a probe rests nine times as long as it worked while training goes on, and not at all else', () => {
  for (const worked of [0.01, 1, 7, 400]) {
    assert.equal(restAfter(worked, false), 0);
    const share = worked / (worked + restAfter(worked, true));
    assert.ok(share <= 0.1 + 1e-12, `${share} of the time`);
  }
});

test('passes the choice on, and answers in pieces of less than ten milliseconds without a rest', async () => {
  const answer = await probe({ features: 'untrained', labels: [10, 300], penalty: 2, draws: 3 });
  assert.equal(answer.features, 'untrained');
  assert.deepEqual(engine.begun, [['untrained', Uint32Array.from([10, 300]), 2, 3]]);
  assert.equal(engine.asked.length, PIECES);
  assert.ok(engine.asked.every((time) => time < 10));
  assert.deepEqual(rests, []);
  assert.ok(HANDED_OVER.has('probe'));
});

test('while training goes on every piece is followed by its rest; it ends with training', async () => {
  state.running = true;
  let answered = false;
  const answer = probe({ features: 'pretext', labels: [10] }).then(() => (answered = true));
  await turns();
  for (let piece = 1; piece <= 2; piece++) {
    assert.equal(engine.pieces, piece, 'no piece without its rest');
    assert.equal(rests.length, 1);
    assert.equal(/** @type {any} */ (rests[0]).time, 63);
    const { on } = /** @type {any} */ (rests.shift());
    if (piece === 2) state.running = false;
    on();
    await turns();
  }
  await answer;
  assert.ok(answered);
  assert.deepEqual(rests, []);
});

test('a second probe waits for the first, also where that one fails', async () => {
  const answers = await Promise.allSettled([
    probe({ features: 'pretext', labels: [10] }),
    probe({ features: 'nothing', labels: [10] }),
    probe({ features: 'pixels', labels: [30] }),
  ]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.equal(/** @type {any} */ (answers[0]).value.features, 'pretext');
  assert.equal(/** @type {any} */ (answers[1]).reason.code, 'probeFeatures');
  assert.equal(/** @type {any} */ (answers[2]).value.features, 'pixels');
  assert.equal(engine.asked.length, 2 * PIECES);
});

test('it fails where the data or the experiment have changed meanwhile', async () => {
  const answer = probe({ features: 'pretext', labels: [10] });
  await turns(1);
  state.dataVersion++;
  await assert.rejects(answer, { code: 'dataChanged' });
  assert.ok(engine.pieces < PIECES);
});
