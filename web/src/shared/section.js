// What a section of the page is: features/*/section.js exports one.

/** @typedef {(typeof import('../data/kinds.js').KINDS)[import('../data/kinds.js').Kind]} Words what the data show, in words */

/**
 * @typedef {object} Section
 * @property {string} id its anchor, and its name among what the address of a lesson hides
 * @property {number} order its place: sections stand in ascending order
 * @property {string} link its name in the contents
 * @property {(words: Words) => string} title
 * @property {(words: Words) => string} intro one paragraph under the title
 * @property {import('preact').ComponentType} [View] of a section that is at hand from the first moment
 * @property {() => Promise<import('preact').ComponentType>} [load] else: fetches it
 * @property {() => void} [follow] begins to keep the section's state up to date; called once, before the page is made
 */

export {};
