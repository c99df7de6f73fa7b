import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HealthServer, startHealthServer } from './health-server.ts';

let server: HealthServer;

beforeEach(async () => {
  server = await startHealthServer(0, () => ({ process: 'worker' }));
});

afterEach(() => server.close());

async function statusFor(host: string, path = '/health'): Promise<number | undefined> {
  const request = get({ host: '127.0.0.1', port: server.port, path, headers: { host } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

test.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('answers to %s', async (name) => {
  expect(await statusFor(`${name}:${server.port}`)).toBe(200);
  expect(await statusFor(name)).toBe(200);
});

test.each(['evil.example', 'localhost.evil.example:80', '10.0.0.1', 'a@localhost', '0.0.0.0'])(
  'does not answer to %j, which DNS rebinding would send',
  async (host) => {
    expect(await statusFor(host)).toBe(421);
  },
);

test('answers nothing but /health', async () => {
  expect(await statusFor('localhost', '/')).toBe(404);
});
