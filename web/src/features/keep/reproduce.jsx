import { Copy } from '../../components/copy.jsx';
import { t } from '../../messages/messages.js';
import { build, signature } from '../../session/session.js';
import { command } from '../../shared/command.js';
import './reproduce.css';

export function Reproduce() {
  const words = t.value.keep;
  return (
    <dl class="reproduce">
      <dt>{words.signature}</dt>
      <dd>
        <code class="signature" translate={false}>
          {signature.value || words.noSignature}
        </code>
        <span class="note reproduce-note">{words.signatureNote({ fused: build.value?.info.fused ?? false })}</span>
      </dd>
      <dt>{words.command}</dt>
      <dd>
        {command.value ? (
          <>
            <code class="command" translate={false}>
              {command.value}
            </code>
            <Copy text={command.value} label={words.copy} />
          </>
        ) : (
          <p class="note reproduce-note">{words.noCommand}</p>
        )}
      </dd>
    </dl>
  );
}
