// Train, pause, step, reset, and where training stands.
import { useEffect } from 'preact/hooks';
import { ContentsButton } from '../../components/contents.jsx';
import { percent } from '../../messages/intl.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { FOREIGN } from '../../fault-data.js';
import {
  armsWanted,
  begun,
  canTrain,
  example,
  goOnSlower,
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
import { pace } from '../../shared/speed.js';
import { isFixed, lesson, settings } from '../../state/settings.js';
import { announcement, line, noticeText, problemText, tabTitle } from './state.js';
import './run.css';

/** The bar that stays in sight: the one obvious button, and how far training has come. */
export function RunBar() {
  const words = t.value.run;
  const running = stage.value === 'running';
  const over = stage.value === 'finished' || stage.value === 'failed';
  const broken = stage.value === 'broken';
  const counting = running || stage.value === 'paused';
  const slower = stage.value === 'failed' ? offeredRate(progress.value?.recovery) : 0;
  /** Then the first button does what the last one does otherwise. */
  const startsOver = over && !slower;
  useEffect(
    () =>
      tabTitle.subscribe((title) => {
        document.title = title;
      }),
    [],
  );
  return (
    <div class="run-bar" role="group" aria-label={words.name}>
      <div class="run-inner">
        {broken ? (
          <button type="button" class="button primary run-train" onClick={() => void openSession()}>
            {words.startEngine}
          </button>
        ) : slower ? (
          <button type="button" class="button primary run-train" onClick={() => void goOnSlower(slower)}>
            {words.slower({ rate: Number(slower.toPrecision(2)) })}
          </button>
        ) : startsOver ? (
          <button type="button" class="button primary run-train" onClick={() => void restart()}>
            {words.startOver}
          </button>
        ) : (
          <button
            type="button"
            class={begun.value || running ? 'button primary run-train' : 'button primary run-train inviting'}
            disabled={!running && !canTrain.value}
            onClick={() => void (running ? pause() : train())}
          >
            <Icon path={running ? 'M7 5h3v14H7zM14 5h3v14h-3z' : 'M8 5v14l11-7z'} />
            {running ? words.pause : begun.value ? words.resume : words.train}
          </button>
        )}
        <button
          type="button"
          class="button quiet run-tool"
          disabled={!canTrain.value}
          onClick={() => void step()}
          title={words.stepTitle}
        >
          <Icon path="M6 5v14l9-7zM16 5h3v14h-3z" />
          <span class="run-name">{words.step}</span>
        </button>
        <button
          type="button"
          class="button quiet run-tool"
          disabled={!canTrain.value}
          onClick={() => void trainEpoch()}
          title={words.epochTitle}
        >
          <Icon path="M4 5v14l7-7zM11 5v14l7-7zM18 5h3v14h-3z" />
          <span class="run-name">{words.epoch}</span>
        </button>
        <button
          type="button"
          class={[
            restartWanted.value && !armsWanted.value ? 'button wanted run-tool' : 'button quiet run-tool',
            ...(startsOver ? ['run-spare'] : []),
          ].join(' ')}
          disabled={broken || !(begun.value || restartWanted.value || example.value)}
          onClick={() => void restart()}
          title={words.resetTitle}
          data-testid="start-over"
        >
          <Icon path="M12 5a7 7 0 1 1-6.6 4.7l1.9.7A5 5 0 1 0 12 7v3L7 6l5-4z" />
          <span class="run-name">{words.reset}</span>
        </button>
        <ContentsButton />
        <div class="run-line">
          {/* Figures that change all the time are for no translator. */}
          <span key={String(counting)} translate={!counting}>
            {line.value}
          </span>
          {pace.value > 0 && (
            <span class="run-note">
              <Rich
                text={words.slowed({ pace: pace.value })}
                parts={{
                  button: (inner) => (
                    <button
                      type="button"
                      class="button small"
                      disabled={isFixed('pace')}
                      onClick={() => (settings.pace.value = 'full')}
                    >
                      {inner}
                    </button>
                  ),
                }}
              />
            </span>
          )}
          {restartWanted.value && (
            <span key={String(armsWanted.value)} class="run-note">
              {armsWanted.value && !lesson.hide.has('duel') ? (
                <Rich text={words.armsWanted} parts={{ a: (inner) => <a href="#duel">{inner}</a> }} />
              ) : (
                words.resetWanted
              )}
            </span>
          )}
        </div>
      </div>
      <div
        class="run-progress"
        role="progressbar"
        aria-label={words.progress}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(100 * share.value)}
        aria-valuetext={percent(share.value, 0)}
      >
        <span style={{ width: `${100 * share.value}%` }} />
      </div>
      {problemText.value && (
        <p class="problem" role="alert" lang={problem.value?.code === FOREIGN ? 'en' : undefined}>
          {problemText.value}
        </p>
      )}
      <p class="visually-hidden" role="status">
        {announcement.value}
      </p>
      <div class={noticeText.value ? 'notice over-page' : undefined} role="status">
        {noticeText.value && (
          <>
            <p>{noticeText.value}</p>
            <button type="button" class="button small" onClick={() => notify(null)}>
              {words.ok}
            </button>
          </>
        )}
      </div>
    </div>
  );
}

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
