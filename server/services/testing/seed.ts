import { sql } from 'drizzle-orm';
import {
  emptyShardValues,
  emptyStreamValues,
  packFloats,
  shardValueIndex,
} from '#lib/domain/frame.ts';
import { uniformRanges } from '#lib/domain/hash-range.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import {
  SHARD_METRICS,
  type ShardMetric,
  STREAM_METRICS,
  type StreamMetric,
} from '#lib/domain/shard-metric.ts';
import type { Database } from '#server/db/client.ts';
import { notify } from '#server/db/notification.ts';
import { connectionState, frame, type StoredShard, stream, topology } from '#server/db/schema.ts';

/** Writes what a collector would have written, for tests of those who read it. */
export function seedOf(database: Database) {
  const { db } = database;
  return {
    async connection(connection: string, readOnly: 'yes' | 'no' = 'no'): Promise<void> {
      await db.insert(connectionState).values({
        connection,
        region: 'eu-central-1',
        source: 'AWS',
        readOnly,
        collectedAt: sql`now()`,
        cadenceSeconds: 5,
      });
    },

    async stream(args: {
      connection: string;
      name: string;
      arn?: string;
      createdAtMs?: number;
      openShardCount?: number;
      shardMetrics?: readonly ShardMetric[];
    }): Promise<number> {
      const [row] = await db
        .insert(stream)
        .values({
          connection: args.connection,
          arn: args.arn ?? `arn:aws:kinesis:eu-central-1:000000000000:stream/${args.name}`,
          createdAtMs: args.createdAtMs ?? 1_000,
          name: args.name,
          status: 'ACTIVE',
          mode: 'PROVISIONED',
          openShardCount: args.openShardCount ?? 0,
          consumerCount: 0,
          retentionHours: 24,
          encryption: 'NONE',
          shardMetrics: [...(args.shardMetrics ?? SHARD_METRICS)],
          collectedAt: sql`now()`,
          cadenceSeconds: 5,
        })
        .returning({ id: stream.id });
      return idOf(row);
    },

    /** Puts a topology in force, of equal open shards numbered from `firstIndex` on, and of `closed` ones. */
    async topology(args: {
      streamId: number;
      openShardCount: number;
      firstIndex?: number;
      closed?: readonly StoredShard[];
    }): Promise<number> {
      const open = openShards(args.openShardCount, args.firstIndex ?? 0);
      const [row] = await db
        .insert(topology)
        .values({
          streamId: args.streamId,
          fingerprint: `${args.firstIndex ?? 0}/${args.openShardCount}`,
          observedAt: sql`now()`,
          openShardCount: open.length,
          shards: [...open, ...(args.closed ?? [])],
        })
        .returning({ id: topology.id });
      const topologyId = idOf(row);
      await db
        .update(stream)
        .set({ topologyId, openShardCount: open.length })
        .where(sql`${stream.id} = ${args.streamId}`);
      return topologyId;
    },

    /** `shards` gives a metric's values by place; what is not given is unknown. null: shard-level metrics are off. */
    async frame(args: {
      streamId: number;
      topologyId: number;
      periodStartMs: number;
      periodSeconds?: number;
      stream?: { readonly [M in StreamMetric]?: number };
      shardCount: number;
      shards?: { readonly [M in ShardMetric]?: readonly number[] } | null;
    }): Promise<void> {
      const streamValues = emptyStreamValues();
      for (const [i, metric] of STREAM_METRICS.entries()) {
        streamValues[i] = args.stream?.[metric] ?? Number.NaN;
      }
      const shardValues = emptyShardValues(args.shards === null ? 0 : args.shardCount);
      for (const metric of SHARD_METRICS) {
        for (const [place, value] of (args.shards?.[metric] ?? []).entries()) {
          shardValues[shardValueIndex(metric, place, args.shardCount)] = value;
        }
      }
      const periodSeconds = args.periodSeconds ?? 5;
      const [row] = await db
        .insert(frame)
        .values({
          streamId: args.streamId,
          topologyId: args.topologyId,
          periodSeconds,
          periodStart: new Date(args.periodStartMs),
          collectedAt: sql`now()`,
          streamValues: Buffer.from(packFloats(streamValues)),
          shardValues: Buffer.from(packFloats(shardValues)),
        })
        .returning({ seq: frame.seq });
      await notify(db, {
        kind: 'frame',
        streamId: args.streamId,
        topologyId: args.topologyId,
        periodSeconds,
        periodStartMs: args.periodStartMs,
        seq: row?.seq ?? 0,
      });
    },

    async gone(streamId: number): Promise<void> {
      await db.update(stream).set({ goneAt: sql`now()` }).where(sql`${stream.id} = ${streamId}`);
      await notify(db, { kind: 'stream', streamId });
    },
  };
}

export function openShards(count: number, firstIndex: number): StoredShard[] {
  return uniformRanges(count).map((range, i) => ({
    shardId: shardIdOf(firstIndex + i),
    startingHashKey: String(range.start),
    endingHashKey: String(range.end),
    parentShardId: null,
    adjacentParentShardId: null,
    startingSequenceNumber: '49657540666418930171109502259426480070896488208763191298',
    endingSequenceNumber: null,
  }));
}

function idOf(row: { id: number } | undefined): number {
  if (row === undefined) throw new Error('The seed was not written.');
  return row.id;
}
