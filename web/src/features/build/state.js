// How fast this machine trains with one thread, two, and so on: each count in a fresh engine of the same build, because
// the threads of an engine are fixed when it starts.
import { signal } from '@preact/signals';
import { EngineClient } from '../../engine/client.js';
import { engineBase } from '../../engine/folder.js';
import { explained } from '../../offline/obtain.js';
import { GENERATED_SEED } from '../../data/sources.js';
import { build, pause, stage, train } from '../../session/session.js';

/** @typedef {{ threads: number, imagesPerSecond: number }} Speed */

const MOST_THREADS = 8;
const SECONDS = 0.6;
/** V8 puts its fast code in place only between two calls. */
const WARM_UPS = 3;
const IMAGES = 1100;

export const speeds = signal(/** @type {Speed[]} */ ([]));
/** The count of threads that is measured now; 0: none. */
export const measuring = signal(0);
/** Why it cannot be measured; null while nothing is wrong. */
export const speedProblem = signal(/** @type {unknown} */ (null));

/** Threads worth trying: what the browser says, or more where the visitor has asked for more. */
export function mostThreads() {
  const report = build.value;
  if (!report || report.build.startsWith('single')) return 1;
  return Math.max(Math.min(navigator.hardwareConcurrency || 1, MOST_THREADS), report.info.threads);
}

/** @type {AbortController | null} */
let cancel = null;

export function cancelMeasuring() {
  cancel?.abort(new DOMException('cancelled', 'AbortError'));
}

/** Measures pretext steps with 1..N threads; training pauses meanwhile, for both would disturb each other. */
export async function measureThreads() {
  const report = build.peek();
  if (!report || measuring.peek() > 0) return;
  const most = mostThreads();
  const { signal: aborted } = (cancel = new AbortController());
  speedProblem.value = null;
  speeds.value = [];
  measuring.value = 1;
  const wasRunning = stage.peek() === 'running';
  if (wasRunning) await pause();
  try {
    for (let threads = 1; threads <= most; threads++) {
      measuring.value = threads;
      const imagesPerSecond = await measureOne(report.build, threads, aborted);
      speeds.value = [...speeds.peek(), { threads, imagesPerSecond }];
    }
  } catch (error) {
    const why = await explained(error);
    if (!aborted.aborted) speedProblem.value = why;
  } finally {
    measuring.value = 0;
    if (wasRunning && stage.peek() === 'paused') await train();
  }
}

/**
 * @param {import('../../engine/types').BuildName} name
 * @param {number} threads
 * @param {AbortSignal} aborted
 * @returns {Promise<number>} turned images a second, by the median step
 */
async function measureOne(name, threads, aborted) {
  const engine = new EngineClient();
  try {
    await engine.call('open', [{ base: engineBase(), threads, builds: [name] }], { signal: aborted });
    await engine.call('loadGenerated', [GENERATED_SEED, IMAGES, 1], { signal: aborted });
    for (let i = 0; i < WARM_UPS; i++) await engine.call('benchmark', ['pretext_step', 0.1], { signal: aborted });
    const { seconds, images } = await engine.call('benchmark', ['pretext_step', SECONDS], { signal: aborted });
    const sorted = [...seconds].sort((a, b) => a - b);
    return images / sorted[sorted.length >> 1];
  } finally {
    engine.close();
  }
}
