// Puts the drawing into the visitor's own set; fetched when somebody wants it.
import { addMine, myDigits, readMyDigits } from '../../data/my-digits.js';
import { client } from '../../session/session.js';
import { clear, question } from '../../shared/drawing.js';

/**
 * Keeps the drawing upright and clears the pad, unless the visitor has gone on with it meanwhile.
 * @param {import('../../engine/types').Drawing} drawing as it was when the visitor asked
 * @param {number} label
 * @returns {Promise<number | null>} how many there are now; null: there is no engine
 */
export async function keepDrawing(drawing, label) {
  const engine = client.peek();
  if (!engine) return null;
  await readMyDigits();
  const { pixels } = await engine.call('recognise', [drawing, 0]);
  await addMine(label, pixels);
  if (question.peek() === drawing) clear();
  return myDigits.peek().length;
}
