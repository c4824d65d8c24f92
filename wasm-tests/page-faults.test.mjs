// What goes wrong in a visitor's browser: each time the page says so, and training goes on to the very result of a run
// that nothing has disturbed.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  LONG,
  findings,
  finished,
  keepSection,
  kept,
  takePicture,
  press,
  ready,
  signature,
  useBrowsers,
  startOver,
} from './support/browser-page.mjs';
import { effort } from './support/effort.mjs';
import { engineWorker, inWorker, spoil } from './support/engine-worker.mjs';
import { readRuns, writeRecord } from './support/kept.mjs';
import { servePage } from './support/page-server.mjs';
import { english } from './support/english.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { inChromium, inEach } = useBrowsers();

/** @param {number} epochs */
const experiment = (epochs) => `data=generated&images=330&tests=100&epochs=${epochs}&armEpochs=3&threads=2`;
/** An epoch has 7 steps. Each accident takes STEPS_HELD of them at most, and the run is not over before the last one. */
const EXPERIMENT = experiment(effort(14, 160));
const KILLS = { Chromium: effort(3, 50), Firefox: effort(2, 20) };
const RELOADS = effort(3, 50);

let left = '';
/** The signature of the experiment when it is left alone. */
async function undisturbed() {
  if (left === '')
    await inChromium(EXPERIMENT, async (page) => {
      await press(page, 'Train');
      await finished(page);
      left = await signature(page);
    });
  return left;
}

/** A page's engine trains so many steps before it is held: some time for accidents during them. */
const STEPS_HELD = 20;

/**
 * A visit whose run is never over before its accidents, however slow the machine: until it is released.
 * @param {typeof inChromium} visit
 * @param {(page: Page, release: () => void) => Promise<void>} body
 * @param {import('./support/browser-page.mjs').VisitOptions} [options]
 */
async function visitHeld(visit, body, options = {}) {
  const site = await servePage({ hold: STEPS_HELD });
  try {
    await visit(EXPERIMENT, (page) => body(page, site.release), { address: site.address, ...options });
  } finally {
    await site.close();
  }
}

/** Lets the test reach the page's workers, for which a page has no names. @param {Page} page */
const collectWorkers = (page) =>
  page.addInitScript(() => {
    const all = /** @type {Worker[]} */ ([]);
    Object.assign(globalThis, { workersOfPage: all });
    globalThis.Worker = class extends Worker {
      /** @param {string | URL} url @param {WorkerOptions} [options] */
      constructor(url, options) {
        super(url, options);
        all.push(this);
      }
    };
  });

/**
 * A fault of the engine's worker in the midst of training: at the first progress after it was held and the page has kept
 * the run.
 * @param {Page} page
 * @param {'hang' | 'memory'} fault
 * @param {() => void} release
 */
async function trainUntil(page, fault, release) {
  await press(page, 'Train');
  await kept(page);
  await engineWorker(page).evaluate((kind) => {
    const post = globalThis.postMessage;
    globalThis.postMessage = (/** @type {any[]} */ ...message) => {
      post.apply(globalThis, /** @type {any} */ (message));
      if (message[0].event !== 'progress') return;
      globalThis.postMessage = post;
      console.log(`Fault: ${kind}`);
      setTimeout(() => {
        if (kind === 'hang') for (;;);
        throw new RangeError('Out of memory');
      });
    };
  }, fault);
  const told = page.waitForEvent('console', (message) => message.text() === `Fault: ${fault}`);
  release();
  await told;
}

/** @param {Page} page @param {string | RegExp} text */
const says = (page, text) => page.locator('.run-bar').getByText(text).first().waitFor();

/** @param {Page} page */
const line = async (page) => (await page.locator('.run-line').textContent()) ?? '';

