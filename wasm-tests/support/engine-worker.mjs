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

/**
 * Code for the worker: it trains one step and one slice and then hardly at all, for five seconds, and answers as ever.
 * However slowly a page hears of it and a test does what it came for, the run does not meanwhile come to its end.
 */
export const HESITANT = `{
  let [told, first] = [0, 0];
  const post = self.postMessage;
  self.postMessage = (...message) => {
    post.apply(self, message);
    if (message[0].event !== 'progress' || !message[0].detail.running) return;
    told++;
    first ||= performance.now();
  };
  // The worker's first channel is the one by which it goes on to the next slice.
  const Channel = self.MessageChannel;
  self.MessageChannel = function () {
    self.MessageChannel = Channel;
    const channel = new Channel();
    const next = channel.port2.postMessage.bind(channel.port2);
    channel.port2.postMessage = (value) => {
      const waits = told > 1 && performance.now() - first < 5000;
      if (waits) setTimeout(next, 300, value);
      else next(value);
    };
    return channel;
  };
}`;
