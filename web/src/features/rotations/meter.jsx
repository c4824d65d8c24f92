// The one number of the page: how many turns the network names right, as it learns, and what comes of it.
import { computed } from '@preact/signals';
import { percent } from '../../messages/intl.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { SectionLink } from '../../components/section-link.jsx';
import { Spark, SparkLine, SparkRule, sparkScales } from '../../components/plot/spark.jsx';
import { chance, task, variants } from '../../shared/task.js';
import { beginning } from './state.js';
import {
  begun,
  dataInfo,
  experimentVersion,
  history,
  progress,
  results,
  started,
  trace,
} from '../../session/session.js';
import { shareOfImages } from '../../shared/interval.js';
import { learned } from '../../shared/probes.js';

/** The latest accuracy of the rotation task: on the test where it has been tested, else as it trains. */
const accuracy = computed(() => {
  const tested = results.value?.rotation;
  if (tested) return tested.accuracy;
  const now = progress.value;
  if (now?.phase === 'pretext' && now.step > 0) return now.accuracy;
  return history.pretext.value[history.pretext.value.length - 1]?.accuracy ?? null;
});

/** How it was tested; null: it was not. */
const tested = computed(() => {
  const found = results.value?.rotation;
  return found ? shareOfImages(found.accuracy, found.count / variants.value) : null;
});

/** What the messages' marks are here. */
const PARTS = {
  a: (/** @type {import('preact').ComponentChildren} */ inner) => <SectionLink to="probe">{inner}</SectionLink>,
  b: (/** @type {import('preact').ComponentChildren} */ inner) => <b>{inner}</b>,
};

/** Of another task than turns. */
function wordsOfOther() {
  const { other } = t.value.hero;
  const of = { task: task.value, answers: variants.value };
  const [now, read, share] = [progress.value, learned.value, tested.value];
  if (share) return read ? other.read({ ...of, tested: share, ...read }) : other.tested({ ...of, ...share });
  if (begun.value && now) {
    const place = { ...of, epoch: Math.min(now.epoch + 1, now.epochs), epochs: now.epochs };
    return read ? other.learning({ ...place, ...read }) : other.training(place);
  }
  const [first, last] = dataInfo.value?.splits.pretext ?? [0, 0];
  return other.untrained({ ...of, images: last > first ? variants.value * (last - first) : null });
}

const words = computed(() => {
  const { hero } = t.value;
  if (task.value !== 'turns') return wordsOfOther();
  const now = progress.value;
  const [read, share] = [learned.value, tested.value];
  if (share) return read ? hero.read({ tested: share, ...read }) : hero.frozen(share);
  if (begun.value && now) {
    const place = { epoch: Math.min(now.epoch + 1, now.epochs), of: now.epochs };
    return read ? hero.learning({ ...place, ...read }) : hero.training(place);
  }
  const [first, last] = dataInfo.value?.splits.pretext ?? [0, 0];
  return hero.untrained({ images: last > first ? 4 * (last - first) : null });
});

const curve = computed(() => {
  const past = history.pretext.value;
  const first = beginning.value.of === experimentVersion.value ? beginning.value.points : [];
  const present = trace.value.run === 'pretext' ? trace.value.points : [];
  // The running means of an epoch stay for a moment after it has ended.
  const points = [...(past.length > 0 ? first : []), ...past, ...present.filter(({ epoch }) => epoch > past.length)];
  return points.map(({ epoch, accuracy: y }) => /** @type {const} */ ([epoch, y]));
});

export function Meter() {
  const scales = sparkScales([0, Math.max(1, started.value?.pretext.epochs ?? 1)], [0, 1]);
  return (
    <div class="meter">
      <p class="meter-figure" translate={false}>
        {percent(accuracy.value ?? chance.value, accuracy.value === null ? 0 : 1)}
      </p>
      <div class="meter-curve" aria-hidden="true">
        <Spark>
          <SparkRule scales={scales} y={0} />
          <SparkRule scales={scales} y={chance.value} kind="level" />
          <SparkLine scales={scales} points={curve.value} />
        </Spark>
        <span class="meter-chance">{t.value.hero.guessing}</span>
      </div>
      <p class="meter-words">
        <Rich text={words.value} parts={PARTS} />
      </p>
    </div>
  );
}
