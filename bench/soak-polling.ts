import {
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
} from '@aws-sdk/client-kinesis';
import type { Born } from '#server/local-aws/scenario/shard-order.ts';
import { rest } from './soak-client.ts';
import { bornOf, SoakReader, type SoakReaderInit } from './soak-reader.ts';

/** A shard grants five calls a second; this leaves room for who else asks. */
const POLL_EVERY_MS = 300;
const RETRY_MS = 250;

/** Reads by GetRecords, from one iterator to the next. */
export function pollingReader(init: SoakReaderInit): SoakReader {
  return new SoakReader(init, (shardId, signal) => pollShard(init, shardId, signal));
}

async function pollShard(
  { client, streamName, auditor, index }: SoakReaderInit,
  shardId: string,
  signal: AbortSignal,
): Promise<readonly Born[] | null> {
  let iterator: string | undefined;
  let after: string | null = null;
  while (!signal.aborted) {
    try {
      iterator ??= (
        await client.send(
          new GetShardIteratorCommand({
            StreamName: streamName,
            ShardId: shardId,
            ...(after === null
              ? { ShardIteratorType: 'TRIM_HORIZON' }
              : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: after }),
          }),
        )
      ).ShardIterator;
      const answer: GetRecordsCommandOutput = await client.send(
        new GetRecordsCommand({ ShardIterator: iterator }),
      );
      const { Records = [], NextShardIterator, ChildShards } = answer;
      auditor.take(index, Records);
      after = Records.at(-1)?.SequenceNumber ?? after;
      iterator = NextShardIterator;
      if (iterator === undefined) {
        return bornOf(ChildShards ?? []);
      }
      await rest(POLL_EVERY_MS, signal);
    } catch {
      // A fault, whatever its kind: a new iterator goes on where the last answer ended.
      iterator = undefined;
      await rest(RETRY_MS, signal);
    }
  }
  return null;
}
