import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import type { Rates } from '#lib/domain/replay/emit/caps.ts';

/** This project's rule for room to grow (reference/kinesis.md, section 2). */
const HEADROOM = 0.3;

/** Shards that take so much, evenly spread, with 30 % to spare; one at least. */
export function shardsNeeded({ bytesPerSecond, recordsPerSecond }: Rates): number {
  const tightest = Math.max(
    bytesPerSecond / SHARD_LIMITS.writeBytesPerSecondMax,
    recordsPerSecond / SHARD_LIMITS.writeRecordsPerSecondMax,
  );
  return Math.max(1, Math.ceil(tightest * (1 + HEADROOM)));
}
