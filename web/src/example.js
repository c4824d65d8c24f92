// The example run in the visitor's page: when it is shown, and what else goes with it.
import { effect } from '@preact/signals';
import { laterWords } from './messages/messages.js';
import { example, showExample } from './session/session.js';
import { NO_TRACK, resumeTrack, track } from './shared/probes.js';
import { runs } from './shared/runs.js';
import { PROPERTIES, PROPERTY_NAMES } from './state/properties.js';

/** The address sets something, or is a lesson that locks or hides something. */
function isSet() {
  const names = [...PROPERTY_NAMES.filter((name) => !('personal' in PROPERTIES[name])), 'lock', 'hide'];
  const given = new URLSearchParams(location.search);
  return names.some((name) => given.has(name));
}

async function show() {
  if (isSet() || runs.peek().length > 0) return;
  await laterWords(); // which say that it is an example
  const points = await showExample();
  if (!points) return;
  resumeTrack(points);
  const end = effect(() => {
    if (example.value) return;
    track.value = { run: '', ...NO_TRACK };
    end();
  });
}

/** Where it cannot be had, the page goes on without it. */
export const showWhereUntouched = () => show().catch(() => {});
