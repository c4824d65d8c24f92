// The page's side of the service worker: isolation where the server sends no headers for it, and work without a network.
import { signal } from '@preact/signals';
import { servedAddresses } from '../data/sources.js';
import { ARRIVES } from '../state/sections.js';
import '../trusted.js';
import { framed } from './framed.js';

const RELOADED = 'quarterturn.reloaded-for-isolation';
const CONTROL_TIMEOUT_MILLISECONDS = 4000;

/** The page would open without a network too. */
export const keptOffline = signal(false);

/** @returns {Promise<ServiceWorkerRegistration | null>} null: the browser has none, or the visitor blocks them */
async function register() {
  if (!('serviceWorker' in navigator) || !isSecureContext) return null;
  try {
    return (await navigator.serviceWorker.register(new URL('sw.js', document.baseURI))) ?? null;
  } catch {
    return null;
  }
}

/** Settles when a service worker answers for this page, or when that takes too long. @returns {Promise<boolean>} */
function controlled() {
  if (navigator.serviceWorker.controller) return Promise.resolve(true);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), CONTROL_TIMEOUT_MILLISECONDS);
    navigator.serviceWorker.addEventListener(
      'controllerchange',
      () => {
        clearTimeout(timer);
        resolve(true);
      },
      { once: true },
    );
  });
}

/**
 * Where the server does not isolate the page, its service worker can, from the next load on. At most one reload in a
 * session: a page that is still not isolated then goes on with one thread. Inside another page it never reloads: headers
 * of its own do not isolate it there.
 * @returns {Promise<boolean>} the page is about to load again
 */
export async function isolate() {
  if (crossOriginIsolated || framed || !import.meta.env.PROD) return false;
  try {
    if (sessionStorage.getItem(RELOADED)) return false;
    if (!(await register()) || !(await controlled())) return false;
    sessionStorage.setItem(RELOADED, '1');
    sessionStorage.setItem(ARRIVES, '1');
  } catch {
    return false; // no storage: without the guard the page might load again for ever
  }
  location.reload();
  return true;
}

/**
 * Has everything kept that this visit needed and the next one may need; called when the page is at rest. Not inside
 * another page, which would not open without a network.
 */
export async function keepOffline() {
  if (framed || !import.meta.env.PROD || !(await register()) || !(await controlled())) return;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (event) => (keptOffline.value = event.data.kept);
  navigator.serviceWorker.controller?.postMessage({ data: [...servedAddresses] }, [port2]);
}
