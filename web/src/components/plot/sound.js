// Curves as sound: a higher pitch is a higher value, and the time is the way along the curve.

/** Hz of the least and of the greatest value: two octaves, which small loudspeakers play too. */
const [LOW, HIGH] = [220, 880];
/** Of a curve, and between two. */
const [MOST_SECONDS, STEP_SECONDS, PAUSE_SECONDS] = [3, 0.3, 0.4];
const LOUDNESS = 0.1;
const FADE_SECONDS = 0.02;

/** @typedef {{ label: string, values: readonly (number | null)[] }} Curve values at places that all curves of a chart share */

/** @param {readonly Curve[]} curves @returns {[number, number]} least and greatest of all, so that they can be compared */
export function rangeOf(curves) {
  const all = curves.flatMap(({ values }) => values.filter((value) => value !== null && Number.isFinite(value)));
  return [Math.min(.../** @type {number[]} */ (all)), Math.max(.../** @type {number[]} */ (all))];
}

/** The pitch of a value in Hz: equal steps are equal intervals. @param {number} value @param {readonly [number, number]} range */
export const pitch = (value, [least, greatest]) =>
  LOW * (HIGH / LOW) ** (greatest > least ? (value - least) / (greatest - least) : 0.5);

/**
 * What sounds when: seconds from the beginning of a curve, and Hz.
 * @param {Curve} curve @param {readonly [number, number]} range
 * @returns {{ at: number, hz: number }[]}
 */
export function notes({ values }, range) {
  const step = Math.min(STEP_SECONDS, MOST_SECONDS / Math.max(1, values.length - 1));
  return values.flatMap((value, i) =>
    value !== null && Number.isFinite(value) ? [{ at: i * step, hz: pitch(value, range) }] : [],
  );
}

/** Ends what sounds now: one curve at a time. */
let silence = () => {};
export const stopSound = () => silence();

/**
 * Plays curves one after the other, until the last is over or something else is played.
 * @param {readonly Curve[]} curves
 * @param {(curve: Curve) => void} onCurve as each begins
 * @returns {Promise<void>} fails where the browser has no sound
 */
export async function playCurves(curves, onCurve) {
  silence();
  const context = new AudioContext();
  let over = false;
  let next = () => {};
  silence = () => {
    over = true;
    next();
  };
  const range = rangeOf(curves);
  try {
    for (const curve of curves) {
      const melody = notes(curve, range);
      if (over || melody.length === 0) continue;
      onCurve(curve);
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.connect(volume).connect(context.destination);
      const start = context.currentTime + PAUSE_SECONDS;
      const end = start + melody[melody.length - 1].at + STEP_SECONDS;
      tone.frequency.setValueAtTime(melody[0].hz, start);
      for (const { at, hz } of melody.slice(1)) tone.frequency.linearRampToValueAtTime(hz, start + at);
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(LOUDNESS, start + FADE_SECONDS);
      volume.gain.setValueAtTime(LOUDNESS, end - FADE_SECONDS);
      volume.gain.linearRampToValueAtTime(0, end);
      tone.start(start);
      tone.stop(end);
      await new Promise((resolve) => {
        next = () => resolve(undefined);
        tone.onended = next;
      });
    }
  } finally {
    await context.close();
  }
}
