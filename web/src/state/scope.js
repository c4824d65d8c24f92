// Storage, locks, channels and caches belong to the whole origin. Two deployments of the page on one origin share none of
// them: every name holds the folder that the page lies in.

/**
 * @param {string} what
 * @param {string} [base] an address in the page's folder
 */
export const scoped = (what, base = document.baseURI) => `quarterturn ${new URL('./', base).pathname} ${what}`;
