import { subscribe } from 'node:diagnostics_channel';
import { Server } from 'node:http';

const EVERY_MS = 50;

/**
 * When `shutdown` aborts, closes each connection of this process's HTTP servers as soon as no answer is under way
 * on it. `close`, which Next calls, closes those that are idle at that instant; one whose event stream ends just
 * then would stay open for seconds, and a tab that asks again over it would keep it open for ever.
 */
export function closeIdleConnections(shutdown: AbortSignal): void {
  const servers = new Set<Server>();
  // Next makes the server and hands it to nobody.
  subscribe('http.server.request.start', (message) => {
    const server: unknown = Reflect.get(Object(message), 'server');
    if (server instanceof Server) servers.add(server);
  });
  shutdown.addEventListener(
    'abort',
    () => {
      setInterval(() => {
        for (const server of servers) server.closeIdleConnections();
      }, EVERY_MS).unref();
    },
    { once: true },
  );
}
