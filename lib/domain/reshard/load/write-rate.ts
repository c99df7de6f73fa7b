import { SHARD_LIMITS } from '#lib/domain/limits.ts';

/** What is written a second. */
export type WriteRate = {
  readonly bytesPerSecond: number;
  readonly recordsPerSecond: number;
};

export const NO_RATE: WriteRate = { bytesPerSecond: 0, recordsPerSecond: 0 };

/** Use of the tighter of one shard's two write limits, 0 .. 1 and beyond. */
export function writeUse({ bytesPerSecond, recordsPerSecond }: WriteRate): number {
  return Math.max(
    bytesPerSecond / SHARD_LIMITS.writeBytesPerSecondMax,
    recordsPerSecond / SHARD_LIMITS.writeRecordsPerSecondMax,
  );
}

export function addRates(a: WriteRate, b: WriteRate): WriteRate {
  return {
    bytesPerSecond: a.bytesPerSecond + b.bytesPerSecond,
    recordsPerSecond: a.recordsPerSecond + b.recordsPerSecond,
  };
}
