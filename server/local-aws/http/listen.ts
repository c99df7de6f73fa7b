import { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A connection without a request for so long is closed, ms. */
const IDLE_MAX_MS = 300_000;

/**
 * Listens on 127.0.0.1 and answers the port, which for `port` 0 is any free one.
 * @throws Error that names the service and the port when it is taken.
 */
export async function listenOnLoopback(
  server: Server,
  port: number,
  service: string,
): Promise<number> {
  // Clients keep connections for reuse; a server that closes idle ones first loses the race now and then.
  server.keepAliveTimeout = IDLE_MAX_MS;
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${error.message})`;
      reject(new Error(`${service}: port ${port} ${why}`, { cause: error }));
    };
    server.once('error', refuse);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', refuse);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

/** Stops taking connections, ends those that are open, and waits until the server is closed. */
export async function closeServer(server: Server): Promise<void> {
  // Of node:http itself: dynalite's own `close` also closes its store, under requests that are being answered.
  const closed = new Promise<void>((resolve) => {
    Server.prototype.close.call(server, () => resolve());
  });
  server.closeAllConnections();
  await closed;
}
