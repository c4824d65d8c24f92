// Keep and share: what is kept here, links, and files to take away.
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { Copy } from '../../components/copy.jsx';
import { Fold } from '../../components/fold.jsx';
import { wordsOf } from '../../messages/faults.js';
import { t } from '../../messages/messages.js';
import { ARMS, RUN_TITLES, begun, build, mixed, mixedIn, rateChanged } from '../../session/session.js';
import { keepProblem, lastKept } from './state.js';
import { charts, savePicture } from './pictures.js';
import { AsCode } from './as-code.jsx';
import { Collect } from './collect.jsx';
import { Lesson } from './lesson.jsx';
import { Reproduce } from './reproduce.jsx';
import { preparing, printAll } from '../../state/printing.js';
import { Fault } from '../../state/fault.js';
import { isGenerated } from '../../data/sources.js';
import { settings, shareLink } from '../../state/settings.js';
import './keep.css';

/** Why the file that was asked for last is not there; null: it is. */
const problem = signal(/** @type {unknown} */ (null));
/** What is to be known of the file that was saved last. @typedef {'altered' | ''} Remark */
const remark = signal(/** @type {Remark} */ (''));

/** @param {() => Promise<Remark | void>} work */
async function attempt(work) {
  problem.value = null;
  remark.value = '';
  try {
    remark.value = (await work()) ?? '';
  } catch (error) {
    problem.value = error;
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
      <Fold quiet class="card" title={t.value.code.title}>
        <AsCode />
      </Fold>
      <Fold quiet class="card" title={t.value.results.collectTitle}>
        <Collect />
      </Fold>
    </>
  );
}

function Keep() {
  const words = t.value.keep;
  const missing = left();
  return (
    <div class="card keep">
      <section aria-labelledby="keep-here">
        <h3 id="keep-here">{words.here}</h3>
        <KeptHere />
      </section>
      <section aria-labelledby="keep-link">
        <h3 id="keep-link">{words.link}</h3>
        <p class="note">
          {words.linkNote({ rounding: rounding() })} {missing.length > 0 && words.notInLink({ missing })}
        </p>
        <div class="keep-buttons">
          <Copy text={shareLink(undefined, isGenerated())} label={words.copyLink} />
          <Lesson />
        </div>
      </section>
      <section aria-labelledby="keep-files">
        <h3 id="keep-files">{words.files}</h3>
        <div class="keep-buttons">
          <Save what={words.curves} work={async () => (await files()).saveCurves()} />
          <Save what={words.runs} work={async () => (await files()).saveRuns()} />
          <Save what={words.everything} work={async () => (await files()).saveEverything()} />
          <Save what={words.weights} work={async () => (await files()).saveWeights()} />
        </div>
        <Onnx />
        <Pictures />
        <Print />
        {problem.value !== null && (
          <p class="note error" role="alert">
            {wordsOf(problem.value)}
          </p>
        )}
        {remark.value && (
          <p class="note" role="status">
            {words.remarks[remark.value]}
          </p>
        )}
      </section>
    </div>
  );
}

const rounding = () => (build.value ? (build.value.info.fused ? 'fused' : 'unfused') : '');

/** What of the present run no link can hold, by keys of the messages. */
const left = () => [
  ...(settings.data.value === 'own' ? /** @type {const} */ (['files']) : []),
  ...(mixedIn.value !== '' ? /** @type {const} */ (['digits']) : []),
  ...(rateChanged.value ? /** @type {const} */ (['rate']) : []),
  ...(mixed.value ? /** @type {const} */ (['arithmetic']) : []),
];

/** @param {{ what: string, work: () => Promise<Remark | void> }} props */
function Save({ what, work }) {
  return (
    <button type="button" class="button small" onClick={() => void attempt(work)}>
      {what}
    </button>
  );
}

function KeptHere() {
  const words = t.value.keep;
  if (keepProblem.value)
    return (
      <p class="note error" role="alert">
        {wordsOf(keepProblem.value)}
      </p>
    );
  const kept = lastKept.value;
  const text = kept
    ? words.keptAt({ moment: kept.time, bytes: kept.bytes })
    : begun.value
      ? words.beingKept
      : words.willKeep;
  return (
    <p class="note">
      {text} {words.comesBack}
    </p>
  );
}

function Onnx() {
  const words = t.value.keep;
  const [network, setNetwork] = useState(/** @type {import('./onnx.js').Exported} */ ('self_supervised'));
  return (
    <div class="keep-row">
      <label>
        {words.network}{' '}
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
      <Save what={words.saveOnnx} work={async () => (await files()).saveOnnx(network)} />
      <p class="note">{words.onnxNote}</p>
    </div>
  );
}

function Print() {
  const words = t.value.keep;
  return (
    <div class="keep-row">
      <button type="button" class="button small" disabled={preparing.value} onClick={() => void printAll()}>
        {preparing.value ? words.preparing : words.print}
      </button>
      <p class="note">{words.printNote}</p>
    </div>
  );
}

function Pictures() {
  const words = t.value.keep;
  const [found, setFound] = useState(/** @type {import('./pictures.js').Picture[]} */ ([]));
  const [chosen, setChosen] = useState(0);
  const look = () => setFound(charts());
  useEffect(look, []);
  return (
    <div class="keep-row" onFocusCapture={look} onPointerEnter={look}>
      <label>
        {words.chart}{' '}
        <select value={chosen} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
          {found.map(({ name }, i) => (
            <option key={name} value={i}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Save
        what={words.savePng}
        work={async () => {
          const picture = charts()[chosen];
          if (!picture) throw new Fault('noChart');
          return savePicture(picture);
        }}
      />
    </div>
  );
}
