// The drawing turned, its nearest relatives, and a set of own digits.
import { useEffect, useRef } from 'preact/hooks';
import { DigitImage } from '../../components/digit-image.jsx';
import { Fold } from '../../components/fold.jsx';
import { useNearWindow } from '../../components/near-window.js';
import { classNames, kind } from '../../data/sources.js';
import { fixed, whole } from '../../messages/intl.js';
import { dataTitle } from '../../messages/data-title.js';
import { t } from '../../messages/messages.js';
import { dataInfo } from '../../session/session.js';
import { task } from '../../shared/task.js';
import { Dial, Opinions } from './dial.jsx';
import { SPACES, followMore, near, neighbours } from './more-state.js';
import { MySet } from './my-set.jsx';
import './more.css';

export function More() {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  useNearWindow(place, near);
  useEffect(followMore, []);
  const words = t.value.draw;
  return (
    <div ref={place} class="draw-more">
      <Fold class="card" title={words.dial.title}>
        <div class="turning">
          <Dial />
          {task.value === 'turns' ? (
            <Opinions />
          ) : (
            <p class="note">{words.dialOnly({ task: t.value.common.tasks[task.value].title })}</p>
          )}
        </div>
      </Fold>
      <Fold class="card" title={words.nearest.title}>
        <Nearest />
      </Fold>
      <Fold class="card" title={words.mine.title(kind.value)}>
        <MySet />
      </Fold>
    </div>
  );
}

function Nearest() {
  const info = dataInfo.value;
  const words = t.value.draw.nearest;
  return (
    <div class="nearest">
      {SPACES.map((space) => {
        const found = neighbours.value[space];
        return (
          <div key={space} class="nearest-row">
            <h4>{words.spaces[space]({ task: task.value })}</h4>
            {found ? (
              <ol>
                {found.map(({ index, label, distance, pixels }) => (
                  <li key={index}>
                    <DigitImage pixels={pixels} label={words.image({ index })} />
                    <span>
                      <b>{classNames.value[label]}</b> {fixed(distance, 3)}
                    </span>
                  </li>
                ))}
              </ol>
            ) : (
              <p class="note">{words.nothing}</p>
            )}
          </div>
        );
      })}
      <p class="note nearest-note">
        {words.note({ count: info ? whole(info.splits.pretext[1]) : '–', source: dataTitle(info?.source) })}
      </p>
    </div>
  );
}
