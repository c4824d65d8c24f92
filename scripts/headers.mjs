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
  'manifest-src': "'self'",
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

/**
 * Who may show the page in a frame, as the directive wants it.
 * @param {string} given sources divided by spaces, such as `https://lms.example`, `*`, `self` or `none`
 * @throws {RangeError} one line for the reader
 */
export function frameAncestors(given) {
  const sources = given.trim().split(/\s+/);
  for (const source of sources) {
    if (!/^(\*|'?(self|none)'?|https?:|(https?:\/\/)?(\*\.)?[\w-]+(\.[\w-]+)*(:(\d+|\*))?\/?)$/.test(source)) {
      throw new RangeError(
        `--frame-ancestors ${source}: not an origin; give origins such as https://lms.example, or *, self or none`,
      );
    }
  }
  return sources.map((source) => source.replace(/^'?(self|none)'?$/, "'$1'")).join(' ');
}

/** @param {string} ancestors as `frameAncestors` gives them */
const policyFor = (ancestors) => written({ ...DIRECTIVES, 'frame-ancestors': ancestors });

/**
 * What a server sends with every file.
 * @param {string} [ancestors] who may show the page in a frame, as `frameAncestors` gives it
 */
export const headersFor = (ancestors = "'none'") => ({
  ...ISOLATION,
  // A page that asks for isolation itself shows only what lets itself be shown.
  ...(/^'(none|self)'$/.test(ancestors) ? {} : { 'Cross-Origin-Resource-Policy': 'cross-origin' }),
  'Content-Security-Policy': policyFor(ancestors),
});

/**
 * What the service worker adds on hosts that send nothing. Who may show the page in a frame is left to such a host, as it
 * is before there is a service worker: else a course page would lose its frame at the second visit.
 * @param {string} [ancestors] where the build names them
 */
export const workerHeadersFor = (ancestors) => ({
  ...headersFor(ancestors),
  'Content-Security-Policy': ancestors === undefined ? META_POLICY : policyFor(ancestors),
});

export const POLICY = policyFor("'none'");
export const HEADERS = headersFor();

/** While the page is developed, Vite puts styles into the document. */
export const DEVELOPMENT_HEADERS = {
  ...ISOLATION,
  'Content-Security-Policy': written({ ...DIRECTIVES, 'style-src': "'self' 'unsafe-inline'" }),
};
