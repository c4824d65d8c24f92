import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/print.css';
import { computed } from '@preact/signals';
import { render } from 'preact';
import { App } from './app.jsx';
import { followTurns } from './features/rotations/state.js';
import { ReloadError } from './offline/obtain.js';
import { isolate } from './offline/offline.js';
import { client, followSession, openSession, stage } from './session/session.js';
import { keepCalmWhile } from './components/calm.js';
import { surviveTranslation } from './components/translation.js';
import { engineIsUp, followAtRest } from './state/idle.js';
import { markOnce } from './state/marks.js';
import { arrive, followLinks } from './state/sections.js';
import { SECTIONS, bringSections, chooseSections } from './sections.js';
import { followPrinting } from './state/printing.js';
import { followAddress, followTheme } from './state/settings.js';

chooseSections();
followTheme();
followAddress();
followLinks();
// The engine's answers come in the order of the questions.
followPrinting(() =>
  client
    .peek()
    ?.call('results', [])
    .catch(() => {}),
);
keepCalmWhile(computed(() => stage.value === 'running'));
followSession();
followTurns();
for (const { follow } of SECTIONS) follow?.();

async function show() {
  // Who comes by a link, or comes back, finds each section at its place.
  await bringSections();
  const place = /** @type {HTMLElement} */ (document.getElementById('app'));
  place.replaceChildren();
  surviveTranslation(place);
  render(<App />, place);
  document.documentElement.dataset.page = 'up'; // boot/boot.js looks no further
  arrive();
  markOnce('interactive');
}

const AGAIN_MILLISECONDS = 2000;
const MOST_MILLISECONDS = 60_000;

/**
 * A part without a view that could say that it is missing: asked for until it comes. A page that is left or loaded again
 * while a part is on its way is no fault either.
 * @template Part
 * @param {() => Promise<Part>} fetchPart
 * @param {number} [pause] milliseconds before it is asked for again; twice as long each time
 * @returns {Promise<Part>}
 */
const insist = (fetchPart, pause = AGAIN_MILLISECONDS) =>
  fetchPart().catch(async (error) => {
    if (error instanceof ReloadError) throw error;
    await new Promise((resolve) => setTimeout(resolve, pause));
    return insist(fetchPart, Math.min(2 * pause, MOST_MILLISECONDS));
  });

// Not awaited at the top level: there, WebKit hides the error of a module that failed before.
async function open() {
  if (await isolate()) return;
  await openSession();
  engineIsUp();
  const offered = await (await insist(() => import('./features/keep/start.jsx'))).start();
  // Where this cannot be fetched, figures wait for the visitor's run, and frames take longer.
  followAtRest(async () => {
    const { follow } = await import('./at-rest.js');
    return () => follow({ fresh: !offered });
  })();
  await (await insist(() => import('./offline/life.jsx'))).followVersions();
}
void show();
void open();
