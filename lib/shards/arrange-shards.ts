import { hashKeyToHex } from '#lib/domain/hash-key.ts';
import { HEALTH_THRESHOLDS } from '#lib/domain/health.ts';
import type { ShardReading } from '#lib/domain/shard-readings.ts';
import type { ShardFacts } from './shard-facts.ts';

/** The columns of the shard table by which it can be ordered, as they stand in the URL. */
export const SHARD_SORTS = [
  'range',
  'shard',
  'share',
  'age',
  'use',
  'bytes-in',
  'records-in',
  'bytes-out',
  'write-bytes',
  'write-records',
  'read-bytes',
  'throttled',
  'reads-throttled',
  'iterator-age',
] as const;
export type ShardSort = (typeof SHARD_SORTS)[number];

/** Which shards are wanted: `hot` from the warning threshold of health on, `throttled` those that refused records. */
export const SHARD_FILTERS = ['all', 'hot', 'throttled'] as const;
type ShardFilter = (typeof SHARD_FILTERS)[number];

export type ArrangedShard = { readonly facts: ShardFacts; readonly reading: ShardReading | null };

export type ShardArrangement = {
  readonly search: string;
  readonly filter: ShardFilter;
  /** Whole percent of the tightest limit that a shard has to use at least; null for any. */
  readonly abovePercent: number | null;
  readonly withClosed: boolean;
  /** Shards past retention too, where any are known. */
  readonly withExpired: boolean;
  readonly sort: ShardSort;
  readonly direction: 'asc' | 'desc';
};

/** Names, ranges and ages from the least, figures from the most. */
export function firstShardDirection(sort: ShardSort): 'asc' | 'desc' {
  return sort === 'range' || sort === 'shard' || sort === 'age' ? 'asc' : 'desc';
}

/** Shards as the table shows them: filtered, searched, in order; a missing figure stands last in either direction. */
export function arrangeShards(
  facts: readonly ShardFacts[],
  readings: readonly ShardReading[],
  arrangement: ShardArrangement,
): readonly ArrangedShard[] {
  const sign = arrangement.direction === 'asc' ? 1 : -1;
  const search = arrangement.search.trim().toLowerCase();
  return facts
    .map((f) => ({ facts: f, reading: f.place === null ? null : (readings[f.place] ?? null) }))
    .filter((line) => isWanted(line, arrangement) && matches(line.facts, search))
    .map((line, at) => ({ line, at, key: keyOf(line, arrangement.sort) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) {
        if (a.key !== b.key) return a.key === null ? 1 : -1;
      } else if (a.key !== b.key) {
        return sign * (a.key < b.key ? -1 : 1);
      }
      return a.at - b.at;
    })
    .map(({ line }) => line);
}

function isWanted({ facts, reading }: ArrangedShard, arrangement: ShardArrangement): boolean {
  const { filter, abovePercent } = arrangement;
  if (facts.state === 'closed' && !arrangement.withClosed) return false;
  if (facts.state === 'expired' && !arrangement.withExpired) return false;
  // NaN (nothing known) is not hot, not throttled, and above nothing: the comparisons are false.
  const use = reading?.tightest.use ?? Number.NaN;
  if (filter === 'hot' && !(use >= HEALTH_THRESHOLDS.hotShardUse)) return false;
  if (filter === 'throttled' && !((reading?.figures.writeThrottledRecords ?? 0) > 0)) return false;
  return abovePercent === null || use * 100 >= abovePercent;
}

/** Text of the id, of a parent's id, or of a bound of the range in decimal or hexadecimal; a number alone is a shard's number. */
function matches(facts: ShardFacts, search: string): boolean {
  if (search === '') return true;
  const { shard, range, parents } = facts;
  if (/^\d{1,11}$/.test(search)) {
    return shard.shardId.endsWith(`-${search.padStart(12, '0')}`);
  }
  const hex = search.replace(/^0x/, '').replace(/…$/, '');
  return (
    shard.shardId.toLowerCase().includes(search) ||
    parents.some((id) => id.toLowerCase().includes(search)) ||
    shard.startingHashKey === search ||
    shard.endingHashKey === search ||
    (/^[\da-f]+$/.test(hex) &&
      [range.start, range.end].some((key) => hashKeyToHex(key).startsWith(hex)))
  );
}

function keyOf(
  { facts, reading }: ArrangedShard,
  sort: ShardSort,
): number | bigint | string | null {
  switch (sort) {
    case 'range':
      return facts.range.start;
    case 'shard':
      return facts.shard.shardId;
    case 'share':
      return facts.share;
    case 'age':
      return facts.createdAtMs === null ? null : -facts.createdAtMs;
    case 'use':
      return known(reading?.tightest.use);
    case 'bytes-in':
      return known(reading?.figures.writeBytesPerSecond);
    case 'records-in':
      return known(reading?.figures.writeRecordsPerSecond);
    case 'bytes-out':
      return known(reading?.figures.readBytesPerSecond);
    case 'write-bytes':
      return known(reading?.use.writeBytes);
    case 'write-records':
      return known(reading?.use.writeRecords);
    case 'read-bytes':
      return known(reading?.use.readBytes);
    case 'throttled':
      return known(reading?.figures.writeThrottledRecords);
    case 'reads-throttled':
      return known(reading?.figures.readThrottledCalls);
    case 'iterator-age':
      return known(reading?.figures.iteratorAgeMs);
  }
}

function known(figure: number | undefined): number | null {
  return figure === undefined || Number.isNaN(figure) ? null : figure;
}
