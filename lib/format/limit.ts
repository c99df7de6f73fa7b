import type { Limit } from '#lib/domain/throughput.ts';

const WORDS: Readonly<Record<Limit, string>> = {
  writeBytes: 'write bytes',
  writeRecords: 'write records',
  readBytes: 'read bytes',
};

const AMOUNTS: Readonly<Record<Limit, string>> = {
  writeBytes: '1 MiB/s',
  writeRecords: '1,000 rec/s',
  readBytes: '2 MiB/s',
};

/** @example limitWord('writeBytes') // 'write bytes' */
export function limitWord(limit: Limit): string {
  return WORDS[limit];
}

/** What one shard may take or give. @example limitAmount('writeBytes') // '1 MiB/s' */
export function limitAmount(limit: Limit): string {
  return AMOUNTS[limit];
}
