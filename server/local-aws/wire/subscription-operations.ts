import type { SubscriptionEvent } from '#server/local-aws/engine/shard-subscription.ts';
import { refuseDryRun } from './dry-run.ts';
import { EventStream } from './event-stream.ts';
import { consumerArn, sequenceNumberText, shardId } from './members.ts';
import { type OperationTable, operation } from './operation.ts';
import { childShardsMember, recordMember } from './record-members.ts';
import { flag, instant, oneOf, required, structure } from './shape.ts';
import { toPosition } from './shard-position.ts';
import type { WireValue } from './wire-value.ts';

/** Enhanced fan-out's reading. AWS serves it over HTTP/2 only; here HTTP/1.1 does as well. */
export const SUBSCRIPTION_OPERATIONS: OperationTable = {
  SubscribeToShard: operation(
    structure({
      ConsumerARN: required(consumerArn),
      ShardId: required(shardId),
      StartingPosition: required(
        structure({
          Type: required(
            oneOf([
              'AFTER_SEQUENCE_NUMBER',
              'LATEST',
              'AT_TIMESTAMP',
              'AT_SEQUENCE_NUMBER',
              'TRIM_HORIZON',
            ]),
          ),
          SequenceNumber: sequenceNumberText,
          Timestamp: instant(),
        }),
      ),
      DryRun: flag(),
    }),
    (input, { engine, nowMs }) => {
      const position = toPosition({
        type: input.StartingPosition.Type,
        startingSequenceNumber: input.StartingPosition.SequenceNumber,
        timestampMs: input.StartingPosition.Timestamp,
      });
      const { streamArn } = engine.describeStreamConsumer(
        { consumerArn: input.ConsumerARN },
        nowMs,
      );
      refuseDryRun(input.DryRun, engine, { streamArn }, nowMs);
      const subscription = engine.subscribeToShard(
        { consumerArn: input.ConsumerARN, shardId: input.ShardId, position },
        nowMs,
      );
      return new EventStream((atMs) => {
        const event = subscription.next(atMs);
        return event === null || event === 'end'
          ? event
          : { type: 'SubscribeToShardEvent', body: eventMembers(event) };
      });
    },
  ),
};

function eventMembers(event: SubscriptionEvent): WireValue {
  return {
    Records: event.records.map(recordMember),
    ContinuationSequenceNumber:
      event.continuationSequenceNumber === null
        ? undefined
        : String(event.continuationSequenceNumber),
    MillisBehindLatest: event.millisBehindLatest,
    ChildShards: childShardsMember(event.childShards),
  };
}
