import { z } from 'zod';
import { mayActAs } from '#server/auth/role.ts';
import { arrangementSchema } from '#server/routers/shard-schemas.ts';
import { ServiceError, type ServiceErrorKind } from '#server/services/service-error.ts';
import { exportShards } from '#server/services/streams/export-shards.ts';
import { requestContext } from './context.ts';
import { guardRequest } from './guard-request.ts';

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

const STATUS_OF: { readonly [K in ServiceErrorKind]: number } = {
  invalid: 400,
  'read-only': 403,
  'not-found': 404,
  conflict: 409,
  unavailable: 503,
};

/** GET: all rows of a shard table as a file. For viewers and above, as the table itself. */
export async function serveShardExport(request: Request): Promise<Response> {
  const refusal = guardRequest(request);
  if (refusal !== null) return refusal;
  const ctx = requestContext();
  if (!mayActAs(ctx.identity.role, 'viewer')) {
    return plain(403, 'This needs the role viewer.');
  }
  const query = querySchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) return plain(400, z.prettifyError(query.error));
  const { format, streamId } = query.data;
  try {
    const parts = await exportShards({ ctx, input: { ...query.data, heardMs: null } });
    return new Response(bodyOf(parts), {
      headers: {
        'content-type': CONTENT_TYPES[format],
        'content-disposition': `attachment; filename="shards-of-stream-${streamId}.${format}"`,
        'cache-control': 'no-store',
      },
    });
  } catch (error) {
    if (error instanceof ServiceError) {
      return plain(STATUS_OF[error.kind], error.message);
    }
    ctx.log.error({ err: error }, 'an export failed');
    return plain(500, 'The export failed, and why is in the log of web. Try it again.');
  }
}

/** Made as fast as it is taken; given up when the browser goes away. */
function bodyOf(parts: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = parts[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

function plain(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
}
