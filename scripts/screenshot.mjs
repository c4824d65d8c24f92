// Takes the README's pictures from the built page, in light and dark, on generated digits: the page while it learns as an
// animated GIF, the notebook's comparison, the drawing pad, and a phone.
//   npm run build && npm run screenshot -- [light] [dark]
//   npm run screenshot -- page      the icons and the preview that belong to the page itself, in web/public
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import gifenc from 'gifenc';
import { chromium } from 'playwright-core';
import { servePage } from '../wasm-tests/support/page-server.mjs';
import { inRoot, runAsScript, say } from './lib.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ width: number, height: number, pixels: Uint8Array }} Frame RGBA */

/** A seven, in parts of the pad. @type {[number, number][]} */
const SEVEN = [
  [0.28, 0.25],
  [0.5, 0.26],
  [0.72, 0.24],
  [0.6, 0.45],
  [0.5, 0.65],
  [0.43, 0.82],
];
const BOTH = /** @type {const} */ (['light', 'dark']);
const OWN = process.argv.includes('page');
const SCHEMES = BOTH.filter((scheme) => (process.argv.length < 3 || process.argv.includes(scheme)) && !OWN);
const SETTINGS = 'data=generated&seed=1';
const FRAME_MILLISECONDS = 130;
const MOST_FRAMES = 60;
const COLOURS = 96;

const file = (/** @type {string} */ name) => inRoot(`docs/images/${name}`);
/** @param {string} name */
const made = (name) => say(`${file(name)}, ${Math.round(statSync(file(name)).size / 1024)} KB`);

/** Without a mouse, for which the page would be scrolled. @param {Page} page */
const train = (page) =>
  page.locator('.run-train:enabled').evaluate((button) => /** @type {HTMLElement} */ (button).click());
/** @param {Page} page */
const finished = (page) => page.locator('.run-line', { hasText: 'Finished.' }).waitFor();

/** Pictures that were asked for have come, and nothing is pointed at. @param {Page} page */
const settled = async (page) => {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(1000);
};

/** Chromium decodes its own pictures. @param {Page} blank @param {Buffer} png @returns {Promise<Frame>} */
async function decoded(blank, png) {
  const { width, height, text } = await blank.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let binary = '';
    for (let i = 0; i < data.length; i += 32768) binary += String.fromCharCode(...data.subarray(i, i + 32768));
    return { width: bitmap.width, height: bitmap.height, text: btoa(binary) };
  }, png.toString('base64'));
  return { width, height, pixels: new Uint8Array(Buffer.from(text, 'base64')) };
}

/**
 * One palette for all; what has not changed since the frame before is transparent.
 * @param {readonly Frame[]} frames
 * @param {(i: number) => number} delay milliseconds for which frame i stays
 */
function gif(frames, delay) {
  const { GIFEncoder, applyPalette, quantize } = gifenc;
  const [first, middle, last] = [frames[0], frames[frames.length >> 1], frames[frames.length - 1]];
  const palette = quantize(new Uint8Array(Buffer.concat([first, middle, last].map(({ pixels }) => pixels))), COLOURS);
  const transparentIndex = palette.length;
  const writer = GIFEncoder();
  /** @type {Uint8Array | null} */
  let before = null;
  frames.forEach(({ width, height, pixels }, i) => {
    const index = applyPalette(pixels, palette);
    const shown = before;
    const changes = shown ? index.map((colour, at) => (colour === shown[at] ? transparentIndex : colour)) : index;
    before = index;
    writer.writeFrame(changes, width, height, {
      palette: i === 0 ? [...palette, [0, 0, 0]] : undefined,
      transparent: i > 0,
      transparentIndex,
      delay: delay(i),
      dispose: 1,
      repeat: 0,
    });
  });
  writer.finish();
  return writer.bytes();
}

/** The first sight of the page, from untrained to done. @param {Page} page @param {Page} blank @param {string} name */
async function animation(page, blank, name) {
  const shoot = async () => decoded(blank, await page.screenshot());
  await settled(page);
  const frames = [await shoot()];
  await train(page);
  await page.mouse.move(0, 0);
  const over = () =>
    page.evaluate(() => /^(Self-supervised|Finished)/.test(document.querySelector('.run-line')?.textContent ?? ''));
  while (frames.length < MOST_FRAMES && !(await over())) frames.push(await shoot());
  await finished(page);
  await settled(page);
  frames.push(await shoot());
  const still = (/** @type {number} */ i) => (i === 0 ? 1200 : i === frames.length - 1 ? 4000 : FRAME_MILLISECONDS);
  writeFileSync(file(name), gif(frames, still));
  made(name);
}

