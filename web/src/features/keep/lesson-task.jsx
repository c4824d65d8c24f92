// The task that a lesson's link brings, over the page.
import { useEffect } from 'preact/hooks';
import { laterWords, t } from '../../messages/messages.js';
import './lesson-task.css';

/**
 * @param {{ ready: import('../../state/lesson-text.js').LessonName | '', text: string, within?: boolean }} props a teacher's
 *   own words stand in the place of a ready lesson's; `within`: a preview of it
 */
export function LessonTask({ ready, text, within = false }) {
  const id = within ? 'lesson-task-preview' : 'lesson-task';
  const Heading = within ? 'h5' : 'h2';
  useEffect(() => void laterWords().catch(() => {}), []);
  const words = t.value.lessons;
  if (!words) return <section class="card lesson-task" aria-busy="true" />;
  return (
    <section class="card lesson-task" aria-labelledby={id}>
      <Heading id={id} class="lesson-task-title">
        {ready && !text ? words.ready[ready].title : words.task}
      </Heading>
      <p class="lesson-words">{text || (ready && words.ready[ready].task)}</p>
      {text && <p class="note">{words.byLink}</p>}
    </section>
  );
}
