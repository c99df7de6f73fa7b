import { eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { stream, streamTags } from '#server/db/schema.ts';

const columns = {
  streamId: streamTags.streamId,
  connection: stream.connection,
  tags: streamTags.tags,
  readAt: streamTags.readAt,
  /** How long ago, milliseconds by the database's clock; null: never. */
  readAgoMs: sql<
    number | null
  >`(extract(epoch from clock_timestamp() - ${streamTags.readAt}) * 1000)::float8`,
  failure: streamTags.failure,
};

/** What is known of the tags of present streams; a stream whose turn has not come yet has no row. */
export function readStreamTags({ db }: Database) {
  return db
    .select(columns)
    .from(streamTags)
    .innerJoin(stream, eq(stream.id, streamTags.streamId))
    .where(isNull(stream.goneAt))
    .orderBy(streamTags.streamId);
}