/** @param {Page} page */
async function drawSeven(page) {
  const pad = page.locator('.pad canvas');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error('the pad has no place on the page');
  for (const [index, [x, y]] of SEVEN.entries()) {
    await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 6 });
    if (index === 0) await page.mouse.down();
  }
  await page.mouse.up();
}

/** @param {string} name */
const ofPage = (name) => inRoot(`web/public/${name}`);

/** The page's icons, from its drawn one. @param {Page} blank */
async function icons(blank) {
  const drawn = readFileSync(ofPage('favicon.svg'), 'utf8');
  for (const { name, size, room } of [
    { name: 'icon-192.png', size: 192, room: 0.06 },
    { name: 'icon-512.png', size: 512, room: 0.06 },
    // A circle of 80% is all that is sure to be seen of it.
    { name: 'icon-maskable-512.png', size: 512, room: 0.22 },
  ]) {
    await blank.setViewportSize({ width: size, height: size });
    await blank.setContent(
      `<body style="margin:0;background:#f7f7f5;display:grid;place-items:center;height:${size}px">${drawn.replace(
        '<svg',
        `<svg width="${size * (1 - 2 * room)}" height="${size * (1 - 2 * room)}"`,
      )}</body>`,
    );
    await blank.screenshot({ path: ofPage(name) });
    say(`${ofPage(name)}, ${Math.round(statSync(ofPage(name)).size / 1024)} KB`);
  }
}

await runAsScript(import.meta.url, async () => {
  mkdirSync(file(''), { recursive: true });
  const site = await servePage();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  /** @param {string} query @param {import('playwright-core').BrowserContextOptions} options */
  const open = async (query, options) => {
    const page = await browser.newPage(options);
    page.setDefaultTimeout(300_000);
    await page.goto(`${site.address}?${query}`);
    await page.getByRole('button', { name: 'Train', exact: true }).and(page.locator(':enabled')).waitFor();
    return page;
  };
  try {
    const blank = await browser.newPage();
    if (OWN) {
      await icons(blank);
      const first = await open(`${SETTINGS}&epochs=5`, { viewport: { width: 1200, height: 630 } });
      await train(first);
      await finished(first);
      await first.evaluate('scrollTo(0, 0)');
      await settled(first);
      await first.screenshot({ path: ofPage('preview.png') });
      say(`${ofPage('preview.png')}, ${Math.round(statSync(ofPage('preview.png')).size / 1024)} KB`);
    }
    for (const colorScheme of SCHEMES) {
      const small = await open(`${SETTINGS}&epochs=4`, { viewport: { width: 960, height: 690 }, colorScheme });
      await animation(small, blank, `learning-${colorScheme}.gif`);
      await small.close();

      const page = await open(`${SETTINGS}&epochs=5`, { viewport: { width: 1280, height: 900 }, colorScheme });
      await train(page);
      await finished(page);
      await drawSeven(page);
      // Nothing that stays in sight lies over what is photographed.
      await page.locator('.stay').evaluate((bar) => (bar.style.visibility = 'hidden'));
      for (const name of ['duel', 'draw']) {
        const card = page.locator(`#${name} .card`).first();
        await card.scrollIntoViewIfNeeded();
        await settled(page);
        await card.screenshot({ path: file(`${name}-${colorScheme}.png`) });
        made(`${name}-${colorScheme}.png`);
      }
      await page.close();

      const phone = await open(`${SETTINGS}&images=5500&epochs=4`, {
        viewport: { width: 360, height: 740 },
        deviceScaleFactor: 1.5,
        isMobile: true,
        hasTouch: true,
        colorScheme,
      });
      await train(phone);
      await finished(phone);
      await phone.evaluate('scrollTo(0, 0)');
      await settled(phone);
      await phone.screenshot({ path: file(`phone-${colorScheme}.png`) });
      made(`phone-${colorScheme}.png`);
      await phone.close();
    }
  } finally {
    await browser.close();
    await site.close();
  }
});
