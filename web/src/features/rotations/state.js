// The four turns of one training image.
import { effect, signal } from '@preact/signals';
import { client, dataInfo, experimentVersion } from '../../state/lab.js';
import { settings } from '../../state/settings.js';

export const turns = signal(/** @type {{ label: number, index: number, images: Uint8Array[] } | null} */ (null));

export function followTurns() {
  effect(() => {
    const engine = client.value;
    const info = dataInfo.value;
    const index = Math.min(settings.digit.value, (info?.train ?? 1) - 1);
    if (!engine || !info || experimentVersion.value === 0) return undefined;
    const cancel = new AbortController();
    engine
      .call('turns', ['train', index], { signal: cancel.signal })
      .then((found) => (turns.value = { ...found, index }))
      .catch(() => {});
    return () => cancel.abort();
  });
}
