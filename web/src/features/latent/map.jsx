// One map on a canvas: each point is its digit, so that colour is never the only sign.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { DigitImage } from '../../components/digit-image.jsx';
import { useDrag } from '../../components/drag.js';
import { classMarks, classNames, kind } from '../../data/sources.js';
import { t } from '../../messages/messages.js';
import { shownTheme } from '../../state/settings.js';
import { WHOLE, neighbourTowards, panned, zoomed } from './geometry.js';
import { view } from './state.js';
import { useTestImage } from './test-image.js';

/** @typedef {import('./state.js').Shown} Shown */
/** @typedef {{ x: number, y: number }} Place in the window, 0..1 */

const REACH = 14;
const MARGIN = 16;
const MOVE_MILLISECONDS = 400;
const ZOOM_STEP = 1.5;
const PAN_STEP = 0.15;
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const still = matchMedia('(prefers-reduced-motion: reduce)');

/** @param {{ map: Shown | null, title: string, drawn: Place | null }} props */
export function MapPicture({ map, title, drawn }) {
  const room = useRef(/** @type {HTMLDivElement | null} */ (null));
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const [size, setSize] = useState({ width: 0, height: 0 });
  /** Index of the point that is looked at. */
  const [focus, setFocus] = useState(-1);
  const pointers = useRef(/** @type {Map<number, Place>} */ (new Map()));
  /** Where the points are on the screen, between two maps. */
  const present = useRef(/** @type {import('./geometry.js').Cloud | null} */ (null));
  const of = useRef(/** @type {Shown | null} */ (null));
  const theme = shownTheme.value;
  const words = t.value.map;
  const look = view.value;

  useEffect(() => {
    const element = room.current;
    if (!element) return undefined;
    const watcher = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    watcher.observe(element);
    // The plain wheel scrolls the page, whatever was clicked before; with Ctrl it would zoom the page.
    const wheel = (/** @type {WheelEvent} */ event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const factor = Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.002));
      view.value = zoomed(
        view.value,
        factor,
        (event.clientX - box.left) / box.width,
        (event.clientY - box.top) / box.height,
      );
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      watcher.disconnect();
      element.removeEventListener('wheel', wheel);
    };
  }, []);

  /** Window 0..1 to CSS pixels. @param {number} x @param {number} y @returns {[number, number]} */
  const onScreen = (x, y) => {
    const [width, height] = [size.width - 2 * MARGIN, size.height - 2 * MARGIN];
    return [MARGIN + (x - look.left) * look.scale * width, MARGIN + (y - look.top) * look.scale * height];
  };

  useEffect(() => {
    const element = canvas.current;
    if (!element || size.width === 0) return undefined;
    const ratio = devicePixelRatio;
    element.width = Math.round(size.width * ratio);
    element.height = Math.round(size.height * ratio);
    const paint = (/** @type {import('./geometry.js').Cloud} */ places) => {
      present.current = places;
      paintMap(element, map, places, drawn && { ...drawn, text: words.drawing }, onScreen, ratio);
    };
    if (!map) {
      paint({ x: new Float32Array(), y: new Float32Array() });
      return undefined;
    }
    const from = present.current;
    const same = of.current !== null && sameIndex(of.current.latent.index, map.latent.index);
    if (of.current === map || !same || !from || still.matches || document.hidden) {
      of.current = map;
      paint(map.places);
      return undefined;
    }
    let frame = 0;
    const begin = performance.now();
    const move = (/** @type {number} */ now) => {
      const part = Math.min(1, Math.max(0, now - begin) / MOVE_MILLISECONDS);
      const share = part * part * (3 - 2 * part);
      const between = (/** @type {Float32Array} */ a, /** @type {Float32Array} */ b) =>
        a.map((value, i) => value + share * (b[i] - value));
      paint({ x: between(from.x, map.places.x), y: between(from.y, map.places.y) });
      if (part < 1) frame = requestAnimationFrame(move);
      else of.current = map;
    };
    frame = requestAnimationFrame(move);
    return () => cancelAnimationFrame(frame);
  }, [map, size, theme, look, drawn, words]);

  // Another choice of digits has other points.
  const points = useMemo(() => map?.latent.index.join(), [map?.latent.index]);
  useEffect(() => setFocus(-1), [points]);

  const pixels = useTestImage(map && focus >= 0 ? (map.latent.index[focus] ?? null) : null);

  /** @param {PointerEvent} event @returns {Place} CSS pixels */
  const spot = (event) => {
    const box = /** @type {HTMLDivElement} */ (room.current).getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  /** @param {Place} at */
  const lookAt = (at) => {
    let [best, distance] = [-1, REACH * REACH];
    map?.places.x.forEach((x, i) => {
      const [left, top] = onScreen(x, map.places.y[i]);
      const d = (left - at.x) ** 2 + (top - at.y) ** 2;
      if (d < distance) [best, distance] = [i, d];
    });
    setFocus(best);
  };
  /** @param {PointerEvent} event */
  const move = (event) => {
    const at = spot(event);
    const before = /** @type {Place} */ (pointers.current.get(event.pointerId));
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const factor = Math.hypot(at.x - other.x, at.y - other.y) / Math.hypot(before.x - other.x, before.y - other.y);
      const [x, y] = [(at.x + other.x) / 2 / size.width, (at.y + other.y) / 2 / size.height];
      if (Number.isFinite(factor)) view.value = zoomed(view.value, factor, x, y);
    }
    const share = other ? 0.5 : 1;
    view.value = panned(
      view.value,
      (share * (at.x - before.x)) / (size.width - 2 * MARGIN),
      (share * (at.y - before.y)) / (size.height - 2 * MARGIN),
    );
    pointers.current.set(event.pointerId, at);
  };
  const drag = useDrag({
    begin(event) {
      const at = spot(event);
      pointers.current.set(event.pointerId, at);
      lookAt(at);
    },
    move,
    hover: (event) => event.pointerType !== 'touch' && lookAt(spot(event)),
    end: (pointer) => pointers.current.delete(pointer),
  });
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow && event.shiftKey) view.value = panned(view.value, -PAN_STEP * arrow[0], -PAN_STEP * arrow[1]);
    else if (arrow && map && map.places.x.length > 0) {
      const next = focus < 0 ? 0 : neighbourTowards(map.places, focus, ...arrow);
      if (next >= 0) {
        setFocus(next);
        view.value = toInclude(view.value, map.places.x[next], map.places.y[next]);
      }
    } else if (event.key === '+' || event.key === '=') view.value = zoomed(view.value, ZOOM_STEP, ...middle());
    else if (event.key === '-') view.value = zoomed(view.value, 1 / ZOOM_STEP, ...middle());
    else if (event.key === '0') view.value = WHOLE;
    else if (event.key === 'Escape' && focus >= 0) setFocus(-1);
    else return;
    event.preventDefault();
  };
  /** The digit that is looked at stays in its place when zooming by key. @returns {[number, number]} */
  const middle = () =>
    map && focus >= 0
      ? [(map.places.x[focus] - look.left) * look.scale, (map.places.y[focus] - look.top) * look.scale]
      : [0.5, 0.5];

  const label = map && focus >= 0 ? map.latent.label[focus] : -1;
  const tip = map && focus >= 0 ? onScreen(map.places.x[focus], map.places.y[focus]) : null;
  const digits = map ? [...new Set(map.latent.label)].sort().map((each) => classNames.value[each]) : [];
  return (
    <div
      ref={room}
      class={look.scale > 1 ? 'map closer' : 'map'}
      role="application"
      tabIndex={0}
      aria-label={
        map
          ? words.name({ count: map.latent.x.length, many: kind.value.many, names: digits, title })
          : words.noMap({ title })
      }
      aria-description={words.keys}
      onKeyDown={key}
      {...drag}
      onPointerLeave={(event) => event.pointerType === 'mouse' && setFocus(-1)}
    >
      <canvas ref={canvas} />
      {map && tip && (
        <div class={tip[1] < 120 ? 'map-tip below' : 'map-tip'} style={{ left: `${tip[0]}px`, top: `${tip[1]}px` }}>
          <DigitImage pixels={pixels} label={words.image({ name: classNames.value[label] })} />
          <span>{words.tip({ name: classNames.value[label], index: map.latent.index[focus] })}</span>
        </div>
      )}
      <span class="visually-hidden" role="status">
        {map && focus >= 0 ? words.at({ name: classNames.value[label], index: map.latent.index[focus] }) : ''}
      </span>
    </div>
  );
}

