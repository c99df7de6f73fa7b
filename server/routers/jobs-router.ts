import { z } from 'zod';
import { listStoppable } from '#server/services/jobs/list-stoppable.ts';
import { stopAllJobs } from '#server/services/jobs/stop-all-jobs.ts';
import { operatorProcedure, router, viewerProcedure } from './procedures.ts';

/** All jobs at once, whatever their kind. */
export const jobsRouter = router({
  stoppable: viewerProcedure.query(({ ctx }) => listStoppable({ ctx })),

  // Less is changed at AWS by it, so that read-only connections allow it, too.
  stopAll: operatorProcedure
    .meta({ role: 'operator', changes: 'ours' })
    .input(z.object({ purpose: z.string().trim().min(1).max(1_000) }))
    .mutation(({ ctx, input }) => stopAllJobs({ ctx, actor: ctx.identity.name, input })),
});
