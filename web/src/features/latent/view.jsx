// The map with its controls: whose features, which axes, which digits, which moment.
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { DataTable, FoldedTable } from '../../components/data-table.jsx';
import { Field, Segments } from '../../components/field.jsx';
import { Fold } from '../../components/fold.jsx';
import { capital, percent } from '../../components/format.js';
import { useNearWindow } from '../../components/near-window.js';
import { classNames, kind as content } from '../../data/sources.js';
import { dataInfo, started } from '../../session/session.js';
import { settings } from '../../state/settings.js';
import { WHOLE, zoomed } from './geometry.js';
import { MapPicture } from './map.jsx';
import { drawn, followLatent, kinds, latentProblem, moment, momentWords, moments, near, shown, view } from './state.js';
import './latent.css';

/** @typedef {import('./state.js').Kind} Kind */

const WEIGHTS = /** @type {const} */ ([
  ['trained', 'Trained'],
  ['random', 'Random'],
  ['both', 'Side by side'],
]);
const METHODS = /** @type {const} */ ([
  ['pca', 'Largest spread (PCA)'],
  ['lda', 'Best apart (LDA)'],
]);
/** @type {Record<Kind, string>} */
const TITLES = { trained: 'Features that rotation taught', random: 'Random features' };

export function LatentMap() {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  useNearWindow(place, near);
  useEffect(followLatent, []);
  const lda = settings.latentMethod.value === 'lda';
  const fitted = shown.value[kinds.value[0]]?.latent.fitted ?? 0;
  return (
    <div ref={place} class="card latent">
      <div class="latent-tools">
        <Segments
          label="Whose features"
          property="latentWeights"
          choices={WEIGHTS}
          value={/** @type {'trained' | 'random' | 'both'} */ (settings.latentWeights.value)}
          onChoose={(key) => (settings.latentWeights.value = key)}
        />
        <Segments
          label="Axes"
          property="latentMethod"
          choices={METHODS}
          value={/** @type {'pca' | 'lda'} */ (settings.latentMethod.value)}
          onChoose={(key) => (settings.latentMethod.value = key)}
        />
        <Field name="latentDigits" />
      </div>
      <div class={kinds.value.length > 1 ? 'maps two' : 'maps'}>
        {kinds.value.map((kind) => (
          <figure key={kind} class="map-figure">
            <figcaption>
              <b>{TITLES[kind]}</b>
              <Figures kind={kind} />
            </figcaption>
            <MapPicture map={shown.value[kind] ?? null} title={TITLES[kind]} drawn={drawn.value[kind] ?? null} />
          </figure>
        ))}
      </div>
      <div class="map-buttons" role="group" aria-label="Look closer">
        <button type="button" class="button small" onClick={() => (view.value = zoomed(view.value, 1.5))}>
          Closer
        </button>
        <button
          type="button"
          class="button small"
          disabled={view.value.scale === 1}
          onClick={() => (view.value = zoomed(view.value, 1 / 1.5))}
        >
          Farther
        </button>
        <button
          type="button"
          class="button small"
          disabled={view.value.scale === 1}
          onClick={() => (view.value = WHOLE)}
        >
          Whole map
        </button>
        <span class="note by-mouse">Drag, or turn the wheel with Ctrl; arrow keys go from point to point.</span>
        <span class="note by-finger">Two fingers enlarge the map; then drag it. Tap a point to see it.</span>
      </div>
      <Timeline />
      {latentProblem.value && (
        <p class="note error" role="alert">
          {latentProblem.value}
        </p>
      )}
      <Fold plain title="How to read the map">
        <p class="note">
          {lda
            ? `The axes are fitted on ${fitted} labelled training pictures of these ${content.value.many}: the whole labelled part, however few labels the duel has. The test ${content.value.many} shown took no part. `
            : `The axes are those along which the test ${content.value.many} shown spread most; no label is used. `}
          Every map is turned, mirrored and scaled to lie as close as it can to the untrained one, so that they can be
          compared.
        </p>
      </Fold>
      <p class="note">Data: {dataInfo.value?.source ?? '–'}.</p>
      <Numbers />
    </div>
  );
}

