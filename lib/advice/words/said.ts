import type { ShardOfNote, Window } from '#lib/domain/advice/finding.ts';
import type { Limit } from '#lib/domain/throughput.ts';
import { formatAge } from '#lib/format/age.ts';
import { limitAmount, limitWord } from '#lib/format/limit.ts';
import { formatUse } from '#lib/format/percent.ts';
import { formatBytesPerSecond, formatRecordsPerSecond } from '#lib/format/rate.ts';
import { shardIdInProse } from '#lib/format/shard-id.ts';

/** @example spanWords(hour) // '1 h' */
export function spanWords({ fromMs, toMs }: Pick<Window, 'fromMs' | 'toMs'>): string {
  return formatAge(toMs - fromMs);
}

/** @example shardUseWords(hot) // 'shard …0003 at 97 % of its limit of 1.00 MiB/s in write bytes' */
export function shardUseWords({ shardId, limit, use }: ShardOfNote): string {
  return `shard ${shardIdInProse(shardId)} at ${formatUse(use)} of its limit of ${limitAmount(limit)} in ${limitWord(limit)}`;
}

export function shardWord(shardId: string): string {
  return `shard ${shardIdInProse(shardId)}`;
}

export function rateOf(limit: Limit, perSecond: number): string {
  return limit === 'writeRecords'
    ? formatRecordsPerSecond(perSecond)
    : formatBytesPerSecond(perSecond);
}

export function upperFirst(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
