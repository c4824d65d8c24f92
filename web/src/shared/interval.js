/**
 * Wilson's 95% interval of a share: where the true accuracy lies, seen from `correct` of `count` test images.
 * E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927.
 * @param {number} correct
 * @param {number} count
 * @returns {[number, number]}
 */
export function wilson(correct, count) {
  if (count === 0) return [0, 1];
  const z = 1.959963985;
  const share = correct / count;
  const scale = 1 + (z * z) / count;
  const middle = share + (z * z) / (2 * count);
  const half = z * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)];
}

/**
 * A share of forms of images that are right, with an interval. An image counts once, however many forms of it were asked
 * about, since the answers for forms of one image are not independent.
 * @param {number} accuracy
 * @param {number} images
 */
export function shareOfImages(accuracy, images) {
  const [low, high] = wilson(accuracy * images, images);
  return { accuracy, low, high };
}
