// The page: a short article with the lab inside.
import { Contents } from './components/contents.jsx';
import { Section } from './components/section.jsx';
import { DropSign } from './features/data/drop-sign.jsx';
import { offerView } from './features/keep/slot.js';
import { Meter } from './features/rotations/meter.jsx';
import { Rotations } from './features/rotations/view.jsx';
import { RunBar } from './features/run/view.jsx';
import { kind } from './data/sources.js';
import { framed } from './offline/framed.js';
import { keptOffline } from './offline/offline.js';
import { SECTIONS, count, fetchPart, leaveOut, leftOut, partOf } from './sections.js';
import { whole } from './state/sections.js';
import { address, addressProblems, chooseTheme, isFixed, lesson, shownTheme } from './state/settings.js';

export function App() {
  const Offer = offerView.value;
  const { one, many, parts } = kind.value;
  const kept = (/** @type {typeof SECTIONS} */ sections) => sections.filter(({ id }) => !leftOut.value.has(id));
  const shown = whole.value ? SECTIONS : SECTIONS.slice(0, count.value);
  return (
    <>
      <header class="masthead">
        <a class="brand" href="#top">
          <Mark /> Quarterturn
        </a>
        {!lesson.hide.has('theme') && (
          <button
            type="button"
            class="button small"
            disabled={isFixed('theme')}
            onClick={() => chooseTheme(shownTheme.value === 'dark' ? 'light' : 'dark')}
          >
            {shownTheme.value === 'dark' ? 'Light' : 'Dark'}
          </button>
        )}
      </header>
      <main id="top">
        {framed && !crossOriginIsolated && <InFrame />}
        <div class="hero">
          <div class="prose">
            <h1>Which way is up?</h1>
            <p class="lede">
              A small network sees turned {many} and must say by how much. Nobody tells it what a {one} is; but to know
              up from down it has to learn {parts}.
            </p>
          </div>
          <Rotations />
          <Meter />
        </div>
        <div class="stay">
          <RunBar />
          <Contents sections={leftOut.value.size === 0 ? SECTIONS : kept(SECTIONS)} whole={whole.value} />
        </div>
        {addressProblems.map((text) => (
          <p key={text} class="note error address-problem" role="alert">
            From the address of the page: {text}. The usual value is used.
          </p>
        ))}

        {kept(shown).map((section) => (
          <Section
            key={section.id}
            section={section}
            words={kind.value}
            part={partOf(section)}
            onFetch={() => void fetchPart(section)}
            onLeave={() => leaveOut(section.id)}
          />
        ))}
        {!whole.value && <div class="on-demand" aria-busy="true" />}
      </main>
      {Offer && <Offer />}
      <DropSign />
      {whole.value && <Footer />}
    </>
  );
}

/** Where another page shows this one. */
function InFrame() {
  return (
    <p class="note in-frame">
      Inside another page it trains on one thread, since browsers give it no shared memory there.{' '}
      <a href={address()} target="_blank" rel="noopener">
        Open it in a tab of its own
      </a>
      , where it can be faster.
    </p>
  );
}

function Footer() {
  return (
    <footer data-kept-offline={keptOffline.value}>
      <p>
        The idea is RotNet: S. Gidaris, P. Singh and N. Komodakis, “Unsupervised Representation Learning by Predicting
        Image Rotations”, ICLR 2018.
      </p>
      {keptOffline.value && <p>This page is kept in your browser: it opens without a network too.</p>}
    </footer>
  );
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 3a9 9 0 0 1 9 9h-9z" fill="var(--pretext)" />
      <path d="M12 3a9 9 0 1 0 9 9" fill="none" stroke="currentColor" stroke-width="2" />
    </svg>
  );
}
