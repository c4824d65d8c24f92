import { DigitImage } from '../../components/digit-image.jsx';
import { dataInfo } from '../../state/lab.js';
import { settings } from '../../state/settings.js';
import { turns } from './state.js';
import './rotations.css';

const TURNS = ['upright', 'a quarter turn', 'a half turn', 'three quarters'];

export function Rotations() {
  const last = (dataInfo.value?.train ?? 1) - 1;
  const shown = turns.value;
  const go = (/** @type {number} */ index) => (settings.digit.value = Math.max(0, Math.min(last, index)));
  return (
    <figure class="rotations">
      <div class="turns">
        {TURNS.map((turn, k) => (
          <div key={turn} class="turn">
            <DigitImage
              pixels={shown?.images[k]}
              label={shown ? `The digit ${shown.label}, turned by ${90 * k} degrees` : 'No image yet'}
            />
            <span class="turn-angle">{90 * k}°</span>
          </div>
        ))}
      </div>
      <figcaption>
        <button
          type="button"
          class="button small"
          aria-label="Previous image"
          onClick={() => go(settings.digit.value - 1)}
        >
          ‹
        </button>
        <label class="inline-field">
          Image
          <input
            type="number"
            min={0}
            max={last}
            value={Math.min(settings.digit.value, last)}
            onChange={(event) => go(Math.floor(Number(event.currentTarget.value) || 0))}
          />
        </label>
        <button type="button" class="button small" aria-label="Next image" onClick={() => go(settings.digit.value + 1)}>
          ›
        </button>
        <button type="button" class="button small" onClick={() => go(Math.floor(Math.random() * (last + 1)))}>
          Any
        </button>
        <span class="source-line">{dataInfo.value?.source}</span>
      </figcaption>
    </figure>
  );
}
