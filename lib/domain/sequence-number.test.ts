import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeSequenceNumber,
  encodeSequenceNumber,
  parseSequenceNumber,
  type SequenceNumber,
} from './sequence-number.ts';

const anyFields = fc.record({
  shardCreatedSeconds: fc.integer({ min: 1, max: 2 ** 32 }),
  sequenceIndex: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  recordSeconds: fc.integer({ min: 0, max: 2 ** 32 }),
  shardIndex: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

/** From AWS; it arrived at 1731198238.106. */
const FROM_AWS = '49657540666418930171109502259426480070896488208763191298';

describe('decodeSequenceNumber', () => {
  it('reads a number that AWS gave out', () => {
    const parsed = parseSequenceNumber(FROM_AWS);
    expect(parsed && decodeSequenceNumber(parsed)).toMatchObject({
      recordSeconds: 1_731_198_236,
      shardIndex: 0,
    });
  });

  it('reads back what was encoded', () => {
    fc.assert(
      fc.property(anyFields, (fields) => {
        expect(decodeSequenceNumber(encodeSequenceNumber(fields))).toEqual(fields);
      }),
    );
  });

  it('knows nothing of numbers of another layout', () => {
    const valid = encodeSequenceNumber({
      shardCreatedSeconds: 1_700_000_000,
      sequenceIndex: 5n,
      recordSeconds: 1_700_000_100,
      shardIndex: 3,
    });
    const others = [
      0n,
      2n ** 185n,
      2n ** 185n + 2n ** 184n,
      valid + 1n,
      // The low nibble of the shard index, and the zero byte, contradict the rest.
      valid ^ (1n << 144n),
      valid ^ (1n << 72n),
    ];
    for (const other of others) {
      expect(decodeSequenceNumber(other as SequenceNumber)).toBeNull();
    }
  });
});

describe('decodeSequenceNumber of anything', () => {
  const anyNumber = fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 190n }),
    // Near enough to be taken for one: a good number with some bits turned.
    fc
      .tuple(anyFields, fc.bigInt({ min: 0n, max: 2n ** 186n }))
      .map(([fields, bits]) => encodeSequenceNumber(fields) ^ (bits & (bits >> 1n))),
  );

  it('never reads more out of a number than would make it again', () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        const fields = decodeSequenceNumber(number as SequenceNumber);
        if (fields !== null) expect(encodeSequenceNumber(fields)).toBe(number);
      }),
      { numRuns: 1_000 },
    );
  });

  it('knows nothing of a number outside of 2^185 .. 1.5 x 2^185, or of another version', () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        const isWithin = number > 2n ** 185n && number < 2n ** 185n + 2n ** 184n;
        if (isWithin && (number & 0xfn) === 2n) return;
        expect(decodeSequenceNumber(number as SequenceNumber)).toBeNull();
      }),
    );
  });
});

describe('encodeSequenceNumber', () => {
  it('orders by shard creation first, then by index, whatever the record time', () => {
    fc.assert(
      fc.property(anyFields, anyFields, (a, b) => {
        const later = {
          ...b,
          shardIndex: a.shardIndex,
          shardCreatedSeconds: a.shardCreatedSeconds,
          sequenceIndex: a.sequenceIndex + 1n,
        };
        expect(encodeSequenceNumber(later) > encodeSequenceNumber(a)).toBe(true);
        const child = { ...b, shardCreatedSeconds: a.shardCreatedSeconds + 1 };
        expect(encodeSequenceNumber(child) > encodeSequenceNumber(a)).toBe(true);
      }),
    );
  });
});

describe('parseSequenceNumber', () => {
  it.each(['', '01', '-1', '1e3', 'TRIM_HORIZON', '9'.repeat(130)])('refuses %j', (text) => {
    expect(parseSequenceNumber(text)).toBeNull();
  });
});
