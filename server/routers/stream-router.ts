import { z } from 'zod';
import { STREAM_SHARDS_MAX } from '#lib/domain/limits.ts';
import { collectNow } from '#server/services/streams/collect-now.ts';
import { getRingMap } from '#server/services/streams/get-ring-map.ts';
import { getShard } from '#server/services/streams/get-shard.ts';
import { getStream } from '#server/services/streams/get-stream.ts';
import { getStreamHistory } from '#server/services/streams/get-stream-history.ts';
import { listShards } from '#server/services/streams/list-shards.ts';
import { listStreamRows } from '#server/services/streams/list-stream-rows.ts';
import { listStreamTags } from '#server/services/streams/list-stream-tags.ts';
import { operatorProcedure, router, viewerProcedure } from './procedures.ts';
import { arrangementSchema, SHARDS_PER_PAGE_MAX } from './shard-schemas.ts';
import { streamNameSchema } from './stream-name-schema.ts';

const share = z.number().min(0).max(1);
const place = z.int().min(0).max(STREAM_SHARDS_MAX);
const shardId = z.string().min(1).max(128);
const viewSchema = z.object({
  streamId: z.int().positive(),
  at: z.object({ periodStartMs: z.int().min(0), periodSeconds: z.int().positive() }).nullable(),
  heardMs: z.int().min(0).nullable(),
});

const instantMs = z.number().int().min(0).max(8_640_000_000_000_000);

export const streamRouter = router({
  snapshot: viewerProcedure.query(({ ctx }) => listStreamRows({ ctx })),

  tags: viewerProcedure.query(({ ctx }) => listStreamTags({ ctx })),

  detail: viewerProcedure
    .input(streamNameSchema)
    .query(({ ctx, input }) => getStream({ ctx, input })),

  ring: viewerProcedure
    .input(
      viewSchema.extend({
        window: z
          .object({ from: share, to: share })
          .refine(({ from, to }) => from < to, 'from lies before to'),
        knownTopologyId: z.int().positive().nullable(),
      }),
    )
    .query(({ ctx, input }) => getRingMap({ ctx, input })),

  shards: viewerProcedure
    .input(
      viewSchema.extend({
        arrangement: arrangementSchema,
        offset: z.int().min(0),
        limit: z.int().min(1).max(SHARDS_PER_PAGE_MAX),
        chosenShardId: shardId.nullable(),
        aroundChosen: z.boolean(),
      }),
    )
    .query(({ ctx, input }) => listShards({ ctx, input })),

  shard: viewerProcedure
    .input(
      viewSchema.extend({
        choice: z.discriminatedUnion('by', [
          z.object({ by: z.literal('id'), shardId }),
          z.object({ by: z.literal('key'), hashKey: z.string().max(39) }),
          z.object({ by: z.literal('place'), place }),
          z.object({
            by: z.literal('use'),
            place: place.nullable(),
            steps: z.int().min(-STREAM_SHARDS_MAX).max(STREAM_SHARDS_MAX),
          }),
        ]),
      }),
    )
    .query(({ ctx, input }) => getShard({ ctx, input })),

  history: viewerProcedure
    .input(
      z
        .object({
          streamId: z.int().positive(),
          fromMs: instantMs,
          toMs: instantMs,
          shardIds: z.array(shardId).max(8).optional(),
          periodSeconds: z.int().positive().optional(),
        })
        .refine(({ fromMs, toMs }) => fromMs < toMs, 'fromMs lies before toMs'),
    )
    .query(({ ctx, input }) => getStreamHistory({ ctx, input })),

  collectNow: operatorProcedure
    .meta({ role: 'operator', changes: 'ours' })
    .input(z.object({ connection: z.string().min(1).max(200) }))
    .mutation(({ ctx, input }) => collectNow({ ctx, input })),
});
