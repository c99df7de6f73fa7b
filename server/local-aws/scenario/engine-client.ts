import { hashKey } from '#lib/domain/hash-key.ts';
import type { Engine } from '#server/local-aws/engine/engine.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import type { ChildShard } from '#server/local-aws/engine/operations/read-shard.ts';
import {
  ClientFault,
  faultKindOf,
  type KinesisClientPort,
  type ShardDescription,
  type ShardEvent,
} from './kinesis-client-port.ts';

/**
 * The port by calls into the engine, for the virtual past. Payloads are shared with the engine, not
 * copied: callers never write to what they have put.
 */
export function engineClient(engine: Engine): KinesisClientPort {
  return {
    async putRecords(streamName, records) {
      const nowMs = engine.nowMs();
      const { results } = attempt(() =>
        engine.putRecords({ streamName, records, shareData: true }, nowMs),
      );
      return {
        answeredAtMs: nowMs,
        outcomes: results.map((result) =>
          'shardId' in result
            ? 'accepted'
            : result.errorCode === 'ProvisionedThroughputExceededException'
              ? 'throttled'
              : 'failed',
        ),
      };
    },
    async listShards(streamName) {
      const { shards } = attempt(() => engine.listShards({ streamName }));
      return shards.map((shard) => ({
        shardId: shard.shardId,
        parentShardIds: [shard.parentShardId, shard.adjacentParentShardId].filter(
          (id) => id !== null,
        ),
        startingHashKey: String(shard.range.start),
        endingHashKey: String(shard.range.end),
      }));
    },
    async describeStream(streamName) {
      const { createdAtMs } = attempt(() => engine.describeStreamSummary({ streamName }));
      return { accountId: engine.accountId, createdAtMs };
    },
    async splitShard(streamName, shardToSplit, newStartingHashKey) {
      const key = hashKey(BigInt(newStartingHashKey));
      attempt(() => engine.splitShard({ streamName, shardToSplit, newStartingHashKey: key }));
    },
    async getShardIterator(streamName, shardId, position) {
      return attempt(() => engine.getShardIterator({ streamName, shardId, position }));
    },
    async getRecords(shardIterator, limit) {
      const answer = attempt(() => engine.getRecords({ shardIterator, limit }));
      return {
        records: answer.records,
        nextIterator: answer.nextShardIterator,
        millisBehindLatest: answer.millisBehindLatest,
        childShards: answer.childShards.map(describeChild),
      };
    },
    async subscribeToShard(consumerArn, shardId, position) {
      const subscription = attempt(() =>
        engine.subscribeToShard({ consumerArn, shardId, position }),
      );
      return {
        async take() {
          const events: ShardEvent[] = [];
          for (;;) {
            const next = attempt(() => subscription.next(engine.nowMs()));
            if (next === null || next === 'end') {
              return { events, isOver: next === 'end' };
            }
            events.push({ ...next, childShards: next.childShards.map(describeChild) });
          }
        },
      };
    },
  };
}

function describeChild({ shardId, parentShardIds, range }: ChildShard): ShardDescription {
  return {
    shardId,
    parentShardIds,
    startingHashKey: String(range.start),
    endingHashKey: String(range.end),
  };
}

function attempt<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw error instanceof KinesisError ? new ClientFault(faultKindOf(error.code), error) : error;
  }
}
