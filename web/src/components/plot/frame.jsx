// What every chart has around its picture: title, the place that is read, keys, and the legend.
import { useState } from 'preact/hooks';
import { useCalm } from '../calm.js';
import { t } from '../../messages/messages.js';
import { listenView } from './listen-part.js';
import { walked } from './walk.js';
import './frame.css';

/**
 * @typedef {object} LegendEntry
 * @property {string} label
 * @property {string} colour name of a CSS variable
 * @property {boolean} [dashed]
 * @property {import('preact').ComponentChildren} [sign] in the place of a square of the colour
 * @property {string} value at the place that is read
 */

/**
 * @param {{ title: import('preact').ComponentChildren, where?: string, name: string, latest: string, hint: string,
 *   count: number, place: number | null, onPlace: (place: number | null) => void, read: (place: number) => string,
 *   class?: string, plotClass?: string, plotRef?: { current: HTMLDivElement | null }, details?: string,
 *   legend?: readonly LegendEntry[], curves?: () => readonly import('./sound.js').Curve[], before?: import('preact').ComponentChildren, picture?: import('preact').ComponentChildren,
 *   after?: import('preact').ComponentChildren }} props
 *   `title`: over the picture; `where`: the place that is read, in words; `name`: what the chart shows, `latest`: what it
 *   says now, `hint`: what keys do, the three of them its accessible name; `count`: of places; `place`: that which is
 *   read, null: none; `read`: all values at a place in words; `details`: id of what has these figures; `picture`: inside
 *   of the plot; `curves`: what can be heard of it; `before` and `after`: above and below it
 */
export function Frame({
  title,
  where = '',
  name,
  latest,
  hint,
  count,
  place,
  onPlace,
  read,
  class: className = '',
  plotClass = '',
  plotRef,
  details,
  legend = [],
  curves,
  before,
  picture,
  after,
}) {
  const [heard, setHeard] = useState('');
  const [focused, setFocused] = useState(false);
  const words = t.value.components.chart;
  const Listen = listenView.value;
  const calm = useCalm(latest, { held: focused, of: heard });
  return (
    <figure class={`chart ${className}`}>
      <figcaption class={curves && 'audible'}>
        <span class={typeof title === 'string' ? 'chart-title' : 'chart-sentence'}>{title}</span>
        {where && <span class="chart-where">{where}</span>}
        {curves && Listen && <Listen name={name} curves={curves} disabled={count < 2} onCurve={setHeard} />}
      </figcaption>
      {before}
      <div
        ref={plotRef}
        class={`chart-plot ${plotClass}`}
        role="application"
        aria-roledescription={words.role}
        aria-label={words.name({ name, latest: calm, hint })}
        aria-details={details}
        tabIndex={0}
        onKeyDown={(event) => {
          const next = walked(event, place, count);
          if (next === null) return;
          event.preventDefault();
          setHeard(read(next));
          onPlace(next);
        }}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          setHeard('');
          onPlace(null);
        }}
      >
        {picture}
      </div>
      <p class="visually-hidden" role="status">
        {heard}
      </p>
      {legend.length > 0 && (
        <ul class="legend">
          {legend.map(({ label, colour, dashed, sign, value }) => (
            <li key={label} style={{ '--series': `var(${colour})` }}>
              {sign ?? <span class={dashed ? 'swatch dashed' : 'swatch'} />}
              {label} <b>{value}</b>
            </li>
          ))}
        </ul>
      )}
      {after}
    </figure>
  );
}
