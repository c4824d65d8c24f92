import { useEffect, useRef, useState } from 'preact/hooks';
import { DigitImage } from '../../components/digit-image.jsx';
import { Field, Segments } from '../../components/field.jsx';
import { percent } from '../../components/format.js';
import { client, dataInfo, history } from '../../state/lab.js';
import { settings, shownTheme } from '../../state/settings.js';
import { latent, latentProblem } from './state.js';
import './latent.css';

const WEIGHTS = /** @type {const} */ ([
  ['trained', 'Trained'],
  ['random', 'Random'],
]);
const REACH = 14;

export function LatentMap() {
  const map = latent.value;
  const epochs = history.pretext.value.length;
  const weights = settings.latentWeights.value === 'random' ? 'random' : 'trained';
  const when =
    weights === 'random' ? 'Random weights.' : epochs > 0 ? `After ${epochs} rotation epochs.` : 'Before training.';
  return (
    <div class="card latent">
      <div class="latent-tools">
        <Segments
          label="Whose features"
          choices={WEIGHTS}
          value={weights}
          onChoose={(key) => (settings.latentWeights.value = key)}
        />
        <Field name="latentDigits" />
      </div>
      <Map map={map} />
      <p class="note">
        {latentProblem.value ||
          (map
            ? `${map.x.length} test digits; the axes hold ${percent(map.explained[0], 0)} and ${percent(map.explained[1], 0)} of the variance. ${when} `
            : '')}
        Data: {dataInfo.value?.source ?? '–'}.
      </p>
    </div>
  );
}

/** @param {{ map: import('../../engine/types').Latent | null }} props */
function Map({ map }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const places = useRef(/** @type {Float32Array} */ (new Float32Array()));
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [near, setNear] = useState(
    /** @type {{ label: number, x: number, y: number, pixels: Uint8Array } | null} */ (null),
  );
  const theme = shownTheme.value;

  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const watcher = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);

  useEffect(() => {
    if (canvas.current && size.width > 0) places.current = drawMap(canvas.current, map, size);
    setNear(null);
  }, [map, size, theme]);

  /** @param {PointerEvent} event */
  const look = async (event) => {
    const box = /** @type {HTMLCanvasElement} */ (canvas.current).getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    let best = -1;
    let distance = REACH * REACH;
    for (let i = 0; map && i < map.x.length; i++) {
      const d = (places.current[2 * i] - x) ** 2 + (places.current[2 * i + 1] - y) ** 2;
      if (d < distance) [best, distance] = [i, d];
    }
    const engine = client.peek();
    if (best < 0 || !map || !engine) {
      setNear(null);
      return;
    }
    const pixels = await engine.call('image', ['test', map.index[best], 0]).catch(() => null);
    if (pixels)
      setNear({ label: map.label[best], x: places.current[2 * best], y: places.current[2 * best + 1], pixels });
  };
  const counts = map ? [...new Set(map.label)].sort().join(', ') : '';
  return (
    <div class="map">
      <canvas
        ref={canvas}
        role="img"
        aria-label={map ? `Map of the test digits ${counts} by their features` : 'Map of the test digits, not made yet'}
        onPointerMove={(event) => void look(event)}
        onPointerLeave={() => setNear(null)}
      />
      {near && (
        <div class="map-tip" style={{ left: `${near.x}px`, top: `${near.y}px` }}>
          <DigitImage pixels={near.pixels} label={`A test digit ${near.label}`} />
        </div>
      )}
    </div>
  );
}

/**
 * Each point is its digit, so that colour is never the only sign.
 * @param {HTMLCanvasElement} canvas
 * @param {import('../../engine/types').Latent | null} map
 * @param {{ width: number, height: number }} size CSS pixels
 * @returns {Float32Array} x, y of each point in CSS pixels
 */
function drawMap(canvas, map, { width, height }) {
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const places = new Float32Array(map ? 2 * map.x.length : 0);
  if (!map || map.x.length === 0) return places;
  context.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const margin = 18;
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < map.x.length; i++) {
    [left, right] = [Math.min(left, map.x[i]), Math.max(right, map.x[i])];
    [bottom, top] = [Math.min(bottom, map.y[i]), Math.max(top, map.y[i])];
  }
  const scaleX = (width - 2 * margin) / (right - left || 1);
  const scaleY = (height - 2 * margin) / (top - bottom || 1);
  context.font = `600 12px ${style.fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const colours = Array.from({ length: 10 }, (_, digit) => style.getPropertyValue(`--digit-${digit}`));
  for (let i = 0; i < map.x.length; i++) {
    const x = margin + (map.x[i] - left) * scaleX;
    const y = height - margin - (map.y[i] - bottom) * scaleY;
    [places[2 * i], places[2 * i + 1]] = [x, y];
    context.fillStyle = colours[map.label[i] % 10];
    context.fillText(String(map.label[i]), x, y);
  }
  return places;
}
