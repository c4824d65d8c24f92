import { useSignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../ask/ask.js';

/** @param {import('@preact/signals').ReadonlySignal<number | null>} index */
const imageOf = (index) =>
  ask({
    about: () => index.value,
    answer: async (engine, of, { signal }) => ({ of, pixels: await engine.call('image', ['test', of, 0], { signal }) }),
    initial: /** @type {{ of: number, pixels: Uint8Array } | null} */ (null),
    replaces: true,
  });

/** The pixels of a test image, as soon as they are there. @param {number | null} index null: of none */
export function useTestImage(index) {
  const wanted = useSignal(index);
  wanted.value = index;
  const [asked] = useState(() => imageOf(wanted));
  useEffect(() => asked.follow(), []);
  const found = asked.value.value;
  return found?.of === index ? found.pixels : null;
}
