import type { ApplicationDetail } from '#lib/consumers/application-detail.ts';
import type { ConsumerKind } from '#lib/domain/consumers/application.ts';
import { readApplicationHealth } from '#server/db/consumers/read-application-health.ts';
import { readApplicationByName } from '#server/db/consumers/read-applications.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { applicationView } from './application-view.ts';

/**
 * A consumer of a stream with its workers.
 * @throws ServiceError `not-found` where none of that kind and name was seen on the stream
 */
export async function getApplication(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: { readonly streamId: number; readonly kind: ConsumerKind; readonly name: string };
}): Promise<ApplicationDetail> {
  const { database } = args.ctx;
  const stored = await readApplicationByName(database, args.input);
  if (stored === null) {
    throw new ServiceError(
      'not-found',
      `No consumer "${args.input.name}" of this kind was seen on this stream. It may be so new that it has not been found yet, or be bound to another stream; the Consumers tab says what is known.`,
    );
  }
  const read = await readApplicationHealth(database, stored.application.id);
  return { ...applicationView(stored), workers: read?.health.workers ?? [] };
}
