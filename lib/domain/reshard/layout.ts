import type { HashKey } from '#lib/domain/hash-key.ts';
import { firstRingFault, type HashRange } from '#lib/domain/hash-range.ts';
import type { Shard, ShardId } from '#lib/domain/shard.ts';
import { openShards } from '#lib/domain/topology.ts';
import type { Boundaries } from './boundaries.ts';
import { textHash } from './text-hash.ts';

/** An open shard and what it holds. */
export type LayoutShard = { readonly shardId: ShardId; readonly range: HashRange };

/** The open shards of a stream in range order, covering the ring: made by `readLayout` only. */
export type Layout = readonly LayoutShard[];

/** `firstFault`: the first hash key that no open shard holds, or more than one. */
export type LayoutReading =
  | { readonly ok: true; readonly layout: Layout }
  | { readonly ok: false; readonly firstFault: HashKey };

/** The layout in a listing of shards, closed ones included. */
export function readLayout(shards: readonly Shard[]): LayoutReading {
  const open = openShards(shards);
  const firstFault = firstRingFault(open.map(({ range }) => range));
  return firstFault === null
    ? { ok: true, layout: open.map(({ shardId, range }) => ({ shardId, range })) }
    : { ok: false, firstFault };
}

export function boundariesOf(layout: Layout): Boundaries {
  return layout.slice(1).map(({ range }) => range.start);
}

/**
 * Text that is another one as soon as any open shard is another one. Kinesis uses no shard id twice in the life of a
 * stream, and an id's range never changes, so that ids and the creation of the stream say all. Not for secrets: two
 * layouts of one stream fall together by a chance of 2^-53.
 */
export function layoutFingerprint(layout: Layout, streamCreatedAtMs: number): string {
  return `${layout.length}-${textHash([String(streamCreatedAtMs), ...layout.map(({ shardId }) => shardId)])}`;
}