/** @param {Uint32Array} a @param {Uint32Array} b */
const sameIndex = (a, b) => a.length === b.length && a.every((value, i) => value === b[i]);

/** Pans just so far that a point of the window can be seen. @param {import('./geometry.js').View} look @param {number} x @param {number} y */
function toInclude(look, x, y) {
  const over = (/** @type {number} */ place) => (place < 0 ? -place : place > 1 ? 1 - place : 0);
  return panned(look, over((x - look.left) * look.scale), over((y - look.top) * look.scale));
}

/** CSS pixels. */
const GLYPH = 18;
/** @type {Map<string, OffscreenCanvas>} */
const glyphs = new Map();

/**
 * A digit is set once and then copied: setting 600 of them takes too long for a frame.
 * @param {string} sign
 * @param {string} colour
 * @param {string} font family
 * @param {number} ratio
 */
function glyph(sign, colour, font, ratio) {
  const key = `${sign} ${colour} ${ratio}`;
  const known = glyphs.get(key);
  if (known) return known;
  const side = Math.round(GLYPH * ratio);
  const made = new OffscreenCanvas(side, side);
  const ink = /** @type {OffscreenCanvasRenderingContext2D} */ (made.getContext('2d'));
  ink.font = `600 ${12 * ratio}px ${font}`;
  ink.textAlign = 'center';
  ink.textBaseline = 'middle';
  ink.fillStyle = colour;
  ink.fillText(sign, side / 2, side / 2);
  glyphs.set(key, made);
  return made;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Shown | null} map
 * @param {import('./geometry.js').Cloud} places
 * @param {(Place & { text: string }) | null} drawn `text`: what it is called
 * @param {(x: number, y: number) => [number, number]} onScreen
 * @param {number} ratio
 */
