// Which engine build runs here, why, and why not the others.
import { BUILD_TITLES } from '../../engine/choose-build.js';
import { build, client, failedBuilds, openSession, stage } from '../../session/session.js';
import { Field } from '../../components/field.jsx';
import { Speed } from './speed.jsx';
import './build.css';

export function Build() {
  const report = build.value;
  return (
    <div class="card">
      <div class="build" data-build={report?.build ?? ''}>
        {report ? (
          <p>
            <b>{BUILD_TITLES[report.build]}</b>, {report.info.threads}{' '}
            {report.info.threads === 1 ? 'thread' : 'threads'}, {report.info.lanes} numbers at a time ({report.info.isa}
            {report.info.fused ? ', fused multiply-add' : ''}), {Math.round(report.info.heapBytes / 1048576)} MB of
            memory. {report.reason}
          </p>
        ) : (
          <p>No engine runs.</p>
        )}
        {failedBuilds.value.length > 0 && (
          <ul class="passed">
            {failedBuilds.value.map(({ build: name, reason }) => (
              <li key={name}>
                <b>{BUILD_TITLES[name]}</b>: {reason}.
              </li>
            ))}
          </ul>
        )}
        <details class="engine-choice">
          <summary>Choose another engine</summary>
          <div class="engine-fields">
            <Field name="build" />
            <Field name="threads" />
            <button
              type="button"
              class="button engine-open"
              disabled={!client.value && stage.value !== 'broken'}
              onClick={() => void openSession()}
            >
              Open the engine anew
            </button>
          </div>
        </details>
      </div>
      <Speed />
    </div>
  );
}
