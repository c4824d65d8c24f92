// The plane geometry behind the latent map, snapshots, and turning drawings: no browser needed.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { amongTheirKind, nearestRows } from '../web/src/engine/neighbours.js';
import { Snapshots } from '../web/src/engine/snapshots.js';
import { quarterTurned, turned } from '../web/src/engine/turn-drawing.js';
import { turnWords } from '../web/src/features/draw/angles.js';
import { PAD_PIXELS, makeInk } from '../web/src/features/draw/pad.js';
import {
  WHOLE,
  intoWindow,
  laidOver,
  moved,
  neighbourTowards,
  panned,
  zoomed,
} from '../web/src/features/latent/geometry.js';
import { significant } from '../web/src/messages/intl.js';
import { laterWords, speak } from '../web/src/messages/messages.js';

/** @param {readonly (readonly [number, number])[]} points */
const cloud = (points) => ({
  x: Float32Array.from(points, ([x]) => x),
  y: Float32Array.from(points, ([, y]) => y),
});
/** @param {ArrayLike<number>} got @param {ArrayLike<number>} wanted */
const close = (got, wanted) =>
  Array.from(wanted, (value, i) => assert.ok(Math.abs(got[i] - value) < 1e-5, `${i}: ${got[i]} against ${value}`));

const SHAPE = cloud([
  [0, 0],
  [4, 0],
  [4, 1],
  [1, 3],
]);

test('a picture that was turned, mirrored, scaled and shifted comes back to where it was', () => {
  const home = moved(laidOver(SHAPE, SHAPE), SHAPE);
  const square = home.x.reduce((sum, x, i) => sum + x * x + home.y[i] * home.y[i], 0);
  assert.ok(Math.abs(square / 4 - 1) < 1e-6, 'mean square distance 1');
  for (const mirror of [1, -1]) {
    for (const angle of [0, 1, 2.5, 4, 6]) {
      const [cos, sin] = [3 * Math.cos(angle), 3 * Math.sin(angle)];
      const away = moved({ a: cos, b: -mirror * sin, c: sin, d: mirror * cos, e: 7, f: -2 }, SHAPE);
      const back = moved(laidOver(away, SHAPE), away);
      close(back.x, home.x);
      close(back.y, home.y);
    }
  }
});

test('the window holds all points, upwards up', () => {
  const { x, y } = moved(intoWindow(SHAPE), SHAPE);
  close(x, [0, 1, 1, 0.25]);
  close(y, [1, 1, 2 / 3, 0]);
  const line = moved(intoWindow(cloud([[2, 5], [2, 6]])), cloud([[2, 5], [2, 6]])); // prettier-ignore
  close(line.x, [0.5, 0.5]);
});

test('zooming keeps the point under the pointer, and nothing outside is shown', () => {
  const near = zoomed(WHOLE, 4, 0.25, 0.75);
  assert.equal(near.scale, 4);
  close([(0.25 - near.left) * 4, (0.75 - near.top) * 4], [0.25, 0.75]);
  assert.deepEqual(zoomed(near, 0.01), WHOLE);
  assert.equal(zoomed(near, 1000).scale, 16);
  const corner = panned(near, 9, 9);
  assert.deepEqual([corner.left, corner.top], [0, 0]);
  close([panned(near, -9, -9).left], [0.75]);
});

test('arrows find the next point that way', () => {
  const places = cloud([
    [0, 0],
    [1, 0.2],
    [3, 0],
    [0.1, -2],
  ]);
  assert.equal(neighbourTowards(places, 0, 1, 0), 1);
  assert.equal(neighbourTowards(places, 1, 1, 0), 2);
  assert.equal(neighbourTowards(places, 0, 0, -1), 3);
  assert.equal(neighbourTowards(places, 0, -1, 0), -1);
});

test('the share among their kind', () => {
  const places = cloud([
    [0, 0],
    [0, 1],
    [5, 0],
    [5, 1.5],
    [5, 2],
  ]);
  assert.deepEqual(amongTheirKind(places, Uint8Array.of(1, 1, 2, 2, 3)), Uint8Array.of(1, 1, 1, 0, 0));
});

test('nearest rows by angle', () => {
  const table = Float32Array.of(2, 0, 0, 3, 1, 1, 0, 0);
  const found = nearestRows(Float32Array.of(5, 4), table, 3);
  assert.deepEqual(
    found.map(({ row }) => row),
    [2, 0, 1],
  );
  assert.ok(Math.abs(found[1].distance - (1 - 5 / Math.sqrt(41))) < 1e-6);
  assert.equal(nearestRows(Float32Array.of(5, 4), table, 9).at(-1)?.distance, 1, 'nothing is far from everything');
});

test('quarter turns are those of numpy.rot90, and four of them are none', () => {
  const image = Uint8Array.from({ length: 784 }, (_, i) => (i * 31) % 251);
  assert.equal(quarterTurned(image, 1)[0], image[27]);
  assert.equal(quarterTurned(image, 1)[27 * 28], image[0]);
  assert.deepEqual(quarterTurned(quarterTurned(image, 3), 1), image);
  assert.deepEqual(quarterTurned(image, -1), quarterTurned(image, 3));
});

