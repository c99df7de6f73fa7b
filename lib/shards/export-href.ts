import type { PeriodAt } from '#lib/live/figure-period.ts';
import type { ShardArrangement } from './arrange-shards.ts';

/** Where all rows of an arrangement are downloaded from. */
export function exportHref(input: {
  readonly streamId: number;
  readonly format: 'csv' | 'json';
  readonly arrangement: ShardArrangement;
  readonly at: PeriodAt | null;
}): string {
  const { streamId, format, arrangement, at } = input;
  const query = new URLSearchParams({
    streamId: String(streamId),
    format,
    arrangement: JSON.stringify(arrangement),
    ...(at === null ? {} : { at: JSON.stringify(at) }),
  });
  return `/api/export/shards?${query}`;
}
