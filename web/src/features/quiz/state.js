import { batch, computed, effect, signal } from '@preact/signals';
import { t } from '../../messages/messages.js';
import { faultOf } from '../../fault-data.js';
import { client, dataInfo, history, progress } from '../../session/session.js';
import { askedVariants, task, variants } from '../../shared/task.js';
import { QUESTIONS, amongAsked, makeQuestions, score } from './game.js';

/** @typedef {import('./game.js').Question} Question */
/** @typedef {import('./game.js').Answer} Answer */

export const questions = signal(/** @type {Question[]} */ ([]));
export const answers = signal(/** @type {Answer[]} */ ([]));
/** Number of the question on the table; as many as there are questions once the game is over. */
export const number = signal(0);
/** Pictures of the questions so far, as they are shown and as they are in the data. */
export const pictures = signal(/** @type {{ shown: Uint8Array, upright: Uint8Array }[]} */ ([]));
/** Why a picture or an answer could not be had. */
export const trouble = signal(/** @type {import('../../messages/said.js').Said | null} */ (null));

/** @typedef {'before' | 'asking' | 'told' | 'over'} Stand told: the answers to the present question are shown */
export const stand = computed(() => {
  if (questions.value.length === 0) return /** @type {Stand} */ ('before');
  if (number.value >= questions.value.length) return /** @type {Stand} */ ('over');
  return /** @type {Stand} */ (answers.value.length > number.value ? 'told' : 'asking');
});
export const scored = computed(() => score(questions.value, answers.value));

/** How far the network has been trained, in words. */
export const training = computed(() => {
  const epochs = history.pretext.value.length;
  const now = progress.value;
  const words = t.value.quiz;
  if (epochs > 0) return words.trained({ epochs, task: task.value });
  if (now?.phase === 'pretext' && now.step > 0) return words.firstEpoch({ step: now.step, of: now.steps });
  return words.untrained;
});

export function play() {
  batch(() => {
    questions.value = makeQuestions(dataInfo.peek()?.test ?? 0, QUESTIONS, Math.random, askedVariants.peek());
    answers.value = [];
    pictures.value = [];
    number.value = 0;
    trouble.value = null;
  });
  void show();
}

async function show() {
  const [game, i, engine] = [questions.peek(), number.peek(), client.peek()];
  if (!engine || i >= game.length) return;
  try {
    const { upright, images } = await engine.call('variants', ['test', game[i].index]);
    const picture = { shown: images[game[i].variant], upright };
    if (questions.peek() === game) pictures.value = [...pictures.peek().slice(0, i), picture];
  } catch (error) {
    trouble.value = faultOf(error);
  }
}

let asking = false;

/** The visitor's answer; the network gives its own at the same moment. @param {number} variant */
export async function answer(variant) {
  const [game, i, engine] = [questions.peek(), number.peek(), client.peek()];
  if (asking || !engine || stand.peek() !== 'asking' || !pictures.peek()[i]) return;
  asking = true;
  try {
    const { index, variant: truth } = game[i];
    const all = await engine.call('rotations', ['test', index, 1, 'now']);
    const classes = variants.peek();
    const row = all.subarray(classes * truth, classes * (truth + 1));
    const { probabilities, said: network } = amongAsked(row, askedVariants.peek());
    if (questions.peek() !== game) return;
    if (network < 0) {
      trouble.value = { room: 'quiz', code: 'noAnswer' };
      return;
    }
    trouble.value = null;
    answers.value = [
      ...answers.peek(),
      { you: variant, network, probabilities, epochs: history.pretext.peek().length },
    ];
  } catch (error) {
    trouble.value = faultOf(error);
  } finally {
    asking = false;
  }
}

export function next() {
  if (stand.peek() !== 'told') return;
  number.value++;
  void show();
}

/** Other data have other pictures, another task other answers: the game is off. @returns {() => void} stops watching */
export function followQuiz() {
  return effect(() => {
    void [dataInfo.value, task.value];
    batch(() => {
      questions.value = [];
      answers.value = [];
      pictures.value = [];
      number.value = 0;
      trouble.value = null;
    });
  });
}
