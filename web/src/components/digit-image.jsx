import { useEffect, useRef } from 'preact/hooks';
import './digit-image.css';

const SIDE = 28;
const NOTHING = new Uint8Array(SIDE * SIDE);

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Uint8Array} grey [side][side]
 * @param {number} side
 */
export function paintGrey(context, grey, side) {
  const image = context.createImageData(side, side);
  const words = new Uint32Array(image.data.buffer);
  // The same in either byte order: the three colours are alike, and the alpha is set by itself.
  for (let i = 0; i < words.length; i++) words[i] = grey[i] * 0x01010101;
  for (let i = 3; i < image.data.length; i += 4) image.data[i] = 255;
  context.putImageData(image, 0, 0);
}

/**
 * A 28×28 grey image, white ink on black as the networks get it.
 * @param {{ pixels: Uint8Array | null | undefined, label: string, class?: string }} props `label`: what it shows, in words
 */
export function DigitImage({ pixels, label, class: className = '' }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    paintGrey(context, pixels ?? NOTHING, SIDE);
  }, [pixels]);
  return (
    <canvas ref={canvas} class={`digit-image ${className}`} width={SIDE} height={SIDE} role="img" aria-label={label} />
  );
}
