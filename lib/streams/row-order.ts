import type { Freshness } from '#lib/domain/freshness.ts';
import type { HealthLevel } from '#lib/domain/health.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { stepOfUse } from '#lib/strip/use-step.ts';
import { healthNow } from './judge-row.ts';

/** The columns of the Streams page by which it can be ordered, as they stand in the URL. */
export const STREAM_SORTS = [
  'health',
  'name',
  'shards',
  'bytes-in',
  'records-in',
  'bytes-out',
  'records-out',
  'hottest',
  'throttled',
  'lag',
  'mode',
  'retention',
  'consumers',
  'encryption',
  'created',
  'age',
] as const;
export type StreamSort = (typeof STREAM_SORTS)[number];
export type SortDirection = 'asc' | 'desc';

export type JudgedRow = { readonly row: StreamRow; readonly fresh: Freshness };

/** `critical` first: what a person looks for. Unknown stands above ok, as it may hide anything. */
const URGENCY: Readonly<Record<HealthLevel, number>> = {
  critical: 3,
  warning: 2,
  unknown: 1,
  ok: 0,
};

/** The direction that a column begins with: figures from the most, names from A. */
export function firstDirection(sort: StreamSort): SortDirection {
  return sort === 'name' || sort === 'mode' ? 'asc' : 'desc';
}

/**
 * Rows in order. A missing figure stands last in either direction; equals stand by name, so that rows keep
 * their places from one period to the next. For the same reason `health` orders by step of use and not by
 * use itself: streams that idle along do not change places every few seconds.
 */
export function orderRows(
  rows: readonly JudgedRow[],
  sort: StreamSort,
  direction: SortDirection,
): readonly JudgedRow[] {
  const sign = direction === 'asc' ? 1 : -1;
  return [...rows].sort((a, b) => {
    if (sort === 'name') return sign * byName(a, b) || byConnection(a, b);
    const x = keyOf(sort, a);
    const y = keyOf(sort, b);
    if (x === null || y === null) {
      if (x !== y) return x === null ? 1 : -1;
    } else if (x !== y) {
      return sign * (x - y);
    }
    return byName(a, b) || byConnection(a, b);
  });
}

function keyOf(sort: Exclude<StreamSort, 'name'>, { row, fresh }: JudgedRow): number | null {
  switch (sort) {
    case 'health':
      return URGENCY[healthNow(row, fresh).level] * 10 + (stepOf(row) ?? 0);
    case 'shards':
      return row.openShardCount;
    case 'bytes-in':
      return row.rates?.incomingBytesPerSecond ?? null;
    case 'records-in':
      return row.rates?.incomingRecordsPerSecond ?? null;
    case 'bytes-out':
      return row.rates?.outgoingBytesPerSecond ?? null;
    case 'records-out':
      return row.rates?.outgoingRecordsPerSecond ?? null;
    case 'hottest':
      return row.hottest?.use ?? null;
    case 'throttled':
      return row.rates?.writeThrottledRecords ?? null;
    case 'lag':
      return row.rates?.iteratorAgeMs ?? null;
    case 'mode':
      return row.mode === 'ON_DEMAND' ? 0 : 1;
    case 'retention':
      return row.retentionHours;
    case 'consumers':
      return row.consumers?.count ?? null;
    case 'encryption':
      return row.encryption === 'KMS' ? 1 : 0;
    case 'created':
      // As for the age of figures: the longest first.
      return -row.createdAtMs;
    case 'age':
      // Older first under `desc`: the age grows as the time of reading falls.
      return row.collection.collectedAtMs === null ? null : -row.collection.collectedAtMs;
  }
}

function stepOf(row: StreamRow): number | null {
  return row.hottest === null ? null : stepOfUse(row.hottest.use);
}

// Plain comparison of code units: Kinesis names are ASCII, and the server must agree with every browser.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byName(a: JudgedRow, b: JudgedRow): number {
  return compare(a.row.streamName, b.row.streamName);
}

function byConnection(a: JudgedRow, b: JudgedRow): number {
  return compare(a.row.connection, b.row.connection) || a.row.streamId - b.row.streamId;
}
