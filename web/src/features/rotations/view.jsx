import { DigitImage } from '../../components/digit-image.jsx';
import { percent } from '../../components/format.js';
import { dataInfo } from '../../state/lab.js';
import { PROPERTIES } from '../../state/properties.js';
import { settings } from '../../state/settings.js';
import { available, choose, chosenIndex, chosenSet, opinions, turns } from './state.js';
import './rotations.css';

const TURNS = [0, 1, 2, 3];

export function Rotations() {
  const last = available.value - 1;
  const shown = turns.value;
  const index = chosenIndex.value;
  const go = (/** @type {number} */ next) => choose(chosenSet.value, Math.max(0, Math.min(last, next)));
  return (
    <figure class="rotations">
      <div class="turns">
        {TURNS.map((turn) => (
          <div key={turn} class="turn">
            <DigitImage
              pixels={shown?.images[turn]}
              label={shown ? `The digit ${shown.label}, turned by ${90 * turn} degrees` : 'No image yet'}
            />
            <span class="turn-angle">{90 * turn}°</span>
            <Opinion turn={turn} />
          </div>
        ))}
      </div>
      <figcaption>
        <select
          class="turn-set"
          aria-label={PROPERTIES.digitSet.label}
          value={chosenSet.value}
          onChange={(event) => choose(event.currentTarget.value === 'test' ? 'test' : 'train', settings.digit.value)}
        >
          {Object.entries(PROPERTIES.digitSet.choices).map(([set, title]) => (
            <option key={set} value={set}>
              {title}
            </option>
          ))}
        </select>
        <span class="turn-steps">
          <button type="button" class="button small" aria-label="Previous image" onClick={() => go(index - 1)}>
            ‹
          </button>
          <input
            type="number"
            aria-label="Image number"
            min={0}
            max={last}
            value={index}
            onChange={(event) => go(Math.floor(Number(event.currentTarget.value) || 0))}
          />
          <button type="button" class="button small" aria-label="Next image" onClick={() => go(index + 1)}>
            ›
          </button>
        </span>
        <button type="button" class="button small" onClick={() => go(Math.floor(Math.random() * (last + 1)))}>
          Any
        </button>
        <span class="source-line">{dataInfo.value?.source}</span>
      </figcaption>
    </figure>
  );
}

/** What the network says of one turn. @param {{ turn: number }} props */
function Opinion({ turn }) {
  const said = opinions.value?.subarray(4 * turn, 4 * turn + 4);
  if (!said) return <span class="turn-said">…</span>;
  const guess = said.indexOf(Math.max(...said));
  return (
    <span class={guess === turn ? 'turn-said right' : 'turn-said wrong'}>
      <span class="turn-mark">{guess === turn ? '✓' : '✗'}</span> says {90 * guess}°, {percent(said[guess], 0)}
    </span>
  );
}
