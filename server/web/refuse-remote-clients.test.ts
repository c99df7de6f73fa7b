import diagnostics from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isLoopback, refuseRemoteClients } from './refuse-remote-clients.ts';

const logged: string[] = [];
let takeBack: () => void;

beforeEach(() => {
  logged.length = 0;
  takeBack = refuseRemoteClients(pino({ level: 'warn' }, { write: (line) => logged.push(line) }));
});
afterEach(() => takeBack());

/** A connection as Node announces it, from an address of our choice, and what it is answered. */
function connectFrom(remoteAddress: string | undefined) {
  const answer: string[] = [];
  const writable = new Writable({
    write(chunk, _encoding, done) {
      answer.push(String(chunk));
      done();
    },
  });
  const socket = Object.assign(writable, { remoteAddress });
  const closed = once(socket, 'close');
  diagnostics.channel('net.server.socket').publish({ socket });
  return { socket, answer, closed };
}

test.each(['192.168.1.5', '10.0.0.1', '::ffff:192.168.1.5', 'fe80::1', '128.0.0.1', '::'])(
  '%s is another machine: told why, and disconnected',
  async (address) => {
    const { answer, closed } = connectFrom(address);
    await closed;
    expect(answer.join('')).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
    expect(answer.join('')).toContain('ssh -L');
    expect(logged.join()).toContain(address);
  },
);

test.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1', undefined])(
  '%s is this machine',
  (address) => {
    expect(isLoopback(address)).toBe(true);
    expect(connectFrom(address).socket.writableEnded).toBe(false);
    expect(logged).toEqual([]);
  },
);

test('a server of this process is announced on that channel, and serves this machine', async () => {
  const announced: unknown[] = [];
  const hear = (message: unknown) => announced.push(message);
  diagnostics.subscribe('net.server.socket', hear);
  const server = createServer((_request, response) => response.end('served'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(await response.text()).toBe('served');
    expect(announced).toHaveLength(1);
  } finally {
    diagnostics.unsubscribe('net.server.socket', hear);
    server.close();
    server.closeAllConnections();
  }
});