/** Repeatable. @param {number} seed @returns {() => number} 0..1 */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('the engine dies', () => {
  inEach('its worker is ended again and again at random moments of one run', async (visit, engine) => {
    const kills = KILLS[engine];
    const expected = await undisturbed();
    const endedOften = async (/** @type {Page} */ page, /** @type {() => void} */ release) => {
      await press(page, 'Train');
      await kept(page); // else there is nothing to come back to
      const delays = Array.from({ length: kills }, randomFrom(1)).map((share) => share * 60);
      // In the page, so that the moments do not depend on the test's connection.
      const done = await page.evaluate(async (waits) => {
        const workers = /** @type {Worker[]} */ (/** @type {any} */ (globalThis).workersOfPage);
        const text = () => document.querySelector('.run-line')?.textContent ?? '';
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        let killed = 0;
        for (const [i, wait] of waits.entries()) {
          while (!(workers.length > killed && /^\w.*· epoch .* images\/s/.test(text()))) {
            if (/Finished|No engine/.test(text())) return `${text()} after ${i} kills`;
            await frame();
          }
          await new Promise((resolve) => setTimeout(resolve, wait));
          killed = workers.length;
          workers[killed - 1].terminate();
        }
        return 'all';
      }, delays);
      assert.equal(done, 'all');
      release();
      await page
        .locator('.notice', {
          hasText: /the browser ended its worker\. The page restarted it, (and training continues|with the result)/,
        })
        .waitFor();
      assert.deepEqual(await findings(page), []);
      await press(page, 'OK');
      await page.locator('.notice').waitFor({ state: 'detached' });
      await finished(page);
      assert.equal(await signature(page), expected);
      // In Firefox now and then one more: see THREADS_TIMEOUT_MILLISECONDS.
      assert.ok((await page.evaluate(() => /** @type {any} */ (globalThis).workersOfPage.length)) > kills);
    };
    await visitHeld(visit, endedOften, { prepare: collectWorkers });
  });

  test('a paused run comes back paused, with the settings that it has and those that wait', async () => {
    const ended = async (/** @type {Page} */ page) => {
      await press(page, 'Step');
      await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
      await kept(page); // else there is nothing to come back to
      await page.getByLabel('Rotation batch').fill('77');
      await page.getByLabel('Rotation batch').press('Enter');
      await page.getByText(english.run.resetWanted).waitFor();
      await page.evaluate(() => /** @type {any} */ (globalThis).workersOfPage[0].terminate());
      await says(page, 'training continues at Rotation, epoch 1, step 1');
      assert.match(await line(page), /^Paused · Rotation · epoch 1 of 500 · step 1 of 21/);
      await page.getByText(english.run.resetWanted).waitFor();
      await startOver(page);
      await ready(page);
      await page.evaluate(() => /** @type {any} */ (globalThis).workersOfPage[1].terminate());
      await says(page, 'The page restarted it, and it is ready');
      assert.match(await line(page), /^Ready\. Press Train\./, 'what was reset does not come back');
    };
    await inChromium(LONG, ended, { prepare: collectWorkers });
  });

  test('a worker that hangs is replaced', async () => {
    const expected = await undisturbed();
    const hung = async (/** @type {Page} */ page, /** @type {() => void} */ release) => {
      await trainUntil(page, 'hang', release);
      const notice = page
        .locator('.run-bar')
        .getByText('it did not answer for 20 seconds. The page restarted it, and training continues');
      await page.clock.runFor(30_000);
      // Where its last words came in the midst of that, the silence was not long enough.
      await notice.waitFor({ timeout: 15_000 }).catch(() => page.clock.runFor(30_000));
      await notice.waitFor();
      await finished(page);
      assert.equal(await signature(page), expected);
    };
    await visitHeld(inChromium, hung, { prepare: (page) => page.clock.install() });
  });

  test('an engine that dies again and again is given up, and can be started again', async () => {
    await inChromium(
      LONG,
      async (page) => {
        await press(page, 'Step');
        await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
        await kept(page); // else there is nothing to come back to
        // Asked for as soon as a checkpoint is resumed.
        const putBack = await inWorker(
          page,
          `self.addEventListener('message', ({ data }) => {
             if (data.method === 'history') setTimeout(() => { throw new WebAssembly.RuntimeError('unreachable'); });
           })`,
        );
        await engineWorker(page).evaluate(() => {
          setTimeout(() => {
            throw new WebAssembly.RuntimeError('unreachable');
          });
        });
        await says(
          page,
          /The engine stopped: .*unreachable\. The page restarted it 3 times, and it stopped again\. Your run is saved/,
        );
        putBack();
        await page.locator('.run-train', { hasText: english.run.startEngine }).click();
        await page.locator('.run-line', { hasText: 'Paused · Rotation · epoch 1 of 500 · step 1' }).waitFor();
      },
      { complaints: /unreachable/ },
    );
  });

  test('memory that runs out in the middle of a run', async () => {
    const expected = await undisturbed();
    await visitHeld(
      inChromium,
      async (page, release) => {
        await trainUntil(page, 'memory', release);
        await says(page, /The engine stopped: .*Out of memory\. The page restarted it, and training continues/);
        await finished(page);
        assert.equal(await signature(page), expected);
      },
      { complaints: /Out of memory/ },
    );
  });
});

