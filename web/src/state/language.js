// The visitor's choice of a language, as it is kept. The first script asks for it, in older browsers too.
import { choose } from '../messages/choose.js';
import { scoped } from './scope.js';

/** Storage may be denied, which is an exception already when it is named. @returns {string | null} */
function kept() {
  try {
    return localStorage.getItem(scoped('lang'));
  } catch {
    return null;
  }
}

/** Where nothing can be stored, the page's address alone has it. @param {string} name */
export function keepLanguage(name) {
  try {
    localStorage.setItem(scoped('lang'), name);
  } catch {
    // Storage is denied.
  }
}

/** The language to begin with: the address wins, then the visitor's last choice, then the browser's wishes. */
export const firstLanguage = () =>
  choose(new URLSearchParams(location.search).get('lang'), [kept()].concat(navigator.languages || []));
