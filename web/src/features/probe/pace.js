// How often the present weights are probed. While training goes on the worker itself gives a probe a tenth of the time at most
// (engine/worker/probe.js): it rests after each piece.

/** From the end of a probe to the next one, by the time that it took, where nobody sees it: for the curve over the epochs. */
const OUT_OF_SIGHT = 3;

/**
 * @param {{ took: number, training: boolean, seen: boolean }} now `took`: milliseconds from the last question to its answer;
 *   `training`: a probe takes time from the training
 * @returns {number} milliseconds to wait
 */
export const waitAfter = ({ took, training, seen }) => (training && !seen ? OUT_OF_SIGHT * took : 0);
