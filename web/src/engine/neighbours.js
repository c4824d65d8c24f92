// The nearest rows of a table by the angle between them and a vector, and the nearest points of a plane.

/**
 * Cosine distance 1 - a.b / (|a| |b|): it does not depend on how strongly the features are scaled, so that trained and
 * random features and pixels can be compared. A vector of zeros is at distance 1 from everything.
 * @param {Float32Array | Uint8Array} query
 * @param {Float32Array | Uint8Array} table [rows][query.length]
 * @param {number} count
 * @returns {{ row: number, distance: number }[]} nearest first, equal ones in the order of their rows
 */
export function nearestRows(query, table, count) {
  const width = query.length;
  const rows = Math.floor(table.length / width);
  let length = 0;
  for (let i = 0; i < width; i++) length += query[i] * query[i];
  /** @type {{ row: number, distance: number }[]} */
  const best = [];
  for (let row = 0; row < rows; row++) {
    let dot = 0;
    let square = 0;
    for (let i = 0, place = row * width; i < width; i++, place++) {
      const value = table[place];
      dot += query[i] * value;
      square += value * value;
    }
    const product = length * square;
    const distance = product > 0 ? 1 - dot / Math.sqrt(product) : 1;
    if (best.length === count && distance >= best[count - 1].distance) continue;
    let place = best.length;
    while (place > 0 && best[place - 1].distance > distance) place--;
    best.splice(place, 0, { row, distance });
    if (best.length > count) best.pop();
  }
  return best;
}

/**
 * For each point, whether the nearest other point is of its own class: 1 or 0.
 * @param {{ x: Float32Array, y: Float32Array }} cloud
 * @param {Uint8Array} label
 */
export function amongTheirKind({ x, y }, label) {
  const marks = new Uint8Array(x.length);
  for (let i = 0; i < x.length; i++) {
    let [best, distance] = [-1, Infinity];
    for (let j = 0; j < x.length; j++) {
      const d = (x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2;
      if (j !== i && d < distance) [best, distance] = [j, d];
    }
    if (best >= 0 && label[best] === label[i]) marks[i] = 1;
  }
  return marks;
}
