// The latent map: 288 features of some test digits on the two axes along which they differ most.
import { computed, effect, signal } from '@preact/signals';
import { client, experimentVersion, history, results } from '../../state/lab.js';
import { settings } from '../../state/settings.js';

const POINTS = 600;

export const latent = signal(/** @type {import('../../engine/types').Latent | null} */ (null));
export const latentProblem = signal('');

export function followLatent() {
  // Only the pretext run moves the trunk that is shown.
  const epoch = computed(() => history.pretext.value.length);
  const ended = computed(() => results.value?.rotation !== undefined && results.value?.rotation !== null);
  effect(() => {
    const engine = client.value;
    const request = {
      digits: settings.latentDigits.value,
      method: /** @type {const} */ ('pca'),
      limit: POINTS,
      weights:
        settings.latentWeights.value === 'random' ? /** @type {const} */ ('random') : /** @type {const} */ ('trained'),
    };
    void [epoch.value, ended.value];
    if (!engine || experimentVersion.value === 0) return undefined;
    const cancel = new AbortController();
    engine
      .call('latent', [request], { signal: cancel.signal })
      .then((map) => {
        latent.value = map;
        latentProblem.value = '';
      })
      .catch((error) => {
        if (!cancel.signal.aborted) latentProblem.value = error instanceof Error ? error.message : String(error);
      });
    return () => cancel.abort();
  });
}
