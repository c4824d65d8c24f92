// The session's actions with an engine that only pretends: one after the other, and on through engines that die or are
// replaced. No browser needed.
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';

/** @typedef {{ id: number, method: string, args: any[] }} Request */

const settings = {
  ...{ seed: 1, preset: 'unit', labels: 1000, rateChangedMidway: false, note: '', arithmetic: 'fused' },
  pretext: { batch: 192, epochs: 10, learningRate: 0.001 },
  arms: {
    ...{ self_supervised: { epochs: 50, learningRate: 0.001 }, random: { epochs: 50, learningRate: 0.001 } },
    supervised: { epochs: 50, learningRate: 0.001 },
  },
};
const info = {
  source: 'pretended',
  train: 11000,
  test: 10000,
  splits: { pretext: [0, 10000], downstream: [10000, 11000] },
};

/** The worker of an engine that trains no step by itself. */
class FakeWorker {
  /** Every one that was made. @type {FakeWorker[]} */
  static all = [];
  /** @type {((message: { data: any }) => void) | null} */
  onmessage = null;
  /** @type {((event: any) => void) | null} */
  onerror = null;
  /** @type {string[]} */
  calls = [];
  /** Requests of these methods wait for the test. @type {Set<string>} */
  held = new Set();
  /** @type {Request[]} */
  waiting = [];
  ended = false;
  progress = {
    phase: 'pretext',
    failure: null,
    recovery: null,
    epoch: 0,
    epochs: 10,
    step: 0,
    steps: 209,
    loss: 1,
    accuracy: 0,
  };

  constructor() {
    FakeWorker.all.push(this);
  }
  /** @param {any} message */
  postMessage(message) {
    if (!message.method) return;
    this.calls.push(message.method);
    if (this.held.has(message.method)) this.waiting.push(message);
    else this.answer(message);
  }
  terminate() {
    this.ended = true;
  }
  /** @param {any} data */
  say(data) {
    queueMicrotask(() => !this.ended && this.onmessage?.({ data }));
  }
  /** @param {Request} request */
  answer({ id, method, args }) {
    this.say({ id, value: this.valueOf_(method, args) });
  }
  /** Answers what waits. */
  release() {
    this.held.clear();
    for (const request of this.waiting.splice(0)) this.answer(request);
  }
  /** @param {string} method @param {any[]} args */
  valueOf_(method, args) {
    switch (method) {
      case 'open':
        return { build: args[0].builds[0], info: { fused: true, threads: 2 } };
      case 'begin':
        return { info, progress: this.progress, settings };
      case 'start':
        this.progress = { ...this.progress, epoch: 0, step: 0 };
        return { progress: this.progress, settings };
      case 'step':
        this.train(1);
        return undefined;
      case 'checkpoint':
        return Uint8Array.of(this.progress.epoch, this.progress.step);
      case 'restore':
        this.progress = { ...this.progress, epoch: args[0][0], step: args[0][1] };
        return this.progress;
      case 'settings':
        return settings;
      case 'history':
      case 'snapshots':
      case 'allSnapshots':
        return [];
      case 'results':
        return { rotation: null, arms: { self_supervised: null, random: null, supervised: null } };
      case 'signature':
        return '0123456789abcdef';
      default:
        return this.progress;
    }
  }
  /** So many steps more. @param {number} steps */
  train(steps) {
    this.progress = { ...this.progress, step: this.progress.step + steps };
    this.say({ event: 'progress', detail: { progress: this.progress, running: true } });
  }
  die() {
    this.say({ event: 'crashed', detail: { code: 'engine', values: { text: 'unreachable' } } });
  }
}

/** The run that comes with the page: seven epochs. */
const TRACK = { labels: [10], of: 100, points: [{ at: 7, right: [60] }] };
const EXAMPLE = Buffer.concat([Buffer.from(`${JSON.stringify({ track: TRACK })}\n`), Buffer.of(7, 0)]);

Object.assign(globalThis, {
  Worker: FakeWorker,
  ENGINE_FOLDER: 'engine/',
  window: {},
  document: { baseURI: 'http://page/', hidden: true, documentElement: { dataset: {} } },
  location: new URL('http://page/'),
  EXAMPLE_FILES: { generated: 'assets/example.bin' },
  fetch: async (/** @type {URL} */ address) =>
    address.pathname.endsWith('/example.bin') ? new Response(gzipSync(EXAMPLE)) : { ok: false },
});
const { settings: set } = await import('../web/src/state/settings.js');
const { laterWords, speak } = await import('../web/src/messages/messages.js');
const { say } = await import('../web/src/messages/said.js');
const session = await import('../web/src/session/session.js');
const { client, keepRun, kept, notice, openSession, pause, problem, restart, stage, step, train, trainEpoch } = session;

await speak('en');
await laterWords();
/** @param {import('../web/src/messages/said.js').Said | null} said */
const inWords = (said) => (said ? say(said) : '');

const worker = () => /** @type {FakeWorker} */ (FakeWorker.all.at(-1));
const settled = () => new Promise((resolve) => setTimeout(resolve));
/** Calls since the mark. @param {FakeWorker} of */
const since = (of) => of.calls.splice(0);

beforeEach(async () => {
  await openSession();
  await restart();
  assert.equal(stage.value, 'ready', JSON.stringify(problem.value));
  since(worker());
});
after(() => client.peek()?.close());

test('actions wait for each other, in the order in which they were asked for', async () => {
  worker().held.add('run');
  void train();
  const paused = pause();
  void step();
  await settled();
  assert.deepEqual(since(worker()), ['run'], 'the worker has not answered yet');
  assert.equal(stage.value, 'running');
  worker().release();
  await paused;
  await settled();
  assert.deepEqual(
    since(worker()).filter((call) => call === 'pause' || call === 'step'),
    ['pause', 'step'],
  );
  assert.equal(stage.value, 'paused');
});

