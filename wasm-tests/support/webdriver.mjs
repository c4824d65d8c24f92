// A small WebDriver client for WebKitGTK's MiniBrowser on a screen of its own.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

const DRIVER = '/usr/bin/WebKitWebDriver';
const SCREEN = '/usr/bin/Xvfb';

/** Debian keeps MiniBrowser below the library's version. @returns {string | undefined} */
function miniBrowser() {
  for (const folder of existsSync('/usr/lib') ? readdirSync('/usr/lib') : []) {
    for (const version of ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0']) {
      const file = `/usr/lib/${folder}/${version}/MiniBrowser`;
      if (existsSync(file)) return file;
    }
  }
  return undefined;
}

/** Why there is no WebKitGTK to test in; empty where there is. */
export function webkitMissing() {
  if (!existsSync(DRIVER) || !miniBrowser()) return 'no WebKitGTK here: install the package webkit2gtk-driver';
  return existsSync(SCREEN) ? '' : 'no virtual screen here: install the package xvfb';
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** How WebDriver names an element in what it takes and gives. */
export const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/**
 * @template T
 * @param {() => Promise<T>} work tried until it neither fails nor gives nothing
 * @param {number} milliseconds
 * @param {number} [pause] between two trials
 */
export async function eventually(work, milliseconds, pause = 100) {
  const end = Date.now() + milliseconds;
  for (;;) {
    try {
      const value = await work();
      if (value) return value;
      if (Date.now() > end) throw new Error(`still ${value} after ${milliseconds} ms`);
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** A virtual screen that picks its own number. @returns {Promise<{ display: string, process: import('node:child_process').ChildProcess }>} */
function openScreen() {
  const screen = spawn(SCREEN, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    screen.on('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    /** @type {import('node:stream').Readable} */ (screen.stdio[3]).once('data', (number) =>
      resolve({ display: `:${String(number).trim()}`, process: screen }),
    );
  });
}

/**
 * A browser on a screen and with settings of its own.
 * @returns {Promise<{ version: string, folder: string, ask: (method: 'GET' | 'POST' | 'DELETE', path: string,
 *   body?: object) => Promise<any>, close: () => Promise<void> }>} `ask`: a command of the session, as WebDriver names
 *   it; `folder`: a place for files, which goes with the browser
 */
export async function openWebKit() {
  const folder = mkdtempSync(path.join(tmpdir(), 'quarterturn-webkit-'));
  mkdirSync(`${folder}/gtk-3.0`);
  // Smooth scrolling makes targets that never stand still.
  writeFileSync(`${folder}/gtk-3.0/settings.ini`, '[Settings]\ngtk-enable-animations=0\n');
  const screen = await openScreen();
  const port = await freePort();
  const driver = spawn(DRIVER, [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: screen.display,
      GDK_BACKEND: 'x11',
      LIBGL_ALWAYS_SOFTWARE: '1',
      WEBKIT_DISABLE_COMPOSITING_MODE: '1', // layers that no graphics card puts together cost twice the time
      XDG_CONFIG_HOME: folder,
      // In the C locale navigator.language is “C”, which Intl and so uPlot do not take.
      LANG: 'en_US.UTF-8',
      LC_ALL: 'en_US.UTF-8',
      // Its sandbox wants user namespaces, which root in a container has not.
      ...(process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {}),
    },
  });
  const end = () => {
    driver.kill();
    screen.process.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  /** @param {'GET' | 'POST' | 'DELETE'} method @param {string} place @param {object} [body] @returns {Promise<any>} */
  const ask = async (method, place, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${place}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {}),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${value?.error}: ${value?.message}`);
    return value;
  };
  try {
    await eventually(() => ask('GET', '/status'), 20_000);
    const { sessionId, capabilities } = await ask('POST', '/session', {
      capabilities: {
        alwaysMatch: {
          browserName: 'MiniBrowser',
          'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] },
        },
      },
    });
    const session = `/session/${sessionId}`;
    return {
      version: capabilities.browserVersion,
      folder,
      ask: (method, place, body) => ask(method, session + place, body),
      async close() {
        await ask('DELETE', session).catch(() => {});
        end();
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}
