// How far the page has come since navigation, for the browser's own performance tools and the benchmark.

const passed = new Set();

/** Marks the first time only. @param {'interactive' | 'engine' | 'data' | 'first step'} milestone */
export function markOnce(milestone) {
  if (passed.has(milestone)) return;
  passed.add(milestone);
  performance.mark(`quarterturn: ${milestone}`);
}
