import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { build, minifySync } from 'vite';
import { presentData } from './scripts/data.mjs';
import { presentExamples } from './scripts/example.mjs';
import { DEVELOPMENT_HEADERS, META_POLICY, workerHeadersFor } from './scripts/headers.mjs';
import { inRoot } from './scripts/lib.mjs';
import { thirdPartyNotices } from './scripts/notices.mjs';
import { refusal } from './scripts/static-server.mjs';
import { SPOKEN } from './web/src/messages/choose.js';

/** @type {Record<string, string>} */
const contentTypes = { '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };

/** @typedef {Map<string, { file: string } | { text: string }>} Assets by address */

/** The engine builds as they are (a bundler would break the address of their workers), by name. */
function engineFiles() {
  const folder = inRoot('build/wasm/engine');
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return names.filter((name) => /\.(mjs|wasm)$/.test(name)).map((name) => ({ name, file: path.join(folder, name) }));
}

/** The data that the page fetches, and a description of it. @returns {Assets} */
function dataFiles() {
  /** @type {Assets} */
  const assets = new Map();
  const data = presentData();
  for (const { name, file } of data?.files ?? []) assets.set(`data/${name}`, { file });
  const offer = data ? { mnist: { source: data.description, files: data.files.map(({ name }) => name) } } : {};
  assets.set('data/index.json', { text: JSON.stringify(offer) });
  return assets;
}

/** As many letters as the bundler puts into the names of its files. @param {import('node:crypto').Hash} hash */
const shortened = (hash) => hash.digest('hex').slice(0, 8);

/**
 * The engines lie in a folder whose name is a hash of them: a page never starts an engine of another version, whatever a
 * cache on the way holds.
 */
function engineFolder() {
  const hash = createHash('sha256');
  for (const { name, file } of engineFiles()) hash.update(name).update(shipped(file));
  return `engine/${shortened(hash)}/`;
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

/** The example runs that the build has made with the present engines. */
function exampleFiles() {
  return presentExamples().map(({ kind, file }) => {
    const hash = shortened(createHash('sha256').update(readFileSync(file)));
    return { kind, file, name: `assets/example-${hash}.bin` };
  });
}

/**
 * @param {string} folder of the engines
 * @param {ReturnType<typeof exampleFiles>} examples
 * @returns {import('vite').Plugin}
 */
function engineAndData(folder, examples) {
  return {
    name: 'quarterturn-engine-and-data',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const refused = refusal(request);
        if (refused) return response.writeHead(refused).end();
        const address = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1);
        const example = examples.find(({ name }) => name === address);
        if (!/^(engine|data)\//.test(address) && !example) return next();
        // While the engines are worked on, the page keeps the name of their folder that it began with.
        const engine = address.startsWith(folder) ? address.slice(folder.length) : '';
        const asset = example ?? engineFiles().find(({ name }) => name === engine) ?? dataFiles().get(address);
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
      for (const { name, file } of engineFiles()) {
        this.emitFile({ type: 'asset', fileName: folder + name, source: shipped(file) });
      }
      for (const { name, file } of examples) {
        this.emitFile({ type: 'asset', fileName: name, source: readFileSync(file) });
      }
      for (const [fileName, asset] of dataFiles()) {
        this.emitFile({ type: 'asset', fileName, source: 'text' in asset ? asset.text : readFileSync(asset.file) });
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
 * A script of the page's that is no module, as one file.
 * @param {string} source
 * @param {string} target the oldest language that must understand it
 */
async function classicScript(source, target) {
  const made = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      write: false,
      modulePreload: false,
      target,
      rolldownOptions: { input: inRoot(source), output: { format: 'iife' } },
    },
  });
  const [{ code }] = /** @type {any} */ (made).output;
  return /** @type {string} */ (code);
}

/**
 * The first script, as one classic file: it runs where modules do not, and before anything is painted. While the page is
 * developed it is a module like all others.
 * @returns {import('vite').Plugin}
 */
function boot() {
  let tag = '<script type="module" src="/src/boot/boot.js"></script>';
  return {
    name: 'quarterturn-boot',
    async buildStart() {
      if (this.environment.mode !== 'build') return;
      const code = await classicScript('web/src/boot/boot.js', 'es2017');
      const fileName = `assets/boot-${shortened(createHash('sha256').update(code))}.js`;
      this.emitFile({ type: 'asset', fileName, source: code });
      tag = `<script src="./${fileName}"></script>`;
    },
    transformIndexHtml: { order: 'post', handler: (html) => html.replace(/<!-- boot:.*?-->/, tag) },
  };
}

/**
 * Parts that are fetched later come through obtain() of web/src/offline/obtain.js, which asks again where a browser would
 * not. The two words are of one length, so that the source maps stay right.
 * @returns {import('vite').Plugin}
 */
function obtained() {
  return {
    name: 'quarterturn-obtained',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const output of Object.values(bundle)) {
          if (output.type !== 'chunk') continue;
          output.code = output.code.replace(/\bimport(?=\(([`"'])\.\/[\w.-]+\.js\1\))/g, 'obtain');
        }
      },
    },
  };
}

/**
 * The page's own code and styles, which web/src/start.js imports, are asked for before the first script, which the parser
 * waits for: Chromium looks no further ahead in a document that brings its own policy. The first words of each language
 * and the engine's worker have their addresses in the document, for boot/boot.js, which knows the visitor's language.
 * @returns {import('vite').Plugin}
 */
function pageAhead() {
  return {
    name: 'quarterturn-page-ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {}, chunk }) {
        const [scripts, styles] = [new Set(), new Set()];
        /** @param {string} name */
        const add = (name) => {
          const found = bundle[name];
          if (found?.type !== 'chunk' || scripts.has(name)) return;
          scripts.add(name);
          for (const style of found.viteMetadata?.importedCss ?? []) styles.add(style);
          found.imports.forEach(add);
        };
        const modulesOf = (/** @type {string} */ name) => {
          const found = bundle[name];
          return found?.type === 'chunk' ? found.moduleIds : [];
        };
        // The chunk of the document itself does nothing but import them: Vite puts their addresses in its place.
        const begins = chunk?.imports ?? [];
        begins.forEach(add);
        const later = begins.flatMap((name) => (bundle[name]?.type === 'chunk' ? bundle[name].dynamicImports : []));
        later.filter((name) => modulesOf(name).some((id) => id.endsWith('/src/main.jsx'))).forEach(add);
        // Which chunk imports them depends on what other parts share with it.
        const wordsOf = (/** @type {string} */ language) =>
          Object.keys(bundle).find((name) =>
            modulesOf(name).some((id) => id.endsWith(`/src/messages/${language}/first.js`)),
          );
        const words = SPOKEN.map((language) => `data-words-${language}="./${wordsOf(language)}"`).join(' ');
        const worker = Object.keys(bundle).find((name) => /^assets\/worker-.*\.js$/.test(name));
        const ahead = [
          ...[...scripts].map((name) => `<link rel="modulepreload" crossorigin href="./${name}">`),
          // A sheet would keep the first script from running until it is there.
          ...[...styles].map((name) => `<link rel="preload" as="style" crossorigin href="./${name}">`),
        ];
        return {
          html: html
            .replace('data-version=""', `data-version="" data-worker="./${worker}" ${words}`)
            .replace('<!-- ahead -->', ahead.join('\n    ')),
          tags: [...styles].map((name) => ({
            tag: 'link',
            attrs: { rel: 'stylesheet', crossorigin: true, href: `./${name}` },
            injectTo: 'head',
          })),
        };
      },
    },
  };
}

/**
 * @param {string} [given]
 * @returns {string} with a slash at its end; empty: not known
 */
function ownAddress(given = '') {
  if (given === '') return '';
  const address = URL.canParse(given) ? new URL(given) : null;
  if (!address || !/^https?:$/.test(address.protocol)) {
    throw new Error(
      `QUARTERTURN_ADDRESS is “${given}”: give the whole address of the page, such as https://example.org/quarterturn/`,
    );
  }
  return address.origin + address.pathname.replace(/\/?$/, '/');
}

/**
 * The page's title and first paragraph stand in the document in each language: they are seen, and read by those who only
 * preview a link, before any script has run. Where the build knows its address (QUARTERTURN_ADDRESS, such as
 * https://example.org/quarterturn/), previews get it, which take no relative one.
 * @returns {import('vite').Plugin}
 */
function firstScreen() {
  const text = (/** @type {string} */ words) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return {
    name: 'quarterturn-first-screen',
    apply: 'build',
    transformIndexHtml: {
      order: 'pre',
      async handler(html) {
        const tables = await Promise.all(
          SPOKEN.map(async (name) => ({
            name,
            words: (await import(pathToFileURL(inRoot(`web/src/messages/${name}/first.js`)).href)).default,
          })),
        );
        const heroes = tables.map(
          ({ name, words: { page } }) =>
            `<div lang="${name}"><div class="hero"><div class="prose"><h1>${text(page.title)}</h1><p class="lede">${text(page.lede({ kind: 'digits' }))}</p></div></div></div>`,
        );
        const screen = [
          '<div class="masthead first-screen"><span class="brand">Quarterturn</span>',
          '<span class="button small first-screen-room" aria-hidden="true">Quarterturn</span></div>',
          `<main class="first-screen">${heroes.join('')}</main>`,
        ].join('');
        const address = ownAddress(process.env.QUARTERTURN_ADDRESS);
        const addressed = address
          ? html
              .replace('content="./preview.png"', `content="${text(new URL('preview.png', address).href)}"`)
              .replace('<meta property="og:type"', `<meta property="og:url" content="${text(address)}" />$&`)
          : html;
        return addressed.replace(/<!-- first screen:.*?-->/, screen);
      },
    },
  };
}

/**
 * What a script and all that it imports statically are one chunk of, whatever else imports parts of it.
 * @param {string} name
 * @param {string} root
 * @returns {{ name: (id: string, graph: { getModuleInfo: (id: string) => { importedIds: readonly string[] } | null }) => string | null, debugName: string }}
 */
const chunkOf = (name, root) => ({
  debugName: name,
  name(id, graph) {
    const reached = new Set([inRoot(root)]);
    for (const found of reached) graph.getModuleInfo(found)?.importedIds.forEach((next) => reached.add(next));
    return reached.has(id) ? name : null;
  },
});

/**
 * What the page begins with: a request for each of the small parts that are shared with later ones would be more work than
 * the part. The first starts the engine, and waits for nothing of the second.
 */
const FIRST_CHUNKS = [
  { ...chunkOf('start', 'web/src/start.js'), priority: 2 },
  { ...chunkOf('page', 'web/src/main.jsx'), priority: 1 },
];

/** For other pages that link to this one: no visitor needs it. */
const PREVIEW = 'preview.png';

/**
 * The version of the page, a hash of all its files: the document names it, version.json is where an open page asks for
 * that of the server, and the service worker keeps the files of one version. The images are no part of it: those are kept
 * when a visit has used them.
 * @returns {import('vite').Plugin}
 */
function version() {
  return {
    name: 'quarterturn-version',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        const headers = JSON.stringify(workerHeadersFor(process.env.QUARTERTURN_FRAME_ANCESTORS));
        const worker = await classicScript('web/src/offline/service-worker.js', 'es2022');
        const hash = createHash('sha256').update(headers).update(worker);
        const files = ['./'];
        for (const name of readdirSync(inRoot('web/public'))) {
          if (name === PREVIEW) continue;
          files.push(name);
          hash.update(readFileSync(inRoot('web/public', name)));
        }
        for (const [name, output] of Object.entries(bundle).sort(([a], [b]) => (a < b ? -1 : 1))) {
          if (name.endsWith('.map') || (name.startsWith('data/') && name !== 'data/index.json')) continue;
          if (name !== 'index.html') files.push(name);
          hash.update(output.type === 'chunk' ? output.code : output.source);
        }
        const mark = hash.digest('hex').slice(0, 12);
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('index.html: not in the bundle');
        page.source = String(page.source).replace('data-version=""', `data-version="${mark}"`);
        this.emitFile({ type: 'asset', fileName: 'version.json', source: JSON.stringify({ version: mark }) });
        const head = [
          `const VERSION = '${mark}';`,
          `const FILES = ${JSON.stringify(files)};`,
          `const HEADERS = ${headers};\n`,
        ].join('\n');
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: head + worker });
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
      const layer = /\/web\/src\/(styles|components|shared|offline|features)\/.*\.css$/.exec(id)?.[1];
      if (!layer || id.endsWith('/media.css')) return null;
      const rules = code.replace(/^@import .*;$/gm, '');
      const imports = code.match(/^@import .*;$/gm)?.join('\n') ?? '';
      return {
        code: `@layer styles, components, shared, offline, features;\n${imports}\n@layer ${layer} {\n${rules}\n}`,
        map: null,
      };
    },
  };
}

/** Where the source is, for people: as package.json names it. @returns {string} empty: it names none */
function sourceAddress() {
  const { repository, homepage } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const named = typeof repository === 'string' ? repository : (repository?.url ?? homepage ?? '');
  const address = named.replace(/^git\+/, '').replace(/\.git$/, '');
  return /^https:\/\//.test(address) ? address : '';
}

const notices = thirdPartyNotices();
const engines = engineFolder();
const examples = exampleFiles();

/** @type {import('vite').UserConfig} */
export default {
  root: inRoot('web'),
  base: './',
  appType: 'mpa', // an address that is not there is a 404, not the page
  plugins: [
    boot(),
    firstScreen(),
    styleLayers(),
    engineAndData(engines, examples),
    policyInDocument(),
    pageAhead(),
    obtained(),
    version(),
    notices.page,
  ],
  define: {
    ENGINE_FOLDER: JSON.stringify(engines),
    EXAMPLE_FILES: JSON.stringify(Object.fromEntries(examples.map(({ kind, name }) => [kind, name]))),
    SOURCE_ADDRESS: JSON.stringify(sourceAddress()),
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // Lightning CSS comes with Vite, and knows the breakpoints of styles/media.css by their names.
  css: { transformer: 'lightningcss', lightningcss: { drafts: { customMedia: true } } },
  worker: { format: 'es', plugins: () => [notices.worker()] },
  build: {
    outDir: inRoot('dist'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: true,
    modulePreload: { polyfill: false }, // where a browser has none, parts come one after the other
    rolldownOptions: { output: { codeSplitting: { groups: FIRST_CHUNKS } } },
  },
  server: { host: 'localhost', headers: DEVELOPMENT_HEADERS },
};
