import { uniformRanges } from '#lib/domain/hash-range.ts';
import { namesWithin } from '#server/local-aws/scenario/key-placement.ts';
import { ID_SLOT, payloadOf, TIME_SLOT } from '#server/local-aws/scenario/payload.ts';
import type { StreamPlan } from '#server/local-aws/scenario/stream-plan.ts';

/** Bytes of one record with its key: long enough to be stamped, short enough for many. */
const RECORD_BYTES = 128;
const KEYS_PER_SHARD = 4;

/**
 * A stream for tests with a producer that sends to each of its shards, and to each half of a shard that is split, the
 * same number of records every second.
 */
export function steadyStream(given: {
  readonly streamName: string;
  readonly shardCount: number;
  /** To each shard; a multiple of 4 comes out even. */
  readonly recordsPerSecond?: number;
}): StreamPlan {
  const { streamName, shardCount, recordsPerSecond = 4 } = given;
  const partitionKeys = uniformRanges(shardCount * KEYS_PER_SHARD).flatMap((range) =>
    namesWithin(keyNames(streamName), range, 1),
  );
  const keys = partitionKeys.map((partitionKey) => ({
    partitionKey,
    bytesPerSecond: (recordsPerSecond / KEYS_PER_SHARD) * RECORD_BYTES,
    wave: () => 1,
    payloads: [payloadOf(textFor(partitionKey))],
  }));
  return {
    streamName,
    mode: 'PROVISIONED',
    shardCount,
    shardMetrics: true,
    retentionHours: 24,
    consumers: [],
    tags: {},
    producer: { streamName, batchMs: 1_000, keys },
  };
}

/** Filled up so that key and data together have RECORD_BYTES. */
function textFor(partitionKey: string): string {
  const text = `${TIME_SLOT} ${ID_SLOT} `;
  return text.padEnd(RECORD_BYTES - Buffer.byteLength(partitionKey), '.');
}

function* keyNames(prefix: string): Generator<string> {
  for (let i = 0; ; i += 1) yield `${prefix}-${i}`;
}
