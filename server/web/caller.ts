import { appRouter } from '#server/routers/app-router.ts';
import { createCallerFactory } from '#server/routers/procedures.ts';
import { requestContext } from './context.ts';

const createCaller = createCallerFactory(appRouter);

/**
 * The API without the wire, for pages that prefetch: `await apiCaller().streams.snapshot()`.
 * Errors are TRPCErrors with a `code` and a message for people; `live.watch` is not for here.
 */
export function apiCaller(): ReturnType<typeof createCaller> {
  return createCaller(requestContext());
}
