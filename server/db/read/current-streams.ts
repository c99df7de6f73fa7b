import { and, desc, eq, getTableColumns, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { type Frame, unpackFloats } from '#lib/domain/frame.ts';
import { combineStreamValues } from '#lib/domain/roll-up.ts';
import type { Database } from '#server/db/client.ts';
import { frame, stream } from '#server/db/schema.ts';

export type StoredStream = typeof stream.$inferSelect;

/**
 * A stream that is there now, with the newest base period of the topology in force; null where there is none.
 * Where the topology changed inside that period, the frame has the open shards' values and the stream's whole
 * ones, which may be filed under the topology before.
 */
export type CurrentStream = { readonly stream: StoredStream; readonly frame: Frame | null };

/** All streams that are not gone, ordered by connection and name. */
export function readCurrentStreams(database: Database): Promise<readonly CurrentStream[]> {
  return read(database, undefined);
}

/** Those of `streamIds` that are not gone: who is missing in the answer is gone. */
export function readCurrentStreamsById(
  database: Database,
  streamIds: readonly number[],
): Promise<readonly CurrentStream[]> {
  return read(database, inArray(stream.id, [...streamIds]));
}

/**
 * The stream that bears the name now.
 * @returns null where none does; the youngest where two incarnations are listed for a moment
 */
export async function readCurrentStreamByName(
  database: Database,
  connection: string,
  streamName: string,
): Promise<CurrentStream | null> {
  const found = await read(
    database,
    and(eq(stream.connection, connection), eq(stream.name, streamName)),
  );
  return found.at(-1) ?? null;
}

async function read(
  { db }: Database,
  condition: SQL | undefined,
): Promise<readonly CurrentStream[]> {
  // The finest period that is stored of a stream is its base period; coarser ones are roll-ups.
  const basePeriod = db
    .select({ seconds: sql`min(${frame.periodSeconds})` })
    .from(frame)
    .where(eq(frame.streamId, stream.id));
  const newest = db
    .select()
    .from(frame)
    .where(
      and(
        eq(frame.streamId, stream.id),
        eq(frame.periodSeconds, sql`(${basePeriod})`),
        eq(frame.topologyId, stream.topologyId),
      ),
    )
    .orderBy(desc(frame.periodStart))
    .limit(1)
    .as('newest');
  // Of all topologies of the period.
  const allStreamValues = sql<Buffer[] | null>`(
    select array_agg(part.stream_values) from frame as part
    where part.stream_id = ${newest.streamId} and part.period_seconds = ${newest.periodSeconds}
      and part.period_start = ${newest.periodStart}
  )`;
  const rows = await db
    .select({
      stream: getTableColumns(stream),
      topologyId: newest.topologyId,
      periodStart: newest.periodStart,
      periodSeconds: newest.periodSeconds,
      collectedAt: newest.collectedAt,
      streamValues: allStreamValues,
      shardValues: newest.shardValues,
    })
    .from(stream)
    .leftJoinLateral(newest, sql`true`)
    .where(and(isNull(stream.goneAt), condition))
    .orderBy(stream.connection, stream.name, stream.createdAtMs);

  return rows.map((row) => ({
    stream: row.stream,
    frame:
      row.topologyId === null ||
      row.periodStart === null ||
      row.periodSeconds === null ||
      row.collectedAt === null ||
      row.streamValues === null ||
      row.shardValues === null
        ? null
        : {
            periodStartMs: row.periodStart.getTime(),
            periodSeconds: row.periodSeconds,
            topologyId: row.topologyId,
            collectedAtMs: row.collectedAt.getTime(),
            stream: combineStreamValues(row.streamValues.map(unpackFloats)),
            shards: unpackFloats(row.shardValues),
          },
  }));
}
