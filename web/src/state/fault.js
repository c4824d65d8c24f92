// A fault that the page words in the visitor's language: a key of the messages' room `errors` with its parameters.
export class Fault extends Error {
  name = 'Fault';

  /**
   * @param {string} code
   * @param {Record<string, unknown>} [values]
   */
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}
