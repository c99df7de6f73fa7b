import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import type { EngineStream } from '#server/local-aws/engine/engine-stream.ts';
import {
  SHARD_LEVEL_METRICS,
  type ShardLevelMetric,
} from '#server/local-aws/metering/metric-names.ts';

export type EnhancedMonitoringInput = StreamRef & {
  readonly shardLevelMetrics: readonly (ShardLevelMetric | 'ALL')[];
};

export type EnhancedMonitoringOutput = {
  readonly streamName: string;
  readonly streamArn: string;
  /** Switched on before this call. */
  readonly currentMetrics: readonly ShardLevelMetric[];
  /** Switched on once the stream is ACTIVE again. */
  readonly desiredMetrics: readonly ShardLevelMetric[];
};

/** @throws KinesisError ResourceInUse, ResourceNotFound. */
export function enableEnhancedMonitoring(
  account: Account,
  input: EnhancedMonitoringInput,
  nowMs: number,
): EnhancedMonitoringOutput {
  const stream = account.activeStream(input, nowMs);
  const added = expand(input.shardLevelMetrics);
  const desired = SHARD_LEVEL_METRICS.filter(
    (metric) => added.has(metric) || stream.shardLevelMetrics.includes(metric),
  );
  return change(account, stream, desired, nowMs);
}

/** @throws KinesisError ResourceInUse, ResourceNotFound. */
export function disableEnhancedMonitoring(
  account: Account,
  input: EnhancedMonitoringInput,
  nowMs: number,
): EnhancedMonitoringOutput {
  const stream = account.activeStream(input, nowMs);
  const removed = expand(input.shardLevelMetrics);
  const desired = stream.shardLevelMetrics.filter((metric) => !removed.has(metric));
  return change(account, stream, desired, nowMs);
}

function expand(metrics: readonly (ShardLevelMetric | 'ALL')[]): ReadonlySet<string> {
  return new Set(metrics.includes('ALL') ? SHARD_LEVEL_METRICS : metrics);
}

function change(
  account: Account,
  stream: EngineStream,
  desiredMetrics: readonly ShardLevelMetric[],
  nowMs: number,
): EnhancedMonitoringOutput {
  const currentMetrics = stream.shardLevelMetrics;
  account.update(stream, nowMs, (atMs) => {
    stream.shardLevelMetrics = desiredMetrics;
    stream.meter.enableShardMetrics(desiredMetrics, atMs);
  });
  return { streamName: stream.name, streamArn: stream.arn, currentMetrics, desiredMetrics };
}
