// Which engine build runs here, why, and why not the others.
import { wordsOf } from '../../messages/faults.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { build, client, failedBuilds, openSession, stage } from '../../session/session.js';
import { Field } from '../../components/field.jsx';
import { Kernel } from './kernel.jsx';
import { Speed } from './speed.jsx';
import './build.css';

export function Build() {
  const report = build.value;
  const words = t.value.speed;
  return (
    <div class="card">
      <div class="build" data-build={report?.build ?? ''}>
        {report ? (
          <p>
            <Rich
              text={words.engine({ ...report.info, title: words.builds[report.build], bytes: report.info.heapBytes })}
              parts={{ b: (inner) => <b>{inner}</b> }}
            />{' '}
            {words.why[report.reason]}
          </p>
        ) : (
          <p>{words.noEngine}</p>
        )}
        {failedBuilds.value.length > 0 && (
          <ul class="passed">
            {failedBuilds.value.map(({ build: name, reason }) => (
              <li key={name}>
                <Rich
                  text={words.passed}
                  parts={{ build: () => <b>{words.builds[name]}</b>, reason: () => wordsOf(reason) }}
                />
              </li>
            ))}
          </ul>
        )}
        <details class="engine-choice">
          <summary>{words.choose}</summary>
          <div class="engine-fields">
            <Field name="build" />
            <Field name="threads" />
            <button
              type="button"
              class="button engine-open"
              disabled={!client.value && stage.value !== 'broken'}
              onClick={() => void openSession()}
            >
              {words.open}
            </button>
          </div>
        </details>
      </div>
      <Speed />
      <Kernel />
    </div>
  );
}