/** @param {{ kind: Kind }} props */
function Figures({ kind }) {
  const map = shown.value[kind];
  if (!map) return <span />;
  const [first, second] = map.latent.explained;
  const of = settings.latentMethod.value === 'lda' ? 'of the difference between the kinds' : 'of the spread';
  return (
    <span>
      {map.latent.x.length} test {content.value.many} · {percent(map.latent.kin, 0)} have one of their kind nearest ·{' '}
      {percent(first + second, 0)} {of}
    </span>
  );
}

const PLAY_MILLISECONDS = 450;
const playing = signal(false);

function Timeline() {
  const list = moments.value;
  const at = moment.value;
  // The last place is the present, which is not a snapshot.
  const place =
    at === null
      ? list.length
      : Math.max(
          0,
          list.findIndex(({ done }) => done === at),
        );
  const words = place < list.length ? momentWords(list[place]) : 'now';
  /** @param {number} next */
  const go = (next) => (moment.value = next < list.length ? list[next].done : null);

  useEffect(() => {
    if (!playing.value) return undefined;
    const timer = setTimeout(() => {
      if (place >= list.length) playing.value = false;
      else go(place + 1);
    }, PLAY_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [playing.value, place, list.length]);

  // Thinned out, the moment that is shown may be gone.
  useEffect(() => {
    if (at !== null && !list.some(({ done }) => done === at)) moment.value = null;
  }, [list, at]);

  const off = !kinds.value.some((kind) => kind === 'trained') || list.length < 2;
  return (
    <div class="timeline">
      <button
        type="button"
        class="button small"
        disabled={off}
        onClick={() => {
          if (!playing.value && place >= list.length) go(0);
          playing.value = !playing.value;
        }}
      >
        {playing.value ? 'Stop' : 'Play training'}
      </button>
      <label>
        <span class="visually-hidden">Moment of the training</span>
        <input
          type="range"
          min={0}
          max={list.length}
          step={1}
          value={place}
          disabled={off}
          aria-valuetext={words}
          onInput={(event) => {
            playing.value = false;
            go(Number(event.currentTarget.value));
          }}
        />
      </label>
      <output>
        {words}
        {off && list.length < 2
          ? ': train, then wind back'
          : started.value && place === list.length
            ? ''
            : ' of rotation'}
      </output>
    </div>
  );
}

const open = signal(false);
/** Rows of the table at a time: all 600, and that twice, take a browser too long to lay out with each new map. */
const ROWS = 50;

function Numbers() {
  const [page, setPage] = useState(0);
  const most = Math.max(0, ...kinds.value.map((kind) => shown.value[kind]?.latent.index.length ?? 0));
  const first = ROWS * Math.min(page, Math.max(0, Math.ceil(most / ROWS) - 1));
  const last = Math.min(most, first + ROWS);
  return (
    <FoldedTable title="These points as a table" class="numbers" open={open}>
      {() => (
        <>
          {most > ROWS && (
            <div class="map-buttons" role="group" aria-label="Rows of the table">
              <button
                type="button"
                class="button small"
                disabled={first === 0}
                onClick={() => setPage(first / ROWS - 1)}
              >
                Earlier rows
              </button>
              <button
                type="button"
                class="button small"
                disabled={last === most}
                onClick={() => setPage(first / ROWS + 1)}
              >
                Later rows
              </button>
              <span role="status">
                {first + 1} to {last} of {most}
              </span>
            </div>
          )}
          {kinds.value.map((kind) => {
            const map = shown.value[kind];
            if (!map) return null;
            const { x, y, label, index, explained } = map.latent;
            return (
              <DataTable
                key={kind}
                label={`Points, ${TITLES[kind]}`}
                caption={
                  <>
                    {TITLES[kind]}: places along the two axes, which hold {percent(explained[0])} and{' '}
                    {percent(explained[1])}
                  </>
                }
                rows={Array.from(index.subarray(first, last), (number, i) => ({ number, place: first + i }))}
                keyOf={({ number }) => number}
                columns={[
                  { key: 'image', title: 'Test image', cell: ({ number }) => number },
                  {
                    key: 'class',
                    title: capital(content.value.one),
                    number: true,
                    cell: ({ place }) => classNames.value[label[place]],
                  },
                  { key: 'x', title: 'First axis', number: true, cell: ({ place }) => x[place].toPrecision(3) },
                  { key: 'y', title: 'Second axis', number: true, cell: ({ place }) => y[place].toPrecision(3) },
                ]}
              />
            );
          })}
        </>
      )}
    </FoldedTable>
  );
}
