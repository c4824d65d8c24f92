// Runs before everything else, as a classic script that waits for nothing (vite.config.js makes it one): it sets the
// colours before the first paint, and where the page cannot start it says what is wrong and what helps. A page without
// any script has the words in index.html.
import { NO_WEBASSEMBLY, scriptFault, tooOld } from '../engine/diagnosis.js';
import english from '../messages/en/start.js';
import { firstLanguage } from '../state/language.js';
import { scoped } from '../state/scope.js';
import { workerName } from '../engine/worker-name.js';
import '../trusted.js';
import { STALE, otherVersion, reloadFor } from '../offline/version.js';

/** @typedef {import('../engine/diagnosis.js').FaultData} FaultData */
/** What is wrong, as half a sentence, and what helps; both without a full stop. @typedef {{ reason: string, fix: string }} Fault */

const root = document.documentElement;
/** How long the page may take to appear after all files have been asked for. */
const PATIENCE_MILLISECONDS = 10000;

/** As followTheme() of state/settings.js: the address wins, then the visitor's last choice, then the system. */
function showTheme() {
  const given = new URLSearchParams(location.search);
  const named = (/** @type {string} */ key) => (given.get(key) || '').split(',').indexOf('theme') >= 0;
  let choice = given.get('theme');
  if (choice === null && !named('lock') && !named('hide')) {
    try {
      choice = localStorage.getItem(scoped('theme'));
    } catch {
      // Storage is denied.
    }
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const theme = dark ? 'dark' : 'light';
  root.dataset.theme = theme;
  // The window is painted in the scheme's colours before there are any styles.
  const meta = document.querySelector('meta[name=color-scheme]');
  if (meta) meta.setAttribute('content', theme);
}

/** The document's own title is that of the page as it usually is: of turns, with nothing above it. */
function showFirstScreen() {
  const given = new URLSearchParams(location.search);
  if (['task', 'lesson', 'say'].some((name) => given.has(name))) root.dataset.first = 'other';
}

/** The words of the first screen are fetched at once, those of the visitor's language alone: the document names them. */
function fetchWords() {
  const language = firstLanguage();
  root.lang = language;
  const address = root.getAttribute(`data-words-${language}`);
  if (!address) return;
  const link = document.createElement('link');
  link.rel = 'modulepreload';
  link.crossOrigin = '';
  link.href = address;
  document.head.appendChild(link);
}

/**
 * The engine's worker gets its thread from the browser while the page's scripts are on their way: later the page's own
 * thread, which the browser needs for it, is seldom free. session/ahead.js takes it over, with what has come of it.
 */
function startWorker() {
  const address = root.dataset.worker;
  if (!address) return; // while the page is developed
  try {
    const worker = new Worker(address, { type: 'module', name: workerName(1) });
    /** @type {Event[]} */
    const heard = [];
    worker.onmessage =
      worker.onerror =
      worker.onmessageerror =
        (/** @type {Event} */ event) => {
          event.preventDefault(); // an error is not one of the page
          heard.push(event);
        };
    self.quarterturnStarted = { worker, heard };
  } catch {
    // The page starts its own, and says what is wrong.
  }
}

/** main.jsx has made the page: what fails from then on is the page's own matter. */
const isUp = () => root.dataset.page === 'up';

/** @param {FaultData} fault @returns {string} */
function inEnglish({ code, values }) {
  if (code === 'engine') return String(values.text);
  const message = /** @type {Record<string, unknown>} */ (english)[code];
  if (typeof message !== 'function') return String(message);
  return message(Object.assign({}, values, values.why ? { why: inEnglish(/** @type {any} */ (values.why)) } : null));
}

/** @param {import('../engine/diagnosis.js').Diagnosis} diagnosis @returns {Fault} */
const worded = ({ reason, fix }) => ({ reason: inEnglish(reason), fix: inEnglish(fix) });

let said = false;

/** @param {Fault} fault */
function say({ reason, fix }) {
  if (said) return;
  said = true;
  const show = () => {
    const sign = document.createElement('div');
    sign.className = 'trouble';
    sign.lang = 'en';
    sign.setAttribute('role', 'alert');
    const title = document.createElement('h1');
    title.textContent = 'This page cannot work here';
    const cause = document.createElement('p');
    cause.textContent = `${reason[0].toUpperCase()}${reason.slice(1)}.`;
    const help = document.createElement('p');
    help.textContent = `What helps: ${fix}.`;
    for (const part of [title, cause, help]) sign.appendChild(part);
    document.body.insertBefore(sign, document.body.firstChild);
    document.querySelectorAll('.before-page, .first-screen').forEach((waiting) => waiting.remove());
  };
  if (document.body) show();
  else document.addEventListener('DOMContentLoaded', show);
}

/** Some browsers start modules from files, where they are set up so. @type {Fault} */
const OPENED_AS_FILE = {
  reason: 'it was opened as a file, and this browser lets files start no modules',
  fix: 'serve its folder with any web server, for example “python3 -m http.server 8000 --bind localhost” in the folder, and open http://localhost:8000',
};

/** What this browser lacks; empty: nothing. */
function missing() {
  if (!('noModule' in HTMLScriptElement.prototype)) return 'modules';
  if (typeof Object.hasOwn !== 'function') return 'Object.hasOwn';
  if (typeof AbortSignal === 'undefined' || !('timeout' in AbortSignal)) return 'AbortSignal.timeout';
  if (typeof OffscreenCanvas === 'undefined') return 'OffscreenCanvas';
  if (typeof DecompressionStream === 'undefined') return 'DecompressionStream';
  return '';
}

/** A module with one function that returns a vector. */
const WITH_SIMD = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/** Known before anything is fetched. @returns {Fault | null} */
function faultAtOnce() {
  if (self.origin === 'null' && location.protocol !== 'file:') {
    return {
      reason: 'the frame around it is a sandbox that takes its origin away',
      fix: 'add allow-same-origin beside allow-scripts to the sandbox of the frame, or open the page in a tab of its own',
    };
  }
  if (typeof WebAssembly === 'undefined') return worded(NO_WEBASSEMBLY);
  const lacks = missing();
  if (lacks) return worded(tooOld(lacks));
  return WebAssembly.validate(WITH_SIMD) ? null : worded(tooOld('WebAssembly SIMD'));
}

/** What the policy of the document, or of its server, forbade. */
let forbidden = '';
document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
  if (/^(script|worker)/.test(effectiveDirective)) forbidden = `${effectiveDirective} forbids ${blockedURI}`;
});

