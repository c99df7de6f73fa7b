import { hashKeyToHex } from '#lib/domain/hash-key.ts';
import { HEALTH_THRESHOLDS } from '#lib/domain/health.ts';
import type { ShardFacts, ShardReading } from './prepare-shards.ts';

/** The columns of the shard table by which it can be ordered, as they stand in the URL. */
export const SHARD_SORTS = [
  'range',
  'shard',
  'share',
  'age',
  'bytes-in',
  'records-in',
  'write-bytes',
  'write-records',
  'read-bytes',
  'throttled',
  'iterator-age',
] as const;
export type ShardSort = (typeof SHARD_SORTS)[number];

/** Which shards are wanted: `hot` from the warning threshold of health on, `throttled` those that refused records. */
export const SHARD_FILTERS = ['all', 'hot', 'throttled'] as const;
export type ShardFilter = (typeof SHARD_FILTERS)[number];

export type ShardLine = { readonly facts: ShardFacts; readonly reading: ShardReading | null };

export type ShardArrangement = {
  readonly search: string;
  readonly filter: ShardFilter;
  readonly withClosed: boolean;
  readonly sort: ShardSort;
  readonly direction: 'asc' | 'desc';
};

/** Names, ranges and ages from the least, figures from the most. */
export function firstShardDirection(sort: ShardSort): 'asc' | 'desc' {
  return sort === 'range' || sort === 'shard' || sort === 'age' ? 'asc' : 'desc';
}

function isHot(reading: ShardReading | null): boolean {
  // NaN (nothing known) is not hot: the comparison is false.
  return reading !== null && reading.tightest.use >= HEALTH_THRESHOLDS.hotShardUse;
}

function isThrottled(reading: ShardReading | null): boolean {
  return reading !== null && reading.figures.writeThrottledRecords > 0;
}

/** Shards as the table shows them: filtered, searched, in order; a missing figure stands last in either direction. */
export function arrangeShards(
  facts: readonly ShardFacts[],
  readings: readonly ShardReading[],
  arrangement: ShardArrangement,
): readonly ShardLine[] {
  const sign = arrangement.direction === 'asc' ? 1 : -1;
  return facts
    .map((f) => ({ facts: f, reading: f.place === null ? null : (readings[f.place] ?? null) }))
    .filter((line) => isWanted(line, arrangement))
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

function isWanted(line: ShardLine, { filter, search, withClosed }: ShardArrangement): boolean {
  if (!line.facts.open && !withClosed) return false;
  if (filter === 'hot' && !isHot(line.reading)) return false;
  if (filter === 'throttled' && !isThrottled(line.reading)) return false;
  return matches(line.facts, search.trim().toLowerCase());
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

function keyOf({ facts, reading }: ShardLine, sort: ShardSort): number | bigint | string | null {
  switch (sort) {
    case 'range':
      return facts.range.start;
    case 'shard':
      return facts.shard.shardId;
    case 'share':
      return facts.share;
    case 'age':
      return facts.createdAtMs === null ? null : -facts.createdAtMs;
    case 'bytes-in':
      return known(reading?.figures.writeBytesPerSecond);
    case 'records-in':
      return known(reading?.figures.writeRecordsPerSecond);
    case 'write-bytes':
      return known(reading?.use.writeBytes);
    case 'write-records':
      return known(reading?.use.writeRecords);
    case 'read-bytes':
      return known(reading?.use.readBytes);
    case 'throttled':
      return known(reading?.figures.writeThrottledRecords);
    case 'iterator-age':
      return known(reading?.figures.iteratorAgeMs);
  }
}

function known(figure: number | undefined): number | null {
  return figure === undefined || Number.isNaN(figure) ? null : figure;
}
