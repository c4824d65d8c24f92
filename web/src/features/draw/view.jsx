// Draw a digit with mouse, finger or pen; every network says what it sees.
import { useEffect, useRef } from 'preact/hooks';
import { RUN_COLOURS } from '../../shared/curves.jsx';
import { DigitImage, paintGrey } from '../../components/digit-image.jsx';
import { useDrag } from '../../components/drag.js';
import { StemPlot } from '../../components/stem-plot.jsx';
import { classMarks, classNames, kind } from '../../data/sources.js';
import { dataTitle } from '../../messages/data-title.js';
import { t } from '../../messages/messages.js';
import { ARMS, RUN_TITLES, begun, dataInfo, example } from '../../session/session.js';
import { turnWords } from './angles.js';
import { PAD_PIXELS, makeInk } from './pad.js';
import {
  brush,
  canUndo,
  clear,
  degrees,
  drawing,
  empty,
  prediction,
  question,
  remember,
  sample,
  seen,
  showSample,
  strokes,
  undo,
} from '../../shared/drawing.js';
import { task, variantName, variants } from '../../shared/task.js';
import { KeepAs } from './keep-as.jsx';
import { More } from './more.jsx';
import './draw.css';

/** More answers have no room beside each other. */
const MOST_STEMS = 8;

export function Draw() {
  return (
    <div class="draw-all">
      <Answers />
      <More />
    </div>
  );
}

function Answers() {
  const { one } = kind.value;
  const untouched = strokes.value.length === 0 ? sample.value : null;
  const words = t.value.draw;
  return (
    <div class="card draw">
      <div class="draw-input">
        <Pad />
        <div class="draw-tools">
          <button type="button" class="button small" disabled={!canUndo.value} onClick={undo}>
            {words.pad.undo}
          </button>
          <button type="button" class="button small" disabled={empty.value} onClick={clear}>
            {words.pad.clear}
          </button>
          <label class="brush">
            {words.pad.brush}
            <input
              type="range"
              min={0.03}
              max={0.14}
              step={0.01}
              value={brush.value}
              onInput={(event) => (brush.value = Number(event.currentTarget.value))}
            />
          </label>
        </div>
      </div>
      <div class="draw-answers">
        {ARMS.map((arm) => (
          <StemPlot
            key={arm}
            title={RUN_TITLES[arm]}
            colour={RUN_COLOURS[arm]}
            labels={classMarks.value}
            names={classNames.value}
            values={prediction.value?.[arm] ?? null}
          />
        ))}
        <PretextAnswer />
        {prediction.value && !begun.value && !example.value && <p class="note draw-untrained">{words.untrained}</p>}
      </div>
      <div class="draw-other">
        <div class="samples" role="group" aria-label={words.samples.label(kind.value)}>
          <span class="samples-title">{words.samples.title(kind.value)}</span>
          {classMarks.value.map((sign, i) => (
            <button
              key={i}
              type="button"
              class="button small sample"
              title={classNames.value[i]}
              aria-label={words.samples.one({ one, name: classNames.value[i] })}
              aria-pressed={sample.value?.label === i}
              disabled={!dataInfo.value}
              onClick={() => void showSample(i)}
            >
              {sign}
            </button>
          ))}
        </div>
        <KeepAs />
      </div>
      <div class="draw-seen">
        <DigitImage pixels={seen.value} label={seen.value ? words.seen.name : words.seen.nothing} />
        <p class="note">
          {untouched
            ? words.seen.sample({ index: untouched.index, source: dataTitle(dataInfo.value?.source) })
            : words.seen.drawn}
          {degrees.value !== 0 && question.value && ` ${words.seen.turned({ turned: turnWords(degrees.value) })}`}
        </p>
      </div>
      {empty.value && <p class="draw-nothing">{words.pad.onPaper}</p>}
    </div>
  );
}

