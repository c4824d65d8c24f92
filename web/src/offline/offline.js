// The page's side of the service worker, as far as it is needed at once: isolation where the server sends no headers for
// it. What comes later is in life.jsx.
import { signal } from '@preact/signals';
import { ARRIVES } from '../state/sections.js';
import '../trusted.js';
import { framed } from './framed.js';
import { scoped } from '../state/scope.js';
import { VERSION } from './version.js';

const READY_MILLISECONDS = 4000;

/** The page would open without a network too. */
export const keptOffline = signal(false);

/** @returns {Promise<ServiceWorkerRegistration | null>} null: the browser has none, or the visitor blocks them */
export async function register() {
  if (framed || !VERSION || !('serviceWorker' in navigator) || !isSecureContext) return null;
  try {
    // Where it is there already, registering it again would wait for the browser's own look for a newer one, and that for
    // a network that may never answer.
    const found = await navigator.serviceWorker.getRegistration();
    if (found?.active && found.scope === new URL('./', document.baseURI).href) return found;
    return (await navigator.serviceWorker.register(new URL('sw.js', document.baseURI))) ?? null;
  } catch {
    return null;
  }
}

/** There is a service worker that will answer for the next page. @returns {Promise<boolean>} */
const answers = () =>
  Promise.race([
    navigator.serviceWorker.ready.then(() => true),
    new Promise((resolve) => setTimeout(resolve, READY_MILLISECONDS, false)),
  ]);

/**
 * Where the server does not isolate the page, its service worker can, from the next load on. At most one reload in a
 * session: a page that is still not isolated then goes on with one thread. Inside another page it never reloads: headers
 * of its own do not isolate it there.
 * @returns {Promise<boolean>} the page is about to load again
 */
export async function isolate() {
  if (crossOriginIsolated || framed) return false;
  try {
    const reloaded = scoped('reloaded for isolation');
    if (sessionStorage.getItem(reloaded)) return false;
    if (!(await register()) || !(await answers())) return false;
    sessionStorage.setItem(reloaded, '1');
    sessionStorage.setItem(scoped(ARRIVES), '1');
  } catch {
    return false; // no storage: without the mark the page might load again for ever
  }
  location.reload();
  return true;
}
