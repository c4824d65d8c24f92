// Loading the page again at the visitor's wish: first whatever would be lost is kept, then the
// newest version takes over (life.jsx).
import { signal } from '@preact/signals';

/** Something would be lost by loading the page again now: it could not be kept. */
export const wouldLose = signal(false);

/** @type {Set<() => Promise<boolean>>} */
const works = new Set();

/** @param {() => Promise<boolean>} work done before the page is loaded again; gives whether all is kept */
export const beforeReload = (work) => void works.add(work);

/** What is done last, where all is kept. */
export const handOver = { work: async () => {} };

/** @param {{ anyway?: boolean }} [options] `anyway`: though something is lost */
export async function reloadPage({ anyway = false } = {}) {
  const kept = await Promise.all([...works].map((work) => work().catch(() => false)));
  wouldLose.value = !anyway && kept.includes(false);
  if (wouldLose.value) return;
  await handOver.work().catch(() => {});
  location.reload();
}
