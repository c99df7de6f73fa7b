import { z } from 'zod';
import { getAdvice } from '#server/services/advice/get-advice.ts';
import { router, viewerProcedure } from './procedures.ts';
import { streamNameSchema } from './stream-name-schema.ts';

export const adviceRouter = router({
  /** What the rules advise for a stream, with the figures they rest on. */
  stream: viewerProcedure
    .input(streamNameSchema.extend({ headroom: z.number().min(0).max(3) }))
    .query(({ ctx, input }) => getAdvice({ ctx, input })),
});
