// Work that follows something which changes faster than it can be done: only the newest question counts.

/**
 * @param {() => Promise<void>} work
 * @param {number} interval milliseconds from one end to the next start, at least
 * @returns {() => void} asks for the work to be done, once more where it is under way; faults are not told
 */
export function latestOnly(work, interval) {
  let busy = false;
  let again = false;
  const begin = async () => {
    busy = true;
    do {
      again = false;
      await work().catch(() => {});
      if (interval > 0) await new Promise((resolve) => setTimeout(resolve, interval));
    } while (again);
    busy = false;
  };
  return () => {
    if (busy) again = true;
    else void begin();
  };
}
