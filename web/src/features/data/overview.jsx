// What is in the data: how many of each class, some of them, and their mean.
import { useEffect, useRef } from 'preact/hooks';
import { DataTable } from '../../components/data-table.jsx';
import { FoldedTable } from '../../components/folded-table.jsx';
import { Segments } from '../../components/field.jsx';
import { Fold } from '../../components/fold.jsx';
import { useFollowed } from '../../components/in-view.js';
import { Plot } from '../../components/plot/plot.jsx';
import { classNames } from '../../data/sources.js';
import { percent, whole } from '../../messages/intl.js';
import { dataTitle } from '../../messages/data-title.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { dataInfo } from '../../session/session.js';
import { PER_CLASS, fault, followOverview, overview, round, set } from './overview-state.js';
import './overview.css';

const SETS = /** @type {const} */ (['train', 'test']);
const SIDE = 28;

export function Overview() {
  const place = useFollowed(followOverview);
  const shown = overview.value;
  const total = shown ? shown.counts.reduce((sum, count) => sum + count, 0) : 0;
  const most = shown ? Math.max(1, ...shown.counts) : 1;
  const countOf = (/** @type {number} */ label) => shown?.counts[label] ?? 0;
  const words = t.value.data;
  return (
    <div ref={place} class="overview">
      <div class="overview-tools">
        <Segments
          label={words.whichSet}
          choices={SETS.map((key) => /** @type {const} */ ([key, words.sets[key]]))}
          value={set.value}
          onChoose={(key) => (set.value = key)}
        />
        <button type="button" class="button small" disabled={!shown} onClick={() => round.value++}>
          {words.otherExamples}
        </button>
      </div>
      <DataTable
        label={words.classes}
        kind="fits"
        class="classes"
        rows={classNames.value}
        columns={[
          { key: 'class', title: words.className, cell: (name) => name },
          {
            key: 'images',
            title: words.images,
            number: true,
            cell: (_, label) => (shown ? whole(countOf(label)) : '–'),
          },
          {
            key: 'share',
            title: <span class="visually-hidden">{words.share}</span>,
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
            title: words.mean,
            cell: (name, label) => (
              <Strip
                images={shown && countOf(label) > 0 ? [shown.means[label]] : []}
                room={1}
                label={words.meanOf({ name })}
              />
            ),
          },
          {
            key: 'examples',
            title: words.examples,
            cell: (name, label) => (
              <Strip
                images={shown?.examples[label] ?? []}
                room={PER_CLASS}
                label={words.examplesOf({ count: shown?.examples[label].length ?? 0, set: set.value, name })}
              />
            ),
          },
        ]}
      />
      <Fold plain title={words.greys}>
        <Histogram bins={shown?.histogram ?? []} blank={shown?.blank ?? 0} mean={shown?.mean ?? 0} />
      </Fold>
      <p class="note overview-note">
        {/* One text: what follows a text that changes would move. */}
        {[
          words.origin({ source: dataTitle(dataInfo.value?.source) }),
          shown && words.measured({ count: shown.measured, set: set.value }),
          fault.value,
        ]
          .filter(Boolean)
          .join(' ')}
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
  const words = t.value.data;
  const step = 256 / (bins.length || 16);
  const grey = (/** @type {number} */ from) => `${Math.max(1, from)}–${from + step - 1}`;
  const points = bins.map((share, i) => ({ x: i * step + step / 2, y: share, from: i * step }));
  return (
    <div class={bins.length > 0 ? 'histogram' : 'histogram unknown'}>
      <Plot
        title={<Rich text={words.greysTitle({ blank, mean })} parts={{ b: (inner) => <b>{inner}</b> }} />}
        name={words.greysName}
        hint={words.greysHint}
        series={[{ label: '', colour: '--edge', columns: true, points }]}
        x={{ domain: [0, 256], ticks: [1, 255], title: words.greyAxis }}
        y={{ domain: [0, Math.max(...bins, 1e-9)], ticks: [] }}
        where={(x) => grey(x - step / 2)}
        write={({ y }) => percent(y, 2)}
        ratio={0.24}
        single
        after={
          <FoldedTable title={words.greysTable}>
            {() => (
              <DataTable
                kind="narrow"
                rows={points}
                columns={[
                  { key: 'grey', title: words.grey, cell: ({ from }) => grey(from) },
                  { key: 'share', title: words.greyShare, number: true, cell: ({ y }) => percent(y, 2) },
                ]}
              />
            )}
          </FoldedTable>
        }
      />
    </div>
  );
}
