// The table of all runs of this visit: what was run, and what came out.
import { batch, effect, signal } from '@preact/signals';
import {
  ARMS,
  RUNS,
  build,
  client,
  dataInfo,
  endings,
  experimentVersion,
  mixed,
  rateChanged,
  results,
  signature,
  started,
} from '../session/session.js';
import { command, followCommand } from './command.js';

/** @typedef {import('../engine/types').Arm} Arm */
/** @typedef {import('../engine/types').Run} Run */
/** @typedef {{ correct: number, count: number }} Count */

/** @typedef {import('../data/records.js').RunRow} RunRow */

export const runs = signal(/** @type {RunRow[]} */ ([]));

/** The row of the page's own latest run, and the experiment that it is of, by `experimentVersion`. */
export const ownRow = signal({ id: '', of: 0 });

/** Adds to a row, where it is still there. @param {string} id @param {Partial<RunRow>} more */
export const addToRun = (id, more) =>
  (runs.value = runs.peek().map((row) => (row.id === id ? { ...row, ...more } : row)));

/** @param {RunRow} row */
export const addRun = (row) => (runs.value = [...runs.peek(), row]);
/** @param {readonly string[]} ids */
export const removeRuns = (ids) => (runs.value = runs.peek().filter(({ id }) => !ids.includes(id)));

/** @param {{ correct: number, count: number }} test @returns {Count} */
const count = ({ correct, count: all }) => ({ correct, count: all });
/** @param {Count} test */
export const accuracy = ({ correct, count: all }) => (all > 0 ? correct / all : 0);

/**
 * @param {{ settings: RunRow['settings'], found: import('../engine/types').Results, epochs: Record<Run, number>,
 *   signature: string, data: import('../engine/types').DataInfo, fused: boolean | null, command: string,
 *   probes?: import('../data/records.js').RunProbes }} run finished
 * @returns {RunRow}
 */
export function rowOf({ settings, found, epochs, signature: hash, data, fused, command: native, probes }) {
  const arm = (/** @type {Arm} */ name) => /** @type {import('../engine/types').ArmResult} */ (found.arms[name]);
  return {
    id: crypto.getRandomValues(new Uint32Array(2)).join('-'),
    time: Date.now(),
    data: data.source,
    train: data.train,
    settings,
    epochs,
    stoppedEarly: forArms((name) => arm(name).stoppedEarly),
    rotation: count(/** @type {import('../engine/types').Test} */ (found.rotation)),
    tests: forArms((name) => ({ few: count(arm(name).test), full: count(arm(name).fullTest) })),
    signature: hash,
    fused,
    command: native,
    ...(probes && { probes }),
  };
}

/** @template T @param {(arm: Arm) => T} make @returns {Record<Arm, T>} */
export const forArms = (make) => /** @type {any} */ (Object.fromEntries(ARMS.map((arm) => [arm, make(arm)])));

/** Epochs that each run of an experiment took. @param {import('../engine/client.js').EngineClient} engine */
export async function epochsOf(engine) {
  const histories = await Promise.all(RUNS.map((run) => engine.call('history', [run])));
  return /** @type {Record<Run, number>} */ (Object.fromEntries(RUNS.map((run, i) => [run, histories[i].length])));
}

/** Adds each run of the page itself when it has come to its end; called once. */
export function followRuns() {
  followCommand();
  let seen = endings.peek();
  effect(() => {
    if (endings.value === seen) return;
    seen = endings.value;
    const [engine, settings, found, data] = [client.peek(), started.peek(), results.peek(), dataInfo.peek()];
    if (!engine || !settings || !found?.arms.supervised || !data) return;
    const run = {
      settings: { ...settings, rateChangedMidway: rateChanged.peek() },
      found,
      signature: signature.peek(),
      data,
      fused: mixed.peek() ? null : (build.peek()?.info.fused ?? null),
      command: command.peek(),
    };
    const of = experimentVersion.peek();
    // The page may not have painted the last epochs yet.
    epochsOf(engine).then(
      (epochs) => {
        const row = rowOf({ ...run, epochs });
        batch(() => {
          addRun(row);
          ownRow.value = { id: row.id, of };
        });
      },
      () => {},
    );
  });
}
