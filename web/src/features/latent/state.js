// The latent map: 288 features of some test digits in two directions, at any moment of the rotation task.
import { batch, computed, effect, signal } from '@preact/signals';
import { ask } from '../../ask/ask.js';
import { along } from '../../engine/axes.js';
import { client, experimentVersion, history, stage } from '../../session/session.js';
import { seen } from '../../shared/drawing.js';
import { task } from '../../shared/task.js';
import { settings } from '../../state/settings.js';
import { seenOf } from './kin.js';
import { WHOLE, intoWindow, laidOver, moved } from './geometry.js';

/** @typedef {import('../../engine/types').Latent} Latent */
/** @typedef {import('../../engine/types').Moment} Moment */
/** @typedef {import('../../engine/types').Weights} Weights */
/** @typedef {import('./geometry.js').Cloud} Cloud */
/** @typedef {'trained' | 'random'} Kind */
/**
 * @typedef {object} Shown a map as it is drawn
 * @property {Latent} latent
 * @property {Weights} weights
 * @property {Cloud} places window 0..1, y downwards
 * @property {(features: Float32Array) => { x: number, y: number }} place where some image's features lie in the window
 */

const POINTS = 600;
const MOST_CACHED = 64;
/** The first steps come faster than anybody could follow them. */
const REDRAW_INTERVAL_MILLISECONDS = 100;
const POINT_INTERVAL_MILLISECONDS = 50;

/** Somebody is looking. */
export const near = signal(false);
export const view = signal(WHOLE);

/** Moments of the rotation task that can be looked at again. */
export const moments = signal(/** @type {readonly Moment[]} */ ([]));
/** Steps done at the moment that is shown; null: the present. */
export const moment = signal(/** @type {number | null} */ (null));

/**
 * A moment in words.
 * @param {import('../../messages/messages.js').Words['map']['moments']} words
 * @param {Moment} at
 */
export function momentWords(words, { done, steps }) {
  const of = { task: task.value };
  if (done === 0) return words.first(of);
  if (done < steps) return words.step({ ...of, step: done });
  return words.epochs({ ...of, epochs: Math.round((10 * done) / steps) / 10 });
}

export const kinds = computed(() =>
  settings.latentWeights.value === 'both'
    ? /** @type {const} */ (['trained', 'random'])
    : [/** @type {Kind} */ (settings.latentWeights.value)],
);

/** There are moments to choose from, and a map that they move. */
export const canRewind = computed(() => moments.value.length > 1 && kinds.value.some((kind) => kind === 'trained'));

/** Pictures by weights that do not change any more. @type {Map<string, Latent>} */
let cache = new Map();
let cacheOf = -1;

/**
 * @param {import('../../engine/client.js').EngineClient} engine
 * @param {Pick<import('../../engine/types').LatentRequest, 'digits' | 'method'>} choice
 * @param {Weights} weights
 */
async function latentOf(engine, choice, weights) {
  const version = experimentVersion.peek();
  if (cacheOf !== version) {
    cache = new Map();
    cacheOf = version;
  }
  const request = { ...choice, limit: POINTS, weights };
  const key = JSON.stringify(request);
  const found = cache.get(key) ?? (await engine.call('latent', [request]));
  if (weights !== 'trained' && cacheOf === version) {
    cache.set(key, found);
    if (cache.size > MOST_CACHED) cache.delete(/** @type {string} */ (cache.keys().next().value));
  }
  return found;
}

/** @param {Latent} latent @param {Latent} reference @param {Weights} weights @returns {Shown} */
function laid(latent, reference, weights) {
  const over = laidOver(latent, reference);
  const aligned = moved(over, latent);
  const window = intoWindow(aligned);
  const place = (/** @type {Float32Array} */ features) => {
    const [x, y] = latent.axes.map((axis) => along(axis, latent.mean, features));
    const at = moved(window, moved(over, { x, y }));
    return { x: at.x[0], y: at.y[0] };
  };
  return {
    latent,
    weights,
    places: moved(window, aligned),
    place,
  };
}

/**
 * What is drawn, and, of the same points, whether one of their kind is nearest: in the picture of the network before its
 * first step, and of one that is never trained.
 * @typedef {object} Found
 * @property {Partial<Record<Kind, Shown>>} sides
 * @property {Uint8Array | null} before null: the moment before the first step is not kept
 * @property {Uint8Array | null} untrained
 */

const maps = ask({
  about() {
    const at = moment.value;
    // Only the pretext run moves the trunk; in its first epoch the map follows the snapshots.
    if (at === null) void [history.pretext.value.length, moments.value, stage.value];
    const method = /** @type {import('../../engine/types').Projection} */ (settings.latentMethod.value);
    return { at, kinds: kinds.value, choice: { digits: settings.latentDigits.value, method } };
  },
  async answer(engine, { at, kinds: sides, choice }) {
    const first = moments.peek()[0]?.done === 0;
    // Every map is laid over the one of the untrained network, so that moments and sides can be compared.
    const reference = await latentOf(engine, choice, 'random');
    /** @type {Partial<Record<Kind, Shown>>} */
    const next = {};
    const trains = sides.some((kind) => kind === 'trained');
    const before = trains && first ? (await latentOf(engine, choice, { done: 0 })).kin : null;
    for (const kind of sides) {
      const weights = kind === 'trained' && at !== null ? { done: at } : kind;
      next[kind] = laid(await latentOf(engine, choice, weights), reference, weights);
    }
    return /** @type {Found} */ ({ sides: next, before, untrained: reference.kin });
  },
  initial: /** @type {Found} */ ({ sides: {}, before: null, untrained: null }),
  every: REDRAW_INTERVAL_MILLISECONDS,
});
export const shown = computed(() => maps.value.value.sides);
/** Shares of points that have one of their kind nearest, and whether training has changed them; null: no map yet. */
export const seenSoFar = computed(() => seenOf(maps.value.value));
/** Why there is no newer map; null: there is. */
export const latentProblem = maps.error;

/** @typedef {Partial<Record<Kind, { x: number, y: number }>>} Places */
const places = ask({
  about: () => seen.value && { pixels: seen.value, on: shown.value, sides: kinds.value },
  async answer(engine, { pixels, on, sides }) {
    /** @type {Places} */
    const found = {};
    for (const kind of sides) {
      const map = on[kind];
      if (map) found[kind] = map.place(await engine.call('features', [pixels, map.weights]));
    }
    return found;
  },
  initial: /** @type {Places} */ ({}),
  every: POINT_INTERVAL_MILLISECONDS,
});
/** Where the drawing lies on each map. */
export const drawn = places.value;

/** @returns {() => void} stops */
export function followLatent() {
  const ends = [
    effect(() => {
      const engine = client.value;
      void experimentVersion.value;
      if (!engine) return undefined;
      batch(() => {
        moment.value = null;
        moments.value = [];
      });
      const off = engine.on('snapshots', (list) => (moments.value = list));
      engine
        .call('snapshots', [])
        .then((list) => (moments.value = list))
        .catch(() => {});
      return off;
    }),
    maps.follow(near),
    places.follow(near),
  ];
  return () => ends.forEach((end) => end());
}
