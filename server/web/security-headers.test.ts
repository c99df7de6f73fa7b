import { expect, test } from 'vitest';
import { contentSecurityPolicy } from './security-headers.ts';

const directives = (policy: string) =>
  Object.fromEntries(policy.split('; ').map((part) => [part.split(' ')[0], part]));

test('a page runs scripts of its own answer only, and is framed by nobody', () => {
  expect(directives(contentSecurityPolicy('abc', false))).toMatchObject({
    'default-src': "default-src 'none'",
    'script-src': "script-src 'self' 'nonce-abc' 'strict-dynamic'",
    'connect-src': "connect-src 'self'",
    'frame-ancestors': "frame-ancestors 'none'",
    'base-uri': "base-uri 'none'",
  });
});

test('eval is for development only', () => {
  expect(contentSecurityPolicy('abc', false)).not.toContain('unsafe-eval');
  expect(contentSecurityPolicy('abc', true)).toContain("'unsafe-eval'");
});
