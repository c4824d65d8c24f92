// What probes have found in the present run, as far as more than the figures of features/probe need it: the first screen
// shows it, and it is kept with the run.
import { signal } from '@preact/signals';
import { identity } from '../session/session.js';
import { after, merged } from './track.js';

/** @typedef {import('../data/records.js').Features} Features */
/** @typedef {import('../data/records.js').Track} Track */
/** @typedef {import('../data/records.js').RunProbes} RunProbes */

/** @typedef {{ accuracy: number, low: number, high: number }} Share with its 95% interval */
/** The latest figures at the chosen number of labels, and what can be said of their difference; null while there are none. */
export const learned = signal(
  /** @type {{ labels: number, taught: Share, untrained: Share, code: 'ahead' | 'behind' | 'level' } | null} */ (null),
);

/**
 * Probes of a run at its end as plain data, for its row in the table of runs.
 * @param {Partial<Record<Features, readonly { labels: number, right: number, of: number }[]>>} found of one list of labels
 * @returns {RunProbes}
 */
export function runProbes(found) {
  const all = Object.entries(found);
  const [, first] = all[0];
  const right = Object.fromEntries(all.map(([name, list]) => [name, list.map((budget) => budget.right)]));
  return { labels: first.map(({ labels }) => labels), of: first[0].of, right };
}

/** @type {Track} */
export const NO_TRACK = { labels: [], of: 0, points: [] };
/** Probes of the pretext network along its way. `run`: which pretext run it is, by `pretextRun`. */
export const track = signal({ run: '', ...NO_TRACK });

/** What the pretext network of the present run depends on. */
export function pretextRun() {
  const [plan, ...data] = JSON.parse(identity());
  const { labels: _labels, armEpochs: _epochs, ...pretext } = plan === '' ? {} : JSON.parse(plan);
  return JSON.stringify([pretext, ...data]);
}

/** Adds a probe of the present run. @param {Omit<Track, 'points'>} kind @param {Track['points'][number]} point */
export function noteProbe(kind, point) {
  const [before, run] = [track.peek(), pretextRun()];
  const same = before.run === run && before.of === kind.of && before.labels.join() === kind.labels.join();
  track.value = { run, ...kind, points: after(same ? before.points : [], point) };
}

/** What was kept with a run that has just been resumed. @param {Track} kept */
export function resumeTrack(kept) {
  const [before, run] = [track.peek(), pretextRun()];
  track.value = { run, ...kept, points: merged(kept.points, before.run === run ? before.points : []) };
}

/** The same as plain data, to be kept. @returns {Track} */
export function keptTrack() {
  const { run, labels, of, points } = track.peek();
  return run === pretextRun() ? { labels, of, points } : NO_TRACK;
}
