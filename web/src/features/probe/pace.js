// How often the present weights are probed.

/** From the end of a probe to the next one, by the time that it took: so probes take at most a tenth of the time. */
const IN_SIGHT = 9;
/** Where nobody sees them they still make the curve over the epochs. */
const OUT_OF_SIGHT = 39;

/**
 * @param {{ took: number, training: boolean, seen: boolean }} now `took`: milliseconds of the last probe; `training`: it
 *   would take them from the training
 * @returns {number} milliseconds to wait
 */
export const waitAfter = ({ took, training, seen }) => (training ? took * (seen ? IN_SIGHT : OUT_OF_SIGHT) : 0);
