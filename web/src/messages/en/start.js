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
  withFix: ({ reason, fix }) => `${reason}. What helps: ${fix}`,

  noWebAssembly: 'this browser has no WebAssembly, or it is switched off',
  allowWebAssembly: `Lockdown Mode of Apple’s devices, the safer levels of Tor Browser and the enhanced security of Edge switch it off: make an exception for this page, or use another browser (${NEW_ENOUGH})`,
  /** @param {{ missing: string }} values */
  tooOld: ({ missing }) => `this browser has no ${missing}: it is too old`,
  useNewer: `use ${NEW_ENOUGH}`,

  /** @param {File & { status: number }} values */
  answered: ({ status, file, name }) => `the server answers ${status} for ${FILES[file](name)}`,
  copyFolder: 'copy the whole folder of the page to the server again',
  giveOutFiles: 'let the server give out every file of the page’s folder, or sign in and reload the page',
  reloadLater: 'reload the page in a while',
  /** @param {File & { why: string }} values */
  notFetched: ({ why, file, name }) => `${FILES[file](name)} cannot be fetched (${why})`,
  checkNetwork:
    'check the network, and what may block requests (an extension, a proxy, a policy of the server), then reload the page',
  /** @param {File} values */
  webPage: ({ file, name }) => `the server sends a web page in the place of ${FILES[file](name)}`,
  copyOrSignIn:
    'copy the whole folder of the page to the server again, or sign in where the network asks for it, then reload the page',
  /** @param {File & { type: string }} values */
  wrongType: ({ type, file, name }) =>
    `the server sends ${FILES[file](name)} ${type ? `as “${type}”` : 'without a type'}, and browsers run modules only as text/javascript`,
  setType:
    'make the server send .js and .mjs files as text/javascript (nginx: “types { text/javascript js mjs; }”; Apache: “AddType text/javascript .js .mjs”; IIS: a mimeMap for .mjs), then reload the page',

  replaced: 'the server has a new version of this page',
  reloadKept: 'reload the page; a run that is kept goes on',
  stale: 'the server has a new version of this page, but this browser, or a cache on the way, still gives the old one',
  reloadUncached:
    'reload the page without the browser’s cache (Ctrl+F5, or Shift with the reload button), or in a while',
  askedOnce: 'it is there again, but this browser does not ask for it twice',
};
