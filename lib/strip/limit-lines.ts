import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import type { ShardReading } from '#lib/domain/shard-readings.ts';
import { LIMITS, type Limit } from '#lib/domain/throughput.ts';
import { formatUse } from '#lib/format/percent.ts';
import { formatBytesPerSecond, formatRecordsPerSecond } from '#lib/format/rate.ts';

/** One limit of a shard, in words and figures. */
export type LimitLine = {
  readonly limit: Limit;
  readonly name: string;
  readonly rate: string;
  readonly max: string;
  readonly percent: string;
  /** 0 .. 1 and beyond; NaN where unknown. */
  readonly use: number;
  /** True of the tightest limit: the one that the strip shows. */
  readonly binds: boolean;
};

export const LIMIT_NAMES: { readonly [L in Limit]: string } = {
  writeBytes: 'write bytes',
  writeRecords: 'write records',
  readBytes: 'read bytes',
};

export function limitLines(reading: ShardReading): readonly LimitLine[] {
  return LIMITS.map((limit) => ({
    limit,
    name: LIMIT_NAMES[limit],
    ...rateAndMax(limit, reading),
    percent: formatUse(reading.use[limit]),
    use: reading.use[limit],
    binds: reading.tightest.limit === limit,
  }));
}

function rateAndMax(limit: Limit, { figures }: ShardReading): { rate: string; max: string } {
  switch (limit) {
    case 'writeBytes':
      return {
        rate: formatBytesPerSecond(figures.writeBytesPerSecond),
        max: formatBytesPerSecond(SHARD_LIMITS.writeBytesPerSecondMax),
      };
    case 'writeRecords':
      return {
        rate: formatRecordsPerSecond(figures.writeRecordsPerSecond),
        max: formatRecordsPerSecond(SHARD_LIMITS.writeRecordsPerSecondMax),
      };
    case 'readBytes':
      return {
        rate: formatBytesPerSecond(figures.readBytesPerSecond),
        max: formatBytesPerSecond(SHARD_LIMITS.readBytesPerSecondMax),
      };
  }
}
