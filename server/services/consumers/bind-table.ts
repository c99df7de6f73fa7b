import { setTableByHand } from '#server/db/consumers/set-table-by-hand.ts';
import { notify } from '#server/db/notification.ts';
import { readStreamById } from '#server/db/read/stream-by-id.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';

/**
 * Binds a lease table to a stream by hand, where that cannot be told from its rows, or undoes it. Nothing changes at
 * AWS; the collector looks for consumers at once.
 * @throws ServiceError `not-found` where the table or the stream is not there
 */
export async function bindTable(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: {
    readonly connection: string;
    readonly tableName: string;
    /** null: the binding by hand is undone. */
    readonly streamId: number | null;
  };
}): Promise<void> {
  const { database } = args.ctx;
  const { connection, tableName, streamId } = args.input;
  if (streamId !== null && (await readStreamById(database, connection, streamId)) === null) {
    throw new ServiceError(
      'not-found',
      'This stream is gone: it was deleted, excluded, or belonged to a world that was replaced. Nothing was bound.',
    );
  }
  if (!(await setTableByHand(database, args.input))) {
    throw new ServiceError(
      'not-found',
      `No lease table "${tableName}" was found on connection "${connection}". Nothing was bound.`,
    );
  }
  await notify(database.db, { kind: 'discover', connection });
}
