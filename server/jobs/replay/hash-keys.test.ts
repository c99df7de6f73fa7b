import { expect, it } from 'vitest';
import { hashPartitionKey } from '#lib/domain/key-lookup.ts';
import { HashKeys } from './hash-keys.ts';

it('is the hash key that Kinesis gives, of any text, remembered or forgotten', () => {
  const keys = new HashKeys();
  const asked = ['a', 'ключ', '🎞', 'a', '🎞'];
  for (const key of asked) {
    expect(hashPartitionKey(key)).toEqual({ ok: true, hashKey: keys.of(key) });
  }
  for (let i = 0; i < 50_000; i += 1) keys.of(`key-${i}`);
  for (const key of [...asked, 'key-0', 'key-25000', 'key-49999']) {
    expect(hashPartitionKey(key)).toEqual({ ok: true, hashKey: keys.of(key) });
  }
});
