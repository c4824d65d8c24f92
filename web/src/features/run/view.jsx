// Train, pause, step, reset, and where training stands.
import { useEffect } from 'preact/hooks';
import { percent } from '../../components/format.js';
import {
  begun,
  canTrain,
  openLab,
  pause,
  problem,
  restart,
  restartWanted,
  share,
  stage,
  step,
  train,
  trainEpoch,
} from '../../state/lab.js';
import { announcement, line, tabTitle } from './state.js';
import './run.css';

/** The bar that stays in sight: the one obvious button, and how far training has come. */
export function RunBar() {
  const running = stage.value === 'running';
  const over = stage.value === 'finished' || stage.value === 'failed';
  const broken = stage.value === 'broken';
  useEffect(
    () =>
      tabTitle.subscribe((title) => {
        document.title = title;
      }),
    [],
  );
  return (
    <div class="run-bar" role="group" aria-label="Training">
      <div class="run-inner">
        {broken ? (
          <button type="button" class="button primary" onClick={() => void openLab()}>
            Start the engine again
          </button>
        ) : over ? (
          <button type="button" class="button primary" onClick={() => void restart()}>
            Start over
          </button>
        ) : (
          <button
            type="button"
            class="button primary"
            disabled={!running && !canTrain.value}
            onClick={() => void (running ? pause() : train())}
          >
            <Icon path={running ? 'M7 5h3v14H7zM14 5h3v14h-3z' : 'M8 5v14l11-7z'} />
            {running ? 'Pause' : begun.value ? 'Resume' : 'Train'}
          </button>
        )}
        <button
          type="button"
          class="button quiet"
          disabled={!canTrain.value}
          onClick={() => void step()}
          title="One training step"
        >
          <Icon path="M6 5v14l9-7zM16 5h3v14h-3z" />
          <span class="run-name">Step</span>
        </button>
        <button
          type="button"
          class="button quiet"
          disabled={!canTrain.value}
          onClick={() => void trainEpoch()}
          title="To the end of this epoch"
        >
          <Icon path="M4 5v14l7-7zM11 5v14l7-7zM18 5h3v14h-3z" />
          <span class="run-name">Epoch</span>
        </button>
        <button
          type="button"
          class={restartWanted.value ? 'button wanted' : 'button quiet'}
          disabled={broken || !(begun.value || restartWanted.value)}
          onClick={() => void restart()}
          title="Back to the initial weights"
        >
          <Icon path="M12 5a7 7 0 1 1-6.6 4.7l1.9.7A5 5 0 1 0 12 7v3L7 6l5-4z" />
          <span class="run-name">Reset</span>
        </button>
        <div class="run-line">
          <span>{line.value}</span>
          {restartWanted.value && <span class="run-note">Reset takes up your new settings.</span>}
        </div>
      </div>
      <div
        class="run-progress"
        role="progressbar"
        aria-label="Progress of the whole experiment"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(100 * share.value)}
        aria-valuetext={percent(share.value, 0)}
      >
        <span style={{ width: `${100 * share.value}%` }} />
      </div>
      {problem.value && (
        <p class="problem" role="alert">
          {problem.value}
        </p>
      )}
      <p class="visually-hidden" role="status">
        {announcement.value}
      </p>
    </div>
  );
}

/** @param {{ path: string }} props */
function Icon({ path }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
