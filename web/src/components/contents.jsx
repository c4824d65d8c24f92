// Links to the sections of the article; the one that is read now is marked. A narrow window has them behind a button.
import { signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { t } from '../messages/messages.js';
import './contents.css';

/** A section counts as read where it crosses this band of the window. */
const BAND = '-35% 0px -60% 0px';

/** Whether the list is unfolded, and to which side of its bar. */
const unfolded = signal(/** @type {'' | 'down' | 'up'} */ (''));
const fold = () => (unfolded.value = '');

/**
 * Links and keys lead clear of the bar, which is higher while it has something to say.
 * @param {Element | null} bar
 */
export function followBar(bar) {
  if (!bar) return;
  const { style } = document.documentElement;
  // In the next frame: within this one WebKit reports it as a loop of resizing.
  const follow = () => requestAnimationFrame(() => style.setProperty('--bar', `${bar.clientHeight}px`));
  new ResizeObserver(follow).observe(bar);
}

/** Unfolds the list in a narrow window. */
export function ContentsButton() {
  return (
    <button
      type="button"
      class="button quiet run-tool contents-button"
      title={t.value.page.onThisPage}
      aria-expanded={unfolded.value !== ''}
      aria-controls="contents"
      onClick={(event) => {
        const { top, bottom } = event.currentTarget.getBoundingClientRect();
        unfolded.value = unfolded.value ? '' : top > innerHeight - bottom ? 'up' : 'down';
      }}
    >
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M4 5h16v2.5H4zM4 10.75h16v2.5H4zM4 16.5h16V19H4z" />
      </svg>
      <span class="run-name">{t.value.page.contents}</span>
    </button>
  );
}

/** @param {{ sections: readonly { id: keyof import('../messages/messages.js').Words['page']['links'] }[], whole: boolean }} props `whole`: all of them are there */
export function Contents({ sections, whole }) {
  const [current, setCurrent] = useState('');
  useEffect(() => {
    const watcher = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) setCurrent(target.id);
          else setCurrent((before) => (before === target.id ? '' : before));
        }
      },
      { rootMargin: BAND },
    );
    for (const { id } of sections) {
      const section = document.getElementById(id);
      if (section) watcher.observe(section);
    }
    return () => watcher.disconnect();
  }, [sections, whole]);
  // Before it is painted: what is seen can be left at once.
  useLayoutEffect(() => {
    if (!unfolded.value) return undefined;
    /** @param {Event} event */
    const elsewhere = ({ target }) => {
      const here = target instanceof Element ? target.closest('.contents, .contents-button') : null;
      if (!here) fold();
    };
    /** @param {KeyboardEvent} event */
    const escape = ({ key }) => {
      if (key !== 'Escape') return;
      fold();
      /** @type {HTMLElement | null} */ (document.querySelector('.contents-button'))?.focus();
    };
    addEventListener('pointerdown', elsewhere);
    addEventListener('focusin', elsewhere);
    addEventListener('keydown', escape);
    return () => {
      removeEventListener('pointerdown', elsewhere);
      removeEventListener('focusin', elsewhere);
      removeEventListener('keydown', escape);
    };
  }, [unfolded.value]);
  return (
    <nav
      id="contents"
      class={unfolded.value ? `contents unfolded-${unfolded.value}` : 'contents'}
      aria-label={t.value.page.onThisPage}
    >
      <ul onClick={fold}>
        {sections.map(({ id }) => (
          <li key={id}>
            <a href={`#${id}`} aria-current={current === id ? 'location' : undefined}>
              {t.value.page.links[id]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
