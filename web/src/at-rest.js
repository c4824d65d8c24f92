// What the page begins only when it is at rest: nothing of it is needed at the first sight.
import { scrollOverFields } from './components/wheel.js';
import { showWhereUntouched } from './example.js';
import { restFarSections } from './far-sections.js';

/** Called once. @param {{ fresh: boolean }} visit `fresh`: no kept run is offered */
export function follow({ fresh }) {
  if (fresh) showWhereUntouched();
  restFarSections();
  scrollOverFields();
}
