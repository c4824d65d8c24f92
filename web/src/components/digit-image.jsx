import { useEffect, useRef } from 'preact/hooks';

const SIDE = 28;

/**
 * A 28×28 grey image, white ink on black as the networks get it.
 * @param {{ pixels: Uint8Array | null | undefined, label: string, class?: string }} props `label`: what it shows, in words
 */
export function DigitImage({ pixels, label, class: className = '' }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(SIDE, SIDE);
    for (let i = 0; i < SIDE * SIDE; i++) {
      image.data.fill(pixels?.[i] ?? 0, 4 * i, 4 * i + 3);
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [pixels]);
  return (
    <canvas ref={canvas} class={`digit-image ${className}`} width={SIDE} height={SIDE} role="img" aria-label={label} />
  );
}
