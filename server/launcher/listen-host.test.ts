import { expect, it } from 'vitest';
import { resolveListenHost } from './listen-host.ts';

const env = (values: Record<string, string>) => values as NodeJS.ProcessEnv;

it('listens on loopback', () => {
  expect(resolveListenHost(env({}))).toBe('127.0.0.1');
  expect(resolveListenHost(env({ HOST: 'localhost' }))).toBe('127.0.0.1');
  expect(resolveListenHost(env({ HOST: '127.0.0.1' }))).toBe('127.0.0.1');
});

it.each(['0.0.0.0', '::', '192.168.1.4', 'example.test'])(
  'refuses HOST=%s and says why',
  (host) => {
    expect(() => resolveListenHost(env({ HOST: host }))).toThrow(/no sign-in yet/);
  },
);
