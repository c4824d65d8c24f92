// A Chromium to measure in.
import process from 'node:process';

/** @param {string[]} [graphics] */
export async function launch(graphics = ['--disable-gpu']) {
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--no-first-run', '--disable-background-networking', ...graphics],
  });
}

/** WebGL without a graphics card. */
export const SOFTWARE_GRAPHICS = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];
