// Numbers in the language of the page.
export { capital, duration, loss, percent, whole } from '../messages/intl.js';
