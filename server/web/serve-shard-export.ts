import { z } from 'zod';
import { arrangementSchema } from '#server/routers/shard-schemas.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { exportShards } from '#server/services/streams/export-shards.ts';
import { respondWithFile } from './export-response.ts';

const fromJson = z.string().transform((text, ctx) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    ctx.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
});

const querySchema = z.object({
  streamId: z.coerce.number().int().positive(),
  format: z.enum(['csv', 'json']),
  arrangement: fromJson.pipe(arrangementSchema),
  at: fromJson
    .pipe(z.object({ periodStartMs: z.int().min(0), periodSeconds: z.int().positive() }))
    .nullable()
    .default(null),
});

const CONTENT_TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
} as const;

/** GET: all rows of a shard table as a file. For viewers and above, as the table itself. */
export async function serveShardExport(request: Request): Promise<Response> {
  return respondWithFile(request, 'viewer', async (ctx) => {
    const query = querySchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!query.success) throw new ServiceError('invalid', z.prettifyError(query.error));
    const { format, streamId } = query.data;
    return {
      name: `shards-of-stream-${streamId}.${format}`,
      contentType: CONTENT_TYPES[format],
      parts: await exportShards({ ctx, input: { ...query.data, heardMs: null } }),
    };
  });
}
