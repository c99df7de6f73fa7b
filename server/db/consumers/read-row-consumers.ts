import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { keepsLeases } from '#lib/domain/consumers/application.ts';
import { STATUSES_WORST_FIRST } from '#lib/domain/consumers/status.ts';
import type { RowConsumers, WorstConsumer } from '#lib/live/row-consumers.ts';
import type { Database } from '#server/db/client.ts';
import { application, applicationState, stream } from '#server/db/schema.ts';

/**
 * How those who read each stream are, at worst.
 * @param streamIds null: all streams that are there. A stream that nobody reads is not in the answer.
 */
export async function readRowConsumers(
  { db }: Database,
  streamIds: readonly number[] | null,
): Promise<ReadonlyMap<number, RowConsumers>> {
  const rows = await db
    .select({
      streamId: application.streamId,
      applicationId: application.id,
      kind: application.kind,
      name: application.name,
      readAt: application.readAt,
      cadenceSeconds: application.cadenceSeconds,
      failure: application.failure,
      // One that another application reads through counts with that one.
      isUsedByOther: sql<boolean>`coalesce(${application.source} -> 'usedBy' <> 'null'::jsonb, false)`,
      summary: applicationState.summary,
    })
    .from(application)
    .innerJoin(stream, eq(stream.id, application.streamId))
    .leftJoin(applicationState, eq(applicationState.applicationId, application.id))
    .where(
      and(
        isNull(application.goneAt),
        isNull(stream.goneAt),
        streamIds === null ? undefined : inArray(application.streamId, [...streamIds]),
      ),
    )
    .orderBy(application.streamId, application.name, application.kind);
  const counted = rows.filter(({ isUsedByOther }) => !isUsedByOther);
  return new Map(
    [...Map.groupBy(counted, ({ streamId }) => streamId)].map(([streamId, ofStream]) => [
      streamId,
      {
        count: ofStream.length,
        withLeases: ofStream.filter(({ kind }) => keepsLeases(kind)).length,
        readAtMs: latest(ofStream.map(({ readAt }) => readAt?.getTime() ?? null)),
        worst: worstOf(ofStream),
      },
    ]),
  );
}

type Row = {
  readonly applicationId: number;
  readonly kind: WorstConsumer['kind'];
  readonly name: string;
  readonly readAt: Date | null;
  readonly cadenceSeconds: number;
  readonly failure: WorstConsumer['collection']['failure'];
  readonly summary: (typeof applicationState.$inferSelect)['summary'] | null;
};

function worstOf(rows: readonly Row[]): WorstConsumer | null {
  const judged = rows.flatMap(({ summary, ...row }) =>
    summary === null ? [] : [{ ...row, summary }],
  );
  const rank = ({ summary }: (typeof judged)[number]) =>
    STATUSES_WORST_FIRST.indexOf(summary.status);
  const [worst] = judged.sort(
    (a, b) => rank(a) - rank(b) || lagOf(b.summary.lag) - lagOf(a.summary.lag),
  );
  if (worst === undefined) return null;
  const { applicationId, kind, name, summary, readAt, cadenceSeconds, failure } = worst;
  return {
    applicationId,
    kind,
    name,
    status: summary.status,
    lag: summary.lag,
    lossAhead: summary.symptoms.some(({ kind: symptom }) => symptom === 'data-loss-ahead'),
    collection: { collectedAtMs: readAt?.getTime() ?? null, cadenceSeconds, failure },
  };
}

function lagOf(lag: WorstConsumer['lag']): number {
  return lag.kind === 'interval' ? lag.atLeastMs : -1;
}

function latest(instants: readonly (number | null)[]): number | null {
  const known = instants.filter((instant) => instant !== null);
  return known.length === 0 ? null : Math.max(...known);
}