function paintMap(canvas, map, places, drawn, onScreen, ratio) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  if (!map) return;
  const style = getComputedStyle(canvas);
  const side = Math.round(GLYPH * ratio);
  const copies = Array.from({ length: 10 }, (_, digit) =>
    glyph(classMarks.peek()[digit], style.getPropertyValue(`--digit-${digit}`), style.fontFamily, ratio),
  );
  for (let i = 0; i < places.x.length; i++) {
    const [x, y] = onScreen(places.x[i], places.y[i]);
    context.drawImage(copies[map.latent.label[i]], Math.round(x * ratio - side / 2), Math.round(y * ratio - side / 2));
  }
  if (!drawn) return;
  context.scale(ratio, ratio);
  const [width, height] = [canvas.width / ratio, canvas.height / ratio];
  // A drawing unlike any digit may lie outside: it is then marked at the edge.
  const [x, y] = onScreen(drawn.x, drawn.y);
  const [left, top] = [Math.min(Math.max(x, 10), width - 10), Math.min(Math.max(y, 10), height - 10)];
  context.lineWidth = 3;
  context.strokeStyle = style.getPropertyValue('--ink');
  context.fillStyle = style.getPropertyValue('--card');
  context.beginPath();
  context.arc(left, top, 8, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  context.fillStyle = style.getPropertyValue('--ink');
  context.beginPath();
  context.arc(left, top, 2.5, 0, 2 * Math.PI);
  context.fill();
  context.font = `600 12px ${style.fontFamily}`;
  context.textBaseline = 'middle';
  context.textAlign = left > width / 2 ? 'right' : 'left';
  context.lineWidth = 4;
  context.strokeStyle = style.getPropertyValue('--card');
  const beside = left > width / 2 ? left - 14 : left + 14;
  context.strokeText(drawn.text, beside, top);
  context.fillText(drawn.text, beside, top);
}
