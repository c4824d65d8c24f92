// A guess before the figure: it is asked for, never waited for, and shown beside the result.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Fold } from '../../components/fold.jsx';
import { forgetGuesses, noteGuess, readTried, tried } from '../../data/tried.js';
import { taskOf } from '../../data/records.js';
import { kindKey } from '../../data/sources.js';
import { t } from '../../messages/messages.js';
import { begun, started } from '../../session/session.js';
import { lesson } from '../../state/settings.js';
import { shareOf } from './reading.js';
import { chosen, probes, standing } from './state.js';
import './guess.css';

/** Where the slider stands at first. */
const MIDDLE = 50;

export function Guess() {
  const guess = useSignal(MIDDLE);
  useEffect(() => void readTried(), []);
  if (lesson.hide.has('guess')) return null;
  const words = t.value.tries.guess;
  const labels = chosen.value;
  /** @type {number | undefined} */
  const given = tried.value.guesses[labels];
  const share = begun.value && standing.value?.over ? shareOf(probes.value, 'pretext', labels) : null;
  return (
    <Fold plain class="guess" title={words.title}>
      {given === undefined ? (
        <div class="guess-form">
          <p>{words.question({ labels, kind: kindKey.value, task: taskOf(started.value) })}</p>
          <input
            type="range"
            min={0}
            max={100}
            aria-label={words.slider}
            aria-valuetext={words.value({ guess: guess.value })}
            value={guess.value}
            onInput={(event) => (guess.value = Number(event.currentTarget.value))}
          />
          <output>{words.value({ guess: guess.value })}</output>
          <button type="button" class="button small" onClick={() => void noteGuess(labels, guess.value)}>
            {words.keep}
          </button>
        </div>
      ) : (
        <div class="guess-form" role="status">
          <p>{share ? words.found({ guess: given, ...share }) : words.waiting({ guess: given })}</p>
          <button type="button" class="button small quiet" onClick={() => void forgetGuesses()}>
            {words.forget}
          </button>
        </div>
      )}
    </Fold>
  );
}
