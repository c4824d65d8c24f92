import 'uplot/dist/uPlot.min.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/tables.css';
import { render } from 'preact';
import { App } from './app.jsx';
import { followDrops } from './features/data/state.js';
import { followDrawing } from './features/draw/state.js';
import { followLayers } from './features/layers/state.js';
import { followTurns } from './features/rotations/state.js';
import { isolate, keepOffline } from './offline/offline.js';
import { followLab, openLab } from './state/lab.js';
import { surviveTranslation } from './components/translation.js';
import { markOnce } from './state/marks.js';
import { followLinks, showNamed } from './state/sections.js';
import { followAddress, followTheme } from './state/settings.js';

followTheme();
followAddress();
followLinks();
followLab();
followDrops();
followTurns();
followDrawing();
followLayers();
const room = /** @type {HTMLElement} */ (document.getElementById('app'));
surviveTranslation(room);
render(<App />, room);
markOnce('interactive');
showNamed();

// Not awaited at the top level: there, WebKit hides the error of a module that failed before.
async function open() {
  if (await isolate()) return;
  await openLab();
  await (await import('./features/keep/start.jsx')).start();
  await keepOffline();
}
void open();
