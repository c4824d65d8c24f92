// What browsers do to pages, each function by itself for a page's init scripts or to be run in the page: protection
// against fingerprinting, translation, and pointers whose end is never reported.

/** Noise in what is read of a canvas, as in Brave and in Firefox's private windows: some pixels, by 1 or 2. */
export function noisyCanvas() {
  const read = CanvasRenderingContext2D.prototype.getImageData;
  let state = 20251129;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
  CanvasRenderingContext2D.prototype.getImageData = function (/** @type {any[]} */ ...given) {
    const image = read.apply(this, /** @type {any} */ (given));
    const pixels = image.data.length / 4;
    for (let i = 0; i < 130; i++)
      image.data[4 * (next() % pixels) + ((next() >>> 8) % 3)] ^= (next() >>> 9) & 1 ? 1 : 2;
    return image;
  };
}

/** White, whatever was painted, as in Tor Browser and LibreWolf. */
export function whiteCanvas() {
  const read = CanvasRenderingContext2D.prototype.getImageData;
  CanvasRenderingContext2D.prototype.getImageData = function (/** @type {any[]} */ ...given) {
    const image = read.apply(this, /** @type {any} */ (given));
    image.data.fill(255);
    return image;
  };
}

/** Texts are replaced by elements with the mark [de], as Chrome's translator does it. */
export function translate() {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = /** @type {Text[]} */ ([]);
  while (walk.nextNode()) {
    const text = /** @type {Text} */ (walk.currentNode);
    if (text.data.trim() && !text.parentElement?.closest('script, style, code, font')) texts.push(text);
  }
  for (const text of texts) {
    const [outer, inner] = [document.createElement('font'), document.createElement('font')];
    inner.textContent = `[de] ${text.data}`;
    outer.append(inner);
    text.replaceWith(outer);
  }
  document.documentElement.classList.add('translated-ltr');
}

/** Texts are replaced by other texts, one for all that stand side by side, as Firefox's translator does it. */
export function translateByText() {
  for (const element of document.body.querySelectorAll('*')) {
    if (element.closest('script, style, code')) continue;
    /** @type {ChildNode[][]} */
    const groups = [];
    for (const node of element.childNodes) {
      if (!(node instanceof Text)) continue;
      if (node.previousSibling instanceof Text) groups[groups.length - 1].push(node);
      else groups.push([node]);
    }
    for (const texts of groups) {
      const words = texts.map((node) => node.textContent).join('');
      if (!words.trim() || words.startsWith('[de] ')) continue;
      texts[0].before(document.createTextNode(`[de] ${words}`));
      for (const text of texts) text.remove();
    }
  }
}

/**
 * Sends pointer events to an element; places in parts of it.
 * @param {{ target: string, events: { type: string, pointer: number, kind: string, at: [number, number],
 *   buttons: number, button?: number, primary?: boolean }[] }} given
 */
export function sendPointers({ target, events }) {
  const element = document.querySelector(target);
  if (!element) throw new Error(`no ${target}`);
  const box = element.getBoundingClientRect();
  for (const { type, pointer, kind, at, buttons, button = type === 'pointermove' ? -1 : 0, primary = true } of events) {
    element.dispatchEvent(
      new PointerEvent(type, {
        pointerId: pointer,
        pointerType: kind,
        isPrimary: primary,
        button,
        buttons,
        clientX: box.left + at[0] * box.width,
        clientY: box.top + at[1] * box.height,
        bubbles: true,
        cancelable: true,
      }),
    );
  }
}
