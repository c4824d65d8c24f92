// What the page and its service worker say to each other while the page is open: its files are kept, a new version is
// there, which one answers. Comes when the page is at rest.
import { useState } from 'preact/hooks';
import { servedAddresses } from '../data/sources.js';
import { laterWords, t } from '../messages/messages.js';
import { newVersion, newVersionView } from './obtain.js';
import { keptOffline, register } from './offline.js';
import { handOver, reloadPage, wouldLose } from './reload.js';
import { scoped } from '../state/scope.js';
import { VERSION, otherVersion } from './version.js';
import './life.css';

/** Nothing reports that a browser has thrown a cache away: while the page is looked at, it looks so often. */
const LOOK_MILLISECONDS = 4000;
/** How often a page that is open for long asks the server which version it has. */
const UPDATE_MILLISECONDS = 15 * 60_000;
const ANSWER_MILLISECONDS = 5000;

/**
 * @param {ServiceWorker} worker
 * @param {object} message
 * @param {number} [patience] milliseconds; 0: as long as it takes
 * @returns {Promise<any>} its answer; null where there is none in time
 */
const ask = (worker, message, patience = ANSWER_MILLISECONDS) =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    if (patience > 0) setTimeout(resolve, patience, null);
    worker.postMessage(message, [port2]);
  });

/** What the service worker says that it keeps, which is all of the page. @type {{ cache: string, files: number } | null} */
let kept = null;

/** The page's own look at it: the service worker can sleep. */
async function isStillKept() {
  if (!kept || !(await navigator.serviceWorker.getRegistration())?.active || !(await caches.has(kept.cache)))
    return false;
  return (await (await caches.open(kept.cache)).keys()).length >= kept.files;
}

async function compare() {
  newVersion.value = (await otherVersion()) !== '';
}

/** @param {ServiceWorkerRegistration} registration */
async function look({ active, waiting }) {
  kept = active && (await ask(active, { type: 'isKept' }));
  keptOffline.value = await isStillKept();
  // A version that waits takes over where no page of another one is open.
  if (waiting && (await ask(waiting, { type: 'version' })) === VERSION) waiting.postMessage({ type: 'activate' });
  else if (waiting || (active && (await ask(active, { type: 'version' })) !== VERSION)) await compare();
}

/** Keeps the page's files. @param {ServiceWorkerRegistration} registration */
async function keepFiles(registration) {
  const { active } = registration;
  // However slow the network is.
  if (active) await ask(active, { type: 'keep', data: [...servedAddresses] }, 0);
  await look(registration);
}

/** Held, with others, by every page of this version that is open: its files stay in the cache meanwhile. */
const holdVersion = () =>
  new Promise((resolve) => {
    const held = () => (resolve(undefined), new Promise(() => {}));
    const asked = navigator.locks?.request(scoped(`page of ${VERSION}`), { mode: 'shared' }, held);
    if (asked) asked.catch(resolve);
    else resolve(undefined);
  });

const ACTIVATION_MILLISECONDS = 3000;

/**
 * Lets the service worker of the newest version, where one waits, answer from now on: it has all files by then.
 * @param {ServiceWorkerRegistration} registration
 */
async function letNewestAnswer({ waiting }) {
  if (!waiting) return;
  await new Promise((resolve) => {
    setTimeout(resolve, ACTIVATION_MILLISECONDS);
    waiting.addEventListener('statechange', () => waiting.state === 'activated' && resolve(undefined));
    waiting.postMessage({ type: 'activate', asked: true });
  });
}

/** Keeps the page's files, and goes on looking whether they are; called once, when the page is at rest. */
export async function followVersions() {
  void laterWords().catch(() => {});
  newVersionView.value = NewVersion;
  if (!VERSION) return;
  await holdVersion();
  const registration = await register();
  let asked = performance.now();
  const again = async () => {
    if (document.hidden) return;
    if (registration && keptOffline.peek() && !(await isStillKept())) {
      keptOffline.value = false;
      await keepFiles(registration);
    }
    if (performance.now() - asked < UPDATE_MILLISECONDS) return;
    asked = performance.now();
    if (registration)
      registration.update().catch(() => {}); // no network
    else await compare();
  };
  document.addEventListener('visibilitychange', () => void again());
  setInterval(() => void again(), LOOK_MILLISECONDS);
  if (!registration) return;

  handOver.work = () => letNewestAnswer(registration);
  const follow = () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => installing.state !== 'redundant' && void look(registration));
  };
  registration.addEventListener('updatefound', follow);
  follow();
  navigator.serviceWorker.addEventListener('controllerchange', () => void look(registration));
  await navigator.serviceWorker.ready;
  await keepFiles(registration);
}

/** What a visitor sees of it. */
function NewVersion() {
  const [later, setLater] = useState(false);
  const words = t.value.offline;
  if (!newVersion.value || later || !words) return null;
  return (
    <section class="offer over-page new-version" aria-label={words.newVersion}>
      <p role="status">
        <b>{words.isHere}</b> {wouldLose.value ? words.wouldLose : words.keepsRun}
      </p>
      <div class="offer-buttons">
        <button type="button" class="button primary" onClick={() => void reloadPage({ anyway: wouldLose.peek() })}>
          {wouldLose.value ? words.reloadAnyway : words.reload}
        </button>
        <button type="button" class="button" onClick={() => setLater(true)}>
          {words.later}
        </button>
      </div>
    </section>
  );
}