describe('the engine cannot start', () => {
  /** @type {[string, (page: Page) => Promise<() => void>, RegExp, RegExp][]} */
  const faults = [
    [
      'its files are missing',
      (page) => spoil(page, /\/engine\//, (route) => route.fulfill({ status: 404 })),
      /failed to start: the server answered 404 for its script/,
      /copy the page’s whole folder/,
    ],
    [
      'its files cannot be fetched',
      (page) => spoil(page, /\/engine\//, (route) => route.abort()),
      /could not be loaded/,
      /check the network/,
    ],
    [
      'its files are cut off',
      (page) =>
        spoil(page, /\/engine\/.*\.wasm$/, async (route) => {
          const answer = await route.fetch();
          await route.fulfill({ response: answer, body: (await answer.body()).subarray(0, 20_000) });
        }),
      /damaged or incomplete, 20,000 bytes/,
      /without the browser’s cache/,
    ],
    [
      'there is no memory for it',
      (page) =>
        inWorker(
          page,
          `const refuse = () => { throw new RangeError('could not allocate memory'); };
           WebAssembly.Memory = function () { refuse(); };
           WebAssembly.instantiate = WebAssembly.instantiateStreaming = async () => refuse()`,
        ),
      /not enough memory for it \(could not allocate memory\)/,
      /close other tabs/,
    ],
  ];
  for (const [what, provoke, reason, fix] of faults) {
    test(`${what}: the page says so and starts it when asked again`, async () => {
      await inChromium(
        LONG,
        async (page) => {
          await press(page, 'Step');
          await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
          const putBack = await provoke(page);
          await page.getByText(english.speed.choose).click();
          await page.locator('.engine-open').click();
          await says(page, /no engine build runs here: failed to start: .*What to do: /);
          const said = (await page.locator('.problem').textContent()) ?? '';
          assert.match(said, reason);
          assert.match(said, fix);
          assert.match((await page.locator('.passed').textContent()) ?? '', reason);
          assert.equal(await line(page), english.run.broken);
          putBack();
          await page.locator('.run-train', { hasText: english.run.startEngine }).click();
          await page.locator('.run-line', { hasText: 'Paused · Rotation · epoch 1 of 500 · step 1' }).waitFor();
        },
        { complaints: /404|ERR_FAILED|wasm|WebAssembly|instantiat|could not allocate/i },
      );
    });
  }

  test('its threads cannot start: one thread trains instead, and the page says why', async () => {
    await inChromium(
      EXPERIMENT,
      async (page) => {
        assert.equal(await page.locator('.build').getAttribute('data-build'), 'single-relaxed');
        assert.match((await page.locator('.passed').textContent()) ?? '', /Threads, relaxed SIMD: failed to start/);
        await press(page, 'Step');
        await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
      },
      {
        prepare: (page) =>
          inWorker(page, `self.Worker = function () { throw new DOMException('refused', 'SecurityError'); }`),
        complaints: /refused|SecurityError/,
      },
    );
  });

  test('the script of its threads does not load: the page says so at once, and one thread trains', async () => {
    await inChromium(
      EXPERIMENT,
      async (page) => {
        assert.equal(await page.locator('.build').getAttribute('data-build'), 'single-relaxed');
        const passed = (await page.locator('.passed').textContent()) ?? '';
        // Not by a time-out.
        assert.match(
          passed,
          /relaxed SIMD: failed to start: a thread of [^ ]*quarterturn-threads-relaxed\.mjs did not start/,
        );
      },
      {
        prepare: (page) =>
          inWorker(
            page,
            `const Known = self.Worker;
           self.Worker = class extends Known { constructor(url, options) { super(new URL('missing.mjs', url), options); } }`,
          ),
        complaints: /404|missing/,
      },
    );
  });

  test('a thread’s script is missed before the code is compiled: that is not waited for', async () => {
    await inChromium(
      EXPERIMENT,
      async (page) => {
        assert.equal(await page.locator('.build').getAttribute('data-build'), 'single-relaxed');
        const passed = await page.locator('.passed').allTextContents();
        assert.doesNotMatch(passed.join(), /did not answer/);
        assert.match(passed.join(), /a thread of [^ ]*quarterturn-threads-relaxed\.mjs did not start/);
      },
      {
        // The code of a build whose threads were asked for is there only after their fault.
        prepare: (page) =>
          inWorker(
            page,
            `const Known = self.Worker;
           let missed = Promise.resolve();
           self.Worker = class extends Known {
             constructor(url, options) {
               super(new URL('missing.mjs', url), options);
               missed = new Promise((resolve) => this.addEventListener('error', () => setTimeout(resolve)));
             }
           };
           const { instantiate } = WebAssembly;
           WebAssembly.instantiate = async (...given) => {
             await missed;
             return instantiate(...given);
           }`,
          ),
        complaints: /404|missing/,
      },
    );
  });

  test('its threads hang at a start: the same build is started again', async () => {
    const again = async (/** @type {Page} */ page) => {
      assert.equal(await page.locator('.build').getAttribute('data-build'), 'threads-relaxed');
      assert.equal(await page.locator('.passed').count(), 0);
      await press(page, 'Step');
      await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
    };
    await inChromium(EXPERIMENT, again, {
      prepare: (page) => inWorker(page, `if (self.name.endsWith('-1')) self.Worker = function () { for (;;); }`),
    });
  });

  test('the data never come: the page says so, and goes on with the built-in digits', async () => {
    const stuck = await servePage({ hangs: /\/data\/(?!index)/ });
    try {
      await inChromium(
        'data=generated&images=330&tests=100',
        async (page) => {
          await page.route(/\/data\/index\.json/, (route) =>
            route.fulfill({ json: { mnist: { source: 'MNIST', files: ['a.gz', 'b.gz', 'c.gz', 'd.gz'] } } }),
          );
          // The worker's clock runs fifteen times as fast.
          await inWorker(page, 'const wait = self.setTimeout; self.setTimeout = (work, time) => wait(work, time / 15)');
          await page.goto(`${stuck.address}?data=mnist`);
          await says(page, /[abcd]\.gz: the server does not answer; choose the built-in digits, or try again/);
          await page.goto(`${stuck.address}?data=generated&images=330&tests=100`);
          await ready(page);
        },
        { address: stuck.address },
      );
    } finally {
      await stuck.close();
    }
  });
});

describe('the tab and its storage', () => {
  test(`reloaded or closed ${RELOADS} times in the middle of an epoch`, async () => {
    const expected = await undisturbed();
    await visitHeld(inChromium, async (first, release) => {
      let page = first;
      const random = randomFrom(2);
      await press(page, 'Train');
      await page.waitForFunction(() => / images\/s/.test(document.querySelector('.run-line')?.textContent ?? ''));
      await press(page, 'Pause');
      await kept(page); // else there is nothing to come back to
      for (let i = 0; i < RELOADS; i++) {
        const address = page.url();
        const [wait, reloads] = [random() * 40, random() < 0.5];
        // The page goes by itself: while the test's connection takes its time, the run would come to its end.
        const gone = page.waitForEvent('framenavigated');
        await page.getByRole('button', { name: 'Resume', exact: true }).waitFor();
        await page.evaluate(
          async ([time, next]) => {
            const text = () => document.querySelector('.run-line')?.textContent ?? '';
            [...document.querySelectorAll('button')]
              .find(({ textContent }) => textContent?.trim() === 'Resume')
              ?.click();
            while (!/^Rotation · epoch/.test(text())) await new Promise(requestAnimationFrame);
            setTimeout(() => (next ? location.replace(next) : location.reload()), time);
          },
          /** @type {const} */ ([wait, reloads ? '' : 'about:blank']),
        );
        await gone;
        if (!reloads) {
          const next = await page.context().newPage();
          await page.close();
          page = next;
          await page.goto(address);
        }
        await press(page, english.keep.goOn);
      }
      release();
      await press(page, 'Resume');
      await finished(page);
      assert.equal(await signature(page), expected);
    });
  });

  test('full storage is said, and the run goes on', async () => {
    const prepare = async (/** @type {Page} */ page) => {
      await page.addInitScript(() => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('No room', 'QuotaExceededError');
        };
      });
    };
    const unstored = async (/** @type {Page} */ page) => {
      await press(page, 'Train');
      await finished(page);
      await keepSection(page);
      await page.getByText(english.errors.storageFull).waitFor();
    };
    await inChromium(EXPERIMENT, unstored, { prepare });
  });

  test('storage that never answers is said, and the run goes on', async () => {
    const prepare = async (/** @type {Page} */ page) => {
      await page.addInitScript(() => {
        const { open } = IDBFactory.prototype;
        IDBFactory.prototype.open = function (/** @type {[string, number?]} */ ...asked) {
          const request = open.apply(this, asked);
          for (const event of ['success', 'error', 'blocked', 'upgradeneeded']) {
            request.addEventListener(event, (answer) => answer.stopImmediatePropagation());
          }
          return request;
        };
      });
      await page.clock.install();
    };
    const unstored = async (/** @type {Page} */ page) => {
      await page.clock.runFor(12_000);
      await press(page, 'Step');
      await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
      await keepSection(page);
      await page.getByText('This browser saves nothing for the page (its storage does not answer).').waitFor();
    };
    await inChromium(EXPERIMENT, unstored, { prepare });
  });

  /** @type {[string, (record: any) => unknown, RegExp, boolean][]} */
  const damages = [
    [
      'cut off',
      (record) => ({ ...record, bytes: record.bytes.slice(0, 5000) }),
      /The saved run cannot continue: checkpoint: /,
      true,
    ],
    [
      'overwritten',
      (record) => ({ ...record, bytes: record.bytes.fill(7) }),
      /The saved run cannot continue: checkpoint: /,
      true,
    ],
    ['of an older version', (record) => ({ ...record, version: 0 }), /another version of the page saved it/, false],
    ['no run at all', () => 'rubbish', /another version of the page saved it/, false],
    ['of files that are none', (record) => ({ ...record, own: { files: 7 } }), /or it is damaged/, false],
  ];
  test('a kept run that is damaged is said to be so, and a fresh one trains', async (t) => {
    await inChromium(LONG, async (page) => {
      for (const [what, damage, words, offered] of damages) {
        await t.test(what, async () => {
          await press(page, 'Step');
          await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
          await kept(page);
          // In the page: a checkpoint takes long to travel.
          await page.evaluate(`(async () => {
            const [{ key, record }] = await (${readRuns})('as they are');
            await (${writeRecord})({ key, record: (${damage})(record) });
          })()`);
          await page.reload();
          await page.getByText(/A run from .* is saved here/).waitFor();
          if (offered) {
            await press(page, english.keep.goOn);
            await says(page, words);
          } else {
            await page.locator('.offer', { hasText: words }).waitFor();
            assert.equal(await page.getByRole('button', { name: english.keep.goOn }).count(), 0);
          }
          await page.locator('.offer').getByRole('button', { name: english.keep.startFresh }).click();
          await page.locator('.offer').waitFor({ state: 'detached' });
        });
      }
      await press(page, 'Step');
      await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
    });
  });

  test('where only a run’s moments or the table of runs are damaged, the page says so and the run goes on', async () => {
    const expected = await undisturbed();
    await inChromium(EXPERIMENT, async (page) => {
      await press(page, 'Step');
      await page.locator('.run-line', { hasText: 'step 1 of' }).waitFor();
      await kept(page);
      const [{ key }] = await page.evaluate(readRuns, false);
      await page.evaluate(writeRecord, { key: key.replace('run:', 'moments:'), record: [{ moment: 7 }] });
      await page.evaluate(writeRecord, { key: key.replace('run:', 'table:'), record: [{ id: 'x' }] });
      await page.reload();
      await says(page, english.session.rowsDamaged);
      await press(page, 'OK');
      await press(page, english.keep.goOn);
      await says(page, english.session.momentsDamaged);
      await press(page, 'Resume');
      await finished(page);
      assert.equal(await signature(page), expected);
    });
  });
});

