import type { ReplayRunRow } from '#server/db/replay/run.ts';
import { ServiceError } from '#server/services/service-error.ts';

/**
 * Whether changes are allowed was asked of the connection that the caller named: it has to be the one that is written by.
 * @throws ServiceError `invalid`
 */
export function requireConnection(
  run: Pick<ReplayRunRow, 'id' | 'connection'>,
  named: string,
): void {
  if (run.connection === named) return;
  throw new ServiceError(
    'invalid',
    `Nothing was changed: replay ${run.id} writes by connection "${run.connection ?? 'none'}", not by "${named}".`,
  );
}
