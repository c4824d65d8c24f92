import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { build, minifySync } from 'vite';
import { presentData } from './scripts/data.mjs';
import { DEVELOPMENT_HEADERS, META_POLICY, workerHeadersFor } from './scripts/headers.mjs';
import { inRoot } from './scripts/lib.mjs';
import { thirdPartyNotices } from './scripts/notices.mjs';
import { refusal } from './scripts/static-server.mjs';

/** @type {Record<string, string>} */
const contentTypes = { '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };

/**
 * What the page fetches beside its own bundle, by address: the engine builds as they are (a bundler would break the
 * address of their workers), the data and a description of it.
 * @returns {Map<string, { file: string } | { text: string }>}
 */
function besideBundle() {
  /** @type {Map<string, { file: string } | { text: string }>} */
  const assets = new Map();
  const engine = inRoot('build/wasm/engine');
  for (const name of existsSync(engine) ? readdirSync(engine) : []) {
    if (/\.(mjs|wasm)$/.test(name)) assets.set(`engine/${name}`, { file: path.join(engine, name) });
  }
  const data = presentData();
  for (const { name, file } of data?.files ?? []) assets.set(`data/${name}`, { file });
  const offer = data ? { mnist: { source: data.description, files: data.files.map(({ name }) => name) } } : {};
  assets.set('data/index.json', { text: JSON.stringify(offer) });
  return assets;
}

/**
 * A file as the visitor gets it: an engine's script minified in place. Its name and what it says of `import.meta.url`
 * stay, since its threads are workers started from this very file.
 * @param {string} file
 */
function shipped(file) {
  if (!file.endsWith('.mjs')) return readFileSync(file);
  const { code, errors } = minifySync(path.basename(file), readFileSync(file, 'utf8'), { module: true });
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  return code;
}

/** @returns {import('vite').Plugin} */
function engineAndData() {
  return {
    name: 'quarterturn-engine-and-data',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const refused = refusal(request);
        if (refused) return response.writeHead(refused).end();
        const address = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1);
        if (!/^(engine|data)\//.test(address)) return next();
        const asset = besideBundle().get(address);
        response.statusCode = asset ? 200 : 404;
        for (const [name, value] of Object.entries(DEVELOPMENT_HEADERS)) response.setHeader(name, value);
        response.setHeader('Content-Type', contentTypes[path.extname(address)] ?? 'application/octet-stream');
        response.setHeader('Cache-Control', 'no-cache');
        if (!asset) response.end();
        else if ('text' in asset) response.end(asset.text);
        else {
          response.setHeader('Content-Length', statSync(asset.file).size);
          createReadStream(asset.file).pipe(response);
        }
      });
    },
    generateBundle() {
      for (const [fileName, asset] of besideBundle()) {
        this.emitFile({ type: 'asset', fileName, source: 'text' in asset ? asset.text : shipped(asset.file) });
      }
    },
  };
}

/**
 * The policy stands in the document too, for hosts that send no headers of ours.
 * @returns {import('vite').Plugin}
 */
function policyInDocument() {
  return {
    name: 'quarterturn-policy-in-document',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: META_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}

/**
 * The first script, as one classic file: it runs where modules do not, and before anything is painted. While the page is
 * developed it is a module like all others.
 * @returns {import('vite').Plugin}
 */
function boot() {
  const source = inRoot('web/src/boot/boot.js');
  let tag = '<script type="module" src="/src/boot/boot.js"></script>';
  return {
    name: 'quarterturn-boot',
    async buildStart() {
      if (this.environment.mode !== 'build') return;
      const made = await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        build: {
          write: false,
          modulePreload: false,
          target: 'es2017',
          rolldownOptions: { input: source, output: { format: 'iife' } },
        },
      });
      const [{ code }] = /** @type {any} */ (made).output;
      const fileName = `assets/boot-${createHash('sha256').update(code).digest('hex').slice(0, 8)}.js`;
      this.emitFile({ type: 'asset', fileName, source: code });
      tag = `<script src="./${fileName}"></script>`;
    },
    transformIndexHtml: { order: 'post', handler: (html) => html.replace(/<!-- boot:.*?-->/, tag) },
  };
}

