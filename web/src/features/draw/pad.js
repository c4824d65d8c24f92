// A drawing as strokes: so that undo is exact, and so that its pixels can be computed. They are never read back from a
// canvas, because browsers that protect their users against fingerprinting alter what is read (noise, or all white).
// Only + - * / and sqrt, which are exact everywhere: the same strokes give the same pixels in every browser.

/** @typedef {import('../../shared/drawing.js').Spot} Spot */
/** @typedef {import('../../shared/drawing.js').Stroke} Stroke */
/** @typedef {{ x: number, y: number }} Point in pixels */
/** @typedef {{ from: Point, control: Point, to: Point, radius: number }} Piece a quadratic curve, in pixels */

export const PAD_PIXELS = 280;
/** Side of the pictures that can lie under the strokes. */
const IMAGE_SIDE = 28;
/** A curve is cut into lines of about this length, in pixels. */
const LINE_PIXELS = 3;
const MOST_LINES = 32;

/** @param {Point} a @param {Point} b */
const distance = (a, b) => Math.sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y));

/**
 * One piece of a stroke: quadratic curves through the midpoints between two spots smooth a fast hand.
 * @param {Stroke} stroke
 * @param {number} i 0: the first spot alone, which is a dot
 * @returns {Piece}
 */
function pieceOf({ width, spots }, i) {
  const at = (/** @type {Spot} */ { x, y }) => ({ x: x * PAD_PIXELS, y: y * PAD_PIXELS });
  const middle = (/** @type {Point} */ a, /** @type {Point} */ b) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const control = at(spots[i]);
  const from = i < 2 ? at(spots[0]) : middle(at(spots[i - 1]), control);
  const to = i === 0 ? from : middle(control, at(spots[i + 1] ?? spots[i]));
  const { pressure } = spots[i];
  // Half of the brush for a touch, one and a half at full pressure.
  const share = pressure === undefined ? 1 : 0.5 + pressure;
  return { from, control, to, radius: (width * PAD_PIXELS * share) / 2 };
}

/**
 * Covers the pixels within a radius of a line, with a soft edge of one pixel.
 * @param {Uint8Array} cover [PAD_PIXELS][PAD_PIXELS], 0..255; the greater value stays
 * @param {Point} a
 * @param {Point} b
 * @param {number} radius
 */
function coverLine(cover, a, b, radius) {
  const reach = radius + 0.5;
  const first = (/** @type {number} */ low) => Math.max(0, Math.floor(low - reach - 0.5));
  const last = (/** @type {number} */ high) => Math.min(PAD_PIXELS - 1, Math.ceil(high + reach - 0.5));
  const [left, right] = [first(Math.min(a.x, b.x)), last(Math.max(a.x, b.x))];
  const [top, bottom] = [first(Math.min(a.y, b.y)), last(Math.max(a.y, b.y))];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const square = dx * dx + dy * dy;
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const [px, py] = [x + 0.5 - a.x, y + 0.5 - a.y];
      // The nearest point of the line, 0..1 along it.
      const along = square > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / square)) : 0;
      const [ex, ey] = [px - along * dx, py - along * dy];
      const beyond = ex * ex + ey * ey;
      if (beyond >= reach * reach) continue;
      const value = Math.round(255 * Math.min(1, reach - Math.sqrt(beyond)));
      const place = y * PAD_PIXELS + x;
      if (value > cover[place]) cover[place] = value;
    }
  }
}

/** @param {Uint8Array} cover @param {Piece} piece */
function coverPiece(cover, { from, control, to, radius }) {
  const length = distance(from, control) + distance(control, to);
  const lines = Math.min(MOST_LINES, Math.max(1, Math.ceil(length / LINE_PIXELS)));
  let before = from;
  for (let i = 1; i <= lines; i++) {
    const t = i / lines;
    const [p, q, r] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
    const next = { x: p * from.x + q * control.x + r * to.x, y: p * from.y + q * control.y + r * to.y };
    coverLine(cover, before, next, radius);
    before = next;
  }
}

/** A 28×28 image at the size of the pad, bilinear between the middles of its pixels. @param {Uint8Array} image */
function enlarged(image) {
  const grey = new Uint8Array(PAD_PIXELS * PAD_PIXELS);
  const places = Array.from({ length: PAD_PIXELS }, (_, i) => {
    const at = Math.min(IMAGE_SIDE - 1, Math.max(0, ((i + 0.5) * IMAGE_SIDE) / PAD_PIXELS - 0.5));
    const low = Math.floor(at);
    return { low, high: Math.min(IMAGE_SIDE - 1, low + 1), share: at - low };
  });
  places.forEach((row, y) =>
    places.forEach((column, x) => {
      const between = (/** @type {number} */ line) =>
        image[line * IMAGE_SIDE + column.low] * (1 - column.share) +
        image[line * IMAGE_SIDE + column.high] * column.share;
      grey[y * PAD_PIXELS + x] = Math.round(between(row.low) * (1 - row.share) + between(row.high) * row.share);
    }),
  );
  return grey;
}

/**
 * The ink of a drawing, which grows while it is drawn: only what has come since the last call is computed.
 * @returns {(strokes: readonly Stroke[], image: Uint8Array | null) => Uint8Array} ink 0..255 on black,
 *   [PAD_PIXELS][PAD_PIXELS]; `image`: 28×28 pixels to draw over
 */
export function makeInk() {
  /** Strokes that `cover` holds, the last of them but for its last piece, which its next spot changes. @type {readonly Stroke[]} */
  let covered = [];
  let cover = new Uint8Array(PAD_PIXELS * PAD_PIXELS);
  let under = { image: /** @type {Uint8Array | null} */ (null), grey: /** @type {Uint8Array | null} */ (null) };

  /** Whether a stroke has only become longer. @param {Stroke} before @param {Stroke} now */
  const grown = (before, now) =>
    before === now ||
    (before.width === now.width &&
      before.spots.length <= now.spots.length &&
      before.spots[0] === now.spots[0] &&
      before.spots[before.spots.length - 1] === now.spots[before.spots.length - 1]);

  return (strokes, image) => {
    const last = covered.length - 1;
    const goesOn =
      strokes.length >= covered.length &&
      covered.every((stroke, i) => (i < last ? stroke === strokes[i] : grown(stroke, strokes[i])));
    if (!goesOn) {
      cover = new Uint8Array(PAD_PIXELS * PAD_PIXELS);
      covered = [];
    }
    for (let i = Math.max(0, covered.length - 1); i < strokes.length; i++) {
      const done = i < covered.length ? covered[i].spots.length - 1 : 0;
      const whole = i < strokes.length - 1;
      const pieces = strokes[i].spots.length - (whole ? 0 : 1);
      for (let k = done; k < pieces; k++) coverPiece(cover, pieceOf(strokes[i], k));
    }
    covered = strokes;
    const ink = cover.slice();
    const open = strokes[strokes.length - 1];
    if (open) coverPiece(ink, pieceOf(open, open.spots.length - 1));
    if (!image) return ink;
    if (under.image !== image) under = { image, grey: enlarged(image) };
    const grey = /** @type {Uint8Array} */ (under.grey);
    // White ink over the image.
    for (let i = 0; i < ink.length; i++) ink[i] = grey[i] + Math.round(((255 - grey[i]) * ink[i]) / 255);
    return ink;
  };
}
