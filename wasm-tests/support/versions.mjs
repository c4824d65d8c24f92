// The built page as several versions of it, and a host to which they are deployed one after the other.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HEADERS } from '../../scripts/headers.mjs';
import { serve } from '../../scripts/static-server.mjs';
import { pageFolder } from './page-server.mjs';

/** The version of a built page. @param {string} folder @returns {string} */
export const versionOf = (folder) => JSON.parse(readFileSync(`${folder}/version.json`, 'utf8')).version;

/**
 * The built page as another version: every hash in the name of a file or a folder is another one, as after a change of all
 * files. Source maps and data are left out.
 * @param {string} folder
 * @param {string} mark that the hashes begin with
 */
function writeVersion(folder, mark) {
  /** Old names by new ones. @type {Map<string, string>} */
  const renamed = new Map();
  for (const name of readdirSync(`${pageFolder}/assets`)) {
    const found = /^(.+-)[\w-]([\w-]{7}\.\w+)$/.exec(name);
    if (found) renamed.set(name, found[1] + mark + found[2]);
  }
  const [engine] = readdirSync(`${pageFolder}/engine`);
  renamed.set(`engine/${engine}/`, `engine/${mark}${engine.slice(1)}/`);
  renamed.set(versionOf(pageFolder), mark + versionOf(pageFolder).slice(1));
  const quoted = [...renamed.keys()].map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const any = new RegExp(quoted.join('|'), 'g');
  const renew = (/** @type {string} */ text) => text.replace(any, (name) => renamed.get(name) ?? name);
  for (const entry of readdirSync(pageFolder, { recursive: true, withFileTypes: true })) {
    const from = path.join(entry.parentPath, entry.name);
    const name = path.relative(pageFolder, from);
    if (!entry.isFile() || name.endsWith('.map') || name.startsWith(`data${path.sep}`)) continue;
    const to = path.join(folder, renew(name));
    mkdirSync(path.dirname(to), { recursive: true });
    if (/\.(m?js|css|html|json)$/.test(name)) writeFileSync(to, renew(readFileSync(from, 'utf8')));
    else cpSync(from, to);
  }
  mkdirSync(`${folder}/data`);
  writeFileSync(`${folder}/data/index.json`, '{}');
}

/**
 * Three versions of the built page, and the first one with the engines of the second, as it comes where a cache on the way
 * goes on giving old files; in folders that `remove` takes away.
 */
export function makeVersions() {
  const root = mkdtempSync(path.join(tmpdir(), 'quarterturn-versions-'));
  const folders = ['a', 'b', 'c'].map((mark) => {
    const folder = path.join(root, mark);
    writeVersion(folder, mark);
    return folder;
  });
  const stale = path.join(root, 'stale');
  cpSync(folders[0], stale, { recursive: true });
  for (const name of ['engine', 'version.json']) {
    rmSync(path.join(stale, name), { recursive: true });
    cpSync(path.join(folders[1], name), path.join(stale, name), { recursive: true });
  }
  return { folders, stale, remove: () => rmSync(root, { recursive: true }) };
}

/**
 * A host of versions of the page. What it does may be changed while it runs.
 * @param {Record<string, string>} deployed folders of versions by path, such as `/lab/`
 * @param {{ isolated?: boolean, cacheControl?: (path: string) => string }} [options]
 */
export async function hostOf(deployed, { isolated = true, cacheControl } = {}) {
  const root = mkdtempSync(path.join(tmpdir(), 'quarterturn-host-'));
  const link = (/** @type {string} */ at) => path.join(root, at.replaceAll('/', '-'));
  for (const [at, folder] of Object.entries(deployed)) symlinkSync(folder, link(at));
  const host = {
    address: '',
    /** It takes connections and never answers. */
    hangs: false,
    /** Paths for which it has no answer but an error. */
    refuses: /(?!)/,
    /** Puts another version in the place of the one at a path. @param {string} at @param {string} folder */
    deploy(at, folder) {
      unlinkSync(link(at));
      symlinkSync(folder, link(at));
    },
    async close() {
      await site.close();
      rmSync(root, { recursive: true });
    },
  };
  const site = await serve(
    Object.keys(deployed)
      .sort((a, b) => b.length - a.length)
      .map((at) => [at, link(at)]),
    {
      headers: isolated ? HEADERS : {},
      cacheControl,
      intercept(request, response) {
        if (host.hangs) return true;
        const { pathname } = new URL(request.url ?? '/', 'http://page');
        if (!host.refuses.test(pathname)) return false;
        response.writeHead(503, { 'Cache-Control': 'no-store', ...(isolated ? HEADERS : {}) }).end();
        return true;
      },
    },
  );
  host.address = site.address;
  return host;
}
