import 'uplot/dist/uPlot.min.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/tables.css';
import './styles/print.css';
import { render } from 'preact';
import { App } from './app.jsx';
import { followDrops } from './features/data/state.js';
import { followDrawing } from './features/draw/state.js';
import { followLayers } from './features/layers/state.js';
import { followTurns } from './features/rotations/state.js';
import { isolate } from './offline/offline.js';
import { followLab, openLab } from './state/lab.js';
import { surviveTranslation } from './components/translation.js';
import { markOnce } from './state/marks.js';
import { arrive, followLinks } from './state/sections.js';
import { followPrinting } from './state/printing.js';
import { followAddress, followTheme } from './state/settings.js';

followTheme();
followAddress();
followLinks();
followPrinting();
followLab();
followDrops();
followTurns();
followDrawing();
followLayers();
const place = /** @type {HTMLElement} */ (document.getElementById('app'));
place.replaceChildren();
surviveTranslation(place);
render(<App />, place);
document.documentElement.dataset.page = 'up'; // boot/boot.js looks no further
arrive();
markOnce('interactive');

// Not awaited at the top level: there, WebKit hides the error of a module that failed before.
async function open() {
  if (await isolate()) return;
  await openLab();
  await (await import('./features/keep/start.jsx')).start();
  await (await import('./offline/life.jsx')).followVersions();
}
void open();
