// "Which way up?": ten digits, the visitor against the network.
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { DigitImage } from '../../components/digit-image.jsx';
import { capital, percent } from '../../components/format.js';
import { StemPlot } from '../../components/stem-plot.jsx';
import { kind } from '../../data/sources.js';
import { client, dataInfo } from '../../session/session.js';
import { turns } from '../../shared/chosen-image.js';
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

/** Where the top of the digit points, by turn counter-clockwise. */
const TOPS = [
  { name: 'up', arrow: '↑', place: 'up' },
  { name: 'left', arrow: '←', place: 'left' },
  { name: 'down', arrow: '↓', place: 'down' },
  { name: 'right', arrow: '→', place: 'right' },
];
const NAMES = TOPS.map(({ name }) => name);

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
          {trouble.value}
        </p>
      )}
    </div>
  );
}

/** Laid out as a round is, so that nothing moves when the game begins. */
function Before() {
  return (
    <div class="quiz-round">
      <div class="quiz-field" aria-hidden="true">
        <DigitImage pixels={turns.value?.images[1]} class="quiz-digit" label="" />
        {TOPS.map(({ name, arrow, place }) => (
          <span key={name} class={`quiz-arrow ${place}`}>
            {arrow}
          </span>
        ))}
      </div>
      <div class="quiz-told">
        <p>
          {QUESTIONS} test {kind.value.many}, each turned at random. Where does the top of the {kind.value.one} point?
          Answer with the arrow keys, with 1 to 4, or by the buttons around it; the network answers at the same moment.
        </p>
        <button type="button" class="button" disabled={!client.value || !dataInfo.value} onClick={play}>
          Play
        </button>
        <p class="note">Data: {dataInfo.value?.source ?? '–'}.</p>
      </div>
    </div>
  );
}

function Round() {
  const { one } = kind.value;
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
        aria-label={`${capital(one)} ${i + 1} of ${QUESTIONS}: where does its top point? Arrow keys, or 1 to 4.`}
      >
        <DigitImage
          pixels={pixels}
          class={told ? `quiz-digit back-${turn}` : 'quiz-digit'}
          label={told ? `The ${one}, turned back upright` : `A ${one}, turned`}
        />
        {TOPS.map(({ name, arrow, place }, k) => (
          <button
            key={name}
            type="button"
            class={`button quiz-answer ${place}`}
            aria-label={`Its top points ${name}`}
            disabled={told || !pixels}
            data-mark={told ? (k === turn ? 'right' : k === said.you ? 'wrong' : '') : ''}
            onClick={() => void answer(k)}
          >
            {arrow}
          </button>
        ))}
      </div>
      <div class="quiz-told">
        <p class="quiz-count">
          {capital(one)} {i + 1} of {QUESTIONS} · you {scored.value.you}, network {scored.value.network}
        </p>
        <div class="quiz-lines" role="status">
          {told ? (
            <>
              <Line who="You" said={said.you} truth={turn} />
              <Line who="The network" said={said.network} truth={turn} sure={said.probabilities[said.network]} />
            </>
          ) : (
            <p class="note">Where does the top of the {one} point?</p>
          )}
        </div>
        <button ref={onward} type="button" class="button" disabled={!told} onClick={next}>
          {i + 1 < QUESTIONS ? `Next ${one}` : 'See the result'}
        </button>
        <StemPlot
          title="What the network says"
          colour="--pretext"
          labels={TOPS.map(({ arrow }) => arrow)}
          names={NAMES}
          values={told ? said.probabilities : null}
        />
      </div>
    </div>
  );
}

/** @param {{ who: string, said: number, truth: number, sure?: number }} props */
function Line({ who, said, truth, sure }) {
  return (
    <p class={said === truth ? 'quiz-line right' : 'quiz-line wrong'}>
      <span class="quiz-mark" aria-hidden="true">
        {said === truth ? '✓' : '✗'}
      </span>{' '}
      {who}: {NAMES[said]}
      {sure === undefined ? '' : ` (${percent(sure, 0)})`}
      {said === truth ? ', correct' : `, but it points ${NAMES[truth]}`}
    </p>
  );
}

function Over() {
  const again = useRef(/** @type {HTMLButtonElement | null} */ (null));
  useLayoutEffect(() => again.current?.focus({ preventScroll: true }), []);
  return (
    <div class="quiz-over">
      <p class="quiz-verdict" role="status">
        {verdict(scored.value, questions.value.length)}
      </p>
      <ol class="quiz-list">
        {questions.value.map(({ turn }, i) => {
          const { you, network, probabilities } = answers.value[i];
          return (
            <li key={i}>
              <DigitImage
                pixels={pictures.value[i]}
                label={`${capital(kind.value.one)} ${i + 1}: its top points ${NAMES[turn]}`}
              />
              <span class={you === turn ? 'right' : 'wrong'}>
                you <span aria-hidden="true">{TOPS[you].arrow}</span>
                <span class="visually-hidden">{NAMES[you]}</span> {you === turn ? '✓' : '✗'}
              </span>
              <span class={network === turn ? 'right' : 'wrong'}>
                net <span aria-hidden="true">{TOPS[network].arrow}</span>
                <span class="visually-hidden">{NAMES[network]}</span> {network === turn ? '✓' : '✗'}{' '}
                {percent(probabilities[network], 0)}
              </span>
            </li>
          );
        })}
      </ol>
      <p class="note">
        Some are luck for both:{' '}
        {kind.value.one === 'digit'
          ? 'a 0, a 1 or an 8 looks the same upside down, and a 6 becomes a 9'
          : `some ${kind.value.many} look much the same in two turns`}
        . Data: {dataInfo.value?.source ?? '–'}.
      </p>
      <button ref={again} type="button" class="button" onClick={play}>
        Play again with other {kind.value.many}
      </button>
    </div>
  );
}
