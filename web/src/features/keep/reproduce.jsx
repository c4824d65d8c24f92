import { useEffect } from 'preact/hooks';
import { Copy } from '../../components/copy.jsx';
import { t } from '../../messages/messages.js';
import { build, signature } from '../../session/session.js';
import { command } from '../../shared/command.js';
import { imagesHash, line } from './result-state.js';
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
      <ResultLine />
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

/** The run in one line of text, for a teacher. */
function ResultLine() {
  const words = t.value.results;
  useEffect(() => imagesHash.follow(), []);
  return (
    <>
      <dt>{words.term}</dt>
      <dd>
        {line.value ? (
          <>
            <code class="result-line" translate={false} data-testid="result-line">
              {line.value}
            </code>
            <Copy text={line.value} label={words.copy} />
          </>
        ) : (
          <code class="result-line">{words.none}</code>
        )}
        <span class="note reproduce-note">{words.note}</span>
      </dd>
    </>
  );
}
