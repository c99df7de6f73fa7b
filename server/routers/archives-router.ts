import { z } from 'zod';
import { checkExpression } from '#server/services/archives/check-expression.ts';
import { findArchives } from '#server/services/archives/find-archives.ts';
import { listObjects } from '#server/services/archives/list-objects.ts';
import { readTimeline } from '#server/services/archives/read-timeline.ts';
import { sampleArchive } from '#server/services/archives/sample-archive.ts';
import { sniffArchive } from '#server/services/archives/sniff-archive.ts';
import { operatorProcedure, router, viewerProcedure } from './procedures.ts';
import { archiveSourceSchema, draftSchema } from './replay-schemas.ts';

const { window, transform, filter, expression } = draftSchema.shape;
const source = archiveSourceSchema;

/** Archives in S3, looked at. Names of objects and what is in them are for operators alone; nothing is written. */
export const archivesRouter = router({
  find: viewerProcedure
    .input(
      z.object({
        connection: z.string().min(1).max(200),
        streamName: z.string().min(1).max(128).optional(),
      }),
    )
    .query(({ ctx, input: { connection, streamName = null }, signal }) =>
      findArchives({ ctx, input: { connection, streamName }, signal }),
    ),

  timeline: viewerProcedure
    .input(z.object({ source, window }))
    .query(({ ctx, input, signal }) => readTimeline({ ctx, input, signal })),

  objects: operatorProcedure
    .input(z.object({ source, window, after: z.string().max(1_100).nullable() }))
    .query(({ ctx, input, signal }) => listObjects({ ctx, input, signal })),

  sniff: operatorProcedure
    .input(z.object({ source, window }))
    .query(({ ctx, input, signal }) => sniffArchive({ ctx, input, signal })),

  sample: operatorProcedure
    .input(
      z.object({
        source,
        window,
        transform: transform.unwrap(),
        filter: filter.unwrap(),
        expression,
      }),
    )
    .query(({ ctx, input, signal }) => sampleArchive({ ctx, input, signal })),

  checkExpression: viewerProcedure
    .input(z.object({ expression: z.string().max(20_000) }))
    .query(({ input }) => checkExpression({ input })),
});
