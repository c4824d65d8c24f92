// What begins when the page is up: keeping the run, the table of runs, and the offer to go on with a kept one.
import { begun } from '../../session/session.js';
import { followRuns } from '../../shared/runs.js';
import { offerView } from './slot.js';
import { continueRun, filesProblem, filesWanted, giveFiles, offer, startFresh, startKeeping } from './state.js';
import './offer.css';

export function start() {
  followRuns();
  offerView.value = Offer;
  return startKeeping();
}

function Offer() {
  const run = offer.value;
  if (!run || begun.value) return null;
  const time = new Date(run.time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <section class="offer over-page" aria-label="Kept run">
      <p>
        <b>A run from {time} is kept here.</b> {run.text}
      </p>
      <div class="offer-buttons">
        {filesWanted.value ? (
          <Files names={filesWanted.value.files.map(({ name }) => name)} />
        ) : run.sound ? (
          <button type="button" class="button primary" onClick={() => void continueRun()}>
            Continue it
          </button>
        ) : null}
        <button type="button" class="button" onClick={() => void startFresh()}>
          Start fresh
        </button>
      </div>
    </section>
  );
}

/** The run learned from files that this browser has not kept. @param {{ names: string[] }} props */
function Files({ names }) {
  return (
    <div class="offer-files">
      <label for="offer-files">
        It learned from your files, which are not kept here. To go on, choose them again: <b>{names.join(', ')}</b>
      </label>
      <input
        id="offer-files"
        type="file"
        multiple
        onChange={(event) => void giveFiles([...(event.currentTarget.files ?? [])])}
      />
      {filesProblem.value && (
        <p class="note error" role="alert">
          {filesProblem.value}
        </p>
      )}
    </div>
  );
}
