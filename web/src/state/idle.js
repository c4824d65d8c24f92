const MOST_MILLISECONDS = 1000;

/** Runs work that the first training step should not wait for, as soon as the page has nothing else to do. @param {() => void} work */
export function whenIdle(work) {
  // WebKit has no idle callbacks.
  if (typeof requestIdleCallback === 'function') requestIdleCallback(() => work(), { timeout: MOST_MILLISECONDS });
  else setTimeout(work, MOST_MILLISECONDS / 4);
}

/**
 * For what follows the session by a part of its own.
 * @param {() => Promise<() => unknown>} fetchFollow where it cannot be fetched, the view that shows it says so
 * @returns {() => void}
 */
export const followAtRest = (fetchFollow) => () =>
  whenIdle(() => {
    fetchFollow().then(
      (follow) => follow(),
      () => {},
    );
  });
