// What a section of the page is: features/*/section.js exports one. Its words stand in the messages' rooms `page.links`
// and `sections` under its id.

/**
 * @typedef {object} Section
 * @property {keyof import('../messages/messages.js').Words['page']['links']} id its anchor, and its name among what the
 *   address of a lesson hides
 * @property {number} order its place: sections stand in ascending order
 * @property {true} [appendix] of those that stand last and are less for reading than for looking up
 * @property {import('preact').ComponentType} [View] of a section that is at hand from the first moment
 * @property {() => Promise<import('preact').ComponentType>} [load] else: fetches it
 * @property {() => Promise<readonly import('./tries.js').Task[]>} [tries] what there is to try in it
 * @property {() => void} [follow] begins to keep the section's state up to date; called once, before the page is made
 */

export {};
