// The line of the present run's result; empty until it has ended.
import { computed } from '@preact/signals';
import { ask } from '../../ask/ask.js';
import {
  RUNS,
  build,
  dataInfo,
  experimentVersion,
  history,
  mixed,
  rateChanged,
  results,
  signature,
  stage,
  started,
} from '../../session/session.js';
import { ownRow, rowOf, runs } from '../../shared/runs.js';
import { resultLine, resultOf } from './result-line.js';

/** @typedef {{ of: import('../../engine/types').DataInfo | null, text: string }} ImagesHash */
/** Asked for when the run has ended. */
export const imagesHash = ask({
  about: () => (stage.value === 'finished' && dataInfo.value ? dataInfo.value : undefined),
  answer: async (engine, info) => /** @type {ImagesHash} */ ({ of: info, text: await engine.call('dataHash', []) }),
  initial: /** @type {ImagesHash} */ ({ of: null, text: '' }),
});

/** The present run as a row of the table of runs, with what it had there. */
function presentRow() {
  const { id, of } = ownRow.value;
  const own = of === experimentVersion.value ? runs.value.find((row) => row.id === id) : undefined;
  if (own) return own;
  const [settings, found, data] = [started.value, results.value, dataInfo.value];
  if (!settings || !found?.arms.supervised || !data || signature.value === '') return null;
  return rowOf({
    settings: { ...settings, rateChangedMidway: rateChanged.value },
    found,
    epochs: /** @type {Record<import('../../engine/types').Run, number>} */ (
      Object.fromEntries(RUNS.map((run) => [run, history[run].value.length]))
    ),
    signature: signature.value,
    data,
    fused: mixed.value ? null : (build.value?.info.fused ?? null),
    command: '',
  });
}

export const line = computed(() => {
  const { of, text } = imagesHash.value.value;
  if (stage.value !== 'finished' || text === '' || of !== dataInfo.value) return '';
  const row = presentRow();
  return row ? resultLine(resultOf(row, text)) : '';
});
