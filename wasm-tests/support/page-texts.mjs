// What a visitor reads on the page, as pieces that stand by themselves: blocks of text, and what attributes say.

/** Not words: commands, names, lines of the browser. */
const NO_WORDS = 'script, style, noscript, code, pre, .command, .brand, [translate=no]';

/**
 * @param {import('playwright-core').Page} page
 * @param {string} foreign a selector of what is in another language on purpose
 * @returns {Promise<string[]>} each after what it is, such as “p: ” or “title: ”
 */
export const pageTexts = (page, foreign) =>
  page.evaluate((noWords) => {
    /** @type {string[]} */
    const found = [];
    const note = (/** @type {string} */ what, /** @type {string} */ text) => found.push(`${what}: ${text}`);
    const body = /** @type {HTMLElement} */ (document.body.cloneNode(true));
    for (const each of body.querySelectorAll(noWords)) each.remove();
    // Parts of a sentence stand in elements of their own, but never in blocks.
    for (const block of body.querySelectorAll(
      'p, h1, h2, h3, h4, li, td, th, caption, button, a, label, option, summary, legend, figcaption, output, text, div, span',
    ))
      // Buttons within a paragraph are words of its sentence.
      if (
        !block.querySelector(
          `p, h1, h2, h3, h4, li, td, label, select, summary, div${block.matches('p') ? '' : ', button'}`,
        )
      ) {
        if (
          block.matches('div, span, a, b, p button') &&
          block.parentElement?.closest('p, h2, h3, li, td, button, label, summary')
        )
          continue;
        note(block.tagName.toLowerCase(), block.textContent ?? '');
      }
    for (const name of ['aria-label', 'aria-valuetext', 'aria-description', 'title', 'alt', 'placeholder'])
      for (const each of document.body.querySelectorAll(`[${name}]`))
        if (!each.matches(noWords)) note(name, each.getAttribute(name) ?? '');
    note('title', document.title);
    return found;
  }, `${NO_WORDS}, ${foreign}`);
