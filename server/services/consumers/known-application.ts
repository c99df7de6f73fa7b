import type { Database } from '#server/db/client.ts';
import { readApplication, type StoredApplication } from '#server/db/consumers/read-applications.ts';
import { ServiceError } from '#server/services/service-error.ts';

/** @throws ServiceError `not-found` where there never was such an application, or its stream is gone */
export async function knownApplication(
  database: Database,
  applicationId: number,
): Promise<StoredApplication> {
  const found = await readApplication(database, applicationId);
  if (found === null) {
    throw new ServiceError(
      'not-found',
      'There is no such consumer (any more): its stream is gone, or nothing was seen of it for long. The Applications page lists those that are there.',
    );
  }
  return found;
}
