// The run as a Python script, for Keras or PyTorch: to read, to copy, to take away.
import { useState } from 'preact/hooks';
import { GENERATED_SEED, resolved } from '../../data/sources.js';
import { Copy } from '../../components/copy.jsx';
import { Segments } from '../../components/field.jsx';
import { t } from '../../messages/messages.js';
import { dataInfo, mixedIn, rateChanged, started } from '../../session/session.js';
import { settings } from '../../state/settings.js';
import { kerasScript } from './code-keras.js';
import { FILE_NAMES } from './code-run.js';
import { torchScript } from './code-torch.js';
import { download } from './download.js';
import '../../components/program-text.css';
import './as-code.css';

const SCRIPTS = { keras: kerasScript, torch: torchScript };
/** As the libraries call themselves. */
const TITLES = /** @type {const} */ ([
  ['keras', 'Keras'],
  ['torch', 'PyTorch'],
]);

/** What is written; null: there is no run yet. @returns {import('./code-run.js').CodeRun | null} */
function present() {
  const [plan, info] = [started.value, dataInfo.value];
  if (!plan || !info) return null;
  const { source, train, test, splits } = info;
  const choice = resolved(settings.data.value);
  const kind = mixedIn.value !== '' || choice === 'own' ? 'own' : choice === 'mnist' ? 'mnist' : 'generated';
  return {
    settings: plan,
    data: { kind, source, train, test, seed: GENERATED_SEED, splits },
    lost: [
      ...(rateChanged.value ? /** @type {const} */ (['rate']) : []),
      ...(mixedIn.value !== '' ? /** @type {const} */ (['digits']) : []),
    ],
  };
}

export function AsCode() {
  const words = t.value.code;
  const [library, setLibrary] = useState(/** @type {import('./code-run.js').Library} */ ('keras'));
  const run = present();
  if (!run) return <p class="note">{words.none}</p>;
  const script = SCRIPTS[library](run);
  return (
    <>
      <p class="note">{words.note}</p>
      <div class="keep-buttons">
        <Segments label={words.library} choices={TITLES} value={library} onChoose={setLibrary} />
        <Copy text={script} label={words.copy} />
        <button
          type="button"
          class="button small"
          onClick={() => download(FILE_NAMES[library], script, 'text/x-python')}
        >
          {words.save({ file: FILE_NAMES[library] })}
        </button>
      </div>
      <pre
        class="program-text script"
        tabIndex={0}
        role="region"
        aria-label={FILE_NAMES[library]}
        lang="en"
        translate={false}
      >
        <code>{script}</code>
      </pre>
    </>
  );
}
