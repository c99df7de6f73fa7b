import {
  DOLLARS_PER_EXTENDED_SHARD_HOUR,
  DOLLARS_PER_LONG_RETENTION_GB_MONTH,
  DOLLARS_PER_ON_DEMAND_STREAM_HOUR,
  DOLLARS_PER_SHARD_HOUR,
  HOURS_PER_MONTH,
} from './prices.ts';
import type { StreamMode } from './stream.ts';

/** Up to here retention is part of the price; up to the other it costs by shard, beyond by what is stored. */
const INCLUDED_RETENTION_HOURS = 24;
const EXTENDED_RETENTION_HOURS_MAX = 168;

export type PricedStream = {
  readonly mode: StreamMode;
  /** Open shards; of no matter for on-demand streams. */
  readonly shardCount: number;
  readonly retentionHours: number;
};

/** What a stream costs each month though nobody uses it, US dollars, and what comes on top by use. */
export type MonthlyPrice = {
  readonly dollars: number;
  /** What `dollars` consists of, the largest first. */
  readonly parts: readonly { readonly what: string; readonly dollars: number }[];
  /** What is charged by use, and so is not in `dollars`. */
  readonly byUse: readonly string[];
};

/** List price of us-east-1: other regions differ. */
export function monthlyPrice(stream: PricedStream): MonthlyPrice {
  const parts =
    stream.mode === 'ON_DEMAND'
      ? [part('stream hours', DOLLARS_PER_ON_DEMAND_STREAM_HOUR * HOURS_PER_MONTH)]
      : provisionedParts(stream);
  return {
    dollars: parts.reduce((sum, { dollars }) => sum + dollars, 0),
    parts,
    byUse: usesOf(stream),
  };
}

function provisionedParts({ shardCount, retentionHours }: PricedStream) {
  const shardHours = shardCount * HOURS_PER_MONTH;
  const shards = part('shard hours', shardHours * DOLLARS_PER_SHARD_HOUR);
  return retentionHours > INCLUDED_RETENTION_HOURS
    ? [part('retention above 24 h', shardHours * DOLLARS_PER_EXTENDED_SHARD_HOUR), shards]
    : [shards];
}

function usesOf({ mode, retentionHours }: PricedStream): string[] {
  const onDemand = mode === 'ON_DEMAND';
  return [
    onDemand ? 'GB written and read' : 'PUT payload units',
    ...(onDemand && retentionHours > INCLUDED_RETENTION_HOURS ? ['GB kept above 24 h'] : []),
    ...(retentionHours > EXTENDED_RETENTION_HOURS_MAX
      ? [`GB kept above 7 days ($${DOLLARS_PER_LONG_RETENTION_GB_MONTH} a GB and month)`]
      : []),
    'consumers of enhanced fan-out',
  ];
}

function part(what: string, dollars: number) {
  return { what, dollars };
}
