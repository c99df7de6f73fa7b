import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type IncomingMessage, type RequestListener, Server, type ServerResponse } from 'node:http';
import { type BuiltFile, type BuiltFiles, createBuiltFiles } from './built-files.ts';
import { type GuardRules, refuseRequest } from './request-guard.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

const PREFIX = '/_next/static/';

/** Of those that pages have, what browsers heed on scripts, styles and fonts: a page has two dozen of them. */
const FILE_HEADERS = {
  'x-content-type-options': SECURITY_HEADERS['x-content-type-options'],
  'cross-origin-resource-policy': SECURITY_HEADERS['cross-origin-resource-policy'],
  'referrer-policy': SECURITY_HEADERS['referrer-policy'],
} as const;

/**
 * Answers requests for scripts, styles and fonts of the build out of memory, compressed once, ahead of Next: that
 * sends each of them through the whole way of a page, which takes milliseconds a file, and compresses it anew, while
 * the page that needs two dozen of them waits. What is not plainly such a request, Next answers as before: also what
 * is refused.
 *
 * @param staticPath the folder that Next serves under `/_next/static`
 * @returns what takes this back for servers that have not been asked yet
 */
export function serveBuiltFiles(staticPath: string, rules: GuardRules): () => void {
  const files = createBuiltFiles(staticPath);
  const known = new WeakSet<Server>();
  // Next makes the server and hands it to nobody.
  const meet = (message: unknown) => {
    const server: unknown = Reflect.get(Object(message), 'server');
    if (!(server instanceof Server) || known.has(server)) return;
    known.add(server);
    const others = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      const passOn = () => {
        for (const other of others) other.call(server, request, response);
      };
      if (!isForFile(request, rules)) passOn();
      else void answer(files, request, response, passOn);
    });
  };
  subscribe('http.server.request.start', meet);
  return () => void unsubscribe('http.server.request.start', meet);
}

function isForFile({ method, url = '', headers }: IncomingMessage, rules: GuardRules): boolean {
  if (method !== 'GET' || !url.startsWith(PREFIX) || headers.range !== undefined) return false;
  const text = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value : null;
  };
  const head = {
    method,
    path: url,
    host: text('host'),
    origin: text('origin'),
    fetchSite: text('sec-fetch-site'),
    fetchMode: text('sec-fetch-mode'),
  };
  return refuseRequest(head, rules) === null;
}

async function answer(
  files: BuiltFiles,
  request: IncomingMessage,
  response: ServerResponse,
  passOn: () => void,
): Promise<void> {
  const name = (request.url ?? '').slice(PREFIX.length).replace(/\?.*$/, '');
  const file = await files.get(name);
  if (file === null) passOn();
  else send(file, request, response);
}

function send(file: BuiltFile, { headers }: IncomingMessage, response: ServerResponse): void {
  const takesGzip = /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));
  const isSmaller = takesGzip && file.gzipped !== null;
  const body = isSmaller && file.gzipped !== null ? file.gzipped : file.plain;
  response.writeHead(200, {
    ...FILE_HEADERS,
    'content-type': file.contentType,
    'content-length': body.byteLength,
    ...(isSmaller && { 'content-encoding': 'gzip' }),
    vary: 'accept-encoding',
    // The name of a built file holds a hash of what is in it.
    'cache-control': 'public, max-age=31536000, immutable',
  });
  response.end(body);
}
