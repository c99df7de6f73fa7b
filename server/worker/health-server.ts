import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type HealthServer = { readonly port: number; close(): Promise<void> };

/** Answers `GET /health` on loopback with what `state` tells, as JSON: 200 for as long as the process can answer at all. */
export function startHealthServer(port: number, state: () => object): Promise<HealthServer> {
  const server = createServer((request, response) => {
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
