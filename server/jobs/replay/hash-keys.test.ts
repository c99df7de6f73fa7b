import { expect, it } from 'vitest';
import { hashPartitionKey } from '#lib/domain/key-lookup.ts';
import { NODE_DIGESTS } from '#server/replay/node-digests.ts';
import { HashKeys } from './hash-keys.ts';

it('is the hash key that Kinesis gives, of any text, and works it out once while it is remembered', () => {
  let hashed = 0;
  const keys = new HashKeys((bytes) => {
    hashed += 1;
    return NODE_DIGESTS.md5(bytes);
  });
  for (const key of ['a', 'ключ', '🎞', 'a', '🎞']) {
    expect(hashPartitionKey(key)).toEqual({ ok: true, hashKey: keys.of(key) });
  }
  expect(hashed).toBe(3);
});

it('forgets those that nobody asked for lately', () => {
  let hashed = 0;
  const keys = new HashKeys((bytes) => {
    hashed += 1;
    return NODE_DIGESTS.md5(bytes);
  });
  keys.of('old');
  for (let i = 0; i < 50_000; i += 1) keys.of(`key-${i}`);
  const before = hashed;
  keys.of('old');
  expect(hashed).toBe(before + 1);
  keys.of('key-49999');
  expect(hashed).toBe(before + 1);
});
