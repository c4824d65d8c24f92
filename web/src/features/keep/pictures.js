// Charts as PNG files: what is on the screen, with its title and legend, in the present colours.
import { t } from '../../messages/messages.js';
import { Fault } from '../../state/fault.js';
import { download } from './download.js';

const SMALLEST = 200;
const SCALE = 2;
const PADDING = 16;
const LINE = 22;

/** @typedef {{ name: string, element: HTMLCanvasElement | SVGSVGElement }} Picture */

/** Charts that are on the page now, in its order, each with a name of its own. @returns {Picture[]} */
export function charts() {
  const message = t.peek().keep;
  /** @type {Map<string, number>} */
  const count = new Map();
  return [...document.querySelectorAll('main canvas, main svg')]
    .filter((element) => element.clientWidth >= SMALLEST && !element.closest('.pad, .strip, .meter'))
    .map((element) => {
      const figure = element.closest('figure');
      const title = figure?.querySelector('.chart-title, .map-figure b');
      const words =
        // A whole sentence with figures is no name.
        (title?.childElementCount === 0 ? title.textContent : undefined) ??
        // What a label says behind its first words is of the moment.
        element.closest('[aria-label]')?.getAttribute('aria-label')?.split(/[.:] /)[0] ??
        message.someChart;
      const section = element.closest('section[id]')?.querySelector('h2')?.textContent;
      const name = section ? message.chartName({ section, chart: words }) : words;
      const place = (count.get(name) ?? 0) + 1;
      count.set(name, place);
      return {
        name: place === 1 ? name : message.chartPlace({ name, place }),
        element: /** @type {HTMLCanvasElement | SVGSVGElement} */ (element),
      };
    });
}

/** Styles come from the page, so that they are written into the copy. @param {SVGSVGElement} svg */
async function drawable(svg) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const [from, to] = [svg, copy].map((each) => [each, ...each.querySelectorAll('*')]);
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of [
      'fill',
      'fill-opacity',
      'stroke',
      'stroke-width',
      'stroke-dasharray',
      'opacity',
      'font-size',
      'font-family',
      'font-weight',
    ])
      to[i].setAttribute(name, style.getPropertyValue(name));
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(SCALE * svg.clientWidth));
  copy.setAttribute('height', String(SCALE * svg.clientHeight));
  const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}

const PATTERN_SIDE = 32;
/** Of 255: more than this is seen. */
const SLIGHT = 8;

/**
 * How much this browser alters what a page reads of its canvases, 0..255. Browsers that protect their users against
 * fingerprinting give noise, or white.
 */
function alteration() {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = PATTERN_SIDE;
  const context = canvas.getContext('2d');
  if (!context) return 255;
  const image = context.createImageData(PATTERN_SIDE, PATTERN_SIDE);
  image.data.forEach((_, i) => (image.data[i] = i % 4 === 3 ? 255 : (i * 73) & 255));
  context.putImageData(image, 0, 0);
  const { data } = context.getImageData(0, 0, PATTERN_SIDE, PATTERN_SIDE);
  return data.reduce((most, value, i) => Math.max(most, Math.abs(value - image.data[i])), 0);
}

/** @param {Picture} picture @returns {Promise<'altered' | ''>} what is to be said of the file, by a key of the messages; empty: nothing */
export async function savePicture({ name, element }) {
  const altered = alteration();
  if (altered > SLIGHT) throw new Fault('canvasHidden');
  const figure = element.closest('figure');
  const legend = [...(figure?.querySelectorAll('.legend li') ?? [])].map((item) => ({
    text: item.textContent ?? '',
    colour: getComputedStyle(item).getPropertyValue('--series'),
  }));
  const image = element instanceof SVGSVGElement ? await drawable(element) : element;
  const [width, height] = [element.clientWidth, element.clientHeight];
  const style = getComputedStyle(element);
  const page = getComputedStyle(document.documentElement);
  const canvas = document.createElement('canvas');
  canvas.width = SCALE * (width + 2 * PADDING);
  canvas.height = SCALE * (height + 2 * PADDING + LINE * (legend.length > 0 ? 2 : 1));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.scale(SCALE, SCALE);
  context.fillStyle = page.getPropertyValue('--card');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'middle';
  context.fillStyle = page.getPropertyValue('--ink');
  context.font = `600 14px ${style.fontFamily}`;
  context.fillText(name, PADDING, PADDING + LINE / 2 - 4, width);
  context.drawImage(image, PADDING, PADDING + LINE, width, height);
  context.font = `12px ${style.fontFamily}`;
  let x = PADDING;
  for (const { text, colour } of legend) {
    const y = PADDING + LINE + height + LINE / 2;
    context.fillStyle = colour.startsWith('var(') ? page.getPropertyValue(colour.slice(4, -1)) : colour;
    context.fillRect(x, y - 5, 10, 10);
    context.fillStyle = page.getPropertyValue('--ink');
    context.fillText(text, x + 15, y);
    x += 15 + context.measureText(text).width + 16;
  }
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  const plain = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  download(`quarterturn-${plain.slice(0, 60)}.png`, /** @type {Blob} */ (blob), 'image/png');
  return altered > 0 ? 'altered' : '';
}
