/**
 * Runs `work` one at a time; of the calls that come meanwhile only the newest leads to another run.
 * @param {() => Promise<void>} work
 * @returns {() => Promise<void>}
 */
export function newestOnly(work) {
  let busy = false;
  let again = false;
  return async () => {
    again = true;
    if (busy) return;
    busy = true;
    try {
      while (again) {
        again = false;
        await work();
      }
    } finally {
      busy = false;
    }
  };
}
