// Why: five ideas, each with a small picture.
import { Fold } from '../../components/fold.jsx';
import { t } from '../../messages/messages.js';
import { task } from '../../shared/task.js';

/** @param {{ count: number, live: (i: number) => boolean, side: number }} props squares in rows, some of them filled */
const Squares = ({ count, live, side }) => (
  <>
    {Array.from({ length: count * count }, (_, i) => (
      <rect
        key={i}
        class={live(i) ? 'full' : 'empty'}
        x={(i % count) * side + 1}
        y={Math.floor(i / count) * side + 1}
        width={side - 2}
        height={side - 2}
      />
    ))}
  </>
);

/** A stroke as a 7×7 grid of pool windows sees it. */
const STROKE = new Set([9, 10, 11, 17, 18, 24, 25, 31, 32, 38, 37]);

const REASONS = /** @type {const} */ ([
  {
    key: 'multiplications',
    picture: (
      <>
        <Squares count={6} side={8} live={() => true} />
        <text x="56" y="30">
          324 → 64
        </text>
      </>
    ),
  },
  {
    key: 'blank',
    picture: <Squares count={7} side={7} live={(i) => STROKE.has(i)} />,
  },
  {
    key: 'turned',
    picture: (
      <>
        {[0, 1, 2, 3].map((turn) => (
          <g key={turn} transform={`translate(${12 + 26 * turn} 24) rotate(${-90 * turn})`}>
            <path class="stroke" d="M-6 8V-8H6" />
          </g>
        ))}
      </>
    ),
  },
  {
    key: 'agree',
    picture: (
      <path class="stroke" d="M8 6v8l10 8M28 6v8L18 22M58 6v8l10 8M78 6v8L68 22M18 22v6l25 10M68 22v6L43 38v8" />
    ),
  },
  {
    key: 'simd',
    picture: (
      <>
        {[0, 1, 2, 3].map((lane) => (
          <g key={lane}>
            <rect class="full" x={lane * 20 + 2} y="4" width="16" height="12" />
            <rect class="full" x={lane * 20 + 2} y="34" width="16" height="12" />
            <path class="stroke" d={`M${lane * 20 + 10} 18v14`} />
          </g>
        ))}
      </>
    ),
  },
]);

export function Reasons() {
  const words = t.value.speed;
  const saidOf = (/** @type {(typeof REASONS)[number]['key']} */ key) =>
    key === 'turned' && task.value !== 'turns' ? words.changed : words[key];
  return (
    <Fold title={words.reasons}>
      <ul class="reasons">
        {REASONS.map(({ key, picture }) => (
          <li key={key}>
            <svg viewBox="0 0 110 50" aria-hidden="true">
              {picture}
            </svg>
            <b>{saidOf(key).title}</b>
            <p>{saidOf(key).text}</p>
          </li>
        ))}
      </ul>
    </Fold>
  );
}
