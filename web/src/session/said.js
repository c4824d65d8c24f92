// What the session has to say: codes of the messages' room `session`.
import { faultOf } from '../fault-data.js';
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

/** @param {string} text why training has failed, by the engine; empty: it has not */
export const failureOf = (text) => (text === '' ? null : faultOf(text));
