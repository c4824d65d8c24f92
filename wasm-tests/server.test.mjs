// The server of `npm start`, asked by raw sockets for what no browser would ask for.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, isIP } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createServer } from 'vite';
import { serve } from '../scripts/static-server.mjs';

const SECRET = 'not for the page';

/**
 * Sends bytes and gives back all that comes.
 * @param {string} address
 * @param {string} request
 * @returns {Promise<{ status: number, headers: Record<string, string>, body: string }>}
 */
function ask(address, request) {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) });
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk) => (text += chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      const [head, ...rest] = text.split('\r\n\r\n');
      const [first, ...lines] = head.split('\r\n');
      const headers = lines.map((line) => [line.split(':')[0].toLowerCase(), line.replace(/^[^:]*:\s*/, '')]);
      resolve({
        status: Number(first.split(' ')[1]),
        headers: Object.fromEntries(headers),
        body: rest.join('\r\n\r\n'),
      });
    });
    socket.write(request, 'latin1');
  });
}

/** @param {string} address @param {string} target as it stands in the request @param {Record<string, string>} [headers] */
const get = (address, target, headers = {}, method = 'GET') =>
  ask(
    address,
    `${method} ${target} HTTP/1.1\r\n${Object.entries({ Host: new URL(address).host, Connection: 'close', ...headers })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n`,
  );

/** Ways out of a folder, and rubbish. */
const STRANGE = [
  '/../secret.txt',
  '/../../../../../../../../etc/passwd',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/%2E%2E%2fsecret.txt',
  '/..%2fsecret.txt',
  '/%252e%252e/secret.txt',
  '/..\\secret.txt',
  '/..%5csecret.txt',
  '/....//secret.txt',
  '/index.html%00.png',
  '/index.html%00',
  '/%',
  '/%ff%fe',
  '/%c0%ae%c0%ae/secret.txt',
  '//etc/passwd',
  '/etc/passwd',
  '/file:///etc/passwd',
  'file:///etc/passwd',
  'http://localhost/../secret.txt',
  'etc/passwd',
  '*',
  `/${'a/'.repeat(3000)}`,
  '/link-to-secret.txt',
  '/link-to-folder/secret.txt',
  '/folder',
];

describe('the static server', () => {
  /** @type {string} */
  let folder;
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let site;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'quarterturn-server-'));
    const page = path.join(folder, 'page');
    mkdirSync(path.join(page, 'folder'), { recursive: true });
    writeFileSync(path.join(folder, 'secret.txt'), SECRET);
    writeFileSync(path.join(page, 'index.html'), '<!doctype html>');
    for (const name of ['a.js', 'a.mjs', 'a.css', 'a.json', 'a.svg', 'a.wasm', 'a.gz']) {
      writeFileSync(path.join(page, name), name);
    }
    symlinkSync(path.join(folder, 'secret.txt'), path.join(page, 'link-to-secret.txt'));
    symlinkSync(folder, path.join(page, 'link-to-folder'));
    symlinkSync(path.join(page, 'a.js'), path.join(page, 'link-inside.js'));
    site = await serve([['/', page]]);
  });

  after(async () => {
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('gives out nothing from outside its folder', async () => {
    for (const target of STRANGE) {
      const { status, body } = await get(site.address, target);
      assert.ok(status === 400 || status === 404, `${target.slice(0, 60)}: ${status}`);
      assert.doesNotMatch(body, /not for the page|root:/, target);
    }
    assert.equal((await get(site.address, '/link-inside.js')).body, 'a.js');
    assert.equal((await get(site.address, '/')).body, '<!doctype html>');
  });

  test('names the type of each file and forbids guessing', async () => {
    for (const [name, type] of [
      ['', 'text/html; charset=utf-8'],
      ['a.js', 'text/javascript; charset=utf-8'],
      ['a.mjs', 'text/javascript; charset=utf-8'],
      ['a.css', 'text/css; charset=utf-8'],
      ['a.json', 'application/json'],
      ['a.svg', 'image/svg+xml'],
      ['a.wasm', 'application/wasm'],
      ['a.gz', 'application/octet-stream'],
    ]) {
      const { status, headers } = await get(site.address, `/${name}?query`);
      assert.equal(status, 200);
      assert.equal(headers['content-type'], type, name);
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['cross-origin-embedder-policy'], 'require-corp');
    }
  });

  test('answers GET and HEAD only, and not what was not changed', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH']) {
      const { status, headers, body } = await get(site.address, '/a.js', {}, method);
      assert.equal(status, 405, method);
      assert.equal(headers.allow, 'GET, HEAD');
      assert.match(body, /^(0\s*)?$/); // the end of a body in chunks
    }
    const head = await get(site.address, '/a.js', {}, 'HEAD');
    assert.deepEqual([head.status, head.headers['content-length'], head.body], [200, '4', '']);
    const again = await get(site.address, '/a.js', { 'If-None-Match': head.headers.etag });
    assert.deepEqual([again.status, again.body], [304, '']);
  });

  test('answers no name but its own, so that no page elsewhere can read it under another', async () => {
    for (const host of ['evil.example', 'evil.example:4173', 'localhost.evil.example', '127.0.0.1.evil.example'])
      assert.equal((await get(site.address, '/', { Host: host })).status, 403, host);
    for (const host of ['localhost', 'localhost:4173', '127.0.0.1:1', '[::1]:1'])
      assert.equal((await get(site.address, '/', { Host: host })).status, 200, host);
  });

  test('listens on this machine only', async () => {
    const port = Number(new URL(site.address).port);
    const outside = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal, address }) => !internal && isIP(address) === 4);
    for (const { address } of outside) {
      const refused = await new Promise((resolve) => {
        const socket = connect({ host: address, port }, () => resolve(false)).on('error', () => resolve(true));
        socket.on('connect', () => socket.destroy());
      });
      assert.ok(refused, `answers at ${address}`);
    }
  });
});

describe('the server of npm start -- --dev', () => {
  test('gives out nothing from outside the project, and answers this machine only', async () => {
    const server = await createServer({
      configFile: 'vite.config.js',
      logLevel: 'silent',
      optimizeDeps: { noDiscovery: true },
      server: { port: 0, watch: null, ws: false },
    });
    try {
      await server.listen();
      const listening = server.httpServer?.address();
      assert.ok(listening && typeof listening === 'object');
      const { address, port } = listening;
      assert.match(address, /^(127\.0\.0\.1|::1)$/);
      const site = `http://${isIP(address) === 6 ? `[${address}]` : address}:${port}/`;
      assert.match((await get(site, '/')).body, /<title>/);
      for (const target of [...STRANGE, '/@fs/etc/passwd', '/@fs/etc/passwd?raw', '/@fs/etc/passwd?import&raw??']) {
        const { status, body } = await get(site, target);
        assert.ok(status === 400 || status === 403 || status === 404, `${target.slice(0, 60)}: ${status}`);
        assert.doesNotMatch(body, /root:x:/, target);
      }
      assert.equal((await get(site, '/', {}, 'POST')).status, 405);
      assert.equal((await get(site, '/', { Host: 'evil.example' })).status, 403);
    } finally {
      await server.close();
    }
  });
});
