// The three arms: curves together, and what each reaches on digits it has never seen.
import { Curves, RUN_COLOURS } from '../../shared/curves.jsx';
import { percent, whole } from '../../components/format.js';
import { kind } from '../../data/sources.js';
import { ARMS, RUN_TITLES, dataInfo, started } from '../../session/session.js';
import { LabelBudget } from './label-budget.jsx';
import { MoreRuns } from './more-runs.jsx';
import { marks, scores } from './state.js';
import './duel.css';

/** @returns {Record<import('../../engine/types').Arm, string>} */
const story = () => ({
  self_supervised: 'Keeps what rotation taught it, frozen; learns only the last layer.',
  random: 'Keeps random weights, frozen; learns only the last layer.',
  supervised: `Learns everything, from the labelled ${kind.value.many} alone.`,
});

export function Duel() {
  return (
    <>
      <Arms />
      <MoreRuns />
    </>
  );
}

function Arms() {
  const labels = started.value?.labels ?? 1000;
  return (
    <div class="card">
      <LabelBudget />
      <div class="scores">
        {scores.value.map(({ arm, state, stoppedEarly, few, full }) => (
          <section key={arm} class="score" style={{ '--series': `var(${RUN_COLOURS[arm]})` }} data-arm={arm}>
            <h3>
              <span class="swatch" /> {RUN_TITLES[arm]}
            </h3>
            <p class="score-figure">{full ? percent(full.accuracy) : state === 'training' ? 'training…' : '–'}</p>
            <p class="note">{story()[arm]}</p>
            <AccuracyBar score={full} />
            {few && few.count !== full?.count && <AccuracyBar score={few} />}
            {stoppedEarly > 0 && <p class="note">Stopped early, after epoch {stoppedEarly}.</p>}
          </section>
        ))}
      </div>
      <Curves runs={ARMS} chance={0.1} validated sync="duel" marks={marks.value} />
      <p class="note">
        Test accuracy, with the 95% interval as a whisker. {whole(labels)} labelled images for each network. Data:{' '}
        {dataInfo.value?.source ?? '–'}.
      </p>
    </div>
  );
}

/** @param {{ score: import('./state.js').Score | null }} props */
function AccuracyBar({ score }) {
  if (!score) return <div class="accuracy untested" />;
  const text = `${percent(score.low)} to ${percent(score.high)}`;
  return (
    <div class="accuracy">
      <div
        class="accuracy-track"
        role="img"
        aria-label={`${percent(score.accuracy)} of ${whole(score.count)} test images, 95% interval ${text}`}
      >
        <span class="accuracy-fill" style={{ width: percent(score.accuracy) }} />
        <span class="accuracy-whisker" style={{ left: percent(score.low), width: percent(score.high - score.low) }} />
      </div>
      <p class="accuracy-text">
        <b>{percent(score.accuracy, 2)}</b> of {whole(score.count)}
        <span class="accuracy-interval">{text}</span>
      </p>
    </div>
  );
}
