// What is in the data: how many of each class, some of them, and their mean.
import { useEffect, useRef } from 'preact/hooks';
import { DataTable, FoldedTable } from '../../components/data-table.jsx';
import { Segments } from '../../components/field.jsx';
import { Fold } from '../../components/fold.jsx';
import { percent, whole } from '../../components/format.js';
import { useFollowed } from '../../components/in-view.js';
import { Plot } from '../../components/plot/plot.jsx';
import { classNames } from '../../data/sources.js';
import { dataInfo } from '../../session/session.js';
import { PER_CLASS, fault, followOverview, overview, round, set } from './overview-state.js';
import './overview.css';

const SETS = /** @type {const} */ ([
  ['train', 'For training'],
  ['test', 'For the test'],
]);
const SIDE = 28;

export function Overview() {
  const place = useFollowed(followOverview);
  const shown = overview.value;
  const total = shown ? shown.counts.reduce((sum, count) => sum + count, 0) : 0;
  const most = shown ? Math.max(1, ...shown.counts) : 1;
  const countOf = (/** @type {number} */ label) => shown?.counts[label] ?? 0;
  const where = set.value === 'train' ? 'training' : 'test';
  return (
    <div ref={place} class="overview">
      <div class="overview-tools">
        <Segments label="Which set" choices={SETS} value={set.value} onChoose={(key) => (set.value = key)} />
        <button type="button" class="button small" disabled={!shown} onClick={() => round.value++}>
          Other examples
        </button>
      </div>
      <DataTable
        label="Classes of the data"
        kind="fits"
        class="classes"
        rows={classNames.value}
        columns={[
          { key: 'class', title: 'Class', cell: (name) => name },
          { key: 'images', title: 'Images', number: true, cell: (_, label) => (shown ? whole(countOf(label)) : '–') },
          {
            key: 'share',
            title: <span class="visually-hidden">Share</span>,
            class: 'class-share',
            cell: (_, label) => (
              <>
                <span class="class-bar" style={{ width: `${(100 * countOf(label)) / most}%` }} />
                <span class="visually-hidden">{total > 0 ? percent(countOf(label) / total) : ''}</span>
              </>
            ),
          },
          {
            key: 'mean',
            title: 'Mean',
            cell: (name, label) => (
              <Strip
                images={shown && countOf(label) > 0 ? [shown.means[label]] : []}
                room={1}
                label={`Mean of class ${name}`}
              />
            ),
          },
          {
            key: 'examples',
            title: 'Examples',
            cell: (name, label) => (
              <Strip
                images={shown?.examples[label] ?? []}
                room={PER_CLASS}
                label={`${shown?.examples[label].length ?? 0} ${where} images of class ${name}`}
              />
            ),
          },
        ]}
      />
      <Fold plain title="Grey values">
        <Histogram bins={shown?.histogram ?? []} blank={shown?.blank ?? 0} mean={shown?.mean ?? 0} />
      </Fold>
      <p class="note overview-note">
        Data: {dataInfo.value?.source ?? '–'}.
        {shown && ` Mean images and pixels: over ${whole(shown.measured)} ${where} images.`} {fault.value}
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
  const step = 256 / (bins.length || 16);
  const grey = (/** @type {number} */ from) => `${Math.max(1, from)}–${from + step - 1}`;
  const points = bins.map((share, i) => ({ x: i * step + step / 2, y: share, from: i * step }));
  return (
    <div class={bins.length > 0 ? 'histogram' : 'histogram unknown'}>
      <Plot
        title={
          <>
            <b>{percent(blank)}</b> of the pixels are blank, and the mean grey is <b>{mean.toFixed(1)}</b> of 255. The
            others:
          </>
        }
        name="Share of all pixels by grey value."
        hint="Arrow keys go from value to value."
        series={[{ label: '', colour: '--edge', columns: true, points }]}
        x={{ domain: [0, 256], ticks: [1, 255], title: 'grey value' }}
        y={{ domain: [0, Math.max(...bins, 1e-9)], ticks: [] }}
        where={(x) => grey(x - step / 2)}
        write={({ y }) => percent(y, 2)}
        ratio={0.24}
        single
        after={
          <FoldedTable title="Table of grey values">
            {() => (
              <DataTable
                kind="narrow"
                rows={points}
                columns={[
                  { key: 'grey', title: 'Grey', cell: ({ from }) => grey(from) },
                  { key: 'share', title: 'Share of all pixels', number: true, cell: ({ y }) => percent(y, 2) },
                ]}
              />
            )}
          </FoldedTable>
        }
      />
    </div>
  );
}
