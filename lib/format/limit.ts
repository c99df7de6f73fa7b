import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import type { Limit } from '#lib/domain/throughput.ts';
import { formatBytesPerSecond, formatRecordsPerSecond } from './rate.ts';

const WORDS: Readonly<Record<Limit, string>> = {
  writeBytes: 'write bytes',
  writeRecords: 'write records',
  readBytes: 'read bytes',
};

/** @example limitWord('writeBytes') // 'write bytes' */
export function limitWord(limit: Limit): string {
  return WORDS[limit];
}

/** What one shard may take or give. @example limitAmount('writeBytes') // '1.00 MiB/s' */
export function limitAmount(limit: Limit): string {
  switch (limit) {
    case 'writeBytes':
      return formatBytesPerSecond(SHARD_LIMITS.writeBytesPerSecondMax);
    case 'writeRecords':
      return formatRecordsPerSecond(SHARD_LIMITS.writeRecordsPerSecondMax);
    case 'readBytes':
      return formatBytesPerSecond(SHARD_LIMITS.readBytesPerSecondMax);
  }
}
