import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shardIdOf } from '#lib/domain/shard.ts';
import { type LagFrame, packLagFrame, unpackLagFrame, worstOf } from './lag-frame.ts';
import { STATUSES_WORST_FIRST } from './status.ts';

const anySeconds = fc.oneof(fc.constant(Number.NaN), fc.float({ min: 0, noNaN: true }));
const anyFrame: fc.Arbitrary<LagFrame> = fc
  .uniqueArray(fc.nat({ max: 20_000 }), { maxLength: 60 })
  .chain((indexes) =>
    fc.tuple(
      ...indexes
        .toSorted((a, b) => a - b)
        .map((index) =>
          fc.record({
            shardId: fc.constant(shardIdOf(index)),
            status: fc.constantFrom(...STATUSES_WORST_FIRST),
            atLeastSeconds: anySeconds,
            atMostSeconds: anySeconds,
          }),
        ),
    ),
  );

describe('a lag frame', () => {
  test('is unpacked as it was packed', () => {
    fc.assert(
      fc.property(anyFrame, (frame) => {
        expect(unpackLagFrame(packLagFrame(frame))).toEqual(frame);
      }),
    );
  });

  test('of another version, or cut off, is refused', () => {
    const bytes = packLagFrame([
      { shardId: shardIdOf(3), status: 'OK', atLeastSeconds: 0, atMostSeconds: 1 },
    ]);
    expect(() => unpackLagFrame(Uint8Array.of(9, ...bytes.slice(1)))).toThrow(RangeError);
    expect(() => unpackLagFrame(bytes.slice(0, -1))).toThrow(RangeError);
  });
});

describe('several frames as one', () => {
  test('are each shard at its worst, in whatever order they are taken', () => {
    fc.assert(
      fc.property(anyFrame, anyFrame, anyFrame, (a, b, c) => {
        expect(worstOf([a, b, c])).toEqual(worstOf([c, worstOf([b, a])]));
        expect(worstOf([a, a])).toEqual(a);
      }),
    );
  });

  test('keep what one of them knows, and the gravest status', () => {
    const shardId = shardIdOf(0);
    const unknown = {
      shardId,
      status: 'UNKNOWN',
      atLeastSeconds: Number.NaN,
      atMostSeconds: Number.NaN,
    } as const;
    const stopped = { shardId, status: 'STOP', atLeastSeconds: 30, atMostSeconds: 40 } as const;
    const fine = { shardId, status: 'OK', atLeastSeconds: 0, atMostSeconds: 50 } as const;
    expect(worstOf([[unknown], [stopped], [fine]])).toEqual([
      { shardId, status: 'STOP', atLeastSeconds: 30, atMostSeconds: 50 },
    ]);
  });
});
