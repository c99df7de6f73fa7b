import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeSequenceNumber, type SequenceNumber } from '#lib/domain/sequence-number.ts';
import { compareCheckpoints, parseCheckpoint, recordTimeOf } from './checkpoint.ts';

/** From AWS; its record arrived at 1731198238.106. */
const FROM_AWS = '49657540666418930171109502259426480070896488208763191298';

const anyCheckpoint = fc.oneof(
  fc.constantFrom('TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP', 'SHARD_END', 'garbage'),
  fc.bigInt({ min: 0n, max: 2n ** 200n }).map(String),
);

describe('parseCheckpoint', () => {
  it.each([
    ['TRIM_HORIZON', 'trim-horizon'],
    ['LATEST', 'latest'],
    ['AT_TIMESTAMP', 'at-timestamp'],
    ['SHARD_END', 'shard-end'],
    ['49', 'sequence'],
    ['', 'unknown'],
    ['049', 'unknown'],
    ['shard_end', 'unknown'],
    ['-1', 'unknown'],
  ])('reads %j as %s', (text, kind) => {
    expect(parseCheckpoint(text).kind).toBe(kind);
  });
});

describe('recordTimeOf', () => {
  it('is the time in the sequence number', () => {
    expect(recordTimeOf(parseCheckpoint(FROM_AWS))).toBe(1_731_198_236_000);
  });

  it('is unknown for a number of another layout, a word, and garbage', () => {
    for (const text of ['12345', 'LATEST', 'TRIM_HORIZON', 'SHARD_END', 'x']) {
      expect(recordTimeOf(parseCheckpoint(text))).toBeNull();
    }
  });
});

describe('compareCheckpoints', () => {
  it('turns round with its arguments, and finds each equal to itself', () => {
    fc.assert(
      fc.property(anyCheckpoint, anyCheckpoint, (one, other) => {
        const [a, b] = [parseCheckpoint(one), parseCheckpoint(other)];
        const [there, back] = [compareCheckpoints(a, b), compareCheckpoints(b, a)];
        expect(there === null ? null : there + (back ?? Number.NaN)).toBe(
          there === null ? back : 0,
        );
        expect(compareCheckpoints(a, a)).toBe(0);
      }),
    );
  });

  it('compares as numbers, not as text', () => {
    expect(compareCheckpoints(parseCheckpoint('9'), parseCheckpoint('10'))).toBeLessThan(0);
  });

  it('looks at the place within an aggregated record last', () => {
    const [first, second] = [parseCheckpoint('10', 1n), parseCheckpoint('10', 2n)];
    expect(compareCheckpoints(first, second)).toBeLessThan(0);
    expect(compareCheckpoints(second, parseCheckpoint('11'))).toBeLessThan(0);
  });

  it('puts a record between the beginning and the end', () => {
    const number = encodeSequenceNumber({
      shardCreatedSeconds: 1_700_000_000,
      recordSeconds: 1_700_000_100,
      shardIndex: 0,
      sequenceIndex: 1n,
    }) satisfies SequenceNumber;
    const record = parseCheckpoint(String(number));
    expect(compareCheckpoints(parseCheckpoint('TRIM_HORIZON'), record)).toBeLessThan(0);
    expect(compareCheckpoints(record, parseCheckpoint('SHARD_END'))).toBeLessThan(0);
    expect(compareCheckpoints(record, parseCheckpoint('LATEST'))).toBeNull();
  });
});
