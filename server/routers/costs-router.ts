import { getCosts } from '#server/services/costs/get-costs.ts';
import { getStreamCadence } from '#server/services/costs/get-stream-cadence.ts';
import { listStretched } from '#server/services/costs/list-stretched.ts';
import { getQuotas } from '#server/services/quotas/get-quotas.ts';
import { router, viewerProcedure } from './procedures.ts';
import { streamNameSchema } from './stream-name-schema.ts';

/** What watching costs, and which quotas are used. */
export const costsRouter = router({
  overview: viewerProcedure.query(({ ctx }) => getCosts({ ctx })),

  quotas: viewerProcedure.query(({ ctx }) => getQuotas({ ctx })),

  stretched: viewerProcedure.query(({ ctx }) => listStretched({ ctx })),

  ofStream: viewerProcedure
    .input(streamNameSchema)
    .query(({ ctx, input }) => getStreamCadence({ ctx, input })),
});
