import { shardIndexOf } from '#lib/domain/shard.ts';

/**
 * The number of a shard, at least four digits: `shardId-000000000012` is `…0012`. An id of another form
 * stays whole.
 */
export function shortShardId(shardId: string): string {
  const index = shardIndexOf(shardId);
  return index === null ? shardId : `…${String(index).padStart(4, '0')}`;
}

/**
 * A sentence with each shard id in it shortened.
 * @example shortenShardIds('Hottest is shardId-000000000012.') // 'Hottest is shard …0012.'
 */
export function shortenShardIds(sentence: string): string {
  return sentence.replace(
    /shardId-\d{12,}/g,
    (id, at: number) => `${at === 0 ? 'Shard' : 'shard'} ${shortShardId(id)}`,
  );
}
