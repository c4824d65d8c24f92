// A visitor of the built page, the same in every browser: what a test does as a visitor goes through a handful of commands,
// which each browser's driver carries out with real pointer and key events.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { FIREFOX_WISHES, NO_EMULATION, launch } from './browser-page.mjs';
import { FRAME, servePage } from './page-server.mjs';
import { ELEMENT, eventually, openWebKit, webkitMissing } from './webdriver.mjs';

/** @typedef {{ width: number, height: number }} Size of a window, in CSS pixels */
/** `size`: of the window; `hold`: each engine trains so many steps, then waits until it is released. @typedef {{ size?: Size, hold?: number }} VisitorOptions */
/** @typedef {[x: number, y: number]} Point of the window, in CSS pixels */

/**
 * What differs from browser to browser. Scripts are bodies of functions that run in the page.
 * @typedef {object} Driver
 * @property {string} version
 * @property {(query: string, options: VisitorOptions) => Promise<void>} open the page with fresh storage
 * @property {() => void} release engines that are held
 * @property {() => Promise<void>} reload
 * @property {(script: string) => Promise<any>} run
 * @property {(script: string) => Promise<void>} click the element that the script gives
 * @property {(keys: string) => Promise<void>} press one key, such as 'a', 'Enter' or 'Shift+ArrowRight'
 * @property {(points: Point[]) => Promise<void>} drag the mouse, its button held, through all points
 * @property {(script: string, value: string) => Promise<void>} choose an option of the select that the script gives
 * @property {(script: string, files: string[]) => Promise<void>} give files to the file input that the script gives
 * @property {() => Promise<string[]>} complaints errors and warnings since this was asked last
 * @property {() => Promise<void>} close
 */

/** @typedef {{ name: string, missing: string, start: () => Promise<Driver>, cannot: readonly string[] }} Engine */

/** A desk. */
const SIZE = { width: 1280, height: 860 };
const TRAINING_MILLISECONDS = 120_000;

/** Scroll bars that take no room, as on a phone. */
const AS_ON_A_PHONE = { ...FIREFOX_WISHES.reducedMotion, 'ui.useOverlayScrollbars': 1 };

/** @type {readonly Engine[]} `cannot`: what is left out there, by name */
export const ENGINES = [
  {
    name: 'Chromium',
    missing: '',
    start: async () => playwrightDriver(await launch('Chromium'), { reducedMotion: 'reduce' }),
    cannot: [],
  },
  {
    name: 'Firefox',
    missing: '',
    start: async () => playwrightDriver(await launch('Firefox', AS_ON_A_PHONE), NO_EMULATION),
    cannot: [],
  },
  {
    name: 'WebKitGTK',
    missing: webkitMissing(),
    start: startWebKit,
    cannot: [
      'consoles of workers are not heard',
      'a phone is a frame of its size, since the window cannot be so narrow',
    ],
  },
];

/**
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').BrowserContextOptions} options
 * @returns {Driver}
 */
function playwrightDriver(browser, options) {
  /** @type {import('playwright-core').BrowserContext | undefined} */
  let context;
  /** @type {import('playwright-core').Page} */
  let page;
  /** @type {Awaited<ReturnType<typeof servePage>> | undefined} */
  let site;
  /** @type {string[]} */
  let said = [];
  const leave = async () => {
    await context?.close();
    await site?.close();
  };
  const asExpression = (/** @type {string} */ script) => `(() => { ${script} })()`;
  const element = async (/** @type {string} */ script) => {
    const found = (await page.evaluateHandle(asExpression(script))).asElement();
    assert.ok(found, `no element: ${script}`);
    return found;
  };
  return {
    version: browser.version(),
    async open(query, { size = SIZE, hold }) {
      await leave();
      said = [];
      site = await servePage({ hold });
      context = await browser.newContext({ viewport: size, ...options });
      page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
      });
      page.on('pageerror', (error) => said.push(String(error)));
      await page.goto(`${site.address}?${query}`);
    },
    release: () => site?.release(),
    reload: async () => void (await page.reload()),
    run: (script) => page.evaluate(asExpression(script)),
    click: async (script) => (await element(script)).click(),
    press: (keys) => page.keyboard.press(keys),
    async drag([first, ...rest]) {
      await page.mouse.move(...first);
      await page.mouse.down();
      for (const point of rest) await page.mouse.move(...point);
      await page.mouse.up();
    },
    choose: async (script, value) => void (await (await element(script)).selectOption(value)),
    give: async (script, files) => (await element(script)).setInputFiles(files),
    complaints: async () => said.splice(0),
    async close() {
      await leave();
      await browser.close();
    },
  };
}

