// The source of the kernels that run, to read: fetched when it is opened.
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Segments } from '../../components/field.jsx';
import { Fold } from '../../components/fold.jsx';
import { wordsOf } from '../../messages/faults.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { explained } from '../../offline/obtain.js';
import { build } from '../../session/session.js';
import { SOURCE } from '../../shared/links.js';
import { KERNELS, lineOf } from './kernel-files.js';
import '../../components/program-text.css';
import './kernel.css';

/** @typedef {import('./kernel-files.js').KernelName} KernelName */

const CHOICES = /** @type {KernelName[]} */ (Object.keys(KERNELS)).map((name) => /** @type {const} */ ([name, name]));

export const Kernel = () => (
  <Fold quiet class="kernel" title={t.value.speed.kernel.title}>
    <Source />
  </Fold>
);

function Source() {
  const words = t.value.speed.kernel;
  const name = useSignal(/** @type {KernelName} */ ('conv1'));
  const text = useSignal('');
  const fault = useSignal(/** @type {unknown} */ (null));
  const room = useRef(/** @type {HTMLPreElement | null} */ (null));
  const { path, at, load } = KERNELS[name.value];
  useEffect(() => {
    let wanted = true;
    load().then(
      ({ default: found }) => {
        if (!wanted) return;
        text.value = found;
        fault.value = null;
      },
      async (error) => {
        const why = await explained(error);
        if (wanted) fault.value = why;
      },
    );
    return () => void (wanted = false);
  }, [name.value]);
  // To the forward pass, with a line of what stands above it.
  useEffect(() => {
    const pre = room.current;
    if (!pre || text.value === '') return;
    pre.scrollTop = ((lineOf(text.value, at) - 1) / text.value.split('\n').length) * pre.scrollHeight;
  }, [text.value]);
  const report = build.value;
  return (
    <>
      <p class="note">
        <Rich
          text={words.note({ function: /\w+(?=\($)/.exec(at)?.[0] ?? '' })}
          parts={{ code: (inner) => <code>{inner}</code> }}
        />{' '}
        {report && words.runs({ ...report.info, title: t.value.speed.builds[report.build] })}
      </p>
      <Segments label={words.layer} choices={CHOICES} value={name.value} onChoose={(next) => (name.value = next)} />
      {fault.value !== null && (
        <p class="note error" role="alert">
          {wordsOf(fault.value)}
        </p>
      )}
      <pre
        ref={room}
        class="program-text kernel-source"
        tabIndex={0}
        role="region"
        aria-label={path}
        lang="en"
        translate={false}
      >
        <code>{text.value}</code>
      </pre>
      {SOURCE !== '' && (
        <a href={SOURCE} target="_blank" rel="noopener">
          {t.value.about.source}
        </a>
      )}
    </>
  );
}
