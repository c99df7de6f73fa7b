import { z } from 'zod';
import { listRewinds } from '#server/services/rewinds/list-rewinds.ts';
import { planRewind } from '#server/services/rewinds/plan-rewind.ts';
import { restoreRewind } from '#server/services/rewinds/restore-rewind.ts';
import { finishRewind, runRewind } from '#server/services/rewinds/run-rewind.ts';
import { operatorProcedure, router, viewerProcedure } from './procedures.ts';

const id = z.int().positive();
const connection = z.string().min(1).max(200);
const SHARDS_MAX = 10_000;

const target = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('trim-horizon') }),
  z.object({ kind: z.literal('latest') }),
  z.object({ kind: z.literal('time'), atMs: z.int().min(0).max(8_640_000_000_000_000) }),
  z.object({ kind: z.literal('sequence-number'), sequenceNumber: z.string().max(130) }),
]);

const run = z.object({ connection, rewindId: id, typedName: z.string().max(1_000).nullable() });

const changesAws = operatorProcedure.meta({ role: 'operator', changes: 'aws' });

/** Checkpoints of applications of the KCL, set to another place and put back. */
export const rewindsRouter = router({
  list: viewerProcedure
    .input(z.object({ applicationId: id }))
    .query(({ ctx, input }) => listRewinds({ ctx, input })),

  /** Writes a plan down here, and for a time reads records: nothing is changed at AWS. */
  plan: operatorProcedure
    .meta({ role: 'operator', changes: 'ours' })
    .input(
      z.object({
        connection,
        applicationId: id,
        target,
        shardIds: z.array(z.string().max(128)).max(SHARDS_MAX).nullable(),
      }),
    )
    .mutation(({ ctx, input }) => planRewind({ ctx, actor: ctx.identity.name, input })),

  run: changesAws.input(run).mutation(({ ctx, input }) => runRewind({ ctx, input })),

  finish: changesAws.input(run).mutation(({ ctx, input }) => finishRewind({ ctx, input })),

  restore: changesAws
    .input(run)
    .mutation(({ ctx, input }) => restoreRewind({ ctx, actor: ctx.identity.name, input })),
});