/** Keys that are no letters, as WebDriver codes them. @type {Record<string, string>} */
const KEYS = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Escape: '\uE00C',
  Space: ' ',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
};

/** WebKit's driver tells nothing of the console: the document itself collects what it says. */
const COLLECT = `
  globalThis.complaints = [];
  for (const name of ['error', 'warn']) {
    const say = console[name];
    console[name] = (...words) => {
      complaints.push(words.map(String).join(' '));
      say.apply(console, words);
    };
  }
  addEventListener('error', (event) => complaints.push(event.message || 'not loaded: ' + event.target.outerHTML), true);
  addEventListener('unhandledrejection', ({ reason }) => complaints.push('unhandled: ' + reason));
  addEventListener('securitypolicyviolation', ({ violatedDirective }) => complaints.push('breaks ' + violatedDirective));
`;

/** @returns {Promise<Driver>} */
async function startWebKit() {
  const { version, ask, close } = await openWebKit();
  await ask('POST', '/window/rect', { x: 0, y: 0, width: 1280, height: 900 });
  /** @type {Awaited<ReturnType<typeof servePage>> | undefined} */
  let site;
  let query = '';
  /** @type {string[]} */
  let said = [];
  const run = (/** @type {string} */ script) => ask('POST', '/execute/sync', { script, args: [] });
  /** An element, as WebDriver names it. @param {string} script @returns {Promise<string>} */
  const element = async (script) => {
    const found = await run(script);
    assert.ok(found, `no element: ${script}`);
    return String(Object.values(found)[0]);
  };
  const collect = async () => {
    said.push(...(await run('return globalThis.complaints?.splice(0) ?? []')));
  };
  const act = (/** @type {object} */ source) => ask('POST', '/actions', { actions: [source] });
  return {
    version,
    async open(search, { size, hold }) {
      await ask('POST', '/frame', { id: null });
      const before = site;
      query = search;
      said = [];
      site = await servePage({ script: COLLECT, frame: size, hold });
      await ask('POST', '/url', { url: `${site.address}${size ? FRAME : ''}?${query}` });
      if (size)
        await ask('POST', '/frame', { id: { [ELEMENT]: await element(`return document.querySelector('iframe')`) } });
      await before?.close();
    },
    release: () => site?.release(),
    async reload() {
      await collect();
      await ask('POST', '/refresh', {});
    },
    run,
    async click(script) {
      // Its place may still change while parts above are fetched: a click goes to where it has come to stand.
      let last = '';
      await eventually(async () => {
        const place = await run(`
          const element = (() => { ${script} })();
          element.scrollIntoView({ block: 'center', behavior: 'instant' });
          const { x, y, width, height } = element.getBoundingClientRect();
          const hit = document.elementFromPoint(x + width / 2, y + height / 2);
          return (element.contains(hit) || hit?.closest('label')?.control === element) && [x, y].join();
        `);
        const still = place && place === last;
        last = place;
        return still;
      }, 20_000);
      await ask('POST', `/element/${await element(script)}/click`, {});
    },
    async press(keys) {
      const codes = keys.split(/(?<=.)\+/).map((key) => KEYS[key] ?? key);
      await act({
        type: 'key',
        id: 'keyboard',
        actions: [
          ...codes.map((value) => ({ type: 'keyDown', value })),
          ...codes.reverse().map((value) => ({ type: 'keyUp', value })),
        ],
      });
    },
    async drag([first, ...rest]) {
      const to = (/** @type {Point} */ [x, y]) => ({
        ...{ type: 'pointerMove', origin: 'viewport', duration: 0 },
        ...{ x: Math.round(x), y: Math.round(y) },
      });
      await act({
        type: 'pointer',
        id: 'mouse',
        parameters: { pointerType: 'mouse' },
        actions: [to(first), { type: 'pointerDown', button: 0 }, ...rest.map(to), { type: 'pointerUp', button: 0 }],
      });
    },
    async choose(script, value) {
      const option = `return [...(() => { ${script} })().options].find((each) => each.value === ${JSON.stringify(value)})`;
      await ask('POST', `/element/${await element(option)}/click`, {});
    },
    give: async (script, files) => ask('POST', `/element/${await element(script)}/value`, { text: files.join('\n') }),
    async complaints() {
      await collect();
      return said.splice(0);
    },
    async close() {
      await close();
      await site?.close();
    },
  };
}

