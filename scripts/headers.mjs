// What the page's server sends with every answer, and what the built page says of itself on hosts that send nothing.

/** Without cross-origin isolation a page has no shared memory, and the engine runs on one thread. */
export const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * Only files of the page's own origin; no script in the document, no eval but WebAssembly's compiler, and no script
 * address that web/src/trusted.js has not seen. `blob:` is for charts that are saved as pictures.
 */
const DIRECTIVES = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' blob:",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'default',
};

/** @param {Record<string, string>} directives */
const written = (directives) =>
  Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');

/** For the document itself: browsers take `frame-ancestors` from headers only. */
export const META_POLICY = written(DIRECTIVES);
export const POLICY = written({ ...DIRECTIVES, 'frame-ancestors': "'none'" });

export const HEADERS = { ...ISOLATION, 'Content-Security-Policy': POLICY };

/** While the page is developed, Vite puts styles into the document. */
export const DEVELOPMENT_HEADERS = {
  ...ISOLATION,
  'Content-Security-Policy': written({ ...DIRECTIVES, 'style-src': "'self' 'unsafe-inline'" }),
};
