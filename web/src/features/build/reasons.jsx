// Why: five ideas, each with a small picture.
import { Fold } from '../../components/fold.jsx';

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

const REASONS = [
  {
    title: 'Fewer multiplications',
    text: 'Winograd’s method makes all 6×6 results of a 3×3 convolution from 64 products per channel pair instead of 324: add first, multiply less, add again.',
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
    title: 'Blank paper costs nothing',
    text: 'More than half of the first layer’s windows on a digit see no ink. Their answer is known before: it is skipped, exactly.',
    picture: <Squares count={7} side={7} live={(i) => STROKE.has(i)} />,
  },
  {
    title: 'Turned by reading',
    text: 'Nobody makes four turned copies. A turn is another order of reading the same 784 bytes.',
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
    title: 'Threads that always agree',
    text: 'Each thread takes whole pieces of a batch; their sums are added in one fixed order. So one thread or eight give the same weights, to the last bit.',
    picture: (
      <path class="stroke" d="M8 6v8l10 8M28 6v8L18 22M58 6v8l10 8M78 6v8L68 22M18 22v6l25 10M68 22v6L43 38v8" />
    ),
  },
  {
    title: 'Four numbers at once, rounded once',
    text: 'SIMD works on four numbers in one go. Relaxed SIMD also joins multiply and add into one step, where the browser has it.',
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
];

export function Reasons() {
  return (
    <Fold title="Why">
      <ul class="reasons">
        {REASONS.map(({ title, text, picture }) => (
          <li key={title}>
            <svg viewBox="0 0 110 50" aria-hidden="true">
              {picture}
            </svg>
            <b>{title}</b>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </Fold>
  );
}
