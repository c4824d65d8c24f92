// “Try this”: tasks that tick themselves when the page shows them done, each with its answer behind it.
import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Fold } from '../components/fold.jsx';
import { forgetDone, noteDone, readTried, tried } from '../data/tried.js';
import { t } from '../messages/messages.js';
import { isFixed } from '../state/settings.js';
import './tries.css';

/** @typedef {import('./tries.js').Task} Task */

/** @param {{ tasks: readonly Task[] }} props */
export function Tries({ tasks }) {
  useEffect(() => {
    void readTried();
    const ends = tasks.map(({ id, done }) => effect(() => void (done.value && noteDone(id))));
    return () => ends.forEach((end) => end());
  }, []);
  const words = t.value.tries;
  const shown = tasks.filter(({ needs = [], applies }) => applies?.value !== false && !needs.some(isFixed));
  if (shown.length === 0) return null;
  const done = new Set(tried.value.done);
  const count = shown.filter(({ id }) => done.has(id)).length;
  return (
    <Fold class="tries" title={words.title({ done: count, of: shown.length })}>
      <ul class="tries-list">
        {shown.map((task) => (
          <Task key={task.id} task={task} done={done.has(task.id)} />
        ))}
      </ul>
      {/* Always there, so that nothing moves with the first tick. */}
      <button
        type="button"
        class="button small quiet"
        disabled={count === 0}
        onClick={() => void forgetDone(shown.map(({ id }) => id))}
      >
        {words.forget}
      </button>
    </Fold>
  );
}

/** Brings a place into sight, unfolded. @param {string} at selector */
function lead(at) {
  const place = document.querySelector(at);
  for (let fold = place?.closest('details'); fold; fold = fold.parentElement?.closest('details')) fold.open = true;
  place?.scrollIntoView({ block: 'nearest' });
}

/** @param {{ task: Task, done: boolean }} props */
function Task({ task: { id, at, act, can }, done }) {
  const words = t.value.tries;
  const { task, answer, help } = words.tasks[id];
  return (
    <li>
      <details class="tries-task">
        <summary>
          <span
            class={done ? 'tries-mark ticked' : 'tries-mark'}
            role="img"
            aria-label={done ? words.done : words.open}
          >
            {done ? '✓' : ''}
          </span>
          <span>{task}</span>
        </summary>
        {/* The answer takes its room before it is shown. */}
        <div class="tries-answer">
          <p class={done ? undefined : 'tries-hidden'}>{answer}</p>
          {!done && <p class="note">{words.later}</p>}
          <button
            type="button"
            class="button small tries-help"
            aria-disabled={can?.value === false}
            onClick={() => {
              // Not `disabled`: a button that has done its work keeps the focus.
              if (can?.peek() === false) return;
              act?.();
              lead(at);
            }}
          >
            {help}
          </button>
        </div>
      </details>
    </li>
  );
}
