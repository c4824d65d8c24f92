// The first code that runs: what the first training step waits for longest begins, then the page is made.
import './offline/obtain.js';
import { speak } from './messages/messages.js';
import { goAhead, workerUp } from './session/ahead.js';
import { firstLanguage } from './state/language.js';
import { followLanguage, readAddress } from './state/settings.js';

/** The page waits no longer for a worker than an eye would notice. */
const PATIENCE_MILLISECONDS = 60;

readAddress();
goAhead();
const spoken = speak(firstLanguage());

async function makePage() {
  // Making the page takes the thread for a tenth of a second, and the browser needs this thread to start a worker.
  await Promise.race([workerUp, new Promise((resolve) => setTimeout(resolve, PATIENCE_MILLISECONDS))]);
  if (document.readyState === 'loading') {
    await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve));
  }
  await spoken;
  followLanguage();
  await import('./main.jsx');
}
void makePage();