test('an action whose time has passed does nothing', async () => {
  void pause();
  await train();
  void train();
  await step();
  assert.deepEqual(
    since(worker()).filter((call) => call !== 'checkpoint' && call !== 'snapshots'),
    ['run'],
    'nothing to pause, no second run, no step while it runs',
  );
  await pause();
});

test('an epoch does not hold the queue, and its late answer does not pause the run that came after', async () => {
  const engine = worker();
  engine.held.add('epoch');
  await trainEpoch();
  assert.equal(stage.value, 'running');
  await pause();
  assert.equal(stage.value, 'paused');
  await train();
  engine.release();
  await settled();
  assert.equal(stage.value, 'running');
  await pause();
  engine.held.add('epoch');
  await trainEpoch();
  engine.release();
  await settled();
  assert.equal(stage.value, 'paused', 'and in time it pauses');
});

test('an engine that dies during training is replaced, and training goes on', async () => {
  const old = worker();
  await train();
  old.train(7);
  await settled();
  await keepRun();
  assert.deepEqual([...kept.value.bytes], [0, 7]);
  old.die();
  await settled();
  await settled();
  assert.notEqual(worker(), old);
  assert.equal(old.ended, true);
  assert.equal(stage.value, 'running');
  assert.equal(worker().progress.step, 7, 'it goes on from the checkpoint');
  assert.ok(worker().calls.includes('run'));
  assert.match(
    inWords(notice.value),
    /The engine stopped: unreachable\. The page restarted it, and training continues/,
  );
});

test('an engine that dies after a pause was asked for comes back paused', async () => {
  const old = worker();
  await train();
  old.train(3);
  await settled();
  await keepRun();
  old.held.add('pause');
  void pause();
  await settled();
  old.die();
  await settled();
  await settled();
  assert.equal(stage.value, 'paused');
  assert.ok(!worker().calls.includes('run'));
});

test('an engine that is opened again goes on, and nothing is heard of the old one', async () => {
  const old = worker();
  await train();
  old.train(5);
  await settled();
  await openSession();
  assert.equal(stage.value, 'running');
  assert.equal(worker().progress.step, 5);
  const { value } = session.progress;
  old.ended = false; // a last word from it
  old.train(100);
  await settled();
  assert.equal(session.progress.value, value);
});

test('engines that die one after the other are given up', async () => {
  const before = FakeWorker.all.length;
  const begin = FakeWorker.prototype.valueOf_;
  await step();
  await keepRun();
  FakeWorker.prototype.valueOf_ = function (/** @type {string} */ method, /** @type {any[]} */ args) {
    if (method === 'history') this.die();
    return begin.call(this, method, args);
  };
  try {
    worker().die();
    for (let i = 0; i < 20; i++) await settled();
  } finally {
    FakeWorker.prototype.valueOf_ = begin;
  }
  assert.equal(FakeWorker.all.length - before, 3);
  assert.equal(stage.value, 'broken');
  assert.match(inWords(problem.value), /The page restarted it 3 times, and it stopped again\. Your run is saved/);
  await openSession();
  assert.equal(stage.value, 'paused', 'and can be opened again');
  assert.equal(worker().progress.step, 1);
});

test('the example run is shown and not kept, and gives way before anything else is asked of the engine', async () => {
  const { begun, example, reloadData, share, showExample } = session;
  const engine = worker();
  const isShown = async () => {
    assert.deepEqual(await showExample(), TRACK);
    assert.deepEqual([example.value, stage.value, begun.value, share.value], ['generated', 'ready', false, 0]);
    await keepRun();
    assert.equal(kept.value.bytes.length, 0);
    since(engine);
  };
  const isGone = (/** @type {string[]} */ calls, /** @type {string} */ why) => {
    const asked = since(engine).filter((call) => ['start', 'run', 'epoch', 'step', 'begin', 'restore'].includes(call));
    assert.deepEqual(asked, calls, why);
    assert.equal(example.value, '', why);
  };
  await isShown();
  await train();
  isGone(['start', 'run'], 'train');
  assert.equal(await showExample(), null, 'a run of the visitor’s stays');
  await pause();
  await restart();
  await isShown();
  await step();
  isGone(['start', 'step'], 'step');
  await restart();
  await isShown();
  set.seed.value = 2;
  await settled();
  isGone(['start'], 'another seed');
  assert.equal(await showExample(), null, 'it was not trained with that seed');
  set.seed.value = 1;
  await restart();
  await isShown();
  set.tests.value = 500;
  await reloadData();
  isGone(['start', 'begin'], 'other data');
  set.tests.value = 10000;
  await reloadData();
  await isShown();
  await restart();
  isGone(['start'], 'start over');
});

test('an example that the visitor was faster than, or that the engine refuses, changes nothing', async () => {
  const engine = worker();
  engine.held.add('makeAll');
  const coming = session.showExample();
  await settled();
  await train();
  engine.release();
  assert.equal(await coming, null);
  assert.equal(stage.value, 'running');
  assert.ok(!since(engine).includes('restore'));
  await pause();
  await restart();
  const answers = engine.valueOf_;
  engine.valueOf_ = function (method, args) {
    if (method === 'restore') throw new Error('of other data');
    return answers.call(this, method, args);
  };
  const answer = engine.answer;
  engine.answer = function (request) {
    try {
      answer.call(this, request);
    } catch {
      this.say({ id: request.id, error: { code: 'engine', values: { text: 'of other data' } } });
    }
  };
  assert.equal(await session.showExample(), null);
  assert.deepEqual([session.example.value, stage.value, problem.value], ['', 'ready', null]);
});
