// "Which way up?": ten digits, the visitor against the network.
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { DigitImage } from '../../components/digit-image.jsx';
import { StemPlot } from '../../components/stem-plot.jsx';
import { kindKey } from '../../data/sources.js';
import { dataTitle } from '../../messages/data-title.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { say } from '../../messages/said.js';
import { client, dataInfo } from '../../session/session.js';
import { variantsOfChosen } from '../../shared/chosen-image.js';
import { askedVariants, task, variantName, variants } from '../../shared/task.js';
import { QUESTIONS, variantOfKey, verdict } from './game.js';
import {
  answer,
  answers,
  followQuiz,
  next,
  number,
  pictures,
  play,
  questions,
  scored,
  stand,
  training,
  trouble,
} from './state.js';
import './quiz.css';

/** Where the top of the digit points, by turn counter-clockwise: keys of the messages, and places around it. */
const TOPS = /** @type {const} */ ([
  { top: 'up', arrow: '↑' },
  { top: 'left', arrow: '←' },
  { top: 'down', arrow: '↓' },
  { top: 'right', arrow: '→' },
]);

const ofTurns = () => task.value === 'turns';
/** A class of the pretext task: its sign on a button, and its name. @param {number} variant */
function classOf(variant) {
  const words = t.value.quiz;
  if (!ofTurns()) return { sign: String(askedVariants.value.indexOf(variant) + 1), name: variantName(variant) };
  const { top, arrow } = TOPS[variant];
  return { sign: arrow, name: words.tops[top] };
}

export function Quiz() {
  useEffect(followQuiz, []);
  const now = stand.value;
  return (
    <div
      class="card quiz"
      onKeyDown={(event) => {
        if (event.ctrlKey || event.altKey || event.metaKey || stand.peek() !== 'asking') return;
        const variant = variantOfKey(event.key, askedVariants.peek(), task.peek() === 'turns');
        if (variant === undefined) return;
        event.preventDefault();
        void answer(variant);
      }}
    >
      <p class="quiz-trained">{training.value}</p>
      {now === 'before' && <Before />}
      {(now === 'asking' || now === 'told') && <Round />}
      {now === 'over' && <Over />}
      {trouble.value && (
        <p class="note error" role="alert">
          {say(trouble.value)}
        </p>
      )}
    </div>
  );
}

/** Laid out as a round is, so that nothing moves when the game begins. */
function Before() {
  const words = t.value.quiz;
  return (
    <div class="quiz-round">
      <div class={ofTurns() ? 'quiz-field' : 'quiz-field listed'} aria-hidden="true">
        <DigitImage pixels={variantsOfChosen.value?.images[1]} class="quiz-digit" label="" />
        {ofTurns() &&
          TOPS.map(({ top, arrow }) => (
            <span key={top} class={`quiz-arrow ${top}`}>
              {arrow}
            </span>
          ))}
      </div>
      <div class="quiz-told">
        <p>{beforeWords()}</p>
        <button type="button" class="button" disabled={!client.value || !dataInfo.value} onClick={play}>
          {words.play}
        </button>
        <p class="note">{words.data({ source: dataTitle(dataInfo.value?.source) })}</p>
      </div>
    </div>
  );
}

function beforeWords() {
  const words = t.value.quiz;
  const of = { kind: kindKey.value, questions: QUESTIONS };
  if (ofTurns()) return words.before(of);
  return words.other.before({ ...of, task: task.value, asked: askedVariants.value.length, answers: variants.value });
}

function Round() {
  const words = t.value.quiz;
  const kind = kindKey.value;
  const i = number.value;
  const told = stand.value === 'told';
  const said = answers.value[i];
  const { variant } = questions.value[i];
  const picture = pictures.value[i];
  const turns = ofTurns();
  const asked = askedVariants.value;
  const field = useRef(/** @type {HTMLDivElement | null} */ (null));
  const onward = useRef(/** @type {HTMLButtonElement | null} */ (null));
  // The keys go where the next answer or the next step is.
  useLayoutEffect(() => (told ? onward.current : field.current)?.focus({ preventScroll: true }), [i, told]);
  return (
    <div class="quiz-round">
      <div
        ref={field}
        class={turns ? 'quiz-field' : 'quiz-field listed'}
        tabIndex={-1}
        role="group"
        aria-label={
          turns
            ? words.field({ kind, number: i + 1, of: QUESTIONS })
            : words.other.field({ kind, number: i + 1, of: QUESTIONS, task: task.value })
        }
      >
        {/* A turned one turns back by itself; others are shown as they were before. */}
        <DigitImage
          pixels={told && !turns ? picture?.upright : picture?.shown}
          class={told && turns ? `quiz-digit back-${variant}` : 'quiz-digit'}
          label={pictureWords(told)}
        />
        {asked.map((each) => {
          const { sign, name } = classOf(each);
          return (
            <button
              key={each}
              type="button"
              class={turns ? `button quiz-answer ${TOPS[each].top}` : 'button small quiz-choice'}
              aria-label={turns ? words.answer({ top: TOPS[each].top }) : undefined}
              disabled={told || !picture}
              data-mark={told ? (each === variant ? 'right' : each === said.you ? 'wrong' : '') : ''}
              onClick={() => void answer(each)}
            >
              {turns ? sign : words.other.choice({ number: sign, name })}
            </button>
          );
        })}
      </div>
      <div class="quiz-told">
        <p class="quiz-count">{words.count({ kind, number: i + 1, of: QUESTIONS, ...scored.value })}</p>
        <div class="quiz-lines" role="status">
          {told ? (
            <>
              <Line right={said.you === variant} text={youWords(said.you, variant)} />
              <Line right={said.network === variant} text={networkWords(said, variant)} />
            </>
          ) : (
            <p class="note">{turns ? words.question({ kind }) : t.value.common.tasks[task.value].asks}</p>
          )}
        </div>
        <button ref={onward} type="button" class="button" disabled={!told} onClick={next}>
          {i + 1 < QUESTIONS ? words.next({ kind }) : words.toResult}
        </button>
        <StemPlot
          title={words.networkSays}
          colour="--pretext"
          labels={asked.map((each) => classOf(each).sign)}
          names={asked.map((each) => classOf(each).name)}
          values={told ? said.probabilities : null}
        />
      </div>
    </div>
  );
}

