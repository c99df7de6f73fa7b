import type { SequenceNumber } from '#lib/domain/sequence-number.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import { retainedShard } from './get-shard-iterator.ts';

/**
 * No operation of Kinesis: the number of the newest record ever put to a shard, also where it was trimmed since; null
 * before the first. Nothing counts this as a read.
 * @throws KinesisError ResourceNotFoundException
 */
export function newestSequenceNumber(
  account: Account,
  { shardId, ...ref }: StreamRef & { readonly shardId: ShardId },
  nowMs: number,
): SequenceNumber | null {
  const shard = retainedShard(account, account.servingStream(ref, nowMs), shardId, nowMs);
  const { nextOrdinal, lastArrivalMs } = shard.log;
  return nextOrdinal <= 1 ? null : shard.sequenceNumberAt(nextOrdinal - 1, lastArrivalMs);
}
