import { DigitImage } from '../../components/digit-image.jsx';
import { percent } from '../../components/format.js';
import { classNames, kind } from '../../data/sources.js';
import { dataInfo } from '../../session/session.js';
import { PROPERTIES } from '../../state/properties.js';
import { isFixed, lesson, settings } from '../../state/settings.js';
import { available, choose, chosenIndex, chosenSet, turns } from '../../shared/chosen-image.js';
import { opinions, spins } from './state.js';
import './rotations.css';

const TURNS = [0, 1, 2, 3];

export function Rotations() {
  const last = available.value - 1;
  const shown = turns.value;
  const index = chosenIndex.value;
  const fixed = isFixed('digit');
  const go = (/** @type {number} */ next) => choose(chosenSet.value, Math.max(0, Math.min(last, next)));
  return (
    <figure class="rotations">
      <div class="turns">
        {TURNS.map((turn) => (
          <Turn
            key={turn}
            turn={turn}
            pixels={shown?.images[turn]}
            label={
              shown
                ? `The ${kind.value.one} ${classNames.value[shown.label]}, turned by ${90 * turn} degrees`
                : 'No image yet'
            }
          />
        ))}
      </div>
      <figcaption>
        {/* One text: a stop of its own would jump when the name comes. */}
        <p class="note turns-note">{`Triangles: where the network thinks up is. Data: ${dataInfo.value?.source ?? '…'}.`}</p>
        <div class="turn-choice">
          {!lesson.hide.has('digitSet') && (
            <select
              class="turn-set"
              aria-label={PROPERTIES.digitSet.label}
              disabled={isFixed('digitSet')}
              value={chosenSet.value}
              onChange={(event) =>
                choose(event.currentTarget.value === 'test' ? 'test' : 'train', settings.digit.value)
              }
            >
              {Object.entries(PROPERTIES.digitSet.choices).map(([set, title]) => (
                <option key={set} value={set}>
                  {title}
                </option>
              ))}
            </select>
          )}
          {!lesson.hide.has('digit') && (
            <>
              <button
                type="button"
                class="button small square"
                aria-label="Previous image"
                disabled={fixed || index <= 0}
                onClick={() => go(index - 1)}
              >
                ‹
              </button>
              <input
                type="number"
                aria-label="Image number"
                min={0}
                max={last}
                value={index}
                disabled={fixed}
                onChange={(event) => go(Math.floor(Number(event.currentTarget.value) || 0))}
              />
              <button
                type="button"
                class="button small square"
                aria-label="Next image"
                disabled={fixed || index >= last}
                onClick={() => go(index + 1)}
              >
                ›
              </button>
              <button
                type="button"
                class="button small"
                disabled={fixed}
                onClick={() => go(Math.floor(Math.random() * (last + 1)))}
              >
                Any
              </button>
            </>
          )}
        </div>
      </figcaption>
    </figure>
  );
}

/** One of the four pictures, and what the network says of it. @param {{ turn: number, pixels?: Uint8Array, label: string }} props */
function Turn({ turn, pixels, label }) {
  const said = opinions.value?.subarray(4 * turn, 4 * turn + 4);
  const guess = said ? said.indexOf(Math.max(...said)) : -1;
  const right = guess === turn;
  return (
    <div class="turn" style={{ '--turn': turn, '--said': guess }}>
      <div class={guess < 0 ? 'turn-tile' : right ? 'turn-tile right' : 'turn-tile wrong'}>
        {/* The pointer turns with its digit: at no moment does it say another thing of it. Two names for one animation:
            a change of name starts it again. */}
        <div class={`turn-disc turning-${spins.value % 2}`}>
          <DigitImage pixels={pixels} label={label} />
          {guess >= 0 && <span class="turn-pointer" aria-hidden="true" />}
        </div>
      </div>
      <p class="turn-words">
        <b>{90 * turn}°</b>{' '}
        {said ? (
          <span class={right ? 'turn-said right' : 'turn-said wrong'}>
            <span class="turn-mark">{right ? '✓' : '✗'}</span> <span class="turn-wide">says </span>
            {90 * guess}°<span class="turn-wide">, </span>
            <span class="turn-sure">{percent(said[guess], 0)}</span>
          </span>
        ) : (
          <span class="turn-said">…</span>
        )}
      </p>
    </div>
  );
}
