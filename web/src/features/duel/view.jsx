// The three arms: curves together, and what each reaches on digits it has never seen.
import { Curves, RUN_COLOURS } from '../../shared/curves.jsx';
import { kind } from '../../data/sources.js';
import { percent } from '../../messages/intl.js';
import { dataTitle } from '../../messages/data-title.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { ARMS, RUN_TITLES, dataInfo, started } from '../../session/session.js';
import { task } from '../../shared/task.js';
import { LabelBudget } from './label-budget.jsx';
import { MoreRuns } from './more-runs.jsx';
import { Readings } from './readings.jsx';
import { marks, scores } from './state.js';
import './duel.css';

/** @returns {Record<import('../../engine/types').Arm, string>} */
function stories() {
  const words = t.value.duel.story;
  return {
    ...words,
    self_supervised: words.self_supervised({ task: task.value }),
    supervised: words.supervised(kind.value),
  };
}

export function Duel() {
  return (
    <>
      <Arms />
      <Readings />
      <MoreRuns />
    </>
  );
}

function Arms() {
  const labels = started.value?.labels ?? 1000;
  const words = t.value.duel;
  const story = stories();
  return (
    <div class="card">
      <LabelBudget />
      <div class="scores">
        {scores.value.map(({ arm, state, stoppedEarly, few, full }) => (
          <section key={arm} class="score" style={{ '--series': `var(${RUN_COLOURS[arm]})` }} data-arm={arm}>
            <h3>
              <span class="swatch" /> {RUN_TITLES[arm]}
            </h3>
            <p class="score-figure">{full ? percent(full.accuracy) : state === 'training' ? words.training : '–'}</p>
            <p class="note">{story[arm]}</p>
            <AccuracyBar score={full} />
            {few && few.count !== full?.count && <AccuracyBar score={few} />}
            {stoppedEarly > 0 && <p class="note">{words.stoppedEarly({ epoch: stoppedEarly })}</p>}
          </section>
        ))}
      </div>
      <Curves runs={ARMS} chance={0.1} validated sync="duel" marks={marks.value} />
      <p class="note">{words.note({ labels, source: dataTitle(dataInfo.value?.source) })}</p>
    </div>
  );
}

/** For style sheets, which know no language. @param {number} share */
const wide = (share) => `${(100 * share).toFixed(1)}%`;

/** @param {{ score: import('./state.js').Score | null }} props */
function AccuracyBar({ score }) {
  if (!score) return <div class="accuracy untested" />;
  const words = t.value.duel;
  return (
    <div class="accuracy">
      <div class="accuracy-track" role="img" aria-label={words.accuracyName(score)}>
        <span class="accuracy-fill" style={{ width: wide(score.accuracy) }} />
        <span class="accuracy-whisker" style={{ left: wide(score.low), width: wide(score.high - score.low) }} />
      </div>
      <p class="accuracy-text">
        <Rich text={words.accuracy(score)} parts={{ b: (inner) => <b>{inner}</b> }} />
        <span class="accuracy-interval">{words.interval(score)}</span>
      </p>
    </div>
  );
}
