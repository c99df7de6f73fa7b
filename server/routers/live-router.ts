import { z } from 'zod';
import { router, viewerProcedure } from './procedures.ts';
import { streamNameSchema } from './stream-name-schema.ts';

export const liveRouter = router({
  /** All that changes, and closely what happens to one stream: see lib/live/live-event.ts. */
  watch: viewerProcedure
    .input(
      z.object({
        stream: streamNameSchema.nullable(),
        /** Which state of the rows the asker has: it is told only what has changed since. */
        known: z.string().max(100).nullable().default(null),
      }),
    )
    .subscription(({ ctx, input, signal }) => {
      const ends = signal === undefined ? ctx.shutdown : AbortSignal.any([signal, ctx.shutdown]);
      return ctx.hub.subscribe(input.stream, ends, input.known);
    }),
});
