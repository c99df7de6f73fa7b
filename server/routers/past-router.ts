import { z } from 'zod';
import { getBindingLimit } from '#server/services/streams/get-binding-limit.ts';
import { listPastRings } from '#server/services/streams/list-past-rings.ts';
import { router, viewerProcedure } from './procedures.ts';

const share = z.number().min(0).max(1);

/** Periods that one answer may hold: a map of many shards is some 30 kB. */
const PERIODS_MAX = 32;

/** What is recorded of a stream. */
export const pastRouter = router({
  rings: viewerProcedure
    .input(
      z.object({
        streamId: z.int().positive(),
        periodSeconds: z.int().positive(),
        fromMs: z.int().min(0).max(8_640_000_000_000_000),
        count: z.int().min(1).max(PERIODS_MAX),
        window: z
          .object({ from: share, to: share })
          .refine(({ from, to }) => from < to, 'from lies before to'),
      }),
    )
    .query(({ ctx, input }) => listPastRings({ ctx, input })),

  bindingLimit: viewerProcedure
    .input(
      z.object({
        streamId: z.int().positive(),
        shardId: z.string().min(1).max(128).nullable(),
      }),
    )
    .query(({ ctx, input }) => getBindingLimit({ ctx, input })),
});
