// Accuracy against the number of labels, on a logarithmic axis: mean of the seeds, with the standard deviation as a bar.
import { useState } from 'preact/hooks';
import { RUN_COLOURS } from '../../shared/curves.jsx';
import { percent, whole } from '../../components/format.js';
import { ARMS, RUN_TITLES } from '../../session/session.js';

/** @typedef {import('./statistics.js').Group} Group */

const WIDTH = 640;
const HEIGHT = 300;
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 16, 14, 40];
const SHAPES = {
  self_supervised: 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0',
  random: 'M-5-5h10v10h-10z',
  supervised: 'M0-6L6 5H-6z',
};

/** @param {{ found: Group[], table: string }} props two groups at least; `table`: id of the table that has these figures */
export function BudgetChart({ found, table }) {
  /** Labels of the group that pointer or keys are at. */
  const [near, setNear] = useState(/** @type {number | null} */ (null));
  const [walking, setWalking] = useState(false);
  const [first, last] = [found[0].labels, found[found.length - 1].labels];
  const edges = found.flatMap(({ full }) =>
    ARMS.flatMap((arm) => [full[arm].mean - (full[arm].deviation ?? 0), full[arm].mean + (full[arm].deviation ?? 0)]),
  );
  const low = Math.max(0, Math.floor(Math.min(...edges) * 10) / 10);
  const high = Math.min(1, Math.ceil(Math.max(...edges) * 10) / 10);
  const x = (/** @type {number} */ labels) =>
    LEFT + ((WIDTH - LEFT - RIGHT) * Math.log(labels / first)) / Math.log(last / first);
  const y = (/** @type {number} */ share) => TOP + ((HEIGHT - TOP - BOTTOM) * (high - share)) / (high - low || 1);
  const every = high - low > 0.45 ? 0.2 : 0.1;
  const levels = [];
  for (let level = Math.ceil(low / every - 1e-9) * every; level <= high + 1e-9; level += every) levels.push(level);
  const place = found.findIndex((group) => group.labels === near);
  const shown = place < 0 ? found[found.length - 1] : found[place];
  const summary = `${whole(shown.labels)} labels: ${ARMS.map((arm) => `${RUN_TITLES[arm]} ${text(shown.full[arm])}`).join(', ')}`;
  /** @param {KeyboardEvent} event */
  const walk = (event) => {
    const end = found.length - 1;
    const places = /** @type {Record<string, number>} */ ({
      ArrowLeft: Math.max(0, (place < 0 ? end + 1 : place) - 1),
      ArrowRight: Math.min(end, (place < 0 ? end - 1 : place) + 1),
      Home: 0,
      End: end,
    });
    const next = places[event.key];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setWalking(true);
    setNear(found[next].labels);
  };
  const leave = () => {
    setWalking(false);
    setNear(null);
  };
  return (
    <figure class="chart budget-chart">
      <figcaption>
        <span class="chart-title">Test accuracy over labels</span>
        <span class="chart-where">{whole(shown.labels)} labels</span>
      </figcaption>
      <div
        class="budget-plot"
        role="application"
        aria-roledescription="chart"
        aria-label={`Test accuracy over labels, logarithmic axis. ${summary}. Arrow keys go from budget to budget.`}
        aria-details={table}
        tabIndex={0}
        onKeyDown={walk}
        onBlur={leave}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" onPointerLeave={leave}>
          {levels.map((level) => (
            <g key={level}>
              <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(level)} y2={y(level)} stroke="var(--line)" />
              <text x={LEFT - 8} y={y(level) + 4} text-anchor="end">
                {percent(level, 0)}
              </text>
            </g>
          ))}
          {found.map(({ labels }) => (
            <text key={labels} x={x(labels)} y={HEIGHT - BOTTOM + 20} text-anchor="middle">
              {whole(labels)}
            </text>
          ))}
          <text x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 4} text-anchor="middle">
            labelled images
          </text>
          <line x1={x(shown.labels)} x2={x(shown.labels)} y1={TOP} y2={HEIGHT - BOTTOM} stroke="var(--edge)" />
          {ARMS.map((arm) => (
            <g key={arm} stroke={`var(${RUN_COLOURS[arm]})`} fill={`var(${RUN_COLOURS[arm]})`}>
              <polyline
                fill="none"
                stroke-width="2"
                points={found.map(({ labels, full }) => `${x(labels)},${y(full[arm].mean)}`).join(' ')}
              />
              {found.map(
                ({
                  labels,
                  full: {
                    [arm]: { mean, deviation },
                  },
                }) => (
                  <g key={labels} transform={`translate(${x(labels)} 0)`}>
                    {deviation !== null && (
                      <path
                        fill="none"
                        stroke-width="1.5"
                        d={`M0 ${y(mean - deviation)}V${y(mean + deviation)}M-4 ${y(mean - deviation)}h8M-4 ${y(mean + deviation)}h8`}
                      />
                    )}
                    <path d={SHAPES[arm]} transform={`translate(0 ${y(mean)})`} stroke="var(--card)" />
                  </g>
                ),
              )}
            </g>
          ))}
          {found.map((group, i) => {
            const from = i === 0 ? 0 : (x(found[i - 1].labels) + x(group.labels)) / 2;
            const to = i === found.length - 1 ? WIDTH : (x(found[i + 1].labels) + x(group.labels)) / 2;
            return (
              <rect
                key={group.labels}
                x={from}
                y={0}
                width={to - from}
                height={HEIGHT}
                fill="transparent"
                onPointerEnter={() => setNear(group.labels)}
              />
            );
          })}
        </svg>
      </div>
      <p class="visually-hidden" role="status">
        {walking ? summary : ''}
      </p>
      <ul class="legend">
        {ARMS.map((arm) => (
          <li key={arm} style={{ '--series': `var(${RUN_COLOURS[arm]})` }}>
            <svg class="shape" viewBox="-7 -7 14 14" aria-hidden="true">
              <path d={SHAPES[arm]} fill={`var(${RUN_COLOURS[arm]})`} />
            </svg>
            {RUN_TITLES[arm]} <b>{text(shown.full[arm])}</b>
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** @param {import('./statistics.js').Summary} summary */
export const text = ({ mean, deviation }) =>
  deviation === null ? percent(mean, 2) : `${percent(mean, 2)} ± ${(100 * deviation).toFixed(2)}`;
