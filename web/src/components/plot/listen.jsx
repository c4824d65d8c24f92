// The button that plays a chart: nothing sounds before it is pressed.
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../messages/messages.js';
import { playCurves, stopSound } from './sound.js';
import './listen.css';

/**
 * @param {{ name: string, curves: () => readonly import('./sound.js').Curve[], disabled: boolean,
 *   onCurve: (label: string) => void }} props `name`: of the chart; `onCurve`: called with the curve that is heard; empty: at the end
 */
export function Listen({ name, curves, disabled, onCurve }) {
  const [playing, setPlaying] = useState(false);
  /** For the end of the chart: what another chart plays by then goes on. */
  const sounds = useRef(false);
  useEffect(() => () => void (sounds.current && stopSound()), []);
  const words = t.value.listen;
  const press = async () => {
    if (playing) return stopSound();
    setPlaying((sounds.current = true));
    try {
      await playCurves(curves(), ({ label: curve }) => onCurve(curve));
    } catch {
      // The table has the values.
    }
    setPlaying((sounds.current = false));
    onCurve('');
  };
  const label = playing ? words.stop({ name }) : words.play({ name });
  return (
    <button
      type="button"
      class="listen"
      aria-label={label}
      title={playing ? words.stopShort : words.playShort}
      disabled={disabled}
      onClick={() => void press()}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {playing ? (
          <path d="M4 4h8v8H4z" />
        ) : (
          <path d="M2 6h3l4-3.5v11L5 10H2zM11 5.2a4 4 0 0 1 0 5.6M12.8 3.4a6.5 6.5 0 0 1 0 9.2" />
        )}
      </svg>
    </button>
  );
}
