import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MEBIBYTE } from '#lib/domain/limits.ts';
import { shardsNeeded } from './shards-needed.ts';

const load = (mebibytes: number | null, records: number | null, readMebibytes: number | null) => ({
  writeBytesPerSecond: mebibytes === null ? null : mebibytes * MEBIBYTE,
  writeRecordsPerSecond: records,
  readBytesPerSecond: readMebibytes === null ? null : readMebibytes * MEBIBYTE,
});

describe('shardsNeeded', () => {
  test('takes the limit that asks for most', () => {
    // Developer guide: max(incoming KiB/s / 1024, outgoing KiB/s / 2048). 5 MiB/s in, read by two: 10 MiB/s out.
    expect(shardsNeeded(load(5, 1_200, 10), 0)).toMatchObject({ shards: 5, limit: 'writeBytes' });
    // Read by three applications: 15 MiB/s / 2 = 7.5, so 8.
    expect(shardsNeeded(load(5, 1_200, 15), 0)).toMatchObject({ shards: 8, limit: 'readBytes' });
    // 6,400 small records a second: 6.4, so 7, though they are but 0.6 MiB/s.
    expect(shardsNeeded(load(0.6, 6_400, 1.2), 0)).toMatchObject({
      shards: 7,
      limit: 'writeRecords',
    });
  });

  test('adds headroom to the load, not to the shards', () => {
    // 5 x 1.3 = 6.5: 7. Were the shards rounded first, 6.2 MiB/s would be 7 x 1.3 = 9.1, so 10, instead of 8.06, so 9.
    expect(shardsNeeded(load(5, 100, 5), 0.3)?.shards).toBe(7);
    expect(shardsNeeded(load(6.2, 100, 6.2), 0.3)?.shards).toBe(9);
    // 10 x 1.1 is 11 exactly, though it is 11.000000000000002 to a computer.
    expect(shardsNeeded(load(10, 100, 10), 0.1)?.shards).toBe(11);
  });

  test('needs one shard for nothing, and cannot say what nobody knows', () => {
    expect(shardsNeeded(load(0, 0, 0), 0.3)?.shards).toBe(1);
    expect(shardsNeeded(load(null, null, null), 0.3)).toBeNull();
    expect(shardsNeeded(load(null, 2_500, null), 0)).toMatchObject({ shards: 3 });
  });

  test('gives as many as carry the load with its headroom, and not one more', () => {
    const amount = fc.double({ min: 0.001, max: 500, noNaN: true });
    fc.assert(
      fc.property(
        amount,
        amount,
        amount,
        fc.double({ min: 0, max: 2, noNaN: true }),
        (a, b, c, headroom) => {
          const needed = shardsNeeded(load(a, b * 1_000, c * 2), headroom);
          const most = Math.max(a, b, c) * (1 + headroom);
          const shards = needed?.shards ?? 0;
          expect(shards).toBeGreaterThanOrEqual(most * (1 - 1e-6));
          expect(Math.max(1, shards) - 1).toBeLessThan(Math.max(most, 1e-9) + 1e-6);
        },
      ),
    );
  });
});
