/** A server of which nothing comes for so long does not answer any more. */
export const STALL_MILLISECONDS = 15_000;