test('a drawing turned by any angle keeps its ink and goes counter-clockwise', () => {
  const side = 100;
  const grey = new Uint8Array(side * side);
  // A long bar to the right of a short one that points up.
  for (let x = 10; x < 80; x++) for (let y = 50; y < 56; y++) grey[y * side + x] = 255;
  for (let y = 30; y < 50; y++) for (let x = 10; x < 16; x++) grey[y * side + x] = 255;
  const sum = (/** @type {Uint8Array} */ pixels) => pixels.reduce((total, value) => total + value, 0);
  const mass = sum(grey);
  for (const degrees of [30, 90, -135, 180]) {
    const out = turned(grey, side, degrees);
    assert.ok(Math.abs(sum(out.grey) - mass) < 0.02 * mass, `${degrees}: the ink is all there`);
  }
  // A quarter turn: the bar stands, and the short one points left at its foot.
  const up = turned(grey, side, 90);
  const column = (/** @type {number} */ x) =>
    Array.from({ length: up.side }, (_, y) => up.grey[y * up.side + x]).filter((value) => value > 128).length;
  const heights = Array.from({ length: up.side }, (_, x) => column(x));
  assert.ok(Math.max(...heights) >= 69);
  assert.ok(heights.indexOf(Math.max(...heights)) > up.side / 2, 'the short bar is to the left of the long one');
  assert.equal(turned(grey, side, 360).grey, grey);
});

test('snapshots are dense at first, then one an epoch, and never more than 48', () => {
  const kept = new Snapshots();
  const steps = 200;
  const phase = /** @type {any} */ ({ phase: 'pretext', epoch: 0, step: 10 });
  assert.ok(kept.near(phase));
  assert.ok(!kept.near({ ...phase, step: 64 }));
  assert.ok(!kept.near({ ...phase, phase: 'random' }));
  for (let done = 0; done <= 300 * steps; done++) {
    kept.see({ done, steps }, () => Float32Array.of(done));
    assert.ok(kept.moments.length <= 48);
  }
  const places = kept.moments.map(({ done }) => done);
  assert.deepEqual(places.slice(0, 9), [0, 1, 2, 4, 8, 16, 32, 64, 128]);
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  );
  assert.ok(places.length > 20 && places.slice(9).every((done) => done % steps === 0));
  for (const done of places) assert.equal(kept.weights(done)?.[0], done);
  assert.equal(kept.weights(3), null);
  kept.clear();
  assert.deepEqual(kept.moments, []);
});

/** @param {Uint8Array} ink */
const amount = (ink) => ink.reduce((sum, value) => sum + value, 0) / 255;
/** @param {import('../web/src/features/draw/pad.js').Spot[]} spots @param {number} [width] */
const strokeOf = (spots, width = 0.08) => ({ width, spots });

test('a touch leaves a dot of the brush, a line is as broad as it', () => {
  const radius = (0.1 * PAD_PIXELS) / 2;
  const dot = amount(makeInk()([strokeOf([{ x: 0.5, y: 0.5 }], 0.1)], null));
  assert.ok(Math.abs(dot - Math.PI * radius ** 2) < 0.02 * dot, `${dot}`);
  const spots = [0.2, 0.4, 0.6, 0.8].map((x) => ({ x, y: 0.5 }));
  const line = amount(makeInk()([strokeOf(spots, 0.1)], null));
  const expected = dot + 2 * radius * 0.6 * PAD_PIXELS;
  assert.ok(Math.abs(line - expected) < 0.01 * expected, `${line} against ${expected}`);
  const pressed = (/** @type {number} */ pressure) =>
    amount(makeInk()([strokeOf(spots.map((spot) => ({ ...spot, pressure })))], null));
  assert.ok(pressed(0.9) > 1.6 * pressed(0.1));
  // What lies outside of the pad is nowhere.
  const outside = strokeOf([
    { x: -3, y: 0.5 },
    { x: 4, y: 2 },
  ]);
  assert.ok(amount(makeInk()([outside], null)) < PAD_PIXELS * 40);
});

test('a drawing that grows, is undone and drawn on has the pixels of one that is computed at once', () => {
  let state = 7;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const image = Uint8Array.from({ length: 784 }, (_, i) => (i % 28 === 9 ? 200 : 0));
  const growing = makeInk();
  /** @type {import('../web/src/features/draw/pad.js').Stroke[]} */
  let strokes = [];
  for (let step = 0; step < 120; step++) {
    const what = next();
    const spot = { x: next(), y: next(), ...(what < 0.3 ? { pressure: next() } : {}) };
    const last = strokes[strokes.length - 1];
    if (!last || what > 0.85) strokes = [...strokes, strokeOf([spot])];
    else if (what > 0.8) strokes = strokes.slice(0, -1);
    else strokes = [...strokes.slice(0, -1), { ...last, spots: [...last.spots, spot] }];
    const under = step % 50 > 40 ? image : null;
    assert.deepEqual(growing(strokes, under), makeInk()(strokes, under), `step ${step}`);
  }
});

test('the same strokes have the same pixels on every machine', () => {
  const ring = Array.from({ length: 24 }, (_, i) => {
    const t = i / 24;
    return { x: 0.5 + 0.3 * (1 - 2 * t) * (i % 2 ? 1 : 0.8), y: 0.2 + 0.6 * t * t };
  });
  const image = Uint8Array.from({ length: 784 }, (_, i) => (i * 37) & 255);
  const ink = makeInk()([strokeOf(ring), strokeOf([{ x: 0.9, y: 0.1, pressure: 0.5 }])], image);
  assert.equal(createHash('sha256').update(ink).digest('hex').slice(0, 16), '6bccadb746fe1963');
});

test('angles and coordinates in words', async () => {
  await speak('en');
  await laterWords();
  assert.deepEqual([0, 5, -90, 180, -180].map(turnWords), [
    'upright',
    '5° left',
    '90° right',
    'upside down',
    'upside down',
  ]);
  assert.deepEqual(
    [0.01, -1.2345, 123.4, 1.234e-7].map((value) => significant(value)),
    ['0.0100', '-1.23', '123', '1.23E-7'],
  );
});
