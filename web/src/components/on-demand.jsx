// Parts of the page that nobody needs at first sight are fetched when they come near the window.
import { useEffect, useRef, useState } from 'preact/hooks';

const NEAR = '800px';

/**
 * @param {{ load: () => Promise<import('preact').FunctionComponent>, what: string, height: string }} props
 *   `load`: fetches the component; `what`: its name in a sentence; `height`: CSS height to keep free meanwhile
 */
export function OnDemand({ load, what, height }) {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [loaded, setLoaded] = useState(/** @type {{ View: import('preact').FunctionComponent } | null} */ (null));
  const [state, setState] = useState(/** @type {'away' | 'near' | 'failed'} */ ('away'));

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

  useEffect(() => {
    if (state !== 'near') return;
    load().then(
      (View) => setLoaded({ View }),
      () => setState('failed'),
    );
  }, [state]);

  if (loaded) return <loaded.View />;
  return (
    <div ref={place} class="card" style={{ minHeight: height }} aria-busy={state !== 'failed'}>
      {state === 'failed' && (
        <p role="alert">
          {what} could not be fetched.{' '}
          <button type="button" class="button small" onClick={() => setState('near')}>
            Try again
          </button>
        </p>
      )}
    </div>
  );
}
