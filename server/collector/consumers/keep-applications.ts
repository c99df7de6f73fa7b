import type { ApplicationSource } from '#lib/domain/consumers/application-source.ts';
import { markApplicationsGone } from '#server/db/consumers/mark-applications.ts';
import { upsertApplication } from '#server/db/consumers/upsert-application.ts';
import type { ConsumerCollection } from './consumer-collection.ts';
import {
  applicationKey,
  type FollowedApplication,
  followApplication,
} from './followed-application.ts';

/** The application of that source on the stream; written down where it is new, or where something is new of it. */
export async function keepApplication(
  { collection, applications }: ConsumerCollection,
  streamId: number,
  source: ApplicationSource,
  cadenceSeconds: number,
): Promise<FollowedApplication> {
  const key = applicationKey(streamId, source);
  const known = applications.get(key);
  if (known !== undefined && JSON.stringify(known.source) === JSON.stringify(source)) return known;
  const { connection } = collection;
  const applicationId = await collection.write((tx) =>
    upsertApplication(tx, connection.name, streamId, source, cadenceSeconds),
  );
  if (known !== undefined) {
    known.source = source;
    return known;
  }
  const made = followApplication({ applicationId, streamId, source, cadenceSeconds });
  applications.set(key, made);
  const { kind } = source;
  collection.log.info({ application: key, kind, streamId }, 'a consumer was found');
  return made;
}

/** They are no longer found, or no longer of their stream. */
export async function dropApplications(
  { collection, applications }: ConsumerCollection,
  gone: readonly FollowedApplication[],
): Promise<void> {
  if (gone.length === 0) return;
  await collection.write((tx) => markApplicationsGone(tx, gone));
  for (const { streamId, source } of gone) applications.delete(applicationKey(streamId, source));
  collection.log.info({ count: gone.length }, 'consumers are no longer there');
}

/** Those of streams that are gone: their rows go with the streams. */
export function forgetGoneStreams({ collection, applications }: ConsumerCollection): void {
  for (const [key, { streamId }] of applications) {
    if (!collection.streams.has(streamId)) applications.delete(key);
  }
}
