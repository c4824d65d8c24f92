// Probabilities as stems: a line from the axis up to a dot, one for each class.
import { useCalm } from './calm.js';
import { percent } from '../messages/intl.js';
import { t } from '../messages/messages.js';
import './stem-plot.css';

/**
 * @param {{ title: string, values: Float32Array | null, labels: readonly string[], names?: readonly string[],
 *   colour: string }} props `names`: the classes in words, where the labels are short; `colour`: name of a CSS variable
 */
export function StemPlot({ title, values, labels, names = labels, colour }) {
  const best = values ? values.indexOf(Math.max(...values)) : -1;
  const words = t.value.stems;
  const verdict = best >= 0 && values ? words.verdict({ name: names[best], sure: values[best] }) : words.none;
  const name = useCalm(words.name({ title, verdict }));
  return (
    <figure
      class={labels.every(({ length }) => length === 1) || labels.length < 5 ? 'stem-plot short' : 'stem-plot'}
      style={{ '--series': `var(${colour})` }}
    >
      <figcaption>
        <span class="swatch" />
        <span class="stem-title">{title}</span>
        <strong class="stem-verdict">{best >= 0 && values ? names[best] : '–'}</strong>
        <span class="stem-sure" translate={false}>
          {best >= 0 && values ? percent(values[best], 0) : ''}
        </span>
      </figcaption>
      <div class="stems" role="img" aria-label={name} style={{ '--count': labels.length }}>
        <span class="stem-axis">
          <span>{percent(1, 0)}</span>
          <span>{percent(0.5, 0)}</span>
        </span>
        {labels.map((label, i) => (
          <div
            key={label}
            class={i === best ? 'stem best' : 'stem'}
            title={names[i]}
            style={{ '--p': values ? values[i] : 0 }}
          >
            <span class="stem-room">
              <span class="stem-line" />
            </span>
            <span class="stem-label">{label}</span>
          </div>
        ))}
      </div>
    </figure>
  );
}
