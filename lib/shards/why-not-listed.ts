import type { ShardState } from '#lib/live/shard-page.ts';

/**
 * Why the table has no row for the shard that was chosen, by a link perhaps: a sentence for a person. null where
 * none is chosen, where it is in the table, and where only a search or filter leaves it out, which say so themselves.
 *
 * @param state what the shard is; null where none of those looked through bears the id
 */
export function whyNotListed(
  shardId: string | null,
  state: ShardState | null,
  listed: { readonly withClosed: boolean; readonly withExpired: boolean },
): string | null {
  if (shardId === null) return null;
  switch (state) {
    case 'open':
      return null;
    case 'closed':
      return listed.withClosed ? null : `${shardId} is closed; “Closed too” lists it.`;
    case 'expired':
      return null;
    case null:
      return listed.withExpired
        ? `This stream has no ${shardId}: it is a shard of another one, or expired before it was first seen here.`
        : `This stream has no ${shardId}: it is a shard of another one, or it closed longer ago than records are retained; “Expired too” looks for it there.`;
  }
}
