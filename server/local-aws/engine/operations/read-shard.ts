import type { HashRange } from '#lib/domain/hash-range.ts';
import type { SequenceNumber } from '#lib/domain/sequence-number.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { EncryptionType } from '#server/local-aws/engine/encryption-history.ts';
import type { EngineShard } from '#server/local-aws/engine/engine-shard.ts';
import type { EngineStream } from '#server/local-aws/engine/engine-stream.ts';

export type StoredRecord = {
  readonly sequenceNumber: SequenceNumber;
  readonly arrivalMs: number;
  readonly partitionKey: string;
  /** A view of the engine's own memory, never to be written to. Kept, it keeps a whole segment. */
  readonly data: Uint8Array;
  /** null where it is not encrypted. */
  readonly encryptionType: EncryptionType | null;
};

export type ChildShard = {
  readonly shardId: ShardId;
  readonly parentShardIds: readonly ShardId[];
  readonly range: HashRange;
};

/** How much is read at once. */
type ReadLimit = { readonly records: number; readonly bytes: number };

type ShardRead = {
  readonly records: readonly StoredRecord[];
  /** Of data and partition keys. */
  readonly bytes: number;
  readonly nextOrdinal: number;
  /** How old the last record read is while others are waiting behind it; 0 once caught up. */
  readonly millisBehindLatest: number;
  /** The shard is closed, and has been read to its end. */
  readonly isAtEnd: boolean;
};

/**
 * Reads from `ordinal` on what retention leaves visible: as much as the limit lets, and at least one
 * record where there is one.
 */
export function readShard(
  stream: EngineStream,
  shard: EngineShard,
  ordinal: number,
  limit: ReadLimit,
  nowMs: number,
): ShardRead {
  const from = visibleFrom(shard, ordinal, nowMs - stream.retentionMs);
  const read = readFrom(stream, shard, from, limit);
  const isCaughtUp = read.nextOrdinal >= shard.log.nextOrdinal;
  const lastArrivalMs = read.records.at(-1)?.arrivalMs ?? nowMs;
  return {
    ...read,
    millisBehindLatest: isCaughtUp ? 0 : Math.max(0, nowMs - lastArrivalMs),
    isAtEnd: isCaughtUp && !shard.isOpen,
  };
}

/** What a reader that has come to the end of a closed shard goes on with. */
export function childShardsOf(shard: EngineShard): readonly ChildShard[] {
  return shard.children.map(({ shardId, parentShardIds, range }) => ({
    shardId,
    parentShardIds,
    range,
  }));
}

/** Skips what was trimmed, and what retention has passed although its segment is still held. */
function visibleFrom(shard: EngineShard, ordinal: number, cutoffMs: number): number {
  shard.log.trimBefore(cutoffMs);
  return Math.max(ordinal, shard.log.ordinalAtOrAfter(cutoffMs));
}

function readFrom(stream: EngineStream, shard: EngineShard, from: number, limit: ReadLimit) {
  const records: StoredRecord[] = [];
  let ordinal = from;
  let bytes = 0;
  for (const segment of shard.log.segmentsFrom(from)) {
    while (ordinal < segment.firstOrdinal + segment.count) {
      const index = ordinal - segment.firstOrdinal;
      const sizeBytes = segment.sizeBytes(index);
      const isFull = records.length > 0 && bytes + sizeBytes > limit.bytes;
      if (records.length === limit.records || isFull) {
        return { records, bytes, nextOrdinal: ordinal };
      }
      const arrivalMs = segment.arrivalMs(index);
      records.push({
        sequenceNumber: shard.sequenceNumberAt(ordinal, arrivalMs),
        arrivalMs,
        partitionKey: segment.partitionKey(index),
        data: segment.data(index),
        encryptionType: stream.encryption.typeAt(arrivalMs),
      });
      bytes += sizeBytes;
      ordinal += 1;
    }
  }
  return { records, bytes, nextOrdinal: ordinal };
}
