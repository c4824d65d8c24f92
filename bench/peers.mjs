// The same pretext step in other programs, as far as they are installed: PyTorch and TensorFlow from the interpreter
// that QUARTERTURN_PEERS_PYTHON names (python3), TensorFlow.js and jax-js in Chromium from the node_modules of the folder
// that QUARTERTURN_PEERS_NODE names: these as shipped, and tuned, which is their own kernels in a better order.
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ISOLATION } from '../scripts/headers.mjs';
import { inRoot, run, say } from '../scripts/lib.mjs';
import { serve } from '../scripts/static-server.mjs';
import { launch, SOFTWARE_GRAPHICS } from './browser.mjs';
import { learningFault } from './statistics.mjs';

/**
 * @typedef {import('./peers/pretext.mjs').Form} Form
 * @typedef {Omit<import('./peers/pretext.mjs').PeerReport, 'form'> & { host: 'native' | 'chromium', form?: Form }} Peer
 *   native ones have their forms as variants
 * @typedef {{ peers: Peer[], skipped: string[], faults: string[] }} Findings
 *   `skipped`: what is not installed or cannot train; `faults`: what ran and did not learn, or broke
 */

const PYTHON_PEERS = [
  { module: 'torch', title: 'PyTorch', script: 'pytorch.py' },
  { module: 'tensorflow', title: 'TensorFlow', script: 'tensorflow.py' },
];

/**
 * `threads`: 'set' where the peer can be asked for a number, else what it takes by itself; `claimed`: processors that the
 * page must claim for each thread.
 * @type {readonly { package: string, script: string, variant: string, form: Form, threads: 'set' | number, claimed: number }[]}
 */
const BROWSER_PEERS = [
  { package: '@tensorflow/tfjs', script: 'tfjs.mjs', variant: 'cpu', form: 'as shipped', threads: 1, claimed: 1 },
  {
    ...{ package: '@tensorflow/tfjs', script: 'tfjs.mjs', variant: 'webgl', form: 'as shipped' },
    ...{ threads: availableParallelism(), claimed: 1 },
  },
  // TensorFlow.js takes half of the processors at most.
  ...forms({ package: '@tensorflow/tfjs-backend-wasm', script: 'tfjs.mjs', claimed: 2 }),
  ...forms({ package: '@jax-js/jax', script: 'jax-js.mjs', claimed: 1 }),
];

/** In WebAssembly, as shipped and tuned. @param {{ package: string, script: string, claimed: number }} peer */
function forms(peer) {
  return /** @type {const} */ (['as shipped', 'tuned']).map((form) => ({
    ...peer,
    variant: 'wasm',
    form,
    threads: /** @type {const} */ ('set'),
  }));
}

/** @param {{ variant: string, form?: Form, threads: number }} peer */
const about = ({ variant, form, threads }) => [variant, ...(form ? [form] : []), `threads ${threads}`].join(', ');

/** @param {Findings} findings @param {Peer} peer */
function take(findings, peer) {
  const fault = learningFault(peer);
  if (fault) findings.faults.push(`${peer.peer} (${about(peer)}) ${fault}`);
  else findings.peers.push(peer);
}

/** @param {Findings} findings @param {string} images @param {number[]} threads @param {number} seconds */
async function pythonPeers(findings, images, threads, seconds) {
  const python = process.env.QUARTERTURN_PEERS_PYTHON ?? 'python3';
  for (const { module, title, script } of PYTHON_PEERS) {
    const probe = `import importlib.util, sys; sys.exit(importlib.util.find_spec("${module}") is None)`;
    if ((await run(python, ['-c', probe], { quiet: true })).code !== 0) {
      findings.skipped.push(`${title}: not installed for ${python} (QUARTERTURN_PEERS_PYTHON names another)`);
      continue;
    }
    for (const count of threads) {
      say(`${title}, threads ${count}`);
      const args = ['-B', inRoot('bench/peers', script), '--images', images];
      const { code, output } = await run(python, [...args, '--threads', `${count}`, '--seconds', `${seconds}`], {
        quiet: true,
        env: { OMP_NUM_THREADS: `${count}` },
      });
      const lines = output.split('\n');
      const reports = lines.filter((line) => line.startsWith('{"peer"'));
      for (const line of reports) take(findings, { ...JSON.parse(line), host: 'native' });
      if (code !== 0) {
        const last = lines.filter((line) => line.trim()).at(-1);
        findings.faults.push(`${title} (threads ${count}): exit ${code}: ${last}`);
      }
    }
  }
}

/** @param {Findings} findings @param {string} folder of the digits @param {number[]} threads @param {number} seconds */
async function browserPeers(findings, folder, threads, seconds) {
  const modules = path.join(process.env.QUARTERTURN_PEERS_NODE ?? inRoot('.'), 'node_modules');
  const there = BROWSER_PEERS.filter((peer) => {
    const found = existsSync(path.join(modules, peer.package, 'package.json'));
    if (!found) {
      findings.skipped.push(
        `${peer.package} (${peer.variant}, ${peer.form}): not in ${modules} (QUARTERTURN_PEERS_NODE names a folder that has it)`,
      );
    }
    return found;
  });
  if (there.length === 0) return;
  const server = await serve(
    [
      ['/bench/', inRoot('bench')],
      ['/data/', folder],
      ['/peers/', modules],
    ],
    { headers: ISOLATION, blank: true },
  );
  const browser = await launch(SOFTWARE_GRAPHICS);
  try {
    for (const peer of there) {
      const { version } = JSON.parse(readFileSync(path.join(modules, peer.package, 'package.json'), 'utf8'));
      for (const count of peer.threads === 'set' ? threads : [peer.threads]) {
        const { package: name, script, variant, form } = peer;
        const job = { variant, form, threads: count, seconds, version };
        say(`${name} ${version} (${about(job)}), Chromium ${browser.version()}`);
        const page = await browser.newPage();
        await page.addInitScript((claimed) => {
          Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => claimed });
        }, count * peer.claimed);
        await page.goto(server.address);
        try {
          const report = await page.evaluate(
            async ({ program, ...asked }) => {
              const { measure } = await import(/* @vite-ignore */ `/bench/peers/${program}`);
              return measure(asked);
            },
            { program: script, ...job },
          );
          take(findings, { ...report, host: 'chromium' });
        } catch (error) {
          const words = String(error instanceof Error ? error.message : error).split('\n')[0];
          const line = `${name} (${about(job)}): ${words}`;
          // A backend without the kernels of training is no fault of the measurement.
          if (/kernel .* not registered/i.test(words)) findings.skipped.push(line);
          else findings.faults.push(line);
        }
        await page.close();
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

/**
 * @param {{ folder: string, hosts: string[], threads: number[], seconds: number }} options `folder`: holds
 *   train-images-idx3-ubyte; `seconds`: for each peer, variant and number of threads
 * @returns {Promise<Findings>}
 */
export async function measurePeers({ folder, hosts, threads, seconds }) {
  /** @type {Findings} */
  const findings = { peers: [], skipped: [], faults: [] };
  const images = path.join(folder, 'train-images-idx3-ubyte');
  if (hosts.includes('native')) await pythonPeers(findings, images, threads, seconds);
  if (hosts.includes('chromium')) await browserPeers(findings, folder, threads, seconds);
  for (const line of findings.skipped) say(`left out: ${line}`);
  return findings;
}
