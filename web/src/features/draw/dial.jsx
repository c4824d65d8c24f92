// A dial that turns the drawing, and what the rotation network makes of every angle.
import { useEffect, useRef, useState } from 'preact/hooks';
import { DataTable } from '../../components/data-table.jsx';
import { FoldedTable } from '../../components/folded-table.jsx';
import { paintGrey } from '../../components/digit-image.jsx';
import { useDrag } from '../../components/drag.js';
import { Frame } from '../../components/plot/frame.jsx';
import { Spark, SparkArea, SparkRule, sparkScales } from '../../components/plot/spark.jsx';
import { kind } from '../../data/sources.js';
import { percent } from '../../messages/intl.js';
import { t } from '../../messages/messages.js';
import { ANGLES, TURNS, stretches, turnWords, wrapped } from './angles.js';
import { opinions } from './more-state.js';
import { degrees, drawing, prediction } from '../../shared/drawing.js';

const STEP = 5;
/** Pixels around the middle where a pointer has no direction. */
const DEAD = 10;
/** The value runs clockwise, so that the right arrow turns to the right. @type {Record<string, (clockwise: number) => number>} */
const KEYS = {
  ArrowRight: (value) => value + STEP,
  ArrowUp: (value) => value + STEP,
  ArrowLeft: (value) => value - STEP,
  ArrowDown: (value) => value - STEP,
  PageUp: (value) => value + 90,
  PageDown: (value) => value - 90,
  Home: () => 0,
  End: () => 180,
};

export function Dial() {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  const picture = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const turning = useRef(false);
  const words = t.value.draw.dial;

  useEffect(() => {
    const context = picture.current?.getContext('2d');
    const shown = drawing.value;
    if (!context || !shown) return;
    paintGrey(context, shown.grey, shown.side);
  }, [drawing.value]);

  /** @param {PointerEvent} event */
  const point = (event) => {
    const box = /** @type {HTMLDivElement} */ (place.current).getBoundingClientRect();
    const [x, y] = [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2];
    if (Math.hypot(x, y) < DEAD) return;
    degrees.value = wrapped(STEP * Math.round((-Math.atan2(x, -y) * 180) / Math.PI / STEP));
  };
  const drag = useDrag({
    begin(event) {
      // Two fingers would pull the hand to and fro.
      if (turning.current) return false;
      turning.current = true;
      point(event);
      return true;
    },
    move: point,
    end: () => (turning.current = false),
  });
  return (
    <div class="dial-room">
      <div
        ref={place}
        class="dial"
        role="slider"
        tabIndex={0}
        aria-label={words.name}
        aria-valuemin={-180}
        aria-valuemax={180}
        aria-valuenow={degrees.value === 180 ? 180 : -degrees.value}
        aria-valuetext={turnWords(degrees.value)}
        style={{ '--turn': `${-degrees.value}deg` }}
        onKeyDown={(event) => {
          const change = KEYS[event.key];
          if (!change || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          degrees.value = wrapped(-change(-degrees.value));
        }}
        {...drag}
      >
        <canvas ref={picture} width={280} height={280} />
        <span class="dial-hand" />
      </div>
      <div class="dial-buttons">
        <output class="dial-angle">{turnWords(degrees.value)}</output>
        <button type="button" class="button small" onClick={() => (degrees.value = wrapped(degrees.value + 90))}>
          {words.left}
        </button>
        <button type="button" class="button small" disabled={degrees.value === 0} onClick={() => (degrees.value = 0)}>
          {words.upright}
        </button>
        <button type="button" class="button small" onClick={() => (degrees.value = wrapped(degrees.value - 90))}>
          {words.right}
        </button>
      </div>
    </div>
  );
}

/** Turned to the left is on the left. @param {number} angle */
const across = (angle) => -angle;
const SCALES = sparkScales([-180, 180], [0, 1]);
/** From left to right. */
const PLACES = [...ANGLES].reverse();

export function Opinions() {
  const [place, setPlace] = useState(/** @type {number | null} */ (null));
  const found = opinions.value;
  const words = t.value.draw.opinions;
  const at = (/** @type {number} */ i) => found?.[ANGLES.length - 1 - i];
  const summary = found
    ? words.leading(stretches(found).map(({ turn, from, to }) => ({ angle: TURNS[turn], from, to })))
    : words.nothing;
  const read = place === null ? undefined : at(place);
  return (
    <div class="opinions">
      <Frame
        title={words.title}
        where={read && place !== null ? turnWords(wrapped(PLACES[place])) : ''}
        name={words.name}
        latest={summary}
        hint={words.hint}
        count={found ? PLACES.length : 0}
        place={place}
        onPlace={setPlace}
        read={(i) =>
          words.at({
            turned: turnWords(wrapped(PLACES[i])),
            answers: TURNS.map((angle, turn) => ({ angle, share: at(i)?.[turn] ?? 0 })),
          })
        }
        plotClass="opinion-rows"
        picture={
          <>
            {TURNS.map((angle, turn) => {
              const sure = read ?? prediction.value?.rotation;
              return (
                <div key={angle} class="opinion">
                  <span>{angle}°</span>
                  <div class="opinion-picture">
                    <Spark>
                      <SparkRule scales={SCALES} y={0} />
                      <SparkRule scales={SCALES} x={across(wrapped(angle))} kind="home" />
                      {turn === 2 && <SparkRule scales={SCALES} x={180} kind="home" />}
                      {found && (
                        <SparkArea
                          scales={SCALES}
                          points={found
                            .map((values, i) => /** @type {const} */ ([across(ANGLES[i]), values[turn]]))
                            .reverse()}
                        />
                      )}
                      {read && place !== null && <SparkRule scales={SCALES} x={across(PLACES[place])} />}
                      <SparkRule scales={SCALES} x={across(degrees.value)} kind="now" />
                    </Spark>
                  </div>
                  <span class="opinion-sure">{sure ? percent(sure[turn], 0) : ''}</span>
                </div>
              );
            })}
            <div class="opinion-axis">
              {words.axis.map((text, i) => (
                <span key={i}>{text}</span>
              ))}
            </div>
          </>
        }
      />
      <p class="note">{words.note(kind.value)}</p>
      {found && (
        <FoldedTable title={words.table} class="numbers">
          {() => (
            <DataTable
              label={words.label}
              rows={found}
              columns={[
                { key: 'angle', title: words.turned, cell: (_, i) => turnWords(wrapped(ANGLES[i])) },
                ...TURNS.map((angle, turn) => ({
                  key: String(angle),
                  title: words.says({ angle }),
                  number: true,
                  cell: (/** @type {Float32Array} */ values) => percent(values[turn]),
                })),
              ]}
            />
          )}
        </FoldedTable>
      )}
    </div>
  );
}
