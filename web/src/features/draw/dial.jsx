// A dial that turns the drawing, and what the rotation network makes of every angle.
import { useEffect, useRef } from 'preact/hooks';
import { useCalm } from '../../components/calm.js';
import { paintGrey } from '../../components/digit-image.jsx';
import { useDrag } from '../../components/drag.js';
import { percent } from '../../components/format.js';
import { kind } from '../../data/sources.js';
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
        aria-label="Turn the drawing"
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
          90° left
        </button>
        <button type="button" class="button small" disabled={degrees.value === 0} onClick={() => (degrees.value = 0)}>
          Upright
        </button>
        <button type="button" class="button small" onClick={() => (degrees.value = wrapped(degrees.value - 90))}>
          90° right
        </button>
      </div>
    </div>
  );
}

const WIDTH = 360;
const HEIGHT = 40;
/** Turned to the left is on the left. @param {number} angle */
const across = (angle) => 180 - angle;

/** One answer's probability over the angles, as an area. @param {readonly Float32Array[]} found @param {number} turn */
function area(found, turn) {
  const points = found.map((values, i) => `${across(ANGLES[i])} ${(HEIGHT * (1 - values[turn])).toFixed(2)}`);
  return `M${across(ANGLES[0])} ${HEIGHT}L${points.join('L')}L${across(ANGLES[ANGLES.length - 1])} ${HEIGHT}Z`;
}

export function Opinions() {
  const found = opinions.value;
  const summary = found
    ? stretches(found)
        .map(({ turn, from, to }) => `${TURNS[turn]}° from ${-to}° to ${-from}°`)
        .join(', ')
    : 'nothing drawn yet';
  const name = useCalm(`Leading answer by clockwise angle: ${summary}`);
  return (
    <figure class="opinions">
      <figcaption>What the rotation network says when the drawing is turned</figcaption>
      <div class="opinion-rows" role="img" aria-label={name}>
        {TURNS.map((angle, turn) => (
          <div key={angle} class="opinion">
            <span class="opinion-label">{angle}°</span>
            <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
              <line class="opinion-home" x1={across(wrapped(angle))} x2={across(wrapped(angle))} y1={0} y2={HEIGHT} />
              {turn === 2 && <line class="opinion-home" x1={WIDTH} x2={WIDTH} y1={0} y2={HEIGHT} />}
              {found && <path d={area(found, turn)} />}
              <line class="opinion-now" x1={across(degrees.value)} x2={across(degrees.value)} y1={0} y2={HEIGHT} />
            </svg>
            <span class="opinion-sure">{prediction.value ? percent(prediction.value.rotation[turn], 0) : ''}</span>
          </div>
        ))}
        <div class="opinion-axis">
          <span>180°</span>
          <span>left 90°</span>
          <span>upright</span>
          <span>right 90°</span>
          <span>180°</span>
        </div>
      </div>
      <p class="note">
        A perfect judge would have four equal hills, each around its dashed line. It learned quarter turns only: in
        between it has to guess, and some {kind.value.many} look the same upside down.
      </p>
      {found && (
        <details class="numbers">
          <summary>These numbers as a table</summary>
          <div class="table-room" role="region" aria-label="Opinions by angle" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Drawing turned</th>
                  {TURNS.map((angle) => (
                    <th key={angle} scope="col" class="number">
                      says {angle}°
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {found.map((values, i) => (
                  <tr key={ANGLES[i]}>
                    <th scope="row">{turnWords(wrapped(ANGLES[i]))}</th>
                    {TURNS.map((angle, turn) => (
                      <td key={angle} class="number">
                        {percent(values[turn])}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </figure>
  );
}
