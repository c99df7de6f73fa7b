import { expect, test } from 'vitest';
import { readWebEnvironment } from './web-environment.ts';

test('what is not set has its default', () => {
  expect(readWebEnvironment({ DATABASE_URL: 'postgresql:///x' })).toEqual({
    databaseUrl: 'postgresql:///x',
    port: 3000,
    allowedHosts: [],
    logLevel: 'info',
  });
});

test('further hosts are a list', () => {
  const env = { DATABASE_URL: 'x', KINETOSCOPE_ALLOWED_HOSTS: ' Kino.example , ,other:8443' };
  expect(readWebEnvironment(env).allowedHosts).toEqual(['kino.example', 'other:8443']);
});

test('what is missing or wrong is named', () => {
  expect(() => readWebEnvironment({})).toThrow(/DATABASE_URL/);
  expect(() => readWebEnvironment({ DATABASE_URL: 'x', PORT: '99999' })).toThrow(/PORT/);
});
