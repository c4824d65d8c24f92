// Which of the four engine builds runs here: the best that the browser can, tried in turn, with every reason kept.
import { Fault } from '../state/fault.js';
import { fault, faultOf } from '../fault-data.js';
import { EngineClient, EngineError } from './client.js';
import { workerFault } from './diagnosis.js';

/** @typedef {import('./types').BuildName} BuildName */
/** @typedef {import('./types').Attempt} Attempt */
/** @typedef {import('./types').FaultData} FaultData */

/** @type {readonly BuildName[]} best first */
export const BUILDS = ['threads-relaxed', 'threads-simd', 'single-relaxed', 'single-simd'];

const OPEN_TIMEOUT_MILLISECONDS = 8000;
/**
 * In Firefox, at least where a program drives it, a worker that makes another may stay in `new Worker` for good, in one
 * to eight of a hundred starts. A fresh worker then makes the same build run: another build may round otherwise.
 */
const THREADS_TIMEOUT_MILLISECONDS = 2000;
/** The last one has all the time there is, in case the machine is but slow. */
const MOST_TRIES = 3;

/**
 * Opens the best build that works. Its worker is under way when this returns its promise.
 * @param {object} options
 * @param {string} options.base absolute address of the folder with the engine files
 * @param {number} options.threads 0: as many as the pool has
 * @param {string} [options.forced]
 * @param {boolean} [options.framed] the page is shown inside another page
 * @param {number} [options.timeout]
 * @param {() => EngineClient} [options.openClient]
 * @param {(client: EngineClient) => void} [options.asked] told of each worker as soon as it has been asked to open
 * @returns {Promise<{ client: EngineClient, report: import('./types').BuildReport }>}
 */
export async function openEngine({
  base,
  threads,
  forced = 'auto',
  framed = false,
  timeout = OPEN_TIMEOUT_MILLISECONDS,
  openClient = () => new EngineClient(),
  asked = () => {},
}) {
  const only = BUILDS.find((build) => build === forced);
  let left = only ? [only] : [...BUILDS];
  /** @type {Attempt[]} */
  const passed = [];
  let tries = 0;
  let fix = fault(only ? 'chooseBest' : 'startAgain');
  while (left.length > 0) {
    const client = openClient();
    const limit = new AbortController();
    const overall = setTimeout(() => limit.abort(new TimeoutError()), timeout);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let threading;
    // The worker tries the first that this browser can run at all.
    let trying = /** @type {BuildName | null} */ (left[0]);
    client.on('trying', (choice) => {
      trying = choice.build;
      passed.push(...choice.passed);
    });
    tries++;
    client.on('threading', (begins) => {
      clearTimeout(threading);
      if (!begins || tries === MOST_TRIES) return;
      threading = setTimeout(() => limit.abort(new StuckError()), THREADS_TIMEOUT_MILLISECONDS);
    });
    try {
      const opened = client.call('open', [{ base, threads, builds: left, framed }], { signal: limit.signal });
      asked(client);
      const { build, info } = await opened;
      return { client, report: { build, info, passed, reason: explain(only !== undefined, passed) } };
    } catch (error) {
      client.close();
      if (trying === null) {
        if (error instanceof EngineError && error.values.fix) fix = /** @type {FaultData} */ (error.values.fix);
        break;
      }
      left = left.slice(left.indexOf(trying));
      if (error instanceof StuckError) continue;
      passed.push({ build: trying, ...(await failure(error, timeout)) });
      left = left.slice(1);
      tries = 0;
    } finally {
      clearTimeout(overall);
      clearTimeout(threading);
    }
  }
  throw new NoBuildError(passed, fix);
}

/**
 * What is to be said of a build that did not start.
 * @param {unknown} error
 * @param {number} timeout
 * @returns {Promise<Omit<Attempt, 'build'>>}
 */
async function failure(error, timeout) {
  if (error instanceof TimeoutError) {
    return { reason: fault('noAnswer', { seconds: timeout / 1000 }), fix: fault('freeMachine') };
  }
  const { reason, fix } = await causeOf(error);
  return { reason: fault('failedToStart', { why: reason }), fix };
}

/** @param {unknown} error @returns {Promise<Omit<Attempt, 'build'>>} */
async function causeOf(error) {
  if (!(error instanceof EngineError)) return { reason: faultOf(error) };
  if (error.workerFailed) return workerFault(faultOf(error));
  return error.code === 'notOpened' ? /** @type {any} */ (error.values) : { reason: faultOf(error) };
}

class TimeoutError extends Error {}
class StuckError extends Error {}

/** @param {boolean} forced @param {Attempt[]} passed @returns {import('./types').BuildReport['reason']} */
function explain(forced, passed) {
  if (forced) return 'asked';
  return passed.length === 0 ? 'fastest' : 'fastestHere';
}

/** Not one build works: every reason, and what helps. */
export class NoBuildError extends Fault {
  name = 'NoBuildError';
  /** @param {Attempt[]} passed @param {FaultData} fix where no attempt has one */
  constructor(passed, fix) {
    /** Builds by what is said of them. @type {Map<string, { builds: BuildName[], why: FaultData }>} */
    const alike = new Map();
    for (const { build, reason } of passed) {
      const said = JSON.stringify(reason);
      alike.set(said, { builds: [...(alike.get(said)?.builds ?? []), build], why: reason });
    }
    const fixes = new Map(
      passed.flatMap((attempt) => (attempt.fix ? [[JSON.stringify(attempt.fix), attempt.fix]] : [])),
    );
    super('noBuild', {
      reasons: [...alike.values()].map(({ builds, why }) => ({
        builds: builds.length === BUILDS.length ? [] : builds,
        why,
      })),
      fixes: fixes.size > 0 ? [...fixes.values()] : [fix],
    });
    this.passed = passed;
  }
}
