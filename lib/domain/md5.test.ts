// biome-ignore lint/style/noRestrictedImports: the test holds the pure code against another implementation.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { md5 } from './md5.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The test suite of RFC 1321, appendix A.5. */
test.each([
  ['', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['a', '0cc175b9c0f1b6a831c399e269772661'],
  ['abc', '900150983cd24fb0d6963f7d28e17f72'],
  ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
  ['abcdefghijklmnopqrstuvwxyz', 'c3fcd3d76192e4007dfb496cca67e13b'],
  [
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
    'd174ab98d277d9f5a5611c2c9f419d9f',
  ],
  ['1234567890'.repeat(8), '57edf4a22be3c955ac49da2e2107b67a'],
])('the digest of %j is that of RFC 1321', (text, digest) => {
  expect(hex(md5(new TextEncoder().encode(text)))).toBe(digest);
});

test('agrees with the runtime on messages of every length around a block, and on any bytes', () => {
  const lengths = Array.from({ length: 130 }, (_, n) => new Uint8Array(n).fill(n));
  for (const message of lengths) expect(hex(md5(message))).toBe(nativeMd5(message));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1024 }), (message) => {
      expect(hex(md5(message))).toBe(nativeMd5(message));
    }),
  );
});

function nativeMd5(message: Uint8Array): string {
  return createHash('md5').update(message).digest('hex');
}