/**
 * The page's own code and styles, which web/src/start.js imports, are fetched at once.
 * @returns {import('vite').Plugin}
 */
function pageAhead() {
  return {
    name: 'quarterturn-page-ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {}, chunk }) {
        const [scripts, styles] = [new Set(), new Set()];
        /** @param {string} name */
        const add = (name) => {
          const found = bundle[name];
          if (found?.type !== 'chunk' || scripts.has(name)) return;
          scripts.add(name);
          for (const style of found.viteMetadata?.importedCss ?? []) styles.add(style);
          found.imports.forEach(add);
        };
        chunk?.dynamicImports.filter((name) => /main-/.test(name)).forEach(add);
        const link = (/** @type {Record<string, string | boolean>} */ attrs) =>
          /** @type {const} */ ({ tag: 'link', attrs, injectTo: 'head' });
        return [
          ...[...scripts]
            .filter((name) => name !== chunk?.fileName && !chunk?.imports.includes(name))
            .map((name) => link({ rel: 'modulepreload', crossorigin: true, href: `./${name}` })),
          ...[...styles].map((name) => link({ rel: 'stylesheet', crossorigin: true, href: `./${name}` })),
        ];
      },
    },
  };
}

/**
 * The service worker knows the page's own files, not the data: those it keeps when a visit has used them.
 * @returns {import('vite').Plugin}
 */
function serviceWorker() {
  return {
    name: 'quarterturn-service-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const hash = createHash('sha256');
        const files = ['./'];
        for (const name of readdirSync(inRoot('web/public'))) {
          files.push(name);
          hash.update(readFileSync(inRoot('web/public', name)));
        }
        for (const [name, output] of Object.entries(bundle).sort(([a], [b]) => (a < b ? -1 : 1))) {
          if (name.endsWith('.map') || (name.startsWith('data/') && name !== 'data/index.json')) continue;
          if (name !== 'index.html') files.push(name);
          hash.update(output.type === 'chunk' ? output.code : output.source);
        }
        const headers = JSON.stringify(workerHeadersFor(process.env.QUARTERTURN_FRAME_ANCESTORS));
        const head = [
          `const CACHE = 'quarterturn-${hash.update(headers).digest('hex').slice(0, 12)}';`,
          `const FILES = ${JSON.stringify(files)};`,
          `const HEADERS = ${headers};\n`,
        ].join('\n');
        const source = readFileSync(inRoot('web/src/offline/service-worker.js'), 'utf8');
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: head + source });
      },
    },
  };
}

/**
 * Each folder of style sheets is a layer of the cascade: a feature's rules outdo those of components, and these the page's
 * own, whatever chunk a sheet is fetched with.
 * @returns {import('vite').Plugin}
 */
function styleLayers() {
  return {
    name: 'quarterturn-style-layers',
    enforce: 'pre',
    transform(code, id) {
      const layer = /\/web\/src\/(styles|components|features)\/.*\.css$/.exec(id)?.[1];
      if (!layer || id.endsWith('/media.css')) return null;
      const rules = code.replace(/^@import .*;$/gm, '');
      const imports = code.match(/^@import .*;$/gm)?.join('\n') ?? '';
      return { code: `@layer styles, components, features;\n${imports}\n@layer ${layer} {\n${rules}\n}`, map: null };
    },
  };
}

const notices = thirdPartyNotices();

/** @type {import('vite').UserConfig} */
export default {
  root: inRoot('web'),
  base: './',
  appType: 'mpa', // an address that is not there is a 404, not the page
  plugins: [boot(), styleLayers(), engineAndData(), policyInDocument(), pageAhead(), serviceWorker(), notices.page],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // Lightning CSS comes with Vite, and knows the breakpoints of components/media.css by their names.
  css: { transformer: 'lightningcss', lightningcss: { drafts: { customMedia: true } } },
  worker: { format: 'es', plugins: () => [notices.worker()] },
  build: { outDir: inRoot('dist'), emptyOutDir: true, target: 'es2022', sourcemap: true },
  server: { host: 'localhost', headers: DEVELOPMENT_HEADERS },
};
