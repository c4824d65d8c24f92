// The page: a short article with the lab inside.
import { computed, signal } from '@preact/signals';
import { Fragment } from 'preact';
import { Contents } from './components/contents.jsx';
import { OnDemand } from './components/on-demand.jsx';
import { Build } from './features/build/view.jsx';
import { DataSection, DropSign } from './features/data/view.jsx';
import { Draw } from './features/draw/view.jsx';
import { Duel } from './features/duel/view.jsx';
import { offerView } from './features/keep/slot.js';
import { Layers } from './features/layers/view.jsx';
import { Pretext } from './features/pretext/view.jsx';
import { Reproduce } from './features/reproduce/view.jsx';
import { Meter } from './features/rotations/meter.jsx';
import { Rotations } from './features/rotations/view.jsx';
import { RunBar } from './features/run/view.jsx';
import { kind } from './data/sources.js';
import { framed } from './offline/framed.js';
import { newVersionView } from './offline/obtain.js';
import { keptOffline } from './offline/offline.js';
import { whenIdle } from './state/idle.js';
import { PROPERTIES } from './state/properties.js';
import { allWanted } from './state/sections.js';
import { address, addressProblems, chooseTheme, isFixed, lesson, shownTheme } from './state/settings.js';

const loadMap = () => import('./features/latent/view.jsx').then(({ LatentMap }) => LatentMap);
const loadInside = () => import('./features/inside/view.jsx').then(({ Inside }) => Inside);
const loadQuiz = () => import('./features/quiz/view.jsx').then(({ Quiz }) => Quiz);

/** The sections in their order, with the words of their links. */
const ALL_SECTIONS = [
  { id: 'learn', link: 'Learning' },
  { id: 'quiz', link: 'Quiz' },
  { id: 'duel', link: 'Duel' },
  { id: 'draw', link: 'Draw' },
  { id: 'map', link: 'Map' },
  { id: 'inside', link: 'Inside' },
  { id: 'data', link: 'Data' },
  { id: 'speed', link: 'Speed' },
  { id: 'keep', link: 'Keep' },
];
const SECTIONS = ALL_SECTIONS.filter(({ id }) => !lesson.hide.has(id));
for (const name of lesson.hide) {
  if (!Object.hasOwn(PROPERTIES, name) && !ALL_SECTIONS.some(({ id }) => id === name)) {
    addressProblems.push(`hide: there is no control and no section “${name}”`);
  }
}

const loadKeep = async () => (await import('./features/keep/view.jsx')).Keep;

/** The sections below the first one, in their order. @type {((words: typeof kind.value) => import('preact').VNode)[]} */
const LATER = [
  ({ one }) => (
    <Section id="quiz" title="You against the network">
      <p>
        The same task for you. Nobody told the network what a {one} is, only which turns were made; how do you know
        which way is up?
      </p>
      <OnDemand load={loadQuiz} what="The quiz" height={[38.3, 38.8, 30, 30]} />
    </Section>
  ),
  ({ many, reads }) => (
    <Section id="duel" title={`Freeze it, then ${reads} ${many}`}>
      <p>
        Now keep what rotation taught and freeze it. On top goes one small layer that learns to {reads} {many} from a
        few labelled pictures. Is that better than starting from nothing? Three networks try, from the same pictures.
      </p>
      <Duel />
    </Section>
  ),
  ({ one }) => (
    <Section id="draw" title={`Draw a ${one}`}>
      <p>
        All networks answer while you draw, and while they learn. Draw small, large or in a corner: the drawing is
        scaled and centred first. Then try a {one === 'letter' ? 'digit' : 'letter'}, and see how sure they are of
        nonsense.
      </p>
      <Draw />
    </Section>
  ),
  ({ many }) => (
    <Section id="map" title="A map of what it has learned">
      <p>
        Before the last layer every picture is 288 numbers. Here are some test {many}, seen from the two directions in
        which those numbers differ most. Look for {many} of one kind that drift together, though rotation never saw a
        label, and wind the training back to see it happen.
      </p>
      <OnDemand load={loadMap} what="The map" height={[65.9, 54.2, 55.4, 56.8]} />
    </Section>
  ),
  () => (
    <Section id="inside" title="Look inside">
      <p>
        A convolution looks for small patterns everywhere in the picture; pooling forgets where exactly they were. All
        four networks begin with two such stages. They differ in what stands on top, and in what may still change.
      </p>
      <Layers />
      <OnDemand load={loadInside} what="The view inside" height={[97.2, 88.9, 99.6, 100.6]} />
    </Section>
  ),
  () => (
    <Section id="data" title="The data">
      <p>
        Rotation learns from pictures without labels; the three readers get a small labelled part; the test is kept
        apart from both. Try other data: any IDX files of 28×28 pictures will do.
      </p>
      <DataSection />
    </Section>
  ),
  () => (
    <Section id="speed" title="Why so fast">
      <p>The whole engine is compiled C++ that runs here, on your processor. Nothing is sent to a server.</p>
      <div class="card">
        <Build />
      </div>
    </Section>
  ),
  () => (
    <Section id="keep" title="Keep and share">
      <p>Go on later, get exactly the same numbers again, hand it to others, or take it into other programs.</p>
      <div class="card">
        <Reproduce />
      </div>
      <OnDemand load={loadKeep} what="Keeping and sharing" height={[47.6, 32.4, 28.8, 29.1]} />
    </Section>
  ),
];

/** How many of them are there: one more whenever the page has nothing else to do, so that the first training step need not wait. */
const later = signal(0);
const whole = computed(() => allWanted.value || later.value === LATER.length);
(function addLater() {
  if (!whole.peek()) whenIdle(() => (later.value++, addLater()));
})();

export function App() {
  const Offer = offerView.value;
  const NewVersion = newVersionView.value;
  const { one, many, parts } = kind.value;
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
          <Contents sections={SECTIONS} whole={whole.value} />
        </div>
        {addressProblems.map((text) => (
          <p key={text} class="note error address-problem" role="alert">
            From the address of the page: {text}. The usual value is used.
          </p>
        ))}

        <Section id="learn" title="Watch it learn">
          <p>
            First task: four turns, four answers; guessing gives 25%. An epoch is one round through all pictures, each
            in its four turns. The loss measures how far the network is from being sure of the right turn: lower is
            better.
          </p>
          <Pretext />
        </Section>

        {LATER.slice(0, whole.value ? LATER.length : later.value).map((part, i) => (
          <Fragment key={i}>{part(kind.value)}</Fragment>
        ))}
      </main>
      {Offer && <Offer />}
      {NewVersion && <NewVersion />}
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

/** @param {{ id: string, title: string, children: import('preact').ComponentChildren }} props */
function Section({ id, title, children }) {
  if (lesson.hide.has(id)) return null;
  const [intro, ...rest] = Array.isArray(children) ? children : [children];
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <div class="prose">
        <h2 id={`${id}-title`}>{title}</h2>
        {intro}
      </div>
      {rest}
    </section>
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
