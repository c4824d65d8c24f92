// The page: a short article with the lab inside.
import { signal } from '@preact/signals';
import { Fragment } from 'preact';
import { useEffect } from 'preact/hooks';
import { Contents, followBar } from './components/contents.jsx';
import { Section } from './section.jsx';
import { dropping } from './features/data/state.js';
import { offerView } from './features/keep/slot.js';
import { Meter } from './features/rotations/meter.jsx';
import { Rotations } from './features/rotations/view.jsx';
import { RunBar } from './features/run/view.jsx';
import { kindKey } from './data/sources.js';
import { SPOKEN } from './messages/choose.js';
import { language } from './messages/intl.js';
import { LANGUAGES, laterWords, t } from './messages/messages.js';
import { Rich } from './messages/rich.jsx';
import { say } from './messages/said.js';
import { framed } from './offline/framed.js';
import { newVersionView } from './offline/obtain.js';
import { keptOffline } from './offline/offline.js';
import { SECTIONS, count, leftOut } from './sections.js';
import { task, variants } from './shared/task.js';
import { faultText } from './state/properties.js';
import { whole } from './state/sections.js';
import {
  address,
  addressProblems,
  chooseLanguage,
  chooseTheme,
  isFixed,
  lesson,
  shownTheme,
} from './state/settings.js';

const NAME = 'Quarterturn';

/**
 * A part that is fetched when it is first to be shown; where it does not come the page goes on without it.
 * @template P
 * @param {() => Promise<import('preact').ComponentType<P>>} load
 */
function later(load) {
  const view = signal(/** @type {import('preact').ComponentType<P> | null} */ (null));
  /** @param {P & import('preact').JSX.IntrinsicAttributes} props */
  return function Later(props) {
    useEffect(() => {
      if (!view.peek()) {
        load().then(
          (View) => void (view.value = View),
          () => {},
        );
      }
    }, []);
    const View = view.value;
    return View && <View {...props} />;
  };
}
const DropSign = later(async () => (await import('./features/data/drop-sign.jsx')).DropSign);
const LessonTask = later(async () => (await import('./features/keep/lesson-task.jsx')).LessonTask);
const About = later(async () => (await import('./shared/about.jsx')).About);

export function App() {
  const Offer = offerView.value;
  const NewVersion = newVersionView.value;
  const words = t.value.page;
  const kind = kindKey.value;
  const turns = task.value === 'turns';
  const appendix = SECTIONS.find((section) => section.appendix && !leftOut.value.has(section.id));
  const kept = leftOut.value.size === 0 ? SECTIONS : SECTIONS.filter(({ id }) => !leftOut.value.has(id));
  return (
    <>
      <header class="masthead">
        <a class="brand" href="#top">
          <Mark /> {NAME}
        </a>
        <Languages />
        {!lesson.hide.has('theme') && (
          <button
            type="button"
            class="button small"
            disabled={isFixed('theme')}
            onClick={() => chooseTheme(shownTheme.value === 'dark' ? 'light' : 'dark')}
          >
            {shownTheme.value === 'dark' ? words.toLight : words.toDark}
          </button>
        )}
      </header>
      <main id="top">
        {framed && !crossOriginIsolated && <InFrame />}
        {(lesson.ready !== '' || lesson.text !== '') && <LessonTask ready={lesson.ready} text={lesson.text} />}
        <div class="hero">
          <div class="prose">
            <h1>{turns ? words.title : t.value.common.tasks[task.value].asks}</h1>
            <p class="lede">
              {turns
                ? words.lede({ kind })
                : t.value.hero.other.lede({ kind, task: task.value, answers: variants.value })}
            </p>
          </div>
          <Rotations />
          <Meter />
        </div>
        <div class="stay" ref={followBar}>
          <RunBar />
          <Contents sections={kept} whole={whole.value} />
        </div>
        {addressProblems.length > 0 && <AddressProblems />}

        {SECTIONS.slice(0, whole.value ? SECTIONS.length : count.value).map((section) => (
          <Fragment key={section.id}>
            {section === appendix && <h2 class="appendix-title">{words.appendix}</h2>}
            {/* Some parts put their words together once: another language makes them again. */}
            <Section key={language.value} section={section} />
          </Fragment>
        ))}
        {!whole.value && <div class="on-demand" aria-busy="true" />}
      </main>
      {Offer && <Offer />}
      {NewVersion && <NewVersion />}
      {dropping.value && <DropSign />}
      {whole.value && <Footer />}
    </>
  );
}

/** The page in its other languages: it changes at once and goes on training. Each link leads there by itself too. */
function Languages() {
  return (
    <nav class="languages" aria-label={t.value.page.language}>
      {SPOKEN.filter((name) => name !== language.value).map((name, place) => {
        const href = address({}, name);
        /** @param {MouseEvent} event */
        const change = (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // in a tab of its own
          event.preventDefault();
          chooseLanguage(name).catch(() => location.assign(href));
        };
        // Not keyed by the name: the focus stays where the other language was.
        return (
          <a key={place} class="button small" lang={name} hreflang={name} href={href} onClick={change}>
            {LANGUAGES[name].title}
          </a>
        );
      })}
    </nav>
  );
}

/** Where another page shows this one. */
function InFrame() {
  return (
    <p class="note in-frame">
      <Rich
        text={t.value.page.inFrame}
        parts={{
          a: (inner) => (
            <a href={address()} target="_blank" rel="noopener">
              {inner}
            </a>
          ),
        }}
      />
    </p>
  );
}

function Footer() {
  return (
    <footer data-kept-offline={keptOffline.value}>
      <p>{t.value.page.source}</p>
      <About />
      {keptOffline.value && <p>{t.value.page.keptOffline}</p>}
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

/** Their words are not of the first table. */
function AddressProblems() {
  useEffect(() => void laterWords().catch(() => {}), []);
  const { address: known, page } = t.value;
  if (!known) return null;
  return addressProblems.map(({ name, ...fault }) => (
    <p key={`${fault.code} ${name ?? JSON.stringify(fault.values)}`} class="note error address-problem" role="alert">
      {page.addressFault({ fault: name ? faultText(name, fault) : say({ room: 'address', ...fault }) })}
    </p>
  ));
}
