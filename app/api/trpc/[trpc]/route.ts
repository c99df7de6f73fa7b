import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { appRouter } from '#server/routers/app-router.ts';
import { requestContext } from '#server/web/context.ts';
import { guardRequest } from '#server/web/guard-request.ts';

/** The API. Guarded here as well as in proxy.ts: one forgotten matcher must not open it. */
function handle(request: Request): Response | Promise<Response> {
  return (
    guardRequest(request) ??
    fetchRequestHandler({
      endpoint: '/api/trpc',
      req: request,
      router: appRouter,
      createContext: requestContext,
    })
  );
}

export { handle as GET, handle as POST };