describe('training diverges', () => {
  test('the page offers a lower rate and goes on from the last good epoch', async () => {
    await inChromium(
      'data=generated&images=330&tests=100&epochs=1&armEpochs=3&preset=notebook&seed=12',
      async (page) => {
        // Pixels of 0..255, a rate of 1 and batches of 4 are too much for the supervised network.
        await inWorker(
          page,
          `self.addEventListener('message', ({ data }) => {
           if (data.method !== 'begin') return;
           Object.assign(data.args[1].arms, { supervised: { batch: 4, epochs: 3, learningRate: 1 } });
         })`,
        );
        await page.reload();
        await ready(page);
        await press(page, 'Train');
        await says(
          page,
          /supervised stopped in epoch 1, step \d+: .*not finite at learning rate 1; it is back at its be/,
        );
        assert.deepEqual(await findings(page), []);
        await takePicture(page, 'faults-diverged');
        for (let rate = 0.1; (await page.getByText(english.run.failed).count()) > 0; rate /= 10) {
          const name = `Continue with rate ${Number(rate.toPrecision(2))}`;
          await press(page, name);
          await page.getByRole('button', { name, exact: true }).waitFor({ state: 'detached' });
          await page.locator('.run-line', { hasText: /Finished|Training failed/ }).waitFor();
        }
        await finished(page);
        assert.match(page.url(), /armRate=0\.\d+/);
      },
    );
  });
});
