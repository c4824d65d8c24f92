// A second engine beside the page's own, for runs that must not disturb the one on the page.
import { computed } from '@preact/signals';
import { openEngine } from '../engine/choose-build.js';
import { engineBase } from '../engine/folder.js';
import { explained } from '../offline/obtain.js';
import { Fault } from '../state/fault.js';
import { build, dataInfo, stage } from '../session/session.js';

/** @typedef {import('../engine/client.js').EngineClient} EngineClient */
/** @typedef {import('../engine/types').Progress} Progress */

/** There are data, and the page's own engine leaves it the processors. */
export const canOpenSecond = computed(
  () => dataInfo.value !== null && !['opening', 'loading', 'running', 'broken'].includes(stage.value),
);

/** Opens one of the same build as the page's own, with as many threads; where it fails, the error says what to do. */
export const openSecond = () =>
  openEngine({
    base: engineBase(),
    threads: build.peek()?.info.threads ?? 0,
    forced: build.peek()?.build,
  }).catch(async (error) => {
    throw await explained(error);
  });

/**
 * Trains to the end.
 * @param {EngineClient} engine
 * @param {(now: Progress) => void} report
 * @param {AbortSignal} stop
 * @returns {Promise<void>}
 */
export function trainToEnd(engine, report, stop) {
  return new Promise((resolve, reject) => {
    const done = () => offs.forEach((off) => off());
    const offs = [
      engine.on('progress', ({ progress }) => report(progress)),
      engine.on('ended', (end) => {
        done();
        if (end.phase === 'finished') resolve();
        else reject(end.failure ? new Fault(end.failure.code, end.failure.values) : new Fault('runHasFailed'));
      }),
      engine.on('crashed', (reason) => reject(new Fault('engineStopped', { why: reason }))),
    ];
    stop.addEventListener('abort', () => reject(stop.reason), { once: true });
    engine.call('run', []).catch(reject);
  });
}
