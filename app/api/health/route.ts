import { checkHealth } from '#server/services/health/check-health.ts';
import { webServices } from '#server/web/context.ts';
import { guardRequest } from '#server/web/guard-request.ts';

/** 200 where this process can serve: it runs and its database answers. Else 503, and why. */
export async function GET(request: Request): Promise<Response> {
  const refusal = guardRequest(request);
  if (refusal !== null) return refusal;
  const health = await checkHealth({ ctx: webServices() });
  return Response.json(health, {
    status: health.ok ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
}
