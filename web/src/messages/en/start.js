// English: why the page or its engine does not start, as far as it may have to be said when nothing more can be fetched.
// Also boot/boot.js has these words, in English always: it imports this file alone and runs in older browsers, so no
// syntax stands here that the build cannot lower without helpers, and no Intl.

/** Versions that have all that the page uses: module workers, relaxed policies for WebAssembly, SIMD, gzip streams. */
const NEW_ENOUGH = 'Chrome or Edge 103, Firefox 114 or Safari 16.4, or newer';

/** @typedef {{ file: 'script' | 'scripts' | 'code' | 'worker', name?: string }} File */

/** What was asked for, as half a sentence. @type {Record<File['file'], (name?: string) => string>} */
const FILES = {
  script: () => 'its script (.mjs)',
  scripts: (name) => `its scripts (${name})`,
  code: () => 'its code (.wasm)',
  worker: () => 'its worker’s script',
};

export default {
  /** @param {{ reason: string, fix: string }} values */
  withFix: ({ reason, fix }) => `${reason}. What to do: ${fix}`,

  noWebAssembly: 'WebAssembly is missing or switched off in this browser',
  allowWebAssembly: `Lockdown Mode on Apple devices, the safer levels of Tor Browser and the enhanced security of Edge switch it off. Make an exception for this page, or use another browser (${NEW_ENOUGH})`,
  /** @param {{ missing: string }} values */
  tooOld: ({ missing }) => `this browser is too old: it has no ${missing}`,
  useNewer: `use ${NEW_ENOUGH}`,

  /** @param {File & { status: number }} values */
  answered: ({ status, file, name }) => `the server answered ${status} for ${FILES[file](name)}`,
  copyFolder: 'copy the page’s whole folder to the server again',
  giveOutFiles: 'make the server deliver every file in the page’s folder, or sign in and reload the page',
  reloadLater: 'wait a moment, then reload the page',
  /** @param {File & { why: string }} values */
  notFetched: ({ why, file, name }) => `${FILES[file](name)} could not be loaded (${why})`,
  checkNetwork:
    'check the network and anything that may block requests (an extension, a proxy, a server policy), then reload the page',
  /** @param {File} values */
  webPage: ({ file, name }) => `the server sends a web page instead of ${FILES[file](name)}`,
  copyOrSignIn:
    'copy the page’s whole folder to the server again, or sign in to the network if it asks you to, then reload the page',
  /** @param {File & { type: string }} values */
  wrongType: ({ type, file, name }) =>
    `the server sends ${FILES[file](name)} ${type ? `as “${type}”` : 'without a type'}, but browsers run modules only as text/javascript`,
  setType:
    'make the server send .js and .mjs files as text/javascript (nginx: “types { text/javascript js mjs; }”; Apache: “AddType text/javascript .js .mjs”; IIS: a mimeMap for .mjs), then reload the page',

  replaced: 'the server has a new version of this page',
  reloadKept: 'reload the page; a saved run continues',
  stale: 'the server has a new version of this page, but this browser or a cache still has the old one',
  reloadUncached:
    'reload the page without the browser’s cache (Ctrl+F5, or Shift and the reload button), or try again later',
  askedOnce: 'the file is available again, but this browser does not request it twice',
};
