// Beside the pad: the drawing goes into the visitor's own set, under the digit that it is said to be.
import { useSignal } from '@preact/signals';
import { classMarks, classNames } from '../../data/sources.js';
import { question } from '../../shared/drawing.js';

export function KeepAs() {
  const said = useSignal('');
  /** @param {number} label */
  const keep = async (label) => {
    try {
      said.value = await (await import('./keep-drawing.js')).keepDrawing(label);
    } catch (error) {
      said.value = error instanceof Error ? error.message : String(error);
    }
  };
  return (
    <details class="keep-as">
      <summary>Keep it in my set</summary>
      <div class="samples" role="group" aria-label="Keep the drawing as">
        <span class="samples-title" role="status">
          {said.value || 'as a'}
        </span>
        {classMarks.value.map((sign, label) => (
          <button
            key={label}
            type="button"
            class="button small sample"
            title={classNames.value[label]}
            aria-label={`Keep the drawing as a ${classNames.value[label]}`}
            disabled={!question.value}
            onClick={() => void keep(label)}
          >
            {sign}
          </button>
        ))}
      </div>
    </details>
  );
}
