import { notify } from '#server/db/notification.ts';
import { readConnectionState } from '#server/db/read/connection-states.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';

/**
 * Asks the worker to read the connection now instead of when it is due. The figures come by the live
 * subscription; where no worker runs, nothing comes.
 * @throws ServiceError `not-found`
 */
export async function collectNow(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: { readonly connection: string };
}): Promise<void> {
  const { database } = args.ctx;
  const { connection } = args.input;
  if ((await readConnectionState(database, connection)) === null) {
    throw new ServiceError(
      'not-found',
      `There is no connection "${connection}", so nothing can be read. The Streams page lists those that are read.`,
    );
  }
  await notify(database.db, { kind: 'collect', connection });
}
