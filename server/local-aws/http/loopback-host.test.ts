import { expect, it } from 'vitest';
import { isLoopbackHost } from './loopback-host.ts';

it.each(['localhost', 'LOCALHOST:4567', '127.0.0.1', '127.0.0.1:4567', '[::1]', '[::1]:4567'])(
  '%s is this machine',
  (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  },
);

it.each([
  undefined,
  '',
  ' ',
  ':4567',
  'evil.example',
  'evil.example:4567',
  'localhost.evil.example',
  'localhost:4567:4567',
  'localhost, evil.example',
  '0.0.0.0',
])('%j is not', (host) => {
  expect(isLoopbackHost(host)).toBe(false);
});
