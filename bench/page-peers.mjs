// What the page shows of a run of the benchmark: web/src/features/build/peers.json.
import { median } from './statistics.mjs';

/**
 * @typedef {{ program: string, run: 'native' | 'page' | 'webgl' | 'wasm' | 'plain', form?: 'shipped' | 'tuned',
 *   browser?: string, threads: number, epochSeconds: number }} Shown `plain`: JavaScript
 */

const IMAGES = 40_000;
const RUNS = /** @type {const} */ ({ cpu: 'plain', wasm: 'wasm', webgl: 'webgl' });

/** Three digits. @param {number} value */
const rounded = (value) => Number(value.toPrecision(3));

/** "2.15.0+cpu" -> "2.15"; before 1.0 all of it. @param {string} version */
function shortVersion(version) {
  const plain = version.replace(/\+.*/, '');
  return plain.startsWith('0.') ? plain : plain.split('.').slice(0, 2).join('.');
}

/** "Intel(R) Xeon(R) Processor @ 2.80GHz" -> "Intel Xeon". @param {string} machine */
export const shortMachine = (machine) =>
  machine
    .replace(/\((R|TM)\)/gi, '')
    .replace(/@.*|\b(CPU|Processor|\d+-Core)\b/gi, '')
    .replace(/\s+/g, ' ')
    .trim();

/** The one of least median epoch for each key, in the order in which the keys are met. @template T
 * @param {readonly T[]} of @param {(one: T) => string} key @param {(one: T) => number} seconds */
function fastest(of, key, seconds) {
  /** @type {Map<string, T>} */
  const found = new Map();
  for (const one of of) {
    const best = found.get(key(one));
    if (best === undefined || seconds(one) < seconds(best)) found.set(key(one), one);
  }
  return [...found.values()];
}

/**
 * This engine and native peers on each number of threads, each by its fastest build or variant; a peer in the browser as
 * shipped and tuned, each on the number of threads on which it is fastest.
 * @param {{ machine: string, processors: number, rows: readonly import('./statistics.mjs').Row[],
 *   peers: readonly import('./peers.mjs').Peer[] }} report
 * @param {string} browser "Chromium 156" @param {Date} day
 */
export function pagePeers({ machine, processors, rows, peers }, browser, day) {
  const epoch = (/** @type {import('./peers.mjs').Peer} */ peer) => median(peer.epoch_seconds);
  const own = fastest(
    rows.filter(({ host }) => host !== 'node'),
    ({ host, threads }) => `${host} ${threads}`,
    ({ pieces }) => pieces.pretext_epoch.median,
  ).map(({ host, threads, pieces }) => ({
    program: 'Quarterturn',
    ...(host === 'native' ? { run: /** @type {const} */ ('native') } : { run: /** @type {const} */ ('page'), browser }),
    ...{ threads, epochSeconds: rounded(pieces.pretext_epoch.median) },
  }));
  const native = fastest(
    peers.filter(({ host }) => host === 'native'),
    ({ peer, threads }) => `${peer} ${threads}`,
    epoch,
  ).map((peer) => ({
    program: `${peer.peer} ${shortVersion(peer.version)}`,
    ...{ run: /** @type {const} */ ('native'), threads: peer.threads, epochSeconds: rounded(epoch(peer)) },
  }));
  const pages = fastest(
    peers.filter(({ host }) => host === 'chromium'),
    ({ peer, variant, form }) => `${peer} ${variant} ${form}`,
    epoch,
  ).map((peer) => ({
    program: `${peer.peer} ${shortVersion(peer.version)}`,
    run: RUNS[/** @type {keyof typeof RUNS} */ (peer.variant)],
    form: peer.form === 'tuned' ? /** @type {const} */ ('tuned') : /** @type {const} */ ('shipped'),
    ...{ browser, threads: peer.threads, epochSeconds: rounded(epoch(peer)) },
  }));
  return {
    measuredOn: day.toISOString().slice(0, 10),
    machine: shortMachine(machine),
    ...{ processors, images: IMAGES },
    peers: /** @type {Shown[]} */ ([...own, ...native, ...pages]),
  };
}
