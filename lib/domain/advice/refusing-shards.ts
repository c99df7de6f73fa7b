/** A shard is named for refusing where it refuses this share of all or more. */
const NAMED_SHARE = 0.1;
const NAMED_MAX = 3;

/** The shards that refuse a good part of all refused records, at most three, whoever refuses most first. */
export function refusingShardIds(
  shards: readonly { readonly shardId: string; readonly throttledRecords: number }[],
): readonly string[] {
  const refusing = shards.filter(({ throttledRecords }) => throttledRecords > 0);
  const refused = refusing.reduce((sum, { throttledRecords }) => sum + throttledRecords, 0);
  return refusing
    .filter(({ throttledRecords }) => throttledRecords / refused >= NAMED_SHARE)
    .toSorted((a, b) => b.throttledRecords - a.throttledRecords)
    .slice(0, NAMED_MAX)
    .map(({ shardId }) => shardId);
}
