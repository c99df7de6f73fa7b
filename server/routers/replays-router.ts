import { z } from 'zod';
import { mayActAs } from '#server/auth/role.ts';
import { auditedDraft } from '#server/services/replays/audited-draft.ts';
import { changePace } from '#server/services/replays/change-pace.ts';
import { controlReplay, resumeReplay } from '#server/services/replays/control-replay.ts';
import { createDraft } from '#server/services/replays/create-draft.ts';
import { getReceipt } from '#server/services/replays/get-receipt.ts';
import { getReplay } from '#server/services/replays/get-replay.ts';
import { getTarget } from '#server/services/replays/get-target.ts';
import { listQuarantine } from '#server/services/replays/list-quarantine.ts';
import { listReplays } from '#server/services/replays/list-replays.ts';
import { planReplay, revisePlan } from '#server/services/replays/plan-replay.ts';
import { readEvents, readTicks } from '#server/services/replays/read-course.ts';
import { discardDraft, saveDraft } from '#server/services/replays/save-draft.ts';
import { startReplay } from '#server/services/replays/start-replay.ts';
import { operatorProcedure, router, viewerProcedure } from './procedures.ts';
import { draftSchema, paceSchema, targetQuestionSchema } from './replay-schemas.ts';
import type { RequestContext } from './request-context.ts';
import { streamNameSchema } from './stream-name-schema.ts';

const id = z.int().positive();
const run = z.object({ id });
const runOf = run.extend({ connection: z.string().min(1).max(256) });

/** Filters and payloads name people and devices: viewers see neither. */
function showsKeys({ identity }: RequestContext): boolean {
  return mayActAs(identity.role, 'operator');
}

/** Replays from an archive: seen by everybody, made and controlled by operators. */
export const replaysRouter = router({
  list: viewerProcedure.query(({ ctx }) => listReplays({ ctx })),

  get: viewerProcedure
    .input(run)
    .query(({ ctx, input }) => getReplay({ ctx, input: { ...input, showsKeys: showsKeys(ctx) } })),

  ticks: viewerProcedure.input(run).query(({ ctx, input }) => readTicks({ ctx, input })),

  events: viewerProcedure
    .input(run.extend({ before: id.nullable() }))
    .query(({ ctx, input }) => readEvents({ ctx, input })),

  quarantine: viewerProcedure
    .input(run.extend({ after: id.nullable(), reason: z.string().max(100).nullable() }))
    .query(({ ctx, input }) =>
      listQuarantine({ ctx, input: { ...input, showsPayloads: showsKeys(ctx) } }),
    ),

  receipt: viewerProcedure
    .input(run)
    .query(({ ctx, input }) => getReceipt({ ctx, input: { ...input, showsKeys: showsKeys(ctx) } })),

  // Asks AWS: for those who may plan.
  target: operatorProcedure
    .input(targetQuestionSchema)
    .query(({ ctx, input, signal }) => getTarget({ ctx, input, signal })),

  createDraft: operatorProcedure
    .meta({ role: 'operator', changes: 'ours' })
    .input(
      z.discriminatedUnion('from', [
        z.object({ from: z.literal('nothing') }),
        streamNameSchema.extend({ from: z.literal('stream') }),
        streamNameSchema.extend({ from: z.literal('target') }),
        run.extend({ from: z.literal('replay') }),
        run.extend({ from: z.literal('quarantine') }),
      ]),
    )
    .mutation(({ ctx, input }) => createDraft({ ctx, actor: ctx.identity.name, input })),

  saveDraft: operatorProcedure
    .meta({ role: 'operator', changes: 'ours', audit: 'with-the-plan' })
    .input(run.extend({ revision: z.int().positive(), draft: draftSchema }))
    .mutation(({ ctx, input }) => saveDraft({ ctx, input })),

  discardDraft: operatorProcedure
    .meta({ role: 'operator', changes: 'ours', about: auditedDraft })
    .input(run)
    .mutation(({ ctx, input }) => discardDraft({ ctx, input })),

  // Reads the archive and looks at the target; nothing is sent.
  plan: operatorProcedure
    .meta({ role: 'operator', changes: 'ours', about: auditedDraft })
    .input(run.extend({ revision: z.int().positive() }))
    .mutation(({ ctx, input }) => planReplay({ ctx, actor: ctx.identity.name, input })),

  revise: operatorProcedure
    .meta({ role: 'operator', changes: 'ours' })
    .input(run)
    .mutation(({ ctx, input }) => revisePlan({ ctx, actor: ctx.identity.name, input })),

  start: operatorProcedure
    .meta({ role: 'operator', changes: 'aws', about: auditedDraft })
    .input(
      runOf.extend({
        planHash: z.string().min(1).max(100),
        typedName: z.string().max(1_000).nullable(),
        purpose: z.string().max(1_000),
      }),
    )
    .mutation(({ ctx, input }) => startReplay({ ctx, actor: ctx.identity.name, input })),

  // Less is changed at AWS by it, so that read-only connections allow it, too.
  control: operatorProcedure
    .meta({ role: 'operator', changes: 'ours' })
    .input(run.extend({ event: z.enum(['pause', 'cancel']) }))
    .mutation(({ ctx, input }) => controlReplay({ ctx, actor: ctx.identity.name, input })),

  resume: operatorProcedure
    .meta({ role: 'operator', changes: 'aws' })
    .input(runOf)
    .mutation(({ ctx, input }) => resumeReplay({ ctx, actor: ctx.identity.name, input })),

  changePace: operatorProcedure
    .meta({ role: 'operator', changes: 'aws' })
    .input(runOf.extend({ paceRevision: z.int().positive(), pace: paceSchema }))
    .mutation(({ ctx, input }) => changePace({ ctx, actor: ctx.identity.name, input })),
});
