import { Copy } from '../../components/copy.jsx';
import { build, signature } from '../../session/session.js';
import { command } from '../../shared/command.js';
import './reproduce.css';

const NONE =
  'None for this run: a learning rate or the arithmetic was changed on the way, or the data are only a part of the files or were changed.';

export function Reproduce() {
  return (
    <dl class="reproduce">
      <dt>Signature</dt>
      <dd>
        <code class="signature" translate={false}>
          {signature.value || 'when the run has ended'}
        </code>
        <span class="note reproduce-note">
          A fingerprint of every weight and every epoch. The same settings and data give the same one in every browser
          and native program whose engine rounds as this one does:{' '}
          {build.value?.info.fused ? 'once for multiply and add (fused)' : 'after multiply and after add (unfused)'}.
          The other kind gives another.
        </span>
      </dd>
      <dt>The same run in a terminal</dt>
      <dd>
        {command.value ? (
          <>
            <code class="command" translate={false}>
              {command.value}
            </code>
            <Copy text={command.value} label="Copy" />
          </>
        ) : (
          <p class="note reproduce-note">{NONE}</p>
        )}
      </dd>
    </dl>
  );
}
