import { arrangeLeases } from '#lib/consumers/arrange-leases.ts';
import type { LeaseArrangement, LeasePage } from '#lib/consumers/lease-page.ts';
import { readApplicationHealth } from '#server/db/consumers/read-application-health.ts';
import type { ServiceContext } from '#server/services/service-context.ts';

/** Rows `offset` .. `offset + limit - 1` of the leases of an application. */
export async function listLeases(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: {
    readonly applicationId: number;
    readonly arrangement: LeaseArrangement;
    readonly offset: number;
    readonly limit: number;
  };
}): Promise<LeasePage> {
  const { applicationId, arrangement, offset, limit } = args.input;
  const read = await readApplicationHealth(args.ctx.database, applicationId);
  const leases = read?.health.leases ?? [];
  const found = arrangeLeases(leases, arrangement);
  return {
    applicationId,
    observedAtMs: read?.observedAtMs ?? null,
    total: leases.length,
    matched: found.length,
    offset,
    lines: found.slice(offset, offset + limit),
  };
}
