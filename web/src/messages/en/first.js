// English: what stands on the first screen, and what any part may need at any time.
import start from './start.js';

export default {
  /** The article around its sections. */
  page: {},

  /** Words that many parts share: runs, networks, data. */
  common: {},

  /** Controls of the table of settings, by name. */
  settings: {},

  /** Faults in the page's address. */
  address: {},

  hero: {},

  /** The bar with Train, Pause, Step. */
  run: {},

  /** What the session reports. */
  session: {},

  learn: {},

  /** Why the page or its engine does not start, by code; more in `engine`. */
  start,

  /** Charts, tables, fields. */
  components: {},
};
