// Going along the values of a chart, by keys or by the pointer.

/**
 * Where a key leads to.
 * @param {{ key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean }} event
 * @param {number | null} place index of the value that is read; null: none yet, so the walk begins at the newest
 * @param {number} count of values
 * @returns {number | null} index; null: the key is not for the chart
 */
export function walked({ key, ctrlKey, metaKey, altKey }, place, count) {
  const last = count - 1;
  if (last < 0 || ctrlKey || metaKey || altKey) return null;
  if (key === 'ArrowLeft') return Math.max(0, (place ?? count) - 1);
  if (key === 'ArrowRight') return Math.min(last, (place ?? last - 1) + 1);
  if (key === 'Home') return 0;
  return key === 'End' ? last : null;
}

/** Index of the nearest of some places. @param {readonly number[]} places not empty @param {number} to */
export const nearest = (places, to) =>
  places.reduce((best, place, i) => (Math.abs(place - to) < Math.abs(places[best] - to) ? i : best), 0);
