// Plane geometry of the map: laying one picture over another, looking at a part of it, and finding one's way by arrow.

/** @typedef {{ x: Float32Array, y: Float32Array }} Cloud */
/** x' = a x + b y + e, y' = c x + d y + f. @typedef {{ a: number, b: number, c: number, d: number, e: number, f: number }} Affine */
/** What of the window 0..1 is enlarged: window = (place - left) * scale. @typedef {{ scale: number, left: number, top: number }} View */

/** @param {Float32Array} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);

/**
 * The shift, turn, mirroring and scaling that lay `cloud` as close to `target` as can be, point upon point, and make
 * its mean square distance from the middle 1 (orthogonal Procrustes analysis; in the plane it has a closed form).
 * @param {Cloud} cloud
 * @param {Cloud} target the same points in another picture
 * @returns {Affine}
 */
export function laidOver(cloud, target) {
  const [cx, cy, tx, ty] = [mean(cloud.x), mean(cloud.y), mean(target.x), mean(target.y)];
  let [xx, xy, yx, yy, size] = [0, 0, 0, 0, 0];
  for (let i = 0; i < cloud.x.length; i++) {
    const [x, y, u, v] = [cloud.x[i] - cx, cloud.y[i] - cy, target.x[i] - tx, target.y[i] - ty];
    xx += x * u;
    xy += x * v;
    yx += y * u;
    yy += y * v;
    size += x * x + y * y;
  }
  // A turn by t brings the sum of u x' + v y' to (xx + yy) cos t + (xy - yx) sin t; with y mirrored first, yx and yy
  // change their signs.
  const turnOnly = Math.hypot(xx + yy, xy - yx);
  const mirrored = Math.hypot(xx - yy, xy + yx);
  const sign = mirrored > turnOnly ? -1 : 1;
  const angle = Math.atan2(xy - sign * yx, xx + sign * yy);
  const scale = size > 0 ? Math.sqrt(cloud.x.length / size) : 1;
  const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  const [a, b, c, d] = [cos, -sign * sin, sin, sign * cos];
  return { a, b, c, d, e: -(a * cx + b * cy), f: -(c * cx + d * cy) };
}

/** @param {Affine} m @param {Cloud} cloud @returns {Cloud} */
export function moved({ a, b, c, d, e, f }, { x, y }) {
  return { x: x.map((value, i) => a * value + b * y[i] + e), y: x.map((value, i) => c * value + d * y[i] + f) };
}

/** The transformation that brings a cloud into the window 0..1, y upwards. @param {Cloud} cloud @returns {Affine} */
export function intoWindow({ x, y }) {
  const bounds = (/** @type {Float32Array} */ values) => {
    const [low, high] = values.reduce(([l, h], v) => [Math.min(l, v), Math.max(h, v)], [Infinity, -Infinity]);
    return high > low ? [low, 1 / (high - low)] : [low - 0.5, 1];
  };
  const [left, sx] = bounds(x);
  const [bottom, sy] = bounds(y);
  return { a: sx, b: 0, c: 0, d: -sy, e: -left * sx, f: 1 + bottom * sy };
}

/** @type {View} */
export const WHOLE = { scale: 1, left: 0, top: 0 };
export const MOST_SCALE = 16;

/** Nothing outside of the window is looked at. @param {View} view @returns {View} */
const kept = ({ scale, left, top }) => ({
  scale,
  left: Math.min(Math.max(left, 0), 1 - 1 / scale),
  top: Math.min(Math.max(top, 0), 1 - 1 / scale),
});

/** Enlarges around a point of the screen (0..1), which stays where it is. @param {View} view @param {number} factor @param {number} x @param {number} y */
export function zoomed(view, factor, x = 0.5, y = 0.5) {
  const scale = Math.min(MOST_SCALE, Math.max(1, view.scale * factor));
  return kept({
    scale,
    left: view.left + x / view.scale - x / scale,
    top: view.top + y / view.scale - y / scale,
  });
}

/** Moves the picture by a part of the screen. @param {View} view @param {number} x @param {number} y */
export const panned = (view, x, y) =>
  kept({ ...view, left: view.left - x / view.scale, top: view.top - y / view.scale });

/**
 * The nearest point that lies in a direction, within 45 degrees of it; -1 where there is none.
 * @param {Cloud} cloud
 * @param {number} from index
 * @param {number} dx
 * @param {number} dy
 */
export function neighbourTowards({ x, y }, from, dx, dy) {
  let [best, distance] = [-1, Infinity];
  for (let i = 0; i < x.length; i++) {
    const [right, down] = [x[i] - x[from], y[i] - y[from]];
    const ahead = right * dx + down * dy;
    const aside = Math.abs(right * dy - down * dx);
    if (i === from || ahead <= 0 || aside > ahead) continue;
    if (ahead + aside < distance) [best, distance] = [i, ahead + aside];
  }
  return best;
}
