import { mayActAs, type Role } from '#server/auth/role.ts';
import type { RequestContext } from '#server/routers/request-context.ts';
import { ServiceError, type ServiceErrorKind } from '#server/services/service-error.ts';
import { requestContext } from './context.ts';
import { guardRequest } from './guard-request.ts';

const STATUS_OF: { readonly [K in ServiceErrorKind]: number } = {
  invalid: 400,
  'read-only': 403,
  'not-found': 404,
  conflict: 409,
  unavailable: 503,
};

/** A file as it is offered. */
export type ExportedFile = {
  readonly name: string;
  readonly contentType: string;
  /** Made as fast as it is taken. */
  readonly parts: AsyncIterable<string>;
};

/**
 * Answers with a file, for those who may have it: the request and the role are checked first, and what a service refuses
 * is said in its words.
 */
export async function respondWithFile(
  request: Request,
  role: Role,
  make: (ctx: RequestContext) => Promise<ExportedFile>,
): Promise<Response> {
  const refusal = guardRequest(request);
  if (refusal !== null) return refusal;
  const ctx = requestContext();
  if (!mayActAs(ctx.identity.role, role)) return plain(403, `This needs the role ${role}.`);
  try {
    const { name, contentType, parts } = await make(ctx);
    return new Response(bodyOf(parts), {
      headers: {
        'content-type': contentType,
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
      },
    });
  } catch (error) {
    if (error instanceof ServiceError) return plain(STATUS_OF[error.kind], error.message);
    ctx.log.error({ err: error }, 'an export failed');
    return plain(500, 'The export failed, and why is in the log of web. Try it again.');
  }
}

/** Given up when the browser goes away. */
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