/** The text of an element as it is read. */
const READ = `const read = (element) => element.textContent.replace(/\\s+/g, ' ').trim();`;

/**
 * A script that gives the first element in sight of a selector that can be used, and, where given, of that text.
 * @param {string} css
 * @param {RegExp | string} [text] all of it, or a pattern in it
 */
function finding(css, text = /(?:)/) {
  const fits = text instanceof RegExp ? `${text}.test(read(element))` : `read(element) === ${JSON.stringify(text)}`;
  return `${READ}
    return [...document.querySelectorAll(${JSON.stringify(css)})].find(
      (element) => element.getClientRects().length > 0 && !element.disabled && ${fits}) ?? null;`;
}

/** @param {string} script that gives an element or null */
const present = (script) => `return (() => { ${script} })() !== null;`;

export class Visitor {
  /** @param {Driver} driver @param {string} folder for files */
  constructor(driver, folder) {
    this.driver = driver;
    this.folder = folder;
  }

  /** The page, ready to train. @param {string} query @param {VisitorOptions} [options] */
  async open(query, options = {}) {
    await this.driver.open(query, options);
    await this.until(present(finding('.run-bar .primary:enabled', 'Train')));
  }

  release() {
    this.driver.release();
  }

  reload() {
    return this.driver.reload();
  }

  /** @param {string} script body of a function in the page */
  run(script) {
    return this.driver.run(script);
  }

  /** Runs a script until it gives something, which is returned. @param {string} script */
  until(script) {
    // While a document gives way to another, nothing can run.
    return eventually(() => this.run(script), TRAINING_MILLISECONDS, 30);
  }

  /** @param {string} css @param {RegExp | string} [text] */
  async click(css, text) {
    const script = finding(css, text);
    await this.until(present(script));
    await this.driver.click(script);
  }

  /** Presses a button by its name. @param {string} name */
  button(name) {
    return this.click('button', name);
  }

  /** @param {string[]} keys one after the other, such as 'a', 'Enter' or 'Shift+ArrowRight' */
  async press(...keys) {
    for (const each of keys) await this.driver.press(each);
  }

  /** Puts the focus on an element, as the tabulator would. @param {string} css */
  async focus(css) {
    await this.until(`const found = (() => { ${finding(css)} })(); found?.focus(); return found !== null;`);
  }

  /** The selector of the field that a label belongs to. @param {string} label */
  async field(label) {
    const script = `${finding('label', label)}`;
    return `[id="${await this.until(`return (() => { ${script} })()?.htmlFor`)}"]`;
  }

  /** Types a value into a field, in the place of the old one. @param {string} css @param {string} value */
  async type(css, value) {
    await this.focus(css);
    await this.press('Control+a', ...value, 'Enter');
  }

  /** @param {string} css @param {string} value */
  async choose(css, value) {
    await this.until(present(finding(css)));
    await this.driver.choose(finding(css), value);
  }

  /** Draws on the pad through the given points, 0..1 of it. @param {Point[]} points */
  async draw(points) {
    let last = '';
    const box = await eventually(async () => {
      const place = await this.run(`
        const pad = document.querySelector('.pad canvas');
        pad.scrollIntoView({ block: 'center', behavior: 'instant' });
        const { x, y, width, height } = pad.getBoundingClientRect();
        return [x, y, width, height]`);
      const still = place.join() === last && place;
      last = place.join();
      return still;
    }, 20_000);
    const [left, top, width, height] = box;
    /** @type {Point[]} */
    const path_ = [];
    for (const [i, [x, y]] of points.entries()) {
      const [fromX, fromY] = points[Math.max(0, i - 1)];
      for (const share of i === 0 ? [1] : [0.25, 0.5, 0.75, 1])
        path_.push([left + (fromX + share * (x - fromX)) * width, top + (fromY + share * (y - fromY)) * height]);
    }
    await this.driver.drag(path_);
  }

