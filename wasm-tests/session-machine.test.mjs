// The session's reducer: which event may come when, and what each makes of stage, goal and kept run. No browser needed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { inRoot } from '../scripts/lib.mjs';
import { INITIAL, IllegalTransition, MAY_COME, STAGES, reduce } from '../web/src/session/machine.js';

/** @typedef {import('../web/src/session/machine.js').Event} Event */
/** @typedef {import('../web/src/session/machine.js').State} State */
/** @typedef {import('../web/src/session/machine.js').Stage} Stage */

const plan = /** @type {any} */ ({ labels: 10 });
/** @param {string} of */
const keptOf = (of) => ({ of, bytes: Uint8Array.of(1), fused: true, snapshots: [] });

/** One or more of each kind. @type {Event[]} */
const EVENTS = [
  { type: 'open' },
  { type: 'opened' },
  { type: 'notOpened' },
  { type: 'died' },
  { type: 'givenUp' },
  { type: 'load' },
  { type: 'notLoaded', broken: false },
  { type: 'notLoaded', broken: true },
  { type: 'started' },
  { type: 'resume', kept: keptOf('a'), goal: 'end' },
  { type: 'resume', kept: keptOf('a'), goal: '' },
  { type: 'placed', phase: 'pretext' },
  { type: 'placed', phase: 'finished' },
  { type: 'placed', phase: 'failed' },
  { type: 'train', goal: 'end' },
  { type: 'train', goal: 'epoch' },
  { type: 'step' },
  { type: 'pause' },
  { type: 'paused' },
  { type: 'ended', phase: 'finished' },
  { type: 'ended', phase: 'failed' },
  { type: 'endKept' },
  { type: 'slower' },
  { type: 'arms', plan },
  { type: 'armsBegun', kept: keptOf('b') },
  { type: 'armsRefused' },
  { type: 'kept', kept: keptOf('c') },
  { type: 'exchange' },
  { type: 'exchanged' },
];

/** @param {State} state @param {Event[]} events */
const after = (state, ...events) => events.reduce(reduce, state);
/** @param {State} state */
const short = ({ stage, goal, kept }) => [stage, goal, kept.of];

/** A page that trains to the end and has a checkpoint of its run. */
const training = after(
  INITIAL,
  { type: 'opened' },
  { type: 'started' },
  { type: 'train', goal: 'end' },
  { type: 'kept', kept: keptOf('run') },
);

test('an event is taken in the stages of the table, and is an error in the others', () => {
  assert.deepEqual([...new Set(EVENTS.map(({ type }) => type))].sort(), Object.keys(MAY_COME).sort());
  for (const event of EVENTS) {
    for (const stage of STAGES) {
      const state = Object.freeze({ ...INITIAL, stage });
      if (MAY_COME[event.type].includes(stage)) assert.ok(STAGES.includes(reduce(state, event).stage));
      else assert.throws(() => reduce(state, event), IllegalTransition, `${event.type} while ${stage}`);
    }
  }
});