/** The page's own scripts, as the document names them. */
const scripts = () =>
  Array.from(document.querySelectorAll('script[type=module][src], link[rel=modulepreload]'), (element) =>
    element instanceof HTMLLinkElement ? element.href : /** @type {HTMLScriptElement} */ (element).src,
  );

/**
 * Asks for the scripts once more and says what is wrong with the answers, else what the browser has said.
 * @param {string} words
 */
async function examine(words) {
  if (location.protocol === 'file:') return say(OPENED_AS_FILE);
  for (const address of scripts()) {
    const fault = await scriptFault(address, { file: 'scripts', name: address.split('/').pop() });
    if (isUp()) return;
    if (fault) {
      const version = await otherVersion();
      if (version) return void (reloadFor(version) || say(worded(STALE)));
      if (forbidden && fault.reason.code === 'notFetched') break;
      return say(worded(fault));
    }
  }
  if (isUp()) return;
  if (forbidden) {
    return say({
      reason: `a Content-Security-Policy is too strict for it: ${forbidden}`,
      fix: "let the server allow the page’s own scripts and workers (script-src and worker-src 'self' 'wasm-unsafe-eval')",
    });
  }
  say(
    /syntax/i.test(words)
      ? { reason: `this browser does not understand its scripts (${words})`, fix: worded(tooOld('')).fix }
      : {
          reason: words || 'its scripts have not arrived',
          fix: 'reload the page; if that does not help, empty the browser’s cache for it or try another browser',
        },
  );
}

showTheme();
showFirstScreen();
const fault = faultAtOnce();
if (fault) say(fault);
else {
  fetchWords();
  // Errors of elements do not bubble: they are seen on their way down.
  addEventListener(
    'error',
    (event) => {
      if (isUp() || said) return;
      if (event.target instanceof HTMLScriptElement) void examine('');
      else if (event instanceof ErrorEvent) void examine(event.message);
    },
    true,
  );
  addEventListener('unhandledrejection', ({ reason }) => {
    if (!isUp() && !said) void examine(reason instanceof Error ? reason.message : String(reason));
  });
  addEventListener('load', () => {
    setTimeout(() => {
      if (!isUp() && !said) void examine('');
    }, PATIENCE_MILLISECONDS);
  });
  startWorker();
}
