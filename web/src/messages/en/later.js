// English: everything but the first screen.

export default {
  quiz: {},

  duel: {},

  draw: {},

  map: {},

  inside: {},

  data: {},

  speed: {},

  keep: {},

  /** Versions and offline use. */
  offline: {},

  /** Errors of the worker and of the page's own readers, by code. */
  errors: {},

  /** Why an engine does not start, by code. */
  engine: {},
};
