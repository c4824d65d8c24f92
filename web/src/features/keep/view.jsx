// Keep and share: what is kept here, links, and files to take away.
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { Copy } from '../../components/copy.jsx';
import { whole } from '../../components/format.js';
import { ARMS, RUN_TITLES, begun, build, mixed, mixedIn, rateChanged } from '../../session/session.js';
import { keepProblem, lastKept } from './state.js';
import { charts, savePicture } from './pictures.js';
import { Lesson } from './lesson.jsx';
import { Reproduce } from './reproduce.jsx';
import { preparing, printAll } from '../../state/printing.js';
import { settings, shareLink } from '../../state/settings.js';
import './keep.css';

const problem = signal('');
/** What is to be known of the file that was saved last. */
const remark = signal('');

/** @param {() => unknown} work may give what is to be said of it */
async function attempt(work) {
  problem.value = remark.value = '';
  try {
    const said = await work();
    if (typeof said === 'string') remark.value = said;
  } catch (error) {
    problem.value = error instanceof Error ? error.message : String(error);
  }
}

const files = () => import('./export.js');

export function KeepSection() {
  return (
    <>
      <div class="card">
        <Reproduce />
      </div>
      <Keep />
    </>
  );
}

function Keep() {
  return (
    <div class="card keep">
      <section aria-labelledby="keep-here">
        <h3 id="keep-here">In this browser</h3>
        <KeptHere />
      </section>
      <section aria-labelledby="keep-link">
        <h3 id="keep-link">As a link</h3>
        <p class="note">
          The link holds the settings and the seed, not the weights: whoever opens it and presses Train makes this run
          again{build.value ? `, with the same signature where the engine rounds as this one does (${rounding()})` : ''}
          . {left()}
        </p>
        <div class="keep-buttons">
          <Copy text={shareLink()} label="Copy the link" />
          <Lesson />
        </div>
      </section>
      <section aria-labelledby="keep-files">
        <h3 id="keep-files">As files</h3>
        <div class="keep-buttons">
          <Save what="Curves, CSV" work={async () => (await files()).saveCurves()} />
          <Save what="Table of runs, CSV" work={async () => (await files()).saveRuns()} />
          <Save what="Everything, JSON" work={async () => (await files()).saveEverything()} />
          <Save what="Weights, safetensors" work={async () => (await files()).saveWeights()} />
        </div>
        <Onnx />
        <Pictures />
        <Print />
        {problem.value && (
          <p class="note error" role="alert">
            {problem.value}
          </p>
        )}
        {remark.value && (
          <p class="note" role="status">
            {remark.value}
          </p>
        )}
      </section>
    </div>
  );
}

const rounding = () => (build.value?.info.fused ? 'fused' : 'unfused');

/** What of the present run no link can hold, in words. */
function left() {
  const missing = [
    settings.data.value === 'own' ? 'your files' : '',
    mixedIn.value !== '' ? 'your own digits' : '',
    rateChanged.value ? 'the change of a learning rate on the way' : '',
    mixed.value ? 'the change of the arithmetic on the way' : '',
  ].filter(Boolean);
  return missing.length > 0 ? `It does not hold ${missing.join(', nor ')}, so that the result is another.` : '';
}

/** @param {{ what: string, work: () => unknown }} props */
function Save({ what, work }) {
  return (
    <button type="button" class="button small" onClick={() => void attempt(work)}>
      {what}
    </button>
  );
}

function KeptHere() {
  if (keepProblem.value)
    return (
      <p class="note error" role="alert">
        {keepProblem.value}
      </p>
    );
  const kept = lastKept.value;
  const text = kept
    ? `Kept at ${new Date(kept.time).toLocaleTimeString()}, ${whole(kept.bytes / 1024)} KB: weights, optimisers, random state, curves and the moments of the map.`
    : begun.value
      ? 'Being kept…'
      : 'As soon as it trains, the run is kept here every few seconds.';
  return <p class="note">{text} Close or reload the page, and it offers to go on exactly there.</p>;
}

function Onnx() {
  const [network, setNetwork] = useState(/** @type {import('./onnx.js').Exported} */ ('self_supervised'));
  return (
    <div class="keep-row">
      <label>
        A network for other programs{' '}
        <select
          value={network}
          onChange={(event) => setNetwork(/** @type {import('./onnx.js').Exported} */ (event.currentTarget.value))}
        >
          {ARMS.map((arm) => (
            <option key={arm} value={arm}>
              {RUN_TITLES[arm]}
            </option>
          ))}
          <option value="rotation">{RUN_TITLES.pretext}</option>
        </select>
      </label>
      <Save what="Save as ONNX" work={async () => (await files()).saveOnnx(network)} />
      <p class="note">Takes pixels 0 to 255, [N, 28, 28, 1], and gives probabilities; scaling is inside.</p>
    </div>
  );
}

function Print() {
  return (
    <div class="keep-row">
      <button type="button" class="button small" disabled={preparing.value} onClick={() => void printAll()}>
        {preparing.value ? 'Getting everything ready…' : 'Print, or save as PDF'}
      </button>
      <p class="note">The whole page on paper: every part, and the charts with their tables.</p>
    </div>
  );
}

function Pictures() {
  const [found, setFound] = useState(/** @type {import('./pictures.js').Picture[]} */ ([]));
  const [chosen, setChosen] = useState(0);
  const look = () => setFound(charts());
  useEffect(look, []);
  return (
    <div class="keep-row" onFocusCapture={look} onPointerEnter={look}>
      <label>
        A chart as a picture{' '}
        <select value={chosen} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
          {found.map(({ name }, i) => (
            <option key={name} value={i}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Save
        what="Save as PNG"
        work={() => {
          const picture = charts()[chosen];
          if (!picture) throw new Error('there is no chart on the page yet; scroll past the charts first');
          return savePicture(picture);
        }}
      />
    </div>
  );
}
