// Parts of the page that nobody needs at first sight are fetched when they come near the window.
import { useEffect, useRef, useState } from 'preact/hooks';
import { ReloadError, explained, renewStyles } from '../offline/obtain.js';
import { reloadPage } from '../offline/reload.js';
import { printing } from '../state/printing.js';
import './on-demand.css';

const NEAR = '800px';

/**
 * @param {{ load: () => Promise<import('preact').FunctionComponent>, what: string,
 *   height: readonly [number, number, number, number] }} props `load`: fetches the component; `what`: its name in a
 *   sentence; `height`: what to keep free meanwhile, in rem, on a phone, a tablet, a small and a usual desk
 */
export function OnDemand({ load, what, height }) {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [loaded, setLoaded] = useState(/** @type {{ View: import('preact').FunctionComponent } | null} */ (null));
  const [state, setState] = useState(/** @type {'away' | 'near' | 'failed'} */ ('away'));
  /** Why asking again would be in vain: the page must be loaded again. */
  const [why, setWhy] = useState('');

  useEffect(() => {
    if (!place.current) return undefined;
    const watcher = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        watcher.disconnect();
        setState('near');
      },
      { rootMargin: NEAR },
    );
    watcher.observe(place.current);
    return () => watcher.disconnect();
  }, []);

  const paper = printing.value;
  useEffect(() => {
    if (paper && state === 'away') setState('near');
  }, [paper]);

  useEffect(() => {
    if (state !== 'near') return;
    load().then(
      (View) => setLoaded({ View }),
      async (error) => {
        const reason = await explained(error);
        if (reason instanceof ReloadError) setWhy(reason.message);
        setState('failed');
      },
    );
  }, [state]);

  const retry = () => {
    renewStyles();
    setState('near');
  };

  if (loaded) return <loaded.View />;
  return (
    <div
      ref={place}
      class="card on-demand"
      style={Object.fromEntries(height.map((each, i) => [`--room-${i}`, `${each}rem`]))}
      aria-busy={state !== 'failed'}
    >
      <p class="on-paper">
        {what}: not yet on the page when this was printed. “Print, or save as PDF”, under “Keep and share”, waits for
        it.
      </p>
      {state === 'failed' && (
        <p role="alert">
          {what} could not be fetched{why && `: ${why}`}.{' '}
          <button type="button" class="button small" onClick={() => (why ? void reloadPage() : retry())}>
            {why ? 'Reload' : 'Try again'}
          </button>
        </p>
      )}
    </div>
  );
}
