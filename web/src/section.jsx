// A section of the article: its title, its paragraph and its view. What goes wrong in a view stays in its section.
import { Component } from 'preact';
import { term } from './components/term.jsx';
import { kindKey } from './data/sources.js';
import { t } from './messages/messages.js';
import { faultOf } from './fault-data.js';
import { Rich } from './messages/rich.jsx';
import { say } from './messages/said.js';
import { reloadPage } from './offline/reload.js';
import { exampleOf } from './session/session.js';
import { task, variants } from './shared/task.js';
import { fetchPart, leaveOut, leftOut, partOf, triesOf } from './sections.js';
import './components/section.css';

/** @typedef {import('./shared/section.js').Section} SectionEntry */

/** What a reader takes for each section, with its text and what there is to do, in minutes. @type {Record<SectionEntry['id'], number>} */
const MINUTES = {
  learn: 5,
  probe: 6,
  quiz: 3,
  tasks: 6,
  duel: 7,
  draw: 5,
  map: 5,
  inside: 5,
  data: 3,
  speed: 3,
  keep: 2,
};

/** Those without figures of the run. @type {readonly SectionEntry['id'][]} */
const OF_NO_RUN = ['tasks', 'data', 'speed', 'keep'];

/** Of an introduction. */
const PARTS = { term };

/** Those of a section that comes before its words are its name in the contents. @param {SectionEntry['id']} id */
function wordsFor(id) {
  const { learn, page, sections } = t.value;
  if (id === 'learn') {
    return task.value === 'turns'
      ? learn
      : { title: learn.title, intro: learn.introOf({ task: task.value, answers: variants.value }) };
  }
  const of = { kind: kindKey.value, task: task.value };
  return sections
    ? { title: sections[id].title(of), intro: sections[id].intro(of) }
    : { title: page.links[id], intro: '' };
}

/** @param {{ section: SectionEntry }} props */
export function Section({ section }) {
  const { id } = section;
  if (leftOut.value.has(id)) return null;
  const { title, intro } = wordsFor(id);
  return (
    <section id={id} class={section.appendix ? 'appendix' : undefined} aria-labelledby={`${id}-title`}>
      <div class="prose section-head">
        <h2 id={`${id}-title`}>{title}</h2>
        <p class="section-minutes note">{t.value.page.minutes({ minutes: MINUTES[id] })}</p>
        {exampleOf.value && !OF_NO_RUN.includes(id) && (
          <p class="section-example note" data-testid="example">
            {t.value.example.mark(exampleOf.value)}
          </p>
        )}
        <p>
          <Rich text={intro} parts={PARTS} />
        </p>
      </div>
      <Guarded title={title} onLeave={() => leaveOut(id)}>
        <Part section={section} title={title} />
        <ToTry section={section} />
      </Guarded>
    </section>
  );
}

/** Below a view that is there. @param {{ section: SectionEntry }} props */
function ToTry({ section }) {
  const found = partOf(section).state === 'here' ? triesOf(section) : null;
  return found && <found.Tries tasks={found.tasks} />;
}

/** @param {{ section: SectionEntry, title: string }} props */
function Part({ section, title }) {
  const words = t.value.page;
  const part = partOf(section);
  if (part.state === 'here') return <part.View />;
  if (part.state === 'failed') {
    return (
      <Failed
        text={part.why ? words.notFetchedWhy({ title, why: say(part.why) }) : words.notFetched({ title })}
        again={part.why ? words.reload : words.tryAgain}
        onAgain={() => void (part.why ? reloadPage() : fetchPart(section))}
        onLeave={() => leaveOut(section.id)}
      />
    );
  }
  return (
    <div class="card on-demand" aria-busy="true">
      <p class="on-paper">{words.notOnPaper({ title })}</p>
    </div>
  );
}

/** @param {{ text: string, again?: string, onAgain: () => void, onLeave: () => void }} props */
function Failed({ text, again = t.value.page.tryAgain, onAgain, onLeave }) {
  return (
    <div class="card part-failed" role="alert">
      <p>{text}</p>
      <div class="part-choices">
        <button type="button" class="button small" onClick={onAgain}>
          {again}
        </button>
        <button type="button" class="button small" onClick={onLeave}>
          {t.value.page.goOnWithout}
        </button>
      </div>
    </div>
  );
}

/**
 * Catches what a view throws while it is drawn, or in its effects.
 * @extends {Component<{ title: string, onLeave: () => void, children: import('preact').ComponentChildren }, { fault: unknown }>}
 */
class Guarded extends Component {
  state = { fault: /** @type {unknown} */ (null) };

  /** @param {unknown} fault */
  static getDerivedStateFromError(fault) {
    return { fault };
  }

  /** @param {unknown} fault */
  componentDidCatch(fault) {
    console.error(fault);
  }

  render() {
    const { fault } = this.state;
    if (fault === null) return this.props.children;
    return (
      <Failed
        text={t.value.page.failed({ title: this.props.title, why: say(faultOf(fault)) })}
        onAgain={() => this.setState({ fault: null })}
        onLeave={this.props.onLeave}
      />
    );
  }
}
