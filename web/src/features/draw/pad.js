// A drawing as strokes: so that undo is exact, and so that the same drawing can be made at any size.

/** @typedef {{ x: number, y: number, pressure?: number }} Spot in pad units, 0..1; pressure 0..1 where a pen says it */
/** @typedef {{ width: number, spots: Spot[] }} Stroke width in pad units */

export const PAD_PIXELS = 280;

/**
 * Paints white ink on black.
 * @param {CanvasRenderingContext2D} context of a square canvas
 * @param {readonly Stroke[]} strokes
 * @param {CanvasImageSource | null} background a picture to draw over
 */
export function paint(context, strokes, background) {
  const side = context.canvas.width;
  context.fillStyle = '#000';
  context.fillRect(0, 0, side, side);
  if (background) {
    context.imageSmoothingEnabled = true;
    context.drawImage(background, 0, 0, side, side);
  }
  context.strokeStyle = context.fillStyle = '#fff';
  context.lineCap = context.lineJoin = 'round';
  for (const { width, spots } of strokes) {
    context.lineWidth = width * side;
    context.beginPath();
    const [first, ...rest] = spots;
    context.moveTo(first.x * side, first.y * side);
    // A single touch leaves a dot: a line of no length with round ends.
    if (rest.length === 0) context.lineTo(first.x * side, first.y * side);
    // Quadratic curves through the midpoints smooth a fast hand.
    rest.forEach((spot, i) => {
      const next = rest[i + 1] ?? spot;
      const [x, y] = [((spot.x + next.x) / 2) * side, ((spot.y + next.y) / 2) * side];
      if (spot.pressure !== undefined) {
        // Each piece has a width of its own: half of the brush for a touch, one and a half at full pressure.
        context.lineWidth = width * side * (0.5 + spot.pressure);
      }
      context.quadraticCurveTo(spot.x * side, spot.y * side, x, y);
      if (spot.pressure !== undefined) {
        context.stroke();
        context.beginPath();
        context.moveTo(x, y);
      }
    });
    context.stroke();
  }
}

/** The ink alone, 0..255. @param {CanvasRenderingContext2D} context */
export function ink(context) {
  const { width, height } = context.canvas;
  const { data } = context.getImageData(0, 0, width, height);
  const grey = new Uint8Array(width * height);
  for (let i = 0; i < grey.length; i++) grey[i] = data[4 * i];
  return grey;
}
