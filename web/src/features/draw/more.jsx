// The drawing turned, its nearest relatives, and a set of own digits.
import { useEffect, useRef } from 'preact/hooks';
import { DigitImage } from '../../components/digit-image.jsx';
import { Fold } from '../../components/fold.jsx';
import { whole } from '../../components/format.js';
import { useNearWindow } from '../../components/near-window.js';
import { classNames, kind } from '../../data/sources.js';
import { dataInfo } from '../../session/session.js';
import { Dial, Opinions } from './dial.jsx';
import { SPACES, followMore, near, neighbours } from './more-state.js';
import { MySet } from './my-set.jsx';
import './more.css';

/** @type {Record<import('../../engine/types').Space, string>} */
const TITLES = {
  trained: 'Features that rotation taught',
  random: 'Random features',
  pixels: 'Plain pixels',
};

export function More() {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  useNearWindow(place, near);
  useEffect(followMore, []);
  return (
    <div ref={place} class="draw-more">
      <Fold class="card" title="Turn it">
        <div class="turning">
          <Dial />
          <Opinions />
        </div>
      </Fold>
      <Fold class="card" title="Its nearest relatives">
        <Nearest />
      </Fold>
      <Fold class="card" title={`My ${kind.value.many}`}>
        <MySet />
      </Fold>
    </div>
  );
}

function Nearest() {
  const info = dataInfo.value;
  return (
    <div class="nearest">
      {SPACES.map((space) => {
        const found = neighbours.value[space];
        return (
          <div key={space} class="nearest-row">
            <h4>{TITLES[space]}</h4>
            {found ? (
              <ol>
                {found.map(({ index, label, distance, pixels }) => (
                  <li key={index}>
                    <DigitImage pixels={pixels} label={`Training image ${index}`} />
                    <span>
                      <b>{classNames.value[label]}</b> {distance.toFixed(3)}
                    </span>
                  </li>
                ))}
              </ol>
            ) : (
              <p class="note">Draw something first.</p>
            )}
          </div>
        );
      })}
      <p class="note nearest-note">
        Of the {info ? whole(info.splits.pretext[1]) : '–'} pictures of the rotation task, with the label that rotation
        never saw and the cosine distance (0: the same direction, 1: nothing in common). Data: {info?.source ?? '–'}.
      </p>
    </div>
  );
}
