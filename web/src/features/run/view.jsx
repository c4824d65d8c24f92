// Train, pause, step, reset, and where training stands.
import { useEffect } from 'preact/hooks';
import { ContentsButton } from '../../components/contents.jsx';
import { percent } from '../../components/format.js';
import {
  armsWanted,
  begun,
  canTrain,
  goOnSlower,
  notice,
  notify,
  openSession,
  pause,
  problem,
  progress,
  restart,
  restartWanted,
  share,
  stage,
  step,
  train,
  trainEpoch,
} from '../../session/session.js';
import { PROPERTIES } from '../../state/properties.js';
import { announcement, line, tabTitle } from './state.js';
import './run.css';

/** The bar that stays in sight: the one obvious button, and how far training has come. */
export function RunBar() {
  const running = stage.value === 'running';
  const over = stage.value === 'finished' || stage.value === 'failed';
  const broken = stage.value === 'broken';
  const counting = running || stage.value === 'paused';
  const slower = stage.value === 'failed' ? offeredRate(progress.value?.recovery) : 0;
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
          <button type="button" class="button primary run-train" onClick={() => void openSession()}>
            Start the engine again
          </button>
        ) : slower ? (
          <button type="button" class="button primary run-train" onClick={() => void goOnSlower(slower)}>
            Go on with rate {rateText(slower)}
          </button>
        ) : over ? (
          <button type="button" class="button primary run-train" onClick={() => void restart()}>
            Start over
          </button>
        ) : (
          <button
            type="button"
            class={begun.value || running ? 'button primary run-train' : 'button primary run-train inviting'}
            disabled={!running && !canTrain.value}
            onClick={() => void (running ? pause() : train())}
          >
            <Icon path={running ? 'M7 5h3v14H7zM14 5h3v14h-3z' : 'M8 5v14l11-7z'} />
            {running ? 'Pause' : begun.value ? 'Resume' : 'Train'}
          </button>
        )}
        <button
          type="button"
          class="button quiet run-tool"
          disabled={!canTrain.value}
          onClick={() => void step()}
          title="One training step"
        >
          <Icon path="M6 5v14l9-7zM16 5h3v14h-3z" />
          <span class="run-name">Step</span>
        </button>
        <button
          type="button"
          class="button quiet run-tool"
          disabled={!canTrain.value}
          onClick={() => void trainEpoch()}
          title="To the end of this epoch"
        >
          <Icon path="M4 5v14l7-7zM11 5v14l7-7zM18 5h3v14h-3z" />
          <span class="run-name">Epoch</span>
        </button>
        <button
          type="button"
          class={restartWanted.value && !armsWanted.value ? 'button wanted run-tool' : 'button quiet run-tool'}
          disabled={broken || !(begun.value || restartWanted.value)}
          onClick={() => void restart()}
          title="Back to the initial weights"
        >
          <Icon path="M12 5a7 7 0 1 1-6.6 4.7l1.9.7A5 5 0 1 0 12 7v3L7 6l5-4z" />
          <span class="run-name">Reset</span>
        </button>
        <ContentsButton />
        <div class="run-line">
          {/* Figures that change all the time are for no translator. */}
          <span key={String(counting)} translate={!counting}>
            {line.value}
          </span>
          {restartWanted.value && (
            <span key={String(armsWanted.value)} class="run-note">
              {armsWanted.value ? (
                <>
                  <a href="#duel">Run the duel again</a> takes up your new settings.
                </>
              ) : (
                'Reset takes up your new settings.'
              )}
            </span>
          )}
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
      <div class={notice.value ? 'notice over-page' : undefined} role="status">
        {notice.value && (
          <>
            <p>{notice.value}</p>
            <button type="button" class="button small" onClick={() => notify('')}>
              OK
            </button>
          </>
        )}
      </div>
    </div>
  );
}

/** The engine keeps rates as 32-bit floats. @param {number} rate */
const rateText = (rate) => Number(rate.toPrecision(2)).toString();

/** What the controls can be set to; 0: nothing to offer. @param {import('../../engine/types').Progress['recovery']} [recovery] */
function offeredRate(recovery) {
  if (!recovery) return 0;
  const { min, max } = PROPERTIES[recovery.run === 'pretext' ? 'rate' : 'armRate'];
  const rate = Math.min(Number(recovery.rate.toPrecision(2)), max);
  return rate >= min ? rate : 0;
}

/** @param {{ path: string }} props */
function Icon({ path }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
