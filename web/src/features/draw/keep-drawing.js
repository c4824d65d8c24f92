// Puts the drawing into the visitor's own set; fetched when somebody wants it.
import { addMine, keepProblem, myDigits, readMyDigits } from '../../data/my-digits.js';
import { classNames } from '../../data/sources.js';
import { client } from '../../session/session.js';
import { clear, question } from '../../shared/drawing.js';

/** Keeps the drawing upright and clears the pad. @param {number} label @returns {Promise<string>} what was done, in words */
export async function keepDrawing(label) {
  const [engine, asked] = [client.peek(), question.peek()];
  if (!engine || !asked) return '';
  await readMyDigits();
  const { pixels } = await engine.call('recognise', [asked, 0]);
  await addMine(label, pixels);
  clear();
  return keepProblem.peek() || `Kept as a ${classNames.peek()[label]}: ${myDigits.peek().length} in my set, below.`;
}
