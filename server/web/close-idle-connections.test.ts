import { once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
import { describe, expect, it } from 'vitest';
import { closeIdleConnections } from './close-idle-connections.ts';

describe('closeIdleConnections', () => {
  it('lets a server end though a client keeps the connection of an ended stream', async () => {
    const shutdown = new AbortController();
    closeIdleConnections(shutdown.signal);
    const server = createServer((_request, response) => {
      response.write('stream');
      shutdown.signal.addEventListener('abort', () => response.end());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('It has no port');

    const agent = new Agent({ keepAlive: true });
    const [answer] = await once(get({ port: address.port, host: '127.0.0.1', agent }), 'response');
    answer.resume();
    const askedMs = performance.now();
    // As Next does: first it closes, then streams end.
    const closed = once(server, 'close');
    server.close();
    shutdown.abort();
    await closed;
    // Without it, after the keep-alive time-out of 5 s.
    expect(performance.now() - askedMs).toBeLessThan(2_000);
    agent.destroy();
  });
});
