import { SHARD_METRICS, type ShardMetric } from '#lib/domain/shard-metric.ts';
import { ServiceError } from '#server/services/service-error.ts';
import {
  type AdminContext,
  type ChangeOutcome,
  changeStream,
  SINCE_YOU_LOOKED,
  type StreamTarget,
} from '#server/services/stream-admin/change-stream.ts';

/**
 * Switches shard-level metrics of a stream on or off (EnableEnhancedMonitoring, DisableEnhancedMonitoring): some at a
 * time, in one direction. CloudWatch charges each metric of each shard as a custom metric while it is on.
 */
export async function switchShardMetrics(args: {
  ctx: AdminContext;
  input: StreamTarget & {
    /** Those that were on when the person looked. */
    readonly seenOn: readonly ShardMetric[];
    readonly metrics: readonly ShardMetric[];
    readonly on: boolean;
  };
}): Promise<ChangeOutcome> {
  const { seenOn, metrics, on } = args.input;
  const moot = metrics.every((metric) => seenOn.includes(metric) === on);
  if (metrics.length === 0 || moot) {
    throw new ServiceError(
      'invalid',
      metrics.length === 0
        ? 'Nothing was switched: name at least one shard-level metric.'
        : `Nothing was switched: what you chose is ${on ? 'on' : 'off'} already.`,
    );
  }
  return changeStream<readonly ShardMetric[]>(args.ctx, args.input, {
    what: 'the set of shard-level metrics',
    read: async (aws, described, signal) =>
      (await aws.describeStream(described, signal)).shardMetrics,
    contradiction: (now) =>
      sameSet(now, seenOn)
        ? null
        : `shard-level metrics have been switched to ${now.length === 0 ? 'none' : inOrder(now).join(', ')} ${SINCE_YOU_LOOKED}`,
    send: (changes, streamArn, _now, signal) =>
      on
        ? changes.enableShardMetrics(streamArn, metrics, signal)
        : changes.disableShardMetrics(streamArn, metrics, signal),
    isDone: (now) => metrics.every((metric) => now.includes(metric) === on),
  });
}

function sameSet(a: readonly ShardMetric[], b: readonly ShardMetric[]): boolean {
  return inOrder(a).join() === inOrder(b).join();
}

function inOrder(metrics: readonly ShardMetric[]): readonly ShardMetric[] {
  return SHARD_METRICS.filter((metric) => metrics.includes(metric));
}
