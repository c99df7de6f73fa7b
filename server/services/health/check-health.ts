import { readServerTimeMs } from '#server/db/read/server-time.ts';
import type { ServiceContext } from '#server/services/service-context.ts';

export type HealthAnswer = {
  readonly ok: boolean;
  readonly database: 'answers' | 'away';
  /** Why not; absent where all is well. */
  readonly problem?: string;
};

/** Whether this process can serve. Never throws. */
export async function checkHealth({
  ctx,
}: {
  ctx: Pick<ServiceContext, 'database'>;
}): Promise<HealthAnswer> {
  try {
    await readServerTimeMs(ctx.database);
    return { ok: true, database: 'answers' };
  } catch {
    // Its words may carry the database's address; who asks for health needs only to know that it is away.
    return { ok: false, database: 'away', problem: 'The database does not answer.' };
  }
}
