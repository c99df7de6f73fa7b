import type { TopologyView } from '#lib/live/stream-detail.ts';

/**
 * Why the table has no row for the shard that was chosen, by a link perhaps: a sentence for a person. null where
 * none is chosen, where it is in the table, and where only a search or filter leaves it out, which say so themselves.
 */
export function whyNotListed(
  topology: TopologyView,
  shardId: string | null,
  withClosed: boolean,
): string | null {
  const isChosen = (shard: { readonly shardId: string }) => shard.shardId === shardId;
  if (shardId === null || topology.open.some(isChosen)) return null;
  if (topology.closed.some(isChosen)) {
    return withClosed ? null : `${shardId} is closed; “Closed too” lists it.`;
  }
  return `This stream has no ${shardId}: it is a shard of another one, or it closed longer ago than records are retained.`;
}
