// Beside the pad: the drawing goes into the visitor's own set, under the digit that it is said to be.
import { useSignal } from '@preact/signals';
import { keepProblem } from '../../data/my-digits.js';
import { classMarks, classNames } from '../../data/sources.js';
import { wordsOf } from '../../messages/faults.js';
import { t } from '../../messages/messages.js';
import { question } from '../../shared/drawing.js';

/** @typedef {{ label: number, count: number } | { error: unknown }} Outcome `count`: of own digits */

/** @param {Outcome | null} outcome */
function outcomeWords(outcome) {
  const words = t.value.draw.keep;
  if (!outcome) return words.as;
  if ('error' in outcome) return wordsOf(outcome.error);
  return keepProblem.value || words.kept({ name: classNames.value[outcome.label], count: outcome.count });
}

export function KeepAs() {
  const outcome = useSignal(/** @type {Outcome | null} */ (null));
  const words = t.value.draw.keep;
  /** @param {number} label */
  const keep = async (label) => {
    const drawing = question.peek();
    if (!drawing) return;
    try {
      const count = await (await import('./keep-drawing.js')).keepDrawing(drawing, label);
      outcome.value = count === null ? null : { label, count };
    } catch (error) {
      outcome.value = { error };
    }
  };
  return (
    <details class="keep-as">
      <summary>{words.title}</summary>
      <div class="samples" role="group" aria-label={words.group}>
        <span class="samples-title" role="status">
          {outcomeWords(outcome.value)}
        </span>
        {classMarks.value.map((sign, label) => (
          <button
            key={label}
            type="button"
            class="button small sample"
            title={classNames.value[label]}
            aria-label={words.one({ name: classNames.value[label] })}
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
