// What is in the data: how many of each class, some of them, and their mean.
import { useSignal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Segments } from '../../components/field.jsx';
import { Fold } from '../../components/fold.jsx';
import { percent, whole } from '../../components/format.js';
import { useInView } from '../../components/in-view.js';
import { classNames } from '../../data/sources.js';
import { client, dataInfo, experimentVersion } from '../../state/lab.js';
import './overview.css';

const SETS = /** @type {const} */ ([
  ['train', 'For training'],
  ['test', 'For the test'],
]);
const PER_CLASS = 8;
const SIDE = 28;

/** @typedef {import('../../engine/types').Overview} OverviewOf */

export function Overview() {
  const set = useSignal(/** @type {import('../../engine/types').ImageSet} */ ('train'));
  const round = useSignal(0);
  const [shown, setShown] = useState(/** @type {OverviewOf | null} */ (null));
  const [fault, setFault] = useState('');
  const [engine, version, info] = [client.value, experimentVersion.value, dataInfo.value];
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  /** Nobody's overview is not worked out; data change seldom, so it is kept up to date from then on. */
  const wanted = useRef(false);
  const inView = useInView(place);
  wanted.current ||= inView;

  useEffect(() => {
    if (!engine || !info || !wanted.current) return undefined;
    const cancel = new AbortController();
    engine
      .call('overview', [set.value, PER_CLASS, round.value], { signal: cancel.signal })
      .then((answer) => {
        setShown(answer);
        setFault('');
      })
      .catch((error) => {
        if (!cancel.signal.aborted) setFault(String(error.message ?? error));
      });
    return () => cancel.abort();
  }, [engine, version, info, set.value, round.value, wanted.current]);

  const total = shown ? shown.counts.reduce((sum, count) => sum + count, 0) : 0;
  const most = shown ? Math.max(1, ...shown.counts) : 1;
  const where = set.value === 'train' ? 'training' : 'test';
  return (
    <div ref={place} class="overview">
      <div class="overview-tools">
        <Segments label="Which set" choices={SETS} value={set.value} onChoose={(key) => (set.value = key)} />
        <button type="button" class="button small" disabled={!shown} onClick={() => round.value++}>
          Other examples
        </button>
      </div>
      <div class="table-room" role="region" aria-label="Classes of the data" tabIndex={0}>
        <table class="classes fits">
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col" class="number">
                Images
              </th>
              <th scope="col" class="class-bar-head">
                <span class="visually-hidden">Share</span>
              </th>
              <th scope="col">Mean</th>
              <th scope="col">Examples</th>
            </tr>
          </thead>
          <tbody>
            {classNames.value.map((name, label) => {
              const count = shown?.counts[label] ?? 0;
              return (
                <tr key={label}>
                  <th scope="row">{name}</th>
                  <td class="number">{shown ? whole(count) : '–'}</td>
                  <td class="class-bar">
                    <span style={{ width: `${(100 * count) / most}%` }} />
                    <span class="visually-hidden">{total > 0 ? percent(count / total) : ''}</span>
                  </td>
                  <td>
                    <Strip
                      images={shown && count > 0 ? [shown.means[label]] : []}
                      room={1}
                      label={`Mean of class ${name}`}
                    />
                  </td>
                  <td>
                    <Strip
                      images={shown?.examples[label] ?? []}
                      room={PER_CLASS}
                      label={`${shown?.examples[label].length ?? 0} ${where} images of class ${name}`}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <Fold plain title="Grey values">
        <Histogram bins={shown?.histogram ?? []} blank={shown?.blank ?? 0} mean={shown?.mean ?? 0} />
      </Fold>
      <p class="note">
        Data: {dataInfo.value?.source ?? '–'}.
        {shown && ` Mean images and pixels: over ${whole(shown.measured)} ${where} images.`} {fault}
      </p>
    </div>
  );
}

/** 28×28 images side by side on one canvas. @param {{ images: Uint8Array[], room: number, label: string }} props */
function Strip({ images, room, label }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, room * SIDE, SIDE);
    images.forEach((pixels, place) => {
      const picture = context.createImageData(SIDE, SIDE);
      for (let i = 0; i < SIDE * SIDE; i++) {
        picture.data.fill(pixels[i], 4 * i, 4 * i + 3);
        picture.data[4 * i + 3] = 255;
      }
      context.putImageData(picture, place * SIDE, 0);
    });
  }, [images, room]);
  return <canvas ref={canvas} class="strip" width={room * SIDE} height={SIDE} role="img" aria-label={label} />;
}

/**
 * Grey values from black to white. Blank pixels are told apart: they are most of every image.
 * @param {{ bins: number[], blank: number, mean: number }} props
 */
function Histogram({ bins, blank, mean }) {
  const most = Math.max(...bins, 1e-9);
  const step = 256 / bins.length;
  return (
    <figure class={bins.length > 0 ? 'histogram' : 'histogram waiting'}>
      <figcaption>
        <b>{percent(blank)}</b> of the pixels are blank, and the mean grey is <b>{mean.toFixed(1)}</b> of 255. The
        others:
      </figcaption>
      <svg viewBox={`0 0 ${bins.length} 20`} preserveAspectRatio="none" aria-hidden="true">
        {bins.map((share, i) => (
          <rect key={i} x={i + 0.06} width={0.88} y={20 - (20 * share) / most} height={(20 * share) / most} />
        ))}
      </svg>
      <div class="histogram-axis" aria-hidden="true">
        <span>1</span>
        <span>grey value</span>
        <span>255</span>
      </div>
      <details>
        <summary>Table of grey values</summary>
        <table class="narrow">
          <thead>
            <tr>
              <th scope="col">Grey</th>
              <th scope="col" class="number">
                Share of all pixels
              </th>
            </tr>
          </thead>
          <tbody>
            {bins.map((share, i) => (
              <tr key={i}>
                <th scope="row">
                  {Math.max(1, i * step)}–{(i + 1) * step - 1}
                </th>
                <td class="number">{percent(share, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
