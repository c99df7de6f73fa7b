import { monthlyDollarsOfCustomMetrics } from '#lib/domain/cost/metric-price.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatDollars } from '#lib/format/dollars.ts';

/** IncomingBytes and IncomingRecords. */
const METRICS = 2;

/** Where nobody knows what others write to shards of a target, and a replay may take a share of what is free: nothing. */
export function unknownTrafficWords(unknown: {
  readonly shards: number;
  readonly ofShards: number;
}): { readonly words: string; readonly todo: string } {
  const { shards, ofShards } = unknown;
  return {
    words: `Nothing is sent to ${formatCount(shards)} of ${countOf(ofShards, 'shard')}: what others write there is not known, so nobody can tell what is free.`,
    todo: unknownTrafficTodo(ofShards),
  };
}

/** What to do about it. @param shards open ones of the target */
export function unknownTrafficTodo(shards: number): string {
  const price = formatDollars(monthlyDollarsOfCustomMetrics(METRICS * shards));
  return `Give each shard a cap of its own; or switch on the target’s shard-level metrics IncomingBytes and IncomingRecords (${price} a month), and where they are on see whether the stream is collected.`;
}
