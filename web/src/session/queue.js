// Every action of the session is done one after the other: what replaces the engine, the data or the experiment, and what
// trains.
import { faultOf } from '../fault-data.js';
import { problem } from './model.js';

/** @type {Promise<void>} */
let turn = Promise.resolve();

/**
 * Does an action when all those before it are done; its fault is shown as the page's problem. An action must not wait for
 * another one that it queues itself.
 * @param {() => Promise<void>} action
 */
export function inTurn(action) {
  turn = turn.then(action).catch((error) => {
    problem.value = faultOf(error);
  });
  return turn;
}
