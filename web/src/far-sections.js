// While it trains, sections far from the window are neither styled nor laid out nor painted: all of them change several
// times a second, and every frame would wait for all. They keep their height, and links, keys and the browser's search
// find them as before.
import { computed, effect } from '@preact/signals';
import { SECTIONS } from './sections.js';
import { stage } from './session/session.js';
import { whole } from './state/sections.js';
import './far-sections.css';

/** How far, in heights of the window: what is near is as if this module were not there, its notes may cover neighbours. */
const MARGIN = '100% 0px';

const wanted = computed(() => whole.value && stage.value === 'running');

/** Called once. */
export function restFarSections() {
  effect(() => {
    if (!wanted.value) return undefined;
    const sections = SECTIONS.map(({ id }) => document.getElementById(id)).filter((section) => section !== null);
    const watcher = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) target.toggleAttribute('data-far', !isIntersecting);
      },
      { rootMargin: MARGIN },
    );
    for (const section of sections) watcher.observe(section);
    return () => {
      watcher.disconnect();
      for (const section of sections) section.removeAttribute('data-far');
    };
  });
}
