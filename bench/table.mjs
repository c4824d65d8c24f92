// The benchmark's figures as text.
import { bestEpoch, median, speed, timesFaster } from './statistics.mjs';

/** @typedef {import('./statistics.mjs').Row} Row */

const whole = (/** @type {number} */ value) => Math.round(value).toLocaleString('en');
const percent = (/** @type {number} */ value) => `${(100 * value).toFixed(0)}%`;
const signed = (/** @type {number} */ value) => `${value < 0 ? '' : '+'}${percent(value)}`;
const megabytes = (/** @type {number} */ bytes) => (bytes / 2 ** 20).toFixed(0);
const times = (/** @type {number} */ value) => (Number.isFinite(value) ? `${value.toFixed(1)}x` : '-');

/**
 * Aligned columns: words to the left, figures to the right.
 * @param {string[]} header @param {string[][]} lines @param {number} words how many columns are words
 */
export function aligned(header, lines, words) {
  const all = [header, ...lines];
  const widths = header.map((_, column) => Math.max(...all.map((line) => line[column].length)));
  return all
    .map((line) =>
      line
        .map((cell, i) => (i < words ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** @param {readonly Row[]} rows @param {number} done multiply-adds an image that a pretext step really makes */
export function engineTables(rows, done) {
  const training = rows.map((row) => {
    const { host, build, threads, pieces: p } = row;
    const { peakGflops, naiveGflops, imagesPerSecond, index } = speed(row);
    const { images, operations } = p.pretext_step;
    const ofPeak = (2 * done * images) / p.pretext_step.median / threads / peakGflops / 1e9;
    const epochOverSteps = p.pretext_epoch.median / ((p.pretext_step.median * p.pretext_epoch.operations) / operations);
    return [
      ...[host, build, `${threads}`, peakGflops.toFixed(1)],
      ...[1e3 * p.pretext_step.min, 1e3 * p.pretext_step.median].map((value) => value.toFixed(2)),
      ...[p.pretext_epoch.median.toFixed(3), signed(epochOverSteps - 1), whole(imagesPerSecond)],
      ...[naiveGflops.toFixed(1), index.toFixed(2), percent(ofPeak)],
    ];
  });
  const rest = rows.map(({ host, build, threads, pieces: p }) => [
    ...[host, build, `${threads}`],
    ...[1e3 * p.supervised_step.median, 1e3 * p.head_step.median].map((value) => value.toFixed(3)),
    ...[whole(p.features.images / p.features.median), (1e3 * p.predict.median).toFixed(4)],
    ...[1e3 * p.probe_fit.median, 1e3 * p.probe.median].map((value) => value.toFixed(1)),
  ]);
  const who = ['host', 'build', 'threads'];
  const figures = [
    'peak GF/s',
    'step ms min',
    'median',
    'epoch s',
    'on steps',
    'images/s',
    'naive GF/s',
    'index',
    'done',
  ];
  return [
    aligned([...who, ...figures], training, 2),
    'on steps: epoch against its steps; index: naive speed over peak; done: multiply-adds really made, of the peak',
    aligned([...who, 'supervised ms', 'head ms', 'features images/s', 'predict ms', 'fit ms', 'probe ms'], rest, 2),
  ].join('\n\n');
}

/** @param {readonly Row[]} rows @param {readonly import('./peers.mjs').Peer[]} peers */
export function peerTable(rows, peers) {
  const lines = peers.map((peer) => {
    const faster = timesFaster(rows, peer);
    return [
      ...[peer.host, `${peer.peer} ${peer.version}`, peer.variant, peer.form ?? '', `${peer.threads}`],
      (1e3 * median(peer.step_seconds)).toFixed(1),
      `${median(peer.epoch_seconds).toFixed(2)}${peer.epoch_from_steps ? '*' : ' '}`,
      `${peer.loss_first.toFixed(3)} -> ${peer.loss_last.toFixed(3)}`,
      ...[times(faster.native), times(faster.chromium)],
    ];
  });
  const header = [
    'host',
    'peer',
    'variant',
    'form',
    'threads',
    'step ms',
    'epoch s ',
    'loss',
    'native is',
    'Chromium is',
  ];
  const text = [aligned(header, lines, 4), 'x: times faster with the same threads; *: median step times 209'];
  const ours = bestEpoch(rows, 'chromium');
  for (const form of ['as shipped', 'tuned']) {
    const epochs = peers
      .filter((peer) => peer.host === 'chromium' && peer.form === form)
      .map((peer) => median(peer.epoch_seconds));
    if (epochs.length === 0 || !Number.isFinite(ours)) continue;
    text.push(
      `Chromium at its best is ${times(Math.min(...epochs) / ours)} as fast as the fastest peer in Chromium ${form}`,
    );
  }
  return text.join('\n');
}

/** @param {import('./notebook.mjs').Notebook} notebook */
export function notebookLine({ data, build, threads, seconds, percent: rights, signature }) {
  const right = Object.entries(rights).map(([name, value]) => `${name} ${value.toFixed(2)}%`);
  return `the notebook's whole experiment in Chromium, ${build}, ${threads} threads, data ${data}: ${seconds.toFixed(1)} s; ${right.join(', ')}; signature ${signature}`;
}

/** @param {readonly import('./loading.mjs').Loading[]} loading */
export function loadingTable(loading) {
  const marks = Object.keys(loading[0].milliseconds);
  const kilobytes = (/** @type {number} */ bytes) => (bytes / 1024).toFixed(0);
  return [
    aligned(
      ['data', 'line', 'visit', ...marks, 'KB to it', 'KB in all'],
      loading.map(({ data, line, visit, milliseconds, bytesToFirstStep, bytes }) => [
        ...[data, line, visit, ...marks.map((mark) => milliseconds[mark].toFixed(0))],
        ...[kilobytes(bytesToFirstStep), kilobytes(bytes)],
      ]),
      3,
    ),
    'loading: ms since navigation, KB that the server sent; slow: 1.6 Mbit/s, 150 ms',
  ].join('\n');
}

/** @param {readonly import('./training.mjs').TaskRow[]} tasks */
export function taskTable(tasks) {
  return aligned(
    ['pretext task', 'host', 'threads', 'epoch s', 'memory MB'],
    tasks.map(({ task, host, threads, seconds, memory }) => [
      ...[task, host, `${threads}`, seconds.toFixed(3), megabytes(memory)],
    ]),
    2,
  );
}

/** @param {readonly import('./training.mjs').ProbeRow[]} probes */
export function probeTable(probes) {
  return aligned(
    ['probe on the page', 'threads', 'ms', 'longest piece ms'],
    probes.map(({ probe, threads, seconds, longest }) => [
      ...[probe, `${threads}`, (1e3 * seconds).toFixed(0), (1e3 * longest).toFixed(1)],
    ]),
    1,
  );
}

/** @param {string} what @param {readonly import('./growth.mjs').Growth[]} growth */
export function growthTable(what, growth) {
  // Where arms are trained, the pretext task is there for them alone.
  const all = Object.keys(growth[0].seconds);
  const runs = all.length > 1 ? all.filter((run) => run !== 'pretext') : all;
  const milliseconds = (/** @type {number} */ seconds) =>
    (1e3 * seconds).toLocaleString('en', { maximumSignificantDigits: 3 });
  return aligned(
    [what, 'host', ...runs.map((run) => `${run.replace('_', '-')} epoch ms`), 'memory MB'],
    growth.map(({ size, host, seconds, memory }) => [
      ...[whole(size), host, ...runs.map((run) => milliseconds(seconds[run])), megabytes(memory)],
    ]),
    2,
  );
}

/** @param {string} step @param {readonly import('./growth.mjs').ThreadsRow[]} rows */
export function threadsTable(step, rows) {
  return [
    aligned(
      ['threads', 'longest chain: prepare', 'gradient', 'update', 'ideal', 'measured'],
      rows.map(({ threads, chain, ideal, measured }) => [
        ...[`${threads}`, ...chain.map((tasks) => `${tasks}`), `${ideal.toFixed(2)}x`],
        measured === null ? '-' : `${measured.toFixed(2)}x`,
      ]),
      0,
    ),
    `${step}: tasks one behind the other; ideal: tasks of a pass alike, waking and memory free`,
  ].join('\n');
}

/** @param {readonly import('./loading.mjs').Size[]} sizes */
export function sizeTable(sizes) {
  const kilobytes = (/** @type {number} */ bytes) => (bytes / 1024).toFixed(1);
  return aligned(
    ['size', 'KB', 'gzip KB'],
    sizes.map(({ name, bytes, gzip }) => [name, kilobytes(bytes), kilobytes(gzip)]),
    1,
  );
}
