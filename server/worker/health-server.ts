import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isLoopbackName } from '#server/loopback-name.ts';

export type HealthServer = { readonly port: number; close(): Promise<void> };

/**
 * Answers `GET /health` on loopback with what `state` tells, as JSON: 200 for as long as the process can answer
 * at all. Other hosts than loopback's names get 421: a page could read the answer by DNS rebinding.
 */
export function startHealthServer(port: number, state: () => object): Promise<HealthServer> {
  const server = createServer((request, response) => {
    if (!isLoopbackName(nameOf(request.headers.host))) {
      response.writeHead(421, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: 'Only localhost and 127.0.0.1 are answered to.' }));
      return;
    }
    const found = request.method === 'GET' && request.url === '/health';
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ? state() : { error: 'Only GET /health is answered.' }));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address() as AddressInfo;
      resolve({
        port: address.port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

function nameOf(host = ''): string {
  return host.toLowerCase().replace(/:\d{1,5}$/, '');
}
