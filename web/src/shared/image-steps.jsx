// Steps from one chosen image to the next, and to any by its number.
import { isFixed } from '../state/settings.js';
import { available, chosenIndex, showImage } from './chosen-image.js';

/** @param {{ previous: string, number: string, next: string }} props names of the three controls */
export function ImageSteps({ previous, number, next }) {
  const last = available.value - 1;
  const index = chosenIndex.value;
  const fixed = isFixed('digit');
  return (
    <>
      <button
        type="button"
        class="button small square"
        aria-label={previous}
        disabled={fixed || index <= 0}
        onClick={() => showImage(index - 1)}
      >
        ‹
      </button>
      <input
        type="number"
        aria-label={number}
        min={0}
        max={last}
        value={index}
        disabled={fixed}
        onChange={(event) => showImage(Math.floor(Number(event.currentTarget.value) || 0))}
      />
      <button
        type="button"
        class="button small square"
        aria-label={next}
        disabled={fixed || index >= last}
        onClick={() => showImage(index + 1)}
      >
        ›
      </button>
    </>
  );
}
