// Puts the drawing into the visitor's own set; fetched when somebody wants it.
import { addMine, myDigits, readMyDigits } from '../../data/my-digits.js';
import { client } from '../../session/session.js';
import { clear, question } from '../../shared/drawing.js';

/**
 * Keeps the drawing upright and clears the pad, unless the visitor has gone on with it meanwhile.
 * @param {number} label
 * @returns {Promise<number | null>} how many there are now; null: there was nothing to keep
 */
export async function keepDrawing(label) {
  const [engine, asked] = [client.peek(), question.peek()];
  if (!engine || !asked) return null;
  await readMyDigits();
  const { pixels } = await engine.call('recognise', [asked, 0]);
  await addMine(label, pixels);
  if (question.peek() === asked) clear();
  return myDigits.peek().length;
}
