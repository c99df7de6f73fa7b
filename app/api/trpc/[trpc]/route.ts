import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { appRouter } from '#server/routers/app-router.ts';
import { requestContext } from '#server/web/context.ts';
import { guardRequest } from '#server/web/guard-request.ts';

/** The API. Guarded here as well as in proxy.ts: one forgotten matcher must not open it. */
async function handle(request: Request): Promise<Response> {
  const refusal = guardRequest(request);
  if (refusal !== null) return refusal;
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: requestContext,
    // Some questions hold what must not stand in an address (lib/trpc/make-client.ts); mutations stay mutations.
    allowMethodOverride: true,
  });
  // tRPC forbids to compress events, as what compresses may hold them back: Next flushes after each.
  if (response.headers.get('content-type')?.startsWith('text/event-stream') === true) {
    response.headers.set('cache-control', 'no-cache');
  }
  return response;
}

export { handle as GET, handle as POST };
