import { shardIndexOf } from '#lib/domain/shard.ts';

/** Unicode lets a line break after an ellipsis, also before a digit. */
const WORD_JOINER = '\u2060';
const NO_BREAK_SPACE = '\u00a0';

/**
 * The number of a shard, at least four digits: `shardId-000000000012` is `…0012`. An id of another form
 * stays whole.
 */
export function shortShardId(shardId: string): string {
  const index = shardIndexOf(shardId);
  return index === null ? shardId : `…${String(index).padStart(4, '0')}`;
}

/**
 * The short id as a word of running text: lines break neither within it nor between it and the word "shard"
 * before it. Cells, labels and all that is copied take `shortShardId`, which holds no invisible character.
 */
export function shardIdInProse(shardId: string): string {
  return shortShardId(shardId).replace('…', `…${WORD_JOINER}`);
}

/**
 * A sentence with each shard id in it shortened, for people to read.
 * @example shortenShardIds('Hottest is shardId-000000000012.') // 'Hottest is shard …0012.', joined by invisible characters
 */
export function shortenShardIds(sentence: string): string {
  return sentence.replace(
    /shardId-\d{12,}/g,
    (id, at: number) => `${at === 0 ? 'Shard' : 'shard'}${NO_BREAK_SPACE}${shardIdInProse(id)}`,
  );
}
