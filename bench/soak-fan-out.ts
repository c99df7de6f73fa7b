import {
  SubscribeToShardCommand,
  type SubscribeToShardCommandOutput,
} from '@aws-sdk/client-kinesis';
import type { Born } from '#server/local-aws/scenario/shard-order.ts';
import { rest } from './soak-client.ts';
import { bornOf, SoakReader, type SoakReaderInit } from './soak-reader.ts';

/** Within 5 s of the subscription before, another one to the shard is refused. */
const RETRY_MS = 500;

export type FanOutReaderInit = SoakReaderInit & { readonly consumerArn: string };

/** Reads by enhanced fan-out, from one subscription to the next. */
export function fanOutReader(init: FanOutReaderInit): SoakReader {
  return new SoakReader(init, (shardId, signal) => subscribe(init, shardId, signal));
}

async function subscribe(
  { client, auditor, index, consumerArn }: FanOutReaderInit,
  shardId: string,
  signal: AbortSignal,
): Promise<readonly Born[] | null> {
  let after: string | null = null;
  while (!signal.aborted) {
    try {
      const answer: SubscribeToShardCommandOutput = await client.send(
        new SubscribeToShardCommand({
          ConsumerARN: consumerArn,
          ShardId: shardId,
          StartingPosition:
            after === null
              ? { Type: 'TRIM_HORIZON' }
              : { Type: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after },
        }),
        { abortSignal: signal },
      );
      for await (const { SubscribeToShardEvent: event } of answer.EventStream ?? []) {
        if (event === undefined) {
          continue;
        }
        auditor.take(index, event.Records ?? []);
        after = event.ContinuationSequenceNumber ?? after;
        if (event.ChildShards !== undefined && event.ChildShards.length > 0) {
          return bornOf(event.ChildShards);
        }
        if (signal.aborted) {
          return null;
        }
      }
    } catch {
      // A fault, or a subscription that is still held: the next one goes on where the last event ended.
    }
    await rest(RETRY_MS, signal);
  }
  return null;
}
