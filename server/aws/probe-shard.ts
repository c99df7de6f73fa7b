import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
} from '@aws-sdk/client-kinesis';
import type { SequenceNumber } from '#lib/domain/sequence-number.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { Caller } from './call.ts';

/** What stands after a place: a record, and when it arrived; nothing; or nobody can tell without reading on. */
export type Probed =
  | { readonly kind: 'unread'; readonly arrivedMs: number }
  | { readonly kind: 'caught-up' }
  | { readonly kind: 'inconclusive' };

/**
 * Reads the one record after a place. It disturbs: it takes one of the shard's five reads a second, reads up to 10 MiB,
 * and counts in the stream's GetRecords.IteratorAgeMilliseconds, on which its owner may have set an alarm.
 * @throws AwsFailure
 */
export async function probeShard(
  kinesis: KinesisClient,
  caller: Caller,
  place: {
    readonly streamArn: string;
    readonly shardId: ShardId;
    readonly after: SequenceNumber;
  },
  signal: AbortSignal,
): Promise<Probed> {
  const { streamArn, shardId, after } = place;
  const { ShardIterator: iterator } = await caller.call(
    'kinesis:GetShardIterator',
    signal,
    (abortSignal) =>
      kinesis.send(
        new GetShardIteratorCommand({
          StreamARN: streamArn,
          ShardId: shardId,
          ShardIteratorType: 'AFTER_SEQUENCE_NUMBER',
          StartingSequenceNumber: String(after),
        }),
        { abortSignal },
      ),
  );
  const page = await caller.call('kinesis:GetRecords', signal, (abortSignal) =>
    kinesis.send(
      new GetRecordsCommand({ StreamARN: streamArn, ShardIterator: iterator, Limit: 1 }),
      { abortSignal },
    ),
  );
  const arrivedMs = page.Records?.[0]?.ApproximateArrivalTimestamp?.getTime();
  if (arrivedMs !== undefined) return { kind: 'unread', arrivedMs };
  return { kind: page.MillisBehindLatest === 0 ? 'caught-up' : 'inconclusive' };
}
