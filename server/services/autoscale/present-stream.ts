import type { Database } from '#server/db/client.ts';
import { readCurrentStreamsById, type StoredStream } from '#server/db/read/current-streams.ts';
import { ServiceError } from '#server/services/service-error.ts';

/** A stream as a caller names it: by its row, of which connection and name are proof. */
export type NamedStream = {
  readonly connection: string;
  readonly streamName: string;
  readonly streamId: number;
};

/** @throws ServiceError `not-found` where it is gone, or was never of that name */
export async function presentStream(
  database: Database,
  { connection, streamName, streamId }: NamedStream,
): Promise<StoredStream> {
  const [current] = await readCurrentStreamsById(database, [streamId]);
  const stream = current?.stream;
  if (stream === undefined || stream.connection !== connection || stream.name !== streamName) {
    throw new ServiceError(
      'not-found',
      `There is no stream ${streamName} any more. It was deleted, or is no longer read on this connection. A stream that was made again has a policy of its own.`,
    );
  }
  return stream;
}
