// "Which way up?": ten digits, the visitor against the network.
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { DigitImage } from '../../components/digit-image.jsx';
import { StemPlot } from '../../components/stem-plot.jsx';
import { kindKey } from '../../data/sources.js';
import { t } from '../../messages/messages.js';
import { Rich } from '../../messages/rich.jsx';
import { say } from '../../messages/said.js';
import { client, dataInfo } from '../../session/session.js';
import { variantsOfChosen } from '../../shared/chosen-image.js';
import { QUESTIONS, turnOfKey, verdict } from './game.js';
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

export function Quiz() {
  useEffect(followQuiz, []);
  const now = stand.value;
  return (
    <div
      class="card quiz"
      onKeyDown={(event) => {
        const turn = event.ctrlKey || event.altKey || event.metaKey ? undefined : turnOfKey(event.key);
        if (turn === undefined || stand.peek() !== 'asking') return;
        event.preventDefault();
        void answer(turn);
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
      <div class="quiz-field" aria-hidden="true">
        <DigitImage pixels={variantsOfChosen.value?.images[1]} class="quiz-digit" label="" />
        {TOPS.map(({ top, arrow }) => (
          <span key={top} class={`quiz-arrow ${top}`}>
            {arrow}
          </span>
        ))}
      </div>
      <div class="quiz-told">
        <p>{words.before({ kind: kindKey.value, questions: QUESTIONS })}</p>
        <button type="button" class="button" disabled={!client.value || !dataInfo.value} onClick={play}>
          {words.play}
        </button>
        <p class="note">{words.data({ source: dataInfo.value?.source ?? '–' })}</p>
      </div>
    </div>
  );
}

function Round() {
  const words = t.value.quiz;
  const kind = kindKey.value;
  const i = number.value;
  const told = stand.value === 'told';
  const said = answers.value[i];
  const { turn } = questions.value[i];
  const pixels = pictures.value[i];
  const field = useRef(/** @type {HTMLDivElement | null} */ (null));
  const onward = useRef(/** @type {HTMLButtonElement | null} */ (null));
  // The keys go where the next answer or the next step is.
  useLayoutEffect(() => (told ? onward.current : field.current)?.focus({ preventScroll: true }), [i, told]);
  return (
    <div class="quiz-round">
      <div
        ref={field}
        class="quiz-field"
        tabIndex={-1}
        role="group"
        aria-label={words.field({ kind, number: i + 1, of: QUESTIONS })}
      >
        <DigitImage
          pixels={pixels}
          class={told ? `quiz-digit back-${turn}` : 'quiz-digit'}
          label={told ? words.upright({ kind }) : words.turned({ kind })}
        />
        {TOPS.map(({ top, arrow }, k) => (
          <button
            key={top}
            type="button"
            class={`button quiz-answer ${top}`}
            aria-label={words.answer({ top })}
            disabled={told || !pixels}
            data-mark={told ? (k === turn ? 'right' : k === said.you ? 'wrong' : '') : ''}
            onClick={() => void answer(k)}
          >
            {arrow}
          </button>
        ))}
      </div>
      <div class="quiz-told">
        <p class="quiz-count">{words.count({ kind, number: i + 1, of: QUESTIONS, ...scored.value })}</p>
        <div class="quiz-lines" role="status">
          {told ? (
            <>
              <Line
                right={said.you === turn}
                text={
                  said.you === turn
                    ? words.youRight({ said: TOPS[said.you].top })
                    : words.youWrong({ said: TOPS[said.you].top, truth: TOPS[turn].top })
                }
              />
              <Line
                right={said.network === turn}
                text={(said.network === turn ? words.networkRight : words.networkWrong)({
                  said: TOPS[said.network].top,
                  sure: said.probabilities[said.network],
                  truth: TOPS[turn].top,
                })}
              />
            </>
          ) : (
            <p class="note">{words.question({ kind })}</p>
          )}
        </div>
        <button ref={onward} type="button" class="button" disabled={!told} onClick={next}>
          {i + 1 < QUESTIONS ? words.next({ kind }) : words.toResult}
        </button>
        <StemPlot
          title={words.networkSays}
          colour="--pretext"
          labels={TOPS.map(({ arrow }) => arrow)}
          names={TOPS.map(({ top }) => words.tops[top])}
          values={told ? said.probabilities : null}
        />
      </div>
    </div>
  );
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
  const again = useRef(/** @type {HTMLButtonElement | null} */ (null));
  useLayoutEffect(() => again.current?.focus({ preventScroll: true }), []);
  return (
    <div class="quiz-over">
      <p class="quiz-verdict" role="status">
        {words[verdict(scored.value)]({ ...scored.value, of: questions.value.length })}
      </p>
      <ol class="quiz-list">
        {questions.value.map(({ turn }, i) => {
          const { you, network, probabilities } = answers.value[i];
          return (
            <li key={i}>
              <DigitImage
                pixels={pictures.value[i]}
                label={words.shown({ kind, number: i + 1, top: TOPS[turn].top })}
              />
              <Answered text={words.youSaid({ said: TOPS[you].top })} arrow={TOPS[you].arrow} right={you === turn} />
              <Answered
                text={words.networkSaid({ said: TOPS[network].top, sure: probabilities[network] })}
                arrow={TOPS[network].arrow}
                right={network === turn}
              />
            </li>
          );
        })}
      </ol>
      <p class="note">{words.luck({ kind, source: dataInfo.value?.source ?? '–' })}</p>
      <button ref={again} type="button" class="button" onClick={play}>
        {words.again({ kind })}
      </button>
    </div>
  );
}
