import type { SequenceNumber } from '#lib/domain/sequence-number.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { Engine } from '#server/local-aws/engine/engine.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';

/** Somebody who sees all of Kinesis at a glance, without reading from it: no metric counts what it looks at. */
export type ShardWitness = {
  /** The world's time, also while a worker waits for an answer. */
  nowMs(): number;
  /** Did anything arrive behind this record, or at all (null)? False for a shard that is not there. */
  hasRecordAfter(
    streamName: string,
    shardId: ShardId,
    sequenceNumber: SequenceNumber | null,
  ): boolean;
};

export function witnessOf(engine: Engine): ShardWitness {
  return {
    nowMs: () => engine.nowMs(),
    hasRecordAfter(streamName, shardId, sequenceNumber) {
      try {
        const newest = engine.newestSequenceNumber({ streamName, shardId });
        return newest !== null && (sequenceNumber === null || newest > sequenceNumber);
      } catch (error) {
        if (error instanceof KinesisError) return false;
        throw error;
      }
    },
  };
}
