// The wheel over a field. Browsers take it, while the field has the focus, for a step of its number or slider: the page
// stands still, and a visitor who scrolls on from a learning rate changes it unawares. Here the wheel only scrolls.

const STEPS = 'input[type=number], input[type=range]';

/** Called once. */
export function scrollOverFields() {
  addEventListener(
    'wheel',
    ({ target }) => {
      // A field without the focus leaves the wheel to the page.
      if (target instanceof HTMLElement && target === document.activeElement && target.matches(STEPS)) target.blur();
    },
    { capture: true, passive: true },
  );
}
