import { and, eq, gte, sql } from 'drizzle-orm';
import { type HashKey, hashKey } from '#lib/domain/hash-key.ts';
import type { ShardSample } from '#lib/domain/reshard/load/shard-sampler.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { Database } from '#server/db/client.ts';
import { type StoredShardSample, shardSample } from '#server/db/schema.ts';

/** A sample of a shard, and of when it is. */
export type KeptSample = {
  readonly shardId: ShardId;
  readonly sampledAtMs: number;
  readonly sampledBy: string;
  readonly sample: ShardSample;
};

/** Keeps the newest sample of a shard. */
export async function writeShardSample(
  { db }: Pick<Database, 'db'>,
  streamId: number,
  shardId: ShardId,
  sampledBy: string,
  sample: ShardSample,
): Promise<void> {
  const kept = { sampledAt: sql`clock_timestamp()`, sampledBy, body: stored(sample) };
  await db
    .insert(shardSample)
    .values({ streamId, shardId, ...kept })
    .onConflictDoUpdate({ target: [shardSample.streamId, shardSample.shardId], set: kept });
}

/** Of a stream, those that are not older than `ageMsMax`. */
export async function readShardSamples(
  { db }: Pick<Database, 'db'>,
  streamId: number,
  ageMsMax: number,
): Promise<readonly KeptSample[]> {
  const since = sql`clock_timestamp() - ${String(ageMsMax)}::double precision * interval '1 millisecond'`;
  const rows = await db
    .select()
    .from(shardSample)
    .where(and(eq(shardSample.streamId, streamId), gte(shardSample.sampledAt, since)));
  return rows.map((row) => ({
    shardId: row.shardId,
    sampledAtMs: row.sampledAt.getTime(),
    sampledBy: row.sampledBy,
    sample: sampleOf(row.body),
  }));
}

function stored({ range, ...sample }: ShardSample): StoredShardSample {
  return {
    ...sample,
    start: String(range.start),
    end: String(range.end),
    sliceBytes: [...sample.sliceBytes],
    sliceRecords: [...sample.sliceRecords],
    topKeys: sample.topKeys.map((key) => ({ ...key, hashKey: String(key.hashKey) })),
  };
}

function sampleOf({ start, end, ...sample }: StoredShardSample): ShardSample {
  return {
    ...sample,
    range: { start: keyOf(start), end: keyOf(end) },
    topKeys: sample.topKeys.map((key) => ({ ...key, hashKey: keyOf(key.hashKey) })),
  };
}

function keyOf(text: string): HashKey {
  return hashKey(BigInt(text));
}
