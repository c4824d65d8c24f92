// The map with its controls: whose features, which axes, which digits, which moment.
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { DataTable } from '../../components/data-table.jsx';
import { FoldedTable } from '../../components/folded-table.jsx';
import { Field, Segments } from '../../components/field.jsx';
import { Fold } from '../../components/fold.jsx';
import { useNearWindow } from '../../components/near-window.js';
import { seriesName } from '../../components/series-name.jsx';
import { classNames, kind as content } from '../../data/sources.js';
import { wordsOf } from '../../messages/faults.js';
import { significant } from '../../messages/intl.js';
import { dataTitle } from '../../messages/data-title.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { dataInfo } from '../../session/session.js';
import { task } from '../../shared/task.js';
import { settings } from '../../state/settings.js';
import { WHOLE, zoomed } from './geometry.js';
import { MapPicture } from './map.jsx';
import { share } from './kin.js';
import {
  canRewind,
  drawn,
  followLatent,
  kinds,
  latentProblem,
  moment,
  momentWords,
  moments,
  near,
  seenSoFar,
  shown,
  view,
} from './state.js';
import './latent.css';

/** @typedef {import('./state.js').Kind} Kind */

/** @typedef {import('../../engine/types').Projection} Method */

const WEIGHTS = /** @type {const} */ (['trained', 'random', 'both']);
const METHODS = /** @type {const} */ (['pca', 'lda']);

const chosenMethod = () => /** @type {Method} */ (settings.latentMethod.value);

/** @param {Kind} kind */
const titleOf = (kind) => t.value.map.titles[kind]({ task: task.value });

export function LatentMap() {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  useNearWindow(place, near);
  useEffect(followLatent, []);
  const method = chosenMethod();
  const words = t.value.map;
  const { many } = content.value;
  const fitted = shown.value[kinds.value[0]]?.latent.fitted ?? 0;
  return (
    <div ref={place} class="card latent">
      <div class="latent-tools">
        <Segments
          label={words.weights.label}
          property="latentWeights"
          choices={WEIGHTS.map((key) => [key, words.weights[key]])}
          value={/** @type {'trained' | 'random' | 'both'} */ (settings.latentWeights.value)}
          onChoose={(key) => (settings.latentWeights.value = key)}
        />
        <Segments
          label={words.methods.label}
          property="latentMethod"
          choices={METHODS.map((key) => [key, words.methods[key]])}
          value={method}
          onChoose={(key) => (settings.latentMethod.value = key)}
        />
        <Field name="latentDigits" />
      </div>
      <div class={kinds.value.length > 1 ? 'maps two' : 'maps'}>
        {kinds.value.map((kind) => (
          <figure key={kind} class="map-figure">
            <figcaption>
              <b>{titleOf(kind)}</b>
              <Figures kind={kind} />
            </figcaption>
            <MapPicture map={shown.value[kind] ?? null} title={titleOf(kind)} drawn={drawn.value[kind] ?? null} />
          </figure>
        ))}
      </div>
      <div class="map-buttons" role="group" aria-label={words.look}>
        <button type="button" class="button small" onClick={() => (view.value = zoomed(view.value, 1.5))}>
          {words.closer}
        </button>
        <button
          type="button"
          class="button small"
          disabled={view.value.scale === 1}
          onClick={() => (view.value = zoomed(view.value, 1 / 1.5))}
        >
          {words.farther}
        </button>
        <button
          type="button"
          class="button small"
          disabled={view.value.scale === 1}
          onClick={() => (view.value = WHOLE)}
        >
          {words.whole}
        </button>
        <span class="note by-mouse">{words.byMouse}</span>
        <span class="note by-finger">{words.byFinger}</span>
      </div>
      <Timeline />
      <Seen />
      {latentProblem.value && (
        <p class="note error" role="alert">
          {wordsOf(latentProblem.value)}
        </p>
      )}
      <Fold plain title={words.read.title}>
        <p class="note">
          {method === 'lda' ? words.read.lda({ fitted, many }) : words.read.pca({ many })} {words.read.laid}
        </p>
      </Fold>
      <p class="note">{words.data({ source: dataTitle(dataInfo.value?.source) })}</p>
      <Numbers />
    </div>
  );
}

