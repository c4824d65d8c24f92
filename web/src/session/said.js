// What the session has to say: codes of the messages' room `session`.
import { Fault } from '../state/fault.js';

/** @typedef {keyof import('../messages/messages.js').Words['session']} Code */

/** @param {Code} code @param {Record<string, unknown>} [values] @returns {import('../messages/said.js').Said} */
export const remark = (code, values = {}) => ({ room: 'session', code, values });

/** A fault of the session itself. */
export class SessionFault extends Fault {
  /** @type {'session'} */
  room = 'session';

  /** @param {Code} code @param {Record<string, unknown>} [values] */
  constructor(code, values = {}) {
    super(code, values);
  }
}

/**
 * Why training has failed.
 * @param {import('../engine/types').FaultData | null} failure
 * @returns {import('../messages/said.js').Said | null}
 */
export const failureOf = (failure) => failure && { room: 'errors', ...failure };
