// The engine's own worker, where init scripts of a page do not reach, and answers in the server's place.
import { WORKER_FILE } from './page-server.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** Not one of its threads. @param {Page} page */
export const engineWorker = (page) =>
  /** @type {import('playwright-core').Worker} */ (page.workers().find((each) => WORKER_FILE.test(each.url())));

/**
 * Answers in the server's place until the function that it gives is called. The route itself stays: where a worker is
 * being ended, Chromium may never say that it is gone.
 * @param {Page} page
 * @param {RegExp} addresses
 * @param {(route: import('playwright-core').Route) => Promise<unknown>} answer
 */
export async function spoil(page, addresses, answer) {
  let spoilt = true;
  await page.route(addresses, (route) => (spoilt ? answer(route) : route.continue()));
  return () => {
    spoilt = false;
  };
}

/** Puts code in front of the worker's own, until the function that it gives is called. @param {Page} page @param {string} code */
export const inWorker = (page, code) =>
  spoil(page, WORKER_FILE, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: `${code};\n${await answer.text()}` });
  });
