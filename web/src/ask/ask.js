// Questions to the engine of the page's session.
import { client, experimentVersion, weightsVersion } from '../session/session.js';
import { asker } from './asking.js';

/** See asking.js for what a question is. */
export const ask = asker({ client, experiment: experimentVersion, weights: weightsVersion });
