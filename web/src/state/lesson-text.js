// What the page's address may say of a lesson's task: the name of a ready lesson (state/lessons.js), or a text.

export const LESSON_NAMES = /** @type {const} */ (['guess', 'learn', 'labels', 'control', 'seeds', 'notebook']);
/** @typedef {(typeof LESSON_NAMES)[number]} LessonName */

/** @param {string} name @returns {name is LessonName} */
export const isLesson = (name) => LESSON_NAMES.some((each) => each === name);

/** What a lesson can hide besides settings and sections: the tasks of sections, and the guess before a figure. @type {readonly string[]} */
export const ASIDES = ['try', 'guess'];

/** The longest task that a link carries; longer addresses are cut by mail programs and servers. */
export const MOST_LETTERS = 1000;

/** A task as it can stand on the page: plain text, lines kept. @param {string} text */
export const taskText = (text) =>
  text
    .replace(/\r\n?/g, '\n')
    // Characters that are not seen, or that turn the direction of what follows.
    .replace(/[^\P{C}\n]/gu, '')
    .trim()
    .slice(0, MOST_LETTERS);
