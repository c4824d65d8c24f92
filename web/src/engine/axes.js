// Where feature vectors lie along a direction.

/**
 * axis · (f − mean) of each row.
 * @param {Float64Array} axis
 * @param {Float64Array} mean
 * @param {Float32Array} points [rows][axis.length]
 */
export function along(axis, mean, points) {
  const width = axis.length;
  const places = new Float32Array(points.length / width);
  for (let row = 0; row < places.length; row++) {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += axis[i] * (points[row * width + i] - mean[i]);
    places[row] = sum;
  }
  return places;
}