/** What the picture of a question shows. @param {boolean} told the answers are there */
function pictureWords(told) {
  const words = t.value.quiz;
  const of = { kind: kindKey.value };
  if (ofTurns()) return told ? words.upright(of) : words.turned(of);
  return told ? words.other.upright(of) : words.other.changed(of);
}

/** @param {number} said @param {number} truth */
function youWords(said, truth) {
  const words = t.value.quiz;
  if (ofTurns()) {
    return said === truth
      ? words.youRight({ said: TOPS[said].top })
      : words.youWrong({ said: TOPS[said].top, truth: TOPS[truth].top });
  }
  const both = { said: variantName(said), truth: variantName(truth) };
  return said === truth ? words.other.youRight(both) : words.other.youWrong(both);
}

/** @param {import('./game.js').Answer} said */
const sureOf = ({ network, probabilities }) => probabilities[askedVariants.value.indexOf(network)];

/** @param {import('./game.js').Answer} answered @param {number} truth */
function networkWords(answered, truth) {
  const words = t.value.quiz;
  const { network: said } = answered;
  const sure = sureOf(answered);
  if (ofTurns()) {
    return (said === truth ? words.networkRight : words.networkWrong)({
      said: TOPS[said].top,
      sure,
      truth: TOPS[truth].top,
    });
  }
  const all = { said: variantName(said), truth: variantName(truth), sure };
  return said === truth ? words.other.networkRight(all) : words.other.networkWrong(all);
}

/** @param {{ right: boolean, text: string }} props */
function Line({ right, text }) {
  return (
    <p class={right ? 'quiz-line right' : 'quiz-line wrong'}>
      <span class="quiz-mark" aria-hidden="true">
        {right ? '✓' : '✗'}
      </span>{' '}
      {text}
    </p>
  );
}

/** What somebody said, in the list of all answers. @param {{ text: string, arrow: string, right: boolean }} props */
const Answered = ({ text, arrow, right }) => (
  <span class={right ? 'right' : 'wrong'}>
    <Rich
      text={text}
      parts={{
        arrow: () => <span aria-hidden="true">{arrow}</span>,
        name: (inner) => <span class="visually-hidden">{inner}</span>,
        mark: () => (right ? '✓' : '✗'),
      }}
    />
  </span>
);

function Over() {
  const words = t.value.quiz;
  const kind = kindKey.value;
  const turns = ofTurns();
  const again = useRef(/** @type {HTMLButtonElement | null} */ (null));
  useLayoutEffect(() => again.current?.focus({ preventScroll: true }), []);
  return (
    <div class="quiz-over">
      <p class="quiz-verdict" role="status">
        {words[verdict(scored.value)]({ ...scored.value, of: questions.value.length })}
      </p>
      <ol class="quiz-list">
        {questions.value.map(({ variant }, i) => {
          const answered = answers.value[i];
          const { you, network } = answered;
          const yours = classOf(you);
          const its = classOf(network);
          return (
            <li key={i}>
              <DigitImage
                pixels={pictures.value[i].shown}
                label={
                  turns
                    ? words.shown({ kind, number: i + 1, top: TOPS[variant].top })
                    : words.other.shown({ kind, number: i + 1, variant: variantName(variant) })
                }
              />
              <Answered text={words.youSaid({ said: yours.name })} arrow={yours.sign} right={you === variant} />
              <Answered
                text={words.networkSaid({ said: its.name, sure: sureOf(answered) })}
                arrow={its.sign}
                right={network === variant}
              />
            </li>
          );
        })}
      </ol>
      <p class="note">
        {turns
          ? words.luck({ kind, source: dataTitle(dataInfo.value?.source) })
          : words.data({ source: dataTitle(dataInfo.value?.source) })}
      </p>
      <button ref={again} type="button" class="button" onClick={play}>
        {words.again({ kind })}
      </button>
    </div>
  );
}