/** @param {{ kind: Kind }} props */
function Figures({ kind }) {
  const map = shown.value[kind];
  if (!map) return <span />;
  const [first, second] = map.latent.explained;
  const { x, kin } = map.latent;
  const figures = { count: x.length, many: content.value.many, kin: share(kin), held: first + second };
  return <span>{t.value.map.figures[chosenMethod()](figures)}</span>;
}

/** Series in sentences, in their colours. */
const NAMED = { random: seriesName('--random') };

/** What the maps show, in figures. */
function Seen() {
  const found = seenSoFar.value;
  const words = t.value.map.seen;
  if (!found) return <p class="map-seen" />;
  const { trained, ...others } = found;
  const figures = { ...others, many: content.value.many };
  if (!trained)
    return (
      <p class="map-seen">
        <Rich text={words.untrained(figures)} parts={NAMED} />
      </p>
    );
  const { reading, change } = trained;
  /** @type {'now' | 'then'} */
  const at = moment.value === null ? 'now' : 'then';
  if (reading === 'same' || trained.before === null || !change)
    return (
      <p class="map-seen">
        <Rich text={words.same({ ...figures, now: trained.now, at })} parts={NAMED} />
      </p>
    );
  const all = { ...figures, ...change, now: trained.now, before: trained.before, at };
  return (
    <p class="map-seen">
      <Rich text={words[reading](all)} parts={NAMED} />
    </p>
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
  const present = place >= list.length;
  const words = t.value.map;
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

  const off = !canRewind.value;
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
        {playing.value ? words.stop : words.play}
      </button>
      <label>
        <span class="visually-hidden">{words.moment}</span>
        <input
          type="range"
          min={0}
          max={list.length}
          step={1}
          value={place}
          disabled={off}
          aria-valuetext={present ? words.now : momentWords(words.moments, list[place])}
          onInput={(event) => {
            playing.value = false;
            go(Number(event.currentTarget.value));
          }}
        />
      </label>
      <output>
        {!present ? momentWords(words.momentsOfTask, list[place]) : list.length < 2 ? words.nowOnly : words.now}
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
  const words = t.value.map.table;
  return (
    <FoldedTable title={words.title} class="numbers" open={open}>
      {() => (
        <>
          {most > ROWS && (
            <div class="map-buttons" role="group" aria-label={words.rows}>
              <button
                type="button"
                class="button small"
                disabled={first === 0}
                onClick={() => setPage(first / ROWS - 1)}
              >
                {words.earlier}
              </button>
              <button
                type="button"
                class="button small"
                disabled={last === most}
                onClick={() => setPage(first / ROWS + 1)}
              >
                {words.later}
              </button>
              <span role="status">{words.at({ first: first + 1, last, of: most })}</span>
            </div>
          )}
          {kinds.value.map((kind) => {
            const map = shown.value[kind];
            if (!map) return null;
            const { x, y, label, index, explained } = map.latent;
            return (
              <DataTable
                key={kind}
                label={words.label({ title: titleOf(kind) })}
                caption={words.caption({ title: titleOf(kind), first: explained[0], second: explained[1] })}
                rows={Array.from(index.subarray(first, last), (number, i) => ({ number, place: first + i }))}
                keyOf={({ number }) => number}
                columns={[
                  { key: 'image', title: words.image, cell: ({ number }) => number },
                  {
                    key: 'class',
                    title: words.class(content.value),
                    number: true,
                    cell: ({ place }) => classNames.value[label[place]],
                  },
                  { key: 'x', title: words.x, number: true, cell: ({ place }) => significant(x[place]) },
                  { key: 'y', title: words.y, number: true, cell: ({ place }) => significant(y[place]) },
                ]}
              />
            );
          })}
        </>
      )}
    </FoldedTable>
  );
}
