import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serveBuiltFiles } from './serve-built-files.ts';

const SCRIPT = 'console.log("a script of the build");\n'.repeat(50);

let folder: string;
let server: Server;
let port: number;
let takeBack: () => void;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinetoscope-files-'));
  await mkdir(join(folder, 'static', 'chunks'), { recursive: true });
  await writeFile(join(folder, 'static', 'chunks', '0a-b_c.js'), SCRIPT);
  await writeFile(join(folder, 'static', 'secret.json'), '{}');
  await writeFile(join(folder, 'outside.js'), 'never');
  // What Next would answer.
  server = createServer((_, response) => response.end('from Next'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
  takeBack = serveBuiltFiles(join(folder, 'static'), { port, allowedHosts: [] });
  expect((await ask('/')).body.toString()).toBe('from Next');
});

afterEach(async () => {
  takeBack();
  server.close();
  await rm(folder, { recursive: true });
});

/** As it is written: `fetch` would tidy the path. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const request = get({ port, path, method, headers: { host: `localhost:${port}`, ...headers } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { headers: response.headers, status: response.statusCode, body: Buffer.concat(chunks) };
}

test('a file of the build is answered whole, compressed for who takes that, for good', async () => {
  const path = '/_next/static/chunks/0a-b_c.js';
  const plain = await ask(path);
  expect(plain.body.toString()).toBe(SCRIPT);
  expect(plain.headers).toMatchObject({
    'content-type': 'application/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect(plain.headers['content-encoding']).toBeUndefined();

  const small = await ask(path, { 'accept-encoding': 'gzip, deflate, br' });
  expect(small.headers['content-encoding']).toBe('gzip');
  expect(small.body.byteLength).toBeLessThan(SCRIPT.length / 5);
  expect(gunzipSync(small.body).toString()).toBe(SCRIPT);
});

test.each([
  ['one that is not there', '/_next/static/chunks/none.js', {}],
  ['one of another kind', '/_next/static/secret.json', {}],
  ['one outside', '/_next/static/../outside.js', {}],
  ['one outside, escaped', '/_next/static/%2e%2e/outside.js', {}],
  ['a page', '/streams', {}],
  ['a part of a file', '/_next/static/chunks/0a-b_c.js', { range: 'bytes=0-9' }],
  ['what another host is asked for', '/_next/static/chunks/0a-b_c.js', { host: 'evil.example' }],
  [
    'what another site asks for',
    '/_next/static/chunks/0a-b_c.js',
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  ],
])('%s is left to Next', async (_, path, headers) => {
  expect((await ask(path, headers)).body.toString()).toBe('from Next');
});

test('what asks for the head alone, or changes something, is left to Next', async () => {
  const path = '/_next/static/chunks/0a-b_c.js';
  expect((await ask(path, {}, 'POST')).body.toString()).toBe('from Next');
});
