import type { HashKey } from '#lib/domain/hash-key.ts';
import { firstRingFault, type HashRange } from '#lib/domain/hash-range.ts';
import type { Shard, ShardId } from '#lib/domain/shard.ts';
import { openShards } from '#lib/domain/topology.ts';
import type { Boundaries } from './boundaries.ts';

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
  let [one, other] = [0xdeadbeef ^ layout.length, 0x41c6ce57];
  const mix = (text: string) => {
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      one = Math.imul(one ^ code, 2_654_435_761);
      other = Math.imul(other ^ code, 1_597_334_677);
    }
  };
  mix(String(streamCreatedAtMs));
  for (const { shardId } of layout) mix(`,${shardId}`);
  one =
    Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(other ^ (other >>> 13), 3_266_489_909);
  other =
    Math.imul(other ^ (other >>> 16), 2_246_822_507) ^ Math.imul(one ^ (one >>> 13), 3_266_489_909);
  return `${layout.length}-${(other >>> 0).toString(16).padStart(8, '0')}${(one >>> 0).toString(16).padStart(8, '0')}`;
}