  /** Chooses files in a file input. @param {string} css @param {Record<string, Uint8Array>} files by their names */
  async give(css, files) {
    const paths = Object.entries(files).map(([name, bytes]) => {
      const file = path.join(this.folder, name);
      writeFileSync(file, bytes);
      return file;
    });
    await this.driver.give(finding(css), paths);
  }

  /** The text of the first of a selector, all white space alike; empty where there is none. @param {string} css */
  async text(css) {
    return String((await this.texts(css))[0] ?? '');
  }

  /** @param {string} css @returns {Promise<string[]>} */
  texts(css) {
    return this.run(`${READ} return [...document.querySelectorAll(${JSON.stringify(css)})].map(read)`);
  }

  /** @param {string} css @param {string} name @returns {Promise<string[]>} */
  attributes(css, name) {
    return this.run(
      `return [...document.querySelectorAll(${JSON.stringify(css)})].map((each) => each.getAttribute('${name}') ?? '')`,
    );
  }

  /** Waits until something of that selector says it, and gives what it says. @param {string} css @param {RegExp} pattern */
  async says(css, pattern) {
    try {
      return await this.until(
        `${READ} return [...document.querySelectorAll(${JSON.stringify(css)})].map(read).find((text) => ${pattern}.test(text))`,
      );
    } catch (error) {
      throw new Error(`nothing of ${css} says ${pattern}, but: ${(await this.texts(css)).join(' | ')}`, {
        cause: error,
      });
    }
  }

  /** Goes to a part of the page, by way of what is fetched there and above. @param {string} css */
  async goTo(css) {
    await this.until(`
      const goal = document.querySelector(${JSON.stringify(css)});
      const before = [...document.querySelectorAll('main [aria-busy=true]')].find(
        (part) => goal?.contains(part) || goal?.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_PRECEDING);
      (before ?? goal)?.scrollIntoView({ behavior: 'instant' });
      return goal !== null && !before;`);
  }

  /** Opens all that is folded, and what is folded in it. */
  async unfold() {
    await this.until(`
      const folded = document.querySelectorAll('main details:not([open])');
      folded.forEach((part) => part.setAttribute('open', ''));
      return folded.length === 0;`);
  }

  /** What makes the page wider than its window, once all is laid out; empty: nothing. @returns {Promise<string>} */
  async tooWide() {
    const script = `
      const { scrollWidth, clientWidth } = document.documentElement;
      const wide = [...document.querySelectorAll('body *')].filter(
        (element) => element.getBoundingClientRect().right > clientWidth + 0.5);
      return scrollWidth <= clientWidth ? '' : scrollWidth + ' pixels: ' +
        wide.slice(-5).map(({ localName, className }) => localName + '.' + className).join(', ');`;
    const end = Date.now() + 2000;
    for (;;) {
      const found = await this.run(script);
      if (found === '' || Date.now() > end) return found;
    }
  }
}

/**
 * Called once in a suite: one browser for all of its tests.
 * @param {Engine} engine
 * @returns {(query: string, body: (visitor: Visitor) => Promise<void>, options?: VisitorOptions) => Promise<void>} opens the page with
 *   fresh storage, runs the body and then asks that the console has stayed clean
 */
export function useVisitor({ start }) {
  /** @type {Driver | undefined} */
  let driver;
  const folder = mkdtempSync(path.join(tmpdir(), 'quarterturn-visitor-'));
  after(async () => {
    await driver?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return async (query, body, options) => {
    driver ??= await start();
    const visitor = new Visitor(driver, folder);
    await visitor.open(query, options);
    await body(visitor);
    assert.deepEqual(await driver.complaints(), []);
  };
}
