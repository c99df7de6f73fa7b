import { z } from 'zod';
import { SHARD_METRICS } from '#lib/domain/shard-metric.ts';
import { readShardMetrics } from '#server/services/shard-metrics/read-shard-metrics.ts';
import { switchShardMetrics } from '#server/services/shard-metrics/switch-shard-metrics.ts';
import { operatorProcedure, router, viewerProcedure } from './procedures.ts';
import { streamNameSchema } from './stream-name-schema.ts';

const metrics = z.array(z.enum(SHARD_METRICS)).max(SHARD_METRICS.length);

export const shardMetricsRouter = router({
  state: viewerProcedure
    .input(streamNameSchema)
    .query(({ ctx, input }) => readShardMetrics({ ctx, input })),

  switch: operatorProcedure
    .meta({ role: 'operator', changes: 'aws' })
    .input(
      streamNameSchema.extend({
        streamId: z.int().positive(),
        seenOn: metrics,
        metrics,
        on: z.boolean(),
      }),
    )
    .mutation(({ ctx, input }) => switchShardMetrics({ ctx, input })),
});
