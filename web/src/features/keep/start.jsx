// What begins when the page is up: keeping the run, the table of runs, and the offer to go on with a kept one.
import { dataTitle } from '../../messages/data-title.js';
import { wordsOf } from '../../messages/faults.js';
import { laterWords, t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { RUN_TITLES, begun } from '../../session/session.js';
import { followRuns } from '../../shared/runs.js';
import { offerView } from './slot.js';
import { continueRun, filesProblem, filesWanted, giveFiles, offer, startFresh, startKeeping } from './state.js';
import './offer.css';

/** @returns {Promise<boolean>} whether a kept run is offered */
export async function start() {
  void laterWords().catch(() => {}); // a run is kept also where no words come
  followRuns();
  offerView.value = Offer;
  await startKeeping();
  return offer.peek() !== null;
}

function Offer() {
  const run = offer.value;
  const words = t.value.keep;
  if (!run || begun.value || !words) return null;
  return (
    <section class="offer over-page" aria-label={words.offer}>
      <p>
        <b>{words.offerTitle({ moment: run.time })}</b> {run.stands ? standing(run.stands) : words.unusable}
      </p>
      <div class="offer-buttons">
        {filesWanted.value ? (
          <Files names={filesWanted.value.files.map(({ name }) => name)} />
        ) : run.stands ? (
          <button type="button" class="button primary" onClick={() => void continueRun()}>
            {words.goOn}
          </button>
        ) : null}
        <button type="button" class="button" onClick={() => void startFresh()}>
          {words.startFresh}
        </button>
      </div>
    </section>
  );
}

/** Where a kept run stands. @param {import('./state.js').Standing} run */
function standing({ place, seed, source: name, task }) {
  const source = dataTitle(name);
  const words = t.value.keep;
  if (!place) return words.standsSomewhere({ seed, source });
  const { phase, share } = place;
  if (phase === 'finished' || phase === 'failed') return words[phase]({ seed, source });
  // Of its own task, which need not be that of the page as it stands.
  const { tasks } = t.value.common;
  const pretext = tasks[/** @type {keyof typeof tasks} */ (task in tasks ? task : 'turns')].title;
  return words.stands({ run: phase === 'pretext' ? pretext : RUN_TITLES[phase], share, seed, source });
}

/** The run learned from files that this browser has not kept. @param {{ names: string[] }} props */
function Files({ names }) {
  return (
    <div class="offer-files">
      <label for="offer-files">
        <Rich text={t.value.keep.filesWanted} parts={{ names: () => <b>{names.join(', ')}</b> }} />
      </label>
      <input
        id="offer-files"
        type="file"
        multiple
        onChange={(event) => void giveFiles([...(event.currentTarget.files ?? [])])}
      />
      {filesProblem.value.length > 0 && (
        <p class="note error" role="alert">
          {filesProblem.value.map(wordsOf).join(' ')}
        </p>
      )}
    </div>
  );
}
