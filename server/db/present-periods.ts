import { and, eq, gte, lt } from 'drizzle-orm';
import type { MetricWindow } from '#lib/domain/metric-series.ts';
import type { Database } from './client.ts';
import { frame } from './schema.ts';

/** Starts of the periods in `span` that the stream has a frame of, epoch milliseconds. */
export async function presentPeriods(
  { db }: Database,
  streamId: number,
  span: MetricWindow,
): Promise<readonly number[]> {
  const rows = await db
    .selectDistinct({ startsAt: frame.periodStart })
    .from(frame)
    .where(
      and(
        eq(frame.streamId, streamId),
        eq(frame.periodSeconds, span.periodSeconds),
        gte(frame.periodStart, new Date(span.startMs)),
        lt(frame.periodStart, new Date(span.endMs)),
      ),
    );
  return rows.map((row) => row.startsAt.getTime());
}
