// Checks what the modules of web/src import: dependencies between its rooms point downwards only, no feature knows another
// one, and the session and the questions to the engine are reached by their face alone.
//   node scripts/imports.mjs [FOLDER]      a checkout, this one unless given; prints the faults, one a line
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { root, runAsScript } from './lib.mjs';

/**
 * The rooms of web/src, lowest first, and the other rooms that each may import. Modules beside the rooms put the page
 * together and may import all; trusted.js and fault-data.js, beside them too, are for all.
 * @type {Record<string, string[]>}
 */
export const MAY_IMPORT = {
  messages: [],
  styles: [],
  state: ['messages'],
  data: ['messages', 'state'],
  engine: ['data', 'state'],
  offline: ['data', 'messages', 'state'],
  boot: ['engine', 'messages', 'offline', 'state'],
  components: ['data', 'messages', 'state', 'styles'],
  session: ['data', 'engine', 'messages', 'offline', 'state'],
  ask: ['session'],
  shared: ['ask', 'components', 'data', 'engine', 'messages', 'offline', 'session', 'state'],
  features: ['ask', 'components', 'data', 'engine', 'messages', 'offline', 'session', 'shared', 'state'],
};

/** Rooms that other rooms enter by one module only. @type {Record<string, string>} */
const FACES = { session: 'session/session.js', ask: 'ask/ask.js' };

/** Types of what travels between page and worker: for all. */
const TYPES = /^engine\/(types|engine)(\.d\.ts)?$/;
const FOR_ALL = ['trusted.js', 'fault-data.js'];
/** A file as text: nothing of it runs. */
const TEXT = /\?raw$/;

/** Static and dynamic imports, and those of types in comments. */
const IMPORTS = /\bfrom\s+'([^']+)'|\bimport\s*\(\s*'([^']+)'\s*\)|^\s*import\s+'([^']+)'/g;

/**
 * @param {string} from path below web/src of the module that imports
 * @param {string} to path below web/src of what it imports
 * @returns {string | undefined} why it may not
 */
function fault(from, to) {
  const [[room, feature], [target, other]] = [from.split('/'), to.split('/')];
  if (!from.includes('/') || FOR_ALL.includes(to) || TYPES.test(to) || TEXT.test(to)) return undefined;
  const allowed = MAY_IMPORT[room];
  if (!allowed) return `web/src/${room} is not in the table of scripts/imports.mjs: give it its place there`;
  if (!to.includes('/')) return 'modules beside the rooms put the page together: no room imports them';
  if (room === target) {
    return room === 'features' && feature !== other
      ? 'no feature imports another one: what two features share belongs in shared/'
      : undefined;
  }
  if (!allowed.includes(target)) {
    return `${room}/ may import ${allowed.length > 0 ? allowed.join(', ') : 'no other room'}`;
  }
  const face = FACES[target];
  return face && to !== face ? `${target}/ is entered by ${face} only` : undefined;
}

/**
 * @param {string} checkout
 * @returns {string[]} `file:line: 'import': why not`
 */
export function importFaults(checkout) {
  const faults = [];
  const folder = path.join(checkout, 'web/src');
  for (const entry of existsSync(folder) ? readdirSync(folder, { recursive: true }).sort() : []) {
    const name = String(entry).replaceAll(path.sep, '/');
    if (!/\.(jsx?|d\.ts)$/.test(name)) continue;
    for (const [index, line] of readFileSync(path.join(folder, name), 'utf8').split('\n').entries()) {
      for (const [, ...found] of line.matchAll(IMPORTS)) {
        const specifier = found.find((text) => text !== undefined) ?? '';
        if (!specifier.startsWith('.')) continue;
        const why = fault(name, path.posix.join(path.posix.dirname(name), specifier));
        if (why) faults.push(`web/src/${name}:${index + 1}: '${specifier}': ${why}`);
      }
    }
  }
  return faults;
}

await runAsScript(import.meta.url, async () => {
  const faults = importFaults(process.argv[2] ?? root);
  for (const line of faults) console.log(line);
  if (faults.length > 0) process.exitCode = 1;
});
