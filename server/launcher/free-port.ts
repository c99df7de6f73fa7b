import { createServer } from 'node:net';
import { UserError } from './user-error.ts';

const LAST_PORT = 65_535;
const PORTS_TRIED = 200;

/** Whether nobody listens on a port of 127.0.0.1. A port is only tried, so another process may still take it. */
export async function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      // EACCES: below 1024 and not root; as good as taken.
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });
}

/**
 * The first port from `first` upwards that is free, by `isFree`.
 *
 * @throws {UserError} when 200 ports in a row are taken
 */
export async function nextFreePort(
  first: number,
  isFree: (port: number) => Promise<boolean> = isPortFree,
): Promise<number> {
  const last = Math.min(first + PORTS_TRIED - 1, LAST_PORT);
  for (let port = first; port <= last; port += 1) {
    if (await isFree(port)) return port;
  }
  throw new UserError(`No free port between ${first} and ${last} on 127.0.0.1.`);
}
