import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redactSecrets } from './redact-secrets.ts';

test('what is named like a secret is taken out, however deep', () => {
  expect(
    redactSecrets({
      name: 'x',
      SecretAccessKey: 'a',
      nested: [{ apiToken: { value: 'b' } }, { password: null }],
    }),
  ).toEqual({
    name: 'x',
    SecretAccessKey: '[redacted]',
    nested: [{ apiToken: '[redacted]' }, { password: '[redacted]' }],
  });
});

test('what JSON cannot carry is said in words, and what is long is cut', () => {
  expect(redactSecrets({ at: new Date(0), n: 1n << 64n, f: () => 1, x: Number.NaN })).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    n: '18446744073709551616',
    f: null,
    x: 'NaN',
  });
  expect(redactSecrets('x'.repeat(3_000))).toMatch(/^x{2000}… \(3000 characters\)$/);
  expect(redactSecrets(Array.from({ length: 300 }, () => 1))).toHaveLength(201);
});

test('whatever comes in, JSON comes out', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withDate: true, maxDepth: 12 }), (input) => {
      const out = redactSecrets(input);
      expect(JSON.parse(JSON.stringify(out) ?? 'null')).toEqual(out);
    }),
  );
});
