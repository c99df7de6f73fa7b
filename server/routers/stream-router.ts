import { z } from 'zod';
import { collectNow } from '#server/services/streams/collect-now.ts';
import { getStream } from '#server/services/streams/get-stream.ts';
import { getStreamHistory } from '#server/services/streams/get-stream-history.ts';
import { listStreamRows } from '#server/services/streams/list-stream-rows.ts';
import { operatorProcedure, router, viewerProcedure } from './procedures.ts';
import { streamNameSchema } from './stream-name-schema.ts';

const instantMs = z.number().int().min(0).max(8_640_000_000_000_000);

export const streamRouter = router({
  snapshot: viewerProcedure.query(({ ctx }) => listStreamRows({ ctx })),

  detail: viewerProcedure
    .input(streamNameSchema)
    .query(({ ctx, input }) => getStream({ ctx, input })),

  history: viewerProcedure
    .input(
      z
        .object({ streamId: z.int().positive(), fromMs: instantMs, toMs: instantMs })
        .refine(({ fromMs, toMs }) => fromMs < toMs, 'fromMs lies before toMs'),
    )
    .query(({ ctx, input }) => getStreamHistory({ ctx, input })),

  collectNow: operatorProcedure
    .meta({ role: 'operator', changes: 'ours' })
    .input(z.object({ connection: z.string().min(1).max(200) }))
    .mutation(({ ctx, input }) => collectNow({ ctx, input })),
});
