// The one way to ask the engine: with a fake engine and a clock that the test moves. No browser needed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { computed, signal } from '@preact/signals';
import { asker } from '../web/src/ask/asking.js';

/** An engine that answers when the test says so. */
class FakeClient {
  /** @type {{ question: unknown, resolve: (value: any) => void, reject: (error: Error) => void, signal?: AbortSignal }[]} */
  asked = [];
  /** @param {unknown} question @param {AbortSignal} [aborted] */
  call(question, aborted) {
    return new Promise((resolve, reject) => {
      this.asked.push({ question, resolve, reject, signal: aborted });
      aborted?.addEventListener('abort', () => reject(new Error('aborted')));
    });
  }
  get questions() {
    return this.asked.map(({ question }) => question);
  }
  /** Answers the latest question. @param {unknown} value */
  async answer(value) {
    this.asked.at(-1)?.resolve(value);
    await settled();
  }
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

function makeClock() {
  let time = 0;
  /** @type {{ at: number, work: () => void }[]} */
  let timers = [];
  return {
    now: () => time,
    set(/** @type {() => void} */ work, /** @type {number} */ milliseconds) {
      const timer = { at: time + milliseconds, work };
      timers.push(timer);
      return timer;
    },
    clear: (/** @type {any} */ timer) => void (timers = timers.filter((each) => each !== timer)),
    async pass(/** @type {number} */ milliseconds) {
      time += milliseconds;
      const due = timers.filter(({ at }) => at <= time);
      timers = timers.filter(({ at }) => at > time);
      due.forEach(({ work }) => work());
      await settled();
    },
    waiting: () => timers.length,
  };
}

function setting() {
  const engine = new FakeClient();
  const client = signal(/** @type {FakeClient | null} */ (engine));
  const [experiment, weights, clock] = [signal(1), signal(0), makeClock()];
  const ask = asker({ client, experiment, weights, clock });
  const choice = signal(/** @type {string | null | undefined} */ ('a'));
  const plain = {
    about: () => choice.value,
    answer: (/** @type {FakeClient} */ asked, /** @type {string} */ question) => asked.call(question),
    initial: /** @type {any} */ ('nothing'),
  };
  return { engine, client, experiment, weights, clock, ask, choice, plain };
}

test('asks at once, gives the answer, and asks again when the question changes', async () => {
  const { engine, ask, choice, plain } = setting();
  const { value, error, pending, follow } = ask(plain);
  assert.deepEqual([value.value, pending.value, engine.questions], ['nothing', false, []], 'nobody has followed yet');
  const stop = follow();
  assert.deepEqual([engine.questions, pending.value], [['a'], true]);
  await engine.answer(1);
  assert.deepEqual([value.value, error.value, pending.value], [1, null, false]);
  choice.value = 'b';
  assert.equal(value.value, 1, 'the old answer stays meanwhile');
  await engine.answer(2);
  assert.deepEqual([value.value, engine.questions], [2, ['a', 'b']]);
  stop();
  choice.value = 'c';
  assert.deepEqual(engine.questions, ['a', 'b'], 'after the end nothing is asked');
});

test('of the questions that come meanwhile only the newest is asked, and each answer is shown', async () => {
  const { engine, ask, choice, plain } = setting();
  const { value, follow } = ask(plain);
  follow();
  for (const each of ['b', 'c', 'd']) choice.value = each;
  assert.deepEqual(engine.questions, ['a'], 'one at a time');
  await engine.answer(1);
  assert.deepEqual([value.value, engine.questions], [1, ['a', 'd']]);
});

test('a question that replaces the one before takes it back', async () => {
  const { engine, ask, choice, plain } = setting();
  const { value, error, follow } = ask({
    ...plain,
    answer: (asked, question, { signal: aborted }) => asked.call(question, aborted),
    replaces: true,
  });
  follow();
  choice.value = 'b';
  assert.equal(engine.asked[0].signal?.aborted, true);
  await settled();
  assert.deepEqual([engine.questions, value.value, error.value], [['a', 'b'], 'nothing', null]);
  await engine.answer(2);
  assert.equal(value.value, 2);
});

test('weights are followed where the answer is about them', async () => {
  for (const [followed, count] of /** @type {const} */ ([
    [true, 2],
    [false, 1],
  ])) {
    const { engine, ask, weights, plain } = setting();
    ask({ ...plain, weights: followed }).follow();
    await engine.answer(1);
    weights.value++;
    assert.equal(engine.asked.length, count);
  }
});

test('at most so often, and at once where that is no longer wanted', async () => {
  const { engine, ask, weights, clock, plain } = setting();
  let every = 1000;
  ask({ ...plain, weights: true, every: () => every }).follow();
  await clock.pass(50);
  await engine.answer(1);
  weights.value++;
  weights.value++;
  assert.equal(engine.asked.length, 1);
  await clock.pass(999);
  assert.equal(engine.asked.length, 1);
  await clock.pass(1);
  assert.equal(engine.asked.length, 2);
  await engine.answer(2);
  weights.value++;
  assert.deepEqual([engine.asked.length, clock.waiting()], [2, 1]);
  every = 0;
  weights.value++;
  assert.deepEqual([engine.asked.length, clock.waiting()], [3, 0]);
});

test('asks only while somebody looks, and only where something has changed', async () => {
  const { engine, ask, weights, plain } = setting();
  const wanted = signal(false);
  ask({ ...plain, weights: true }).follow(wanted);
  weights.value++;
  assert.equal(engine.asked.length, 0);
  wanted.value = true;
  assert.equal(engine.asked.length, 1);
  await engine.answer(1);
  wanted.value = false;
  wanted.value = true;
  assert.equal(engine.asked.length, 1, 'nothing has changed');
  wanted.value = false;
  weights.value++;
  assert.equal(engine.asked.length, 1);
  wanted.value = true;
  assert.equal(engine.asked.length, 2);
});

test('nothing to ask gives the initial value at once; not now leaves the value', async () => {
  const { engine, ask, choice, plain } = setting();
  const { value, pending, follow } = ask(plain);
  follow();
  await engine.answer(1);
  choice.value = undefined;
  assert.equal(value.value, 1);
  choice.value = 'b';
  choice.value = null;
  assert.equal(value.value, 'nothing');
  await engine.answer(2);
  assert.deepEqual([value.value, pending.value], ['nothing', false], 'an answer that comes too late is not shown');
});

test('waits for an engine and for an experiment', async () => {
  const { engine, client, experiment, ask, plain } = setting();
  client.value = null;
  experiment.value = 0;
  ask(plain).follow();
  client.value = engine;
  assert.equal(engine.asked.length, 0);
  experiment.value = 1;
  assert.equal(engine.asked.length, 1);
});

test('an engine that refuses gives an error, and the value stays', async () => {
  const { engine, ask, choice, plain } = setting();
  const { value, error, follow } = ask(plain);
  follow();
  await engine.answer(1);
  choice.value = 'b';
  engine.asked[1].reject(new Error('no such image'));
  await settled();
  assert.deepEqual([value.value, error.value?.message], [1, 'no such image']);
  choice.value = 'c';
  await engine.answer(3);
  assert.deepEqual([value.value, error.value], [3, null]);
});

test('answers of an engine that was replaced, or of an experiment that is over, are not shown', async () => {
  const { engine, client, experiment, ask, plain } = setting();
  const { value, error, follow } = ask(plain);
  follow();
  const next = new FakeClient();
  client.value = next;
  engine.asked[0].reject(new Error('the engine was closed'));
  await settled();
  assert.equal(error.value, null);
  assert.deepEqual(next.questions, ['a'], 'the next engine is asked again');
  experiment.value++;
  await next.answer('of the old experiment');
  assert.equal(value.value, 'nothing');
  await next.answer('of the new one');
  assert.equal(value.value, 'of the new one');
});

test('an answer of several calls can show its first parts, and learns that it is of no use', async () => {
  const { engine, experiment, ask, plain } = setting();
  /** @type {boolean[]} */
  const uses = [];
  const { value, follow } = ask({
    ...plain,
    async answer(asked, question, { show, current }) {
      const first = await asked.call(`${question} first`);
      show(first);
      uses.push(current());
      const second = await asked.call(`${question} second`);
      uses.push(current());
      return second;
    },
  });
  follow();
  await engine.answer(1);
  assert.equal(value.value, 1);
  experiment.value++;
  await engine.answer(2);
  assert.deepEqual([uses, value.value], [[true, false], 1]);
});

test('a question that is made of another answer follows it', async () => {
  const { engine, ask, plain } = setting();
  const first = ask(plain);
  const second = ask({
    ...plain,
    about: () => (first.value.value === 'nothing' ? null : `about ${first.value.value}`),
  });
  const both = computed(() => [first.value.value, second.value.value]);
  second.follow();
  first.follow();
  await engine.answer('this');
  await engine.answer('that');
  assert.deepEqual(
    [engine.questions, both.value],
    [
      ['a', 'about this'],
      ['this', 'that'],
    ],
  );
});