test('the table of docs/ARCHITECTURE.md is that of the program', () => {
  const text = readFileSync(inRoot('docs/ARCHITECTURE.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)` \| ([\w, ]+) \| /gm)].map(([, type, stages]) => [type, stages]);
  const experiment = MAY_COME.placed;
  /** @param {readonly Stage[]} stages */
  const words = (stages) => {
    if (stages.length === STAGES.length) return 'any';
    const all = experiment.every((stage) => stages.includes(stage));
    return [
      ...(all ? ['with experiment'] : []),
      ...STAGES.filter((stage) => stages.includes(stage) && !(all && experiment.includes(stage))),
    ].join(', ');
  };
  assert.deepEqual(
    rows,
    Object.entries(MAY_COME).map(([type, stages]) => [type, words(stages)]),
  );
});

test('train, pause, step and epoch', () => {
  assert.deepEqual(short(training), ['running', 'end', 'run']);
  // The goal is gone as soon as a pause is asked for: an engine that dies before it answers comes back paused.
  const asked = after(training, { type: 'pause' });
  assert.deepEqual(short(asked), ['running', '', 'run']);
  const paused = after(asked, { type: 'paused' });
  assert.deepEqual(short(paused), ['paused', '', 'run']);
  assert.deepEqual(short(after(paused, { type: 'step' })), ['paused', '', 'run']);
  const epoch = after(paused, { type: 'train', goal: 'epoch' });
  assert.deepEqual(short(epoch), ['running', 'epoch', 'run']);
  assert.deepEqual(short(after(epoch, { type: 'paused' })), ['paused', '', 'run']);
});

test('an engine that dies is replaced, and training goes on to its goal from what is kept', () => {
  const { kept, goal } = training;
  const opened = after(training, { type: 'died' }, { type: 'open' }, { type: 'opened' }, { type: 'started' });
  assert.deepEqual(short(opened), ['ready', '', ''], 'a fresh experiment has nothing kept');
  const placed = after(
    opened,
    { type: 'resume', kept, goal },
    { type: 'exchange' },
    { type: 'placed', phase: 'random' },
  );
  assert.deepEqual(short(placed), ['paused', 'end', 'run']);
  assert.equal(placed.exchanging, true);
  // It dies again before the run is back: run and goal are still there.
  assert.deepEqual(short(after(placed, { type: 'died' })), ['opening', 'end', 'run']);
  assert.deepEqual(short(after(placed, { type: 'train', goal: 'end' })), ['running', 'end', 'run']);
});

test('an engine that dies while data are loaded: the fault of the load changes nothing', () => {
  const loading = after(training, { type: 'load' }, { type: 'died' });
  assert.deepEqual(short(after(loading, { type: 'notLoaded', broken: false })), ['opening', 'end', 'run']);
});

test('data that cannot be loaded leave the run as it was, but paused', () => {
  const failed = after(training, { type: 'load' }, { type: 'notLoaded', broken: false });
  assert.deepEqual(short(failed), ['paused', '', 'run']);
  // It had come to its end at the very moment.
  const end = after(
    training,
    { type: 'load' },
    { type: 'ended', phase: 'finished' },
    { type: 'notLoaded', broken: false },
  );
  assert.equal(end.stage, 'finished');
  assert.equal(after(training, { type: 'load' }, { type: 'notLoaded', broken: true }).stage, 'broken');
});

test('the goal stays until the end is kept, and longer where the arms are to run again', () => {
  const ended = after(training, { type: 'ended', phase: 'finished' });
  assert.deepEqual(short(ended), ['finished', 'end', 'run']);
  assert.deepEqual(short(after(ended, { type: 'endKept' })), ['finished', '', 'run']);
  const arms = after(ended, { type: 'arms', plan });
  assert.deepEqual([arms.stage, arms.goal, arms.plan], ['finished', 'arms', plan]);
  assert.equal(after(arms, { type: 'endKept' }).goal, 'arms');
  assert.deepEqual(short(after(arms, { type: 'armsRefused' })), ['finished', '', 'run']);
  const begun = after(arms, { type: 'placed', phase: 'self_supervised' }, { type: 'armsBegun', kept: keptOf('arms') });
  assert.deepEqual(short(begun), ['running', 'end', 'arms']);
});

test('a run that has diverged goes on slower', () => {
  const failed = after(training, { type: 'ended', phase: 'failed' });
  assert.equal(failed.stage, 'failed');
  assert.throws(() => reduce(failed, { type: 'train', goal: 'end' }), IllegalTransition);
  assert.equal(after(failed, { type: 'slower' }, { type: 'train', goal: 'end' }).stage, 'running');
});

test('whatever comes, a fresh experiment has no goal and nothing kept, and a state is never changed in place', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 60 }), (events) => {
      let state = INITIAL;
      for (const event of events) {
        if (!MAY_COME[event.type].includes(state.stage)) continue;
        const next = Object.freeze(reduce(state, event));
        if (event.type === 'started') assert.deepEqual(short(next), ['ready', '', '']);
        if (event.type !== 'started' && event.type !== 'resume' && event.type !== 'kept' && event.type !== 'armsBegun')
          assert.equal(next.kept, state.kept, `${event.type} leaves what is kept`);
        if (next.stage === 'running' && state.stage !== 'running') assert.notEqual(next.goal, '');
        assert.ok(next.exchanges >= state.exchanges);
        state = next;
      }
    }),
  );
});