/** What the pretext network says of the drawing: all its answers, or of very many the likeliest. */
function PretextAnswer() {
  const words = t.value.draw;
  const values = prediction.value?.rotation ?? null;
  const classes = Array.from({ length: variants.value }, (_, variant) => variant);
  if (classes.length > MOST_STEMS) {
    const best = values ? values.indexOf(Math.max(...values)) : -1;
    return (
      <p class="note">
        {values && best >= 0
          ? words.likeliest({
              title: RUN_TITLES.pretext,
              variant: variantName(best),
              sure: values[best],
              answers: classes.length,
            })
          : ''}
      </p>
    );
  }
  const turns = task.value === 'turns';
  return (
    <StemPlot
      title={RUN_TITLES.pretext}
      colour={RUN_COLOURS.pretext}
      labels={classes.map((variant) => (turns ? variantName(variant) : String(variant + 1)))}
      names={turns ? words.turns : classes.map(variantName)}
      values={values?.length === classes.length ? values : null}
    />
  );
}

/** After a pen has been near, a touch is the palm of its hand. */
const PALM_MILLISECONDS = 1000;

function Pad() {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const ink = useRef(/** @type {ReturnType<typeof makeInk> | null} */ (null));
  /** The stroke of each pointer that is held down. */
  const drawn = useRef(/** @type {Map<number, import('./pad.js').Stroke>} */ (new Map()));
  const penSeen = useRef(-Infinity);
  const words = t.value.draw.pad;

  // The pad is repainted from the strokes: on any change, not only the pen's.
  useEffect(() => {
    const grey = (ink.current ??= makeInk())(strokes.value, sample.value?.pixels ?? null);
    const context = canvas.current?.getContext('2d');
    if (context) paintGrey(context, grey, PAD_PIXELS);
    drawing.value = { grey, side: PAD_PIXELS };
  }, [strokes.value, sample.value]);

  /** @param {PointerEvent} event @returns {import('./pad.js').Spot} */
  const spot = (event) => {
    const box = /** @type {HTMLCanvasElement} */ (canvas.current).getBoundingClientRect();
    const place = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
    return event.pointerType === 'pen' && event.pressure > 0 ? { ...place, pressure: event.pressure } : place;
  };
  /** @param {PointerEvent} event */
  const lookForPen = (event) => {
    if (event.pointerType === 'pen') penSeen.current = performance.now();
  };
  const drag = useDrag({
    begin(event) {
      if (event.pointerType === 'touch' && performance.now() - penSeen.current < PALM_MILLISECONDS) return false;
      event.preventDefault();
      /** @type {import('./pad.js').Stroke} */
      const stroke = { width: brush.value, spots: [spot(event)] };
      drawn.current.set(event.pointerId, stroke);
      remember();
      strokes.value = [...strokes.value, stroke];
      return true;
    },
    move(event) {
      lookForPen(event);
      const before = drawn.current.get(event.pointerId);
      // A stroke that was cleared or undone while it was drawn does not come back.
      if (!before || !strokes.value.includes(before)) return;
      const between = event.getCoalescedEvents?.() ?? [];
      const stroke = { ...before, spots: [...before.spots, ...(between.length > 0 ? between : [event]).map(spot)] };
      drawn.current.set(event.pointerId, stroke);
      strokes.value = strokes.value.map((each) => (each === before ? stroke : each));
    },
    hover: lookForPen,
    end: (pointer) => drawn.current.delete(pointer),
  });
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const undoing = event.key === 'Backspace' || (event.key === 'z' && (event.ctrlKey || event.metaKey));
    if (undoing) undo();
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (/^[0-9]$/.test(event.key)) void showSample(Number(event.key));
    else if (event.key === 'Delete') clear();
    else return;
    event.preventDefault();
  };
  return (
    <div
      class="pad"
      role="application"
      tabIndex={0}
      aria-label={empty.value ? words.empty : words.full}
      aria-describedby="pad-keys"
      onKeyDown={key}
    >
      <canvas ref={canvas} width={PAD_PIXELS} height={PAD_PIXELS} {...drag} />
      {empty.value && <span class="pad-hint">{words.hint(kind.value)}</span>}
      <span id="pad-keys" class="visually-hidden">
        {words.keys(kind.value)}
      </span>
    </div>
  );
}
