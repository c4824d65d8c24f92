// A section of the article: its title, its paragraph and its view. What goes wrong in a view stays in its section.
import { Component } from 'preact';
import './section.css';

/** @typedef {(typeof import('../data/kinds.js').KINDS)[import('../data/kinds.js').Kind]} Words what the data show, in words */

/**
 * @typedef {object} SectionEntry
 * @property {string} id its anchor, and its name among what the address of a lesson hides
 * @property {number} order its place: sections stand in ascending order
 * @property {string} link its name in the contents
 * @property {(words: Words) => string} title
 * @property {(words: Words) => string} intro one paragraph under the title
 * @property {import('preact').ComponentType} [View] of a section that is at hand from the first moment
 * @property {() => Promise<import('preact').ComponentType>} [load] else: fetches it
 * @property {() => void} [follow] begins to keep the section's state up to date; called once, before the page is made
 */

/**
 * Where a section's view stands.
 * @typedef {{ state: 'away' | 'coming' } | { state: 'failed', fault: unknown } |
 *   { state: 'here', View: import('preact').ComponentType }} Part
 */

/**
 * @param {{ section: SectionEntry, words: Words, part: import('@preact/signals').ReadonlySignal<Part>, onFetch: () => void,
 *   onLeave: () => void }} props `onFetch`: fetches its view again; `onLeave`: the visitor goes on without it
 */
export function Section({ section, words, part, onFetch, onLeave }) {
  const { id } = section;
  const title = section.title(words);
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <div class="prose">
        <h2 id={`${id}-title`}>{title}</h2>
        <p>{section.intro(words)}</p>
      </div>
      <Guarded title={title} onLeave={onLeave}>
        <View {...{ title, part, onFetch, onLeave }} />
      </Guarded>
    </section>
  );
}

/** @param {{ title: string, part: import('@preact/signals').ReadonlySignal<Part>, onFetch: () => void, onLeave: () => void }} props */
function View({ title, part: { value: part }, onFetch, onLeave }) {
  if (part.state === 'here') return <part.View />;
  if (part.state === 'failed')
    return <Failed text={`“${title}” could not be fetched.`} onAgain={onFetch} onLeave={onLeave} />;
  return (
    <div class="card on-demand" aria-busy="true">
      <p class="on-paper">
        {title}: not yet on the page when this was printed. “Print, or save as PDF”, under “Keep and share”, waits for
        it.
      </p>
    </div>
  );
}

/** @param {{ text: string, onAgain: () => void, onLeave: () => void }} props */
function Failed({ text, onAgain, onLeave }) {
  return (
    <div class="card part-failed" role="alert">
      <p>{text}</p>
      <div class="part-choices">
        <button type="button" class="button small" onClick={onAgain}>
          Try again
        </button>
        <button type="button" class="button small" onClick={onLeave}>
          Go on without it
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
        text={`“${this.props.title}” has failed: ${fault instanceof Error ? fault.message : String(fault)}`}
        onAgain={() => this.setState({ fault: null })}
        onLeave={this.props.onLeave}
      />
    );
  }
}
