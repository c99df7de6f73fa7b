import { describe, expect, it } from 'vitest';
import { increases, readSequenceNumber, shardIndexOf } from './sequence-number.ts';

describe('readSequenceNumber', () => {
  it('reads a number that AWS gave out for a record which arrived at 1731198238.106', () => {
    expect(
      readSequenceNumber('49657540666418930171109502259426480070896488208763191298'),
    ).toMatchObject({ version: 2, shardIndex: 0, recordedAt: 1_731_198_236 });
  });

  it('reads the start of shardId-000000000874, from a listing of AWS of September 2015', () => {
    const parts = readSequenceNumber('49554468058145507846763513171201233418429267577761969826');
    expect(parts).toMatchObject({ version: 2, shardIndex: 874 });
    expect(new Date((parts?.shardCreatedAt ?? 0) * 1_000).toISOString()).toMatch(/^2015-09/);
  });

  it.each(['9223372036854775807', '', 'abc', undefined, '0'])('takes %s for none', (text) => {
    expect(readSequenceNumber(text)).toBeUndefined();
  });
});

describe('shardIndexOf', () => {
  it('reads the digits', () => expect(shardIndexOf('shardId-000000000012')).toBe(12));
  it('refuses other forms', () => expect(shardIndexOf('shard-12')).toBeUndefined());
});

describe('increases', () => {
  it('compares as numbers, not as text', () => expect(increases(['9', '10', '11'])).toBe(true));
  it('wants each to be larger', () => expect(increases(['9', '10', '10'])).toBe(false));
  it('takes nothing for no number', () => expect(increases(['9', undefined])).toBe(false));
  it('holds for none', () => expect(increases([])).toBe(true));
});
