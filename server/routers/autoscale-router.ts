import { z } from 'zod';
import { AUTOSCALE_MODES } from '#lib/domain/reshard/autoscale/policy.ts';
import { applyProposal } from '#server/services/autoscale/apply-proposal.ts';
import { backtestPolicy } from '#server/services/autoscale/backtest-policy.ts';
import { getAutoscale } from '#server/services/autoscale/get-autoscale.ts';
import { setPolicy } from '#server/services/autoscale/set-policy.ts';
import { operatorProcedure, router, viewerProcedure } from './procedures.ts';
import { streamNameSchema } from './stream-name-schema.ts';

const stream = streamNameSchema.extend({ streamId: z.int().positive() });

/** Shapes alone: what the numbers may be is the domain's to say (policyFault), in words for people. */
const settings = z.object({
  targetUse: z.number(),
  shardsMin: z.number(),
  shardsMax: z.number(),
  lookBackMs: z.number(),
  outCoolOffMs: z.number(),
  inCoolOffMs: z.number(),
  hotShardUse: z.number().nullable(),
  lagMsMax: z.number().nullable(),
  reshardsPerDayMax: z.number(),
});

/** Hours that a backtest goes back over: 30 days at most. */
const HOURS_MAX = 720;

/** Policies by which streams are scaled: seen and tried by everybody, set by operators. */
export const autoscaleRouter = router({
  get: viewerProcedure.input(stream).query(({ ctx, input }) => getAutoscale({ ctx, input })),

  backtest: viewerProcedure
    .input(stream.extend({ settings, hours: z.int().min(1).max(HOURS_MAX) }))
    .query(({ ctx, input }) => backtestPolicy({ ctx, input })),

  // The policy is ours; that it may act is checked against the connection by the service.
  set: operatorProcedure
    .meta({ role: 'operator', changes: 'ours' })
    .input(
      stream.extend({
        mode: z.enum(AUTOSCALE_MODES),
        settings,
        revision: z.int().positive().nullable(),
      }),
    )
    .mutation(({ ctx, input }) => setPolicy({ ctx, actor: ctx.identity.name, input })),

  applyProposal: operatorProcedure
    .meta({ role: 'operator', changes: 'aws' })
    .input(
      stream.extend({
        decisionId: z.int().positive(),
        planFingerprint: z.string().max(100),
        typedName: z.string().max(1_000).nullable(),
      }),
    )
    .mutation(({ ctx, input }) => applyProposal({ ctx, actor: ctx.identity.name, input })),
});
