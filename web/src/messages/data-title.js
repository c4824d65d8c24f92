// The name of data as it stands beside figures: the engine calls generated digits "generated:VERSION:SEED", others by the name
// that they were given.
import { t } from './messages.js';

/** @param {string | undefined} source of the engine or of a record; none: a dash */
export const dataTitle = (source) =>
  source?.replace(/^generated:(\d+):(\d+)/, (_, version, seed) => t.value.common.generated({ version, seed })) ?? '–';
