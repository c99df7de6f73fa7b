import { sql } from 'drizzle-orm';
import type { StreamSummary } from '#lib/domain/stream.ts';
import type { Transaction } from './collector-lease.ts';
import { notify } from './notification.ts';
import { stream } from './schema.ts';

/** Writes what DescribeStreamSummary told. @returns the stream's id: the same one for the same ARN and creation time */
export async function upsertStream(
  tx: Transaction,
  connection: string,
  summary: StreamSummary,
  cadenceSeconds: number,
): Promise<number> {
  const told = {
    name: summary.streamName,
    status: summary.status,
    mode: summary.mode,
    openShardCount: summary.openShardCount,
    consumerCount: summary.consumerCount,
    retentionHours: summary.retentionHours,
    encryption: summary.encryption,
    shardMetrics: [...summary.shardMetrics],
  };
  const identity = { connection, arn: summary.streamArn, createdAtMs: summary.createdAtMs };
  const rows = await tx
    .insert(stream)
    .values({ ...identity, ...told, cadenceSeconds })
    .onConflictDoUpdate({
      target: [stream.connection, stream.arn, stream.createdAtMs],
      set: { ...told, goneAt: null, changedAt: sql`clock_timestamp()` },
    })
    .returning({ id: stream.id });
  const streamId = rows[0]?.id;
  if (streamId === undefined) {
    throw new Error(`PostgreSQL returned no id for stream ${summary.streamName}`);
  }
  await notify(tx, { kind: 'stream', streamId });
  return streamId;
}
