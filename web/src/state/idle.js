const MOST_MILLISECONDS = 1000;
/** Where the engine or its data take longer, the rest of the page does not wait for them. */
const ENGINE_MILLISECONDS = 1500;

/** @type {() => void} */
let begin;
const engineFirst = /** @type {Promise<void>} */ (
  new Promise((resolve) => {
    begin = resolve;
    setTimeout(resolve, ENGINE_MILLISECONDS);
  })
);

/** The engine is there with its data, or there is none: other work takes no processor from it any more. */
export const engineIsUp = () => begin();

/**
 * Runs work that the first training step should not wait for, as soon as the engine is up and the page has nothing else
 * to do.
 * @param {() => void} work
 */
export function whenIdle(work) {
  void engineFirst.then(() => {
    // WebKit has no idle callbacks.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => work(), { timeout: MOST_MILLISECONDS });
    else setTimeout(work, MOST_MILLISECONDS / 4);
  });
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
