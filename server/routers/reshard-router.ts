import { z } from 'zod';
import { controlReshard, releaseMerges } from '#server/services/reshard/control-reshard.ts';
import { getReshard, listReshards } from '#server/services/reshard/list-reshards.ts';
import { previewReshard } from '#server/services/reshard/preview-reshard.ts';
import { listSamples, sampleShard } from '#server/services/reshard/sample-shard.ts';
import { startReshard } from '#server/services/reshard/start-reshard.ts';
import { watchReshard } from '#server/services/reshard/watch-reshard.ts';
import { operatorProcedure, router, viewerProcedure } from './procedures.ts';
import { streamNameSchema } from './stream-name-schema.ts';

const shardId = z.string().min(1).max(128);
/** Decimal digits of a number below 2^128. */
const hashKey = z.string().max(39);
const share = z.number().min(0).max(100);
const boundaries = z.array(hashKey).max(10_000);

const goal = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('split-shard'),
    shardId,
    cut: z.discriminatedUnion('by', [
      z.object({ by: z.literal('middle') }),
      z.object({ by: z.literal('load-median') }),
      z.object({ by: z.literal('hash-key'), at: hashKey }),
    ]),
  }),
  z.object({ kind: z.literal('merge-shards'), shardIds: z.tuple([shardId, shardId]) }),
  z.object({ kind: z.literal('scale-to-count'), count: z.number() }),
  z.object({ kind: z.literal('scale-to-fit'), headroom: share }),
  z.object({ kind: z.literal('rebalance'), count: z.number(), slack: share }),
  z.object({ kind: z.literal('isolate-key'), at: hashKey }),
  z.object({ kind: z.literal('merge-cold'), useMax: share }),
  z.object({ kind: z.literal('boundaries'), boundaries }),
  z.object({
    kind: z.literal('of-job'),
    jobId: z.int().positive(),
    layout: z.enum(['before', 'after']),
  }),
]);

const wish = streamNameSchema.extend({
  streamId: z.int().positive(),
  goal,
  load: z.object({
    minutes: z.number().min(1).max(1_440),
    by: z.enum(['mean', 'peak']),
    untilMs: z.int().nonnegative(),
  }),
});

const job = z.object({ jobId: z.int().positive() });

/** Reshards: previewed by everybody, begun and controlled by operators. */
export const reshardRouter = router({
  preview: viewerProcedure
    .input(wish)
    .query(({ ctx, input, signal }) => previewReshard({ ctx, input, signal })),

  // Only ours changes: it reads records, which a read-only connection allows.
  sample: operatorProcedure
    .meta({ role: 'operator', changes: 'ours' })
    .input(streamNameSchema.extend({ streamId: z.int().positive(), shardId }))
    .mutation(({ ctx, input, signal }) =>
      sampleShard({ ctx, actor: ctx.identity.name, input, signal }),
    ),

  // Keys of records are for operators alone.
  samples: operatorProcedure
    .input(z.object({ streamId: z.int().positive() }))
    .query(({ ctx, input }) => listSamples({ ctx, input })),

  list: viewerProcedure.query(({ ctx }) => listReshards({ ctx })),

  get: viewerProcedure.input(job).query(({ ctx, input }) => getReshard({ ctx, input })),

  watch: viewerProcedure.input(job).query(({ ctx, input }) => watchReshard({ ctx, input })),

  start: operatorProcedure
    .meta({ role: 'operator', changes: 'aws' })
    .input(
      wish.extend({
        fingerprint: z.string().max(100),
        planFingerprint: z.string().max(100),
        typedName: z.string().max(1_000).nullable(),
        purpose: z.string().max(1_000).nullable(),
        ignoresLag: z.boolean(),
      }),
    )
    .mutation(({ ctx, input }) => startReshard({ ctx, actor: ctx.identity.name, input })),

  // A job that is paused or cancelled changes less, and one that is resumed was approved as a whole: the worker
  // itself holds it where the connection has become read-only.
  control: operatorProcedure
    .meta({ role: 'operator', changes: 'ours' })
    .input(job.extend({ event: z.enum(['pause', 'resume', 'cancel']) }))
    .mutation(({ ctx, input }) => controlReshard({ ctx, input })),

  releaseMerges: operatorProcedure
    .meta({ role: 'operator', changes: 'ours' })
    .input(job)
    .mutation(({ ctx, input }) => releaseMerges({ ctx, input })),
});
