import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import type { Layout } from '#lib/domain/reshard/layout.ts';
import type { LoadEstimate } from '#lib/domain/reshard/load/load-estimate.ts';
import { loadFromShards } from '#lib/domain/reshard/load/load-from-shards.ts';
import { refineBySamples } from '#lib/domain/reshard/load/refine-by-sample.ts';
import { SAMPLE_AGE_MS_MAX } from '#lib/domain/reshard/load/sample-budget.ts';
import { sampleConfidence } from '#lib/domain/reshard/load/sample-confidence.ts';
import type { ShardReads } from '#lib/domain/reshard/load/shard-reads.ts';
import type { ShardSample } from '#lib/domain/reshard/load/shard-sampler.ts';
import type { WriteRate } from '#lib/domain/reshard/load/write-rate.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { ShardUse } from '#lib/domain/throughput.ts';
import type { LoadBasis } from '#lib/reshard/preview-view.ts';
import { readCurrentStreamByName } from '#server/db/read/current-streams.ts';
import { readHistoryTiers } from '#server/db/read/history-tiers.ts';
import { readShardSamples } from '#server/db/reshard/shard-samples.ts';
import { readShardWindow } from '#server/services/advice/read-history.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { chooseTier } from '#server/services/streams/choose-tier.ts';

/**
 * What was written to each shard in a window, and read of it; of shards without a period in it nothing is known. How
 * what is written lies within a shard is known of those that were sampled.
 */
export async function readLoad(
  ctx: Pick<ServiceContext, 'database' | 'topologies'>,
  stream: {
    readonly connection: string;
    readonly streamName: string;
    readonly streamId: number;
  },
  layout: Layout,
  basis: LoadBasis,
): Promise<{
  readonly load: LoadEstimate;
  readonly reads: ReadonlyMap<ShardId, ShardReads>;
  readonly periodSeconds: number | null;
}> {
  const rates = new Map<ShardId, WriteRate>();
  const reads = new Map<ShardId, ShardReads>();
  const window = await windowOf(ctx, stream, basis);
  for (const { shardId, periods, throttledReadCalls, ...uses } of window?.shards ?? []) {
    if (periods === 0) continue;
    const rate = rateOf(uses[basis.by]);
    if (rate !== null) rates.set(shardId, rate);
    const { readBytes } = uses[basis.by];
    if (Number.isNaN(readBytes)) continue;
    const bytesPerSecond = readBytes * SHARD_LIMITS.readBytesPerSecondMax;
    reads.set(shardId, { bytesPerSecond, refusedCalls: throttledReadCalls });
  }
  const byShard = loadFromShards(
    layout.map(({ shardId, range }) => ({ range, rate: rates.get(shardId) ?? null })),
  );
  const open = new Set(layout.map(({ shardId }) => shardId));
  const samples = (await readShardSamples(ctx.database, stream.streamId, SAMPLE_AGE_MS_MAX))
    .filter(({ shardId, sample }) => open.has(shardId) && isTrusted(sample))
    .map(({ sample }) => sample);
  return {
    load: samples.length === 0 ? byShard : refineBySamples(byShard, samples),
    reads,
    periodSeconds: window?.periodSeconds ?? null,
  };
}

async function windowOf(
  ctx: Pick<ServiceContext, 'database' | 'topologies'>,
  { connection, streamName }: { readonly connection: string; readonly streamName: string },
  { minutes, untilMs }: LoadBasis,
) {
  const current = await readCurrentStreamByName(ctx.database, connection, streamName);
  if (current === null) return null;
  const streamId = current.stream.id;
  const tiers = await readHistoryTiers(ctx.database, streamId);
  const tier = chooseTier(tiers, untilMs - minutes * 60_000, untilMs);
  return tier === null ? null : readShardWindow(ctx, current, { streamId, ...tier });
}

function isTrusted(sample: ShardSample): boolean {
  return sampleConfidence(sample).verdict !== 'too-little';
}

/** null where a write metric is switched off. */
export function rateOf({ writeBytes, writeRecords }: ShardUse): WriteRate | null {
  return Number.isNaN(writeBytes) || Number.isNaN(writeRecords)
    ? null
    : {
        bytesPerSecond: writeBytes * SHARD_LIMITS.writeBytesPerSecondMax,
        recordsPerSecond: writeRecords * SHARD_LIMITS.writeRecordsPerSecondMax,
      };
}
