import { and, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import { unpackFloats } from '#lib/domain/frame.ts';
import type { Database } from '#server/db/client.ts';
import { frame, topology } from '#server/db/schema.ts';

/** Frames of one length of period that begin in the window, `fromMs` inclusive, `toMs` exclusive. */
export type HistoryWindow = {
  readonly streamId: number;
  readonly periodSeconds: number;
  readonly fromMs: number;
  readonly toMs: number;
};

/** The condition that a frame lies in the window. */
export function inWindow(window: HistoryWindow): SQL | undefined {
  return and(
    eq(frame.streamId, window.streamId),
    eq(frame.periodSeconds, window.periodSeconds),
    gte(frame.periodStart, new Date(window.fromMs)),
    lt(frame.periodStart, new Date(window.toMs)),
  );
}

/** The stream's own values of each frame, oldest first, with the open shards of its topology. */
export async function readStreamValues({ db }: Database, window: HistoryWindow) {
  const rows = await db
    .select({
      periodStart: frame.periodStart,
      topologyId: frame.topologyId,
      openShardCount: topology.openShardCount,
      values: frame.streamValues,
    })
    .from(frame)
    .innerJoin(topology, eq(topology.id, frame.topologyId))
    .where(inWindow(window))
    .orderBy(frame.periodStart, frame.topologyId);
  return rows.map((row) => ({
    periodStartMs: row.periodStart.getTime(),
    topologyId: row.topologyId,
    openShardCount: row.openShardCount,
    values: unpackFloats(row.values),
  }));
}

/** The values of all shards, of each `stride`-th period only. Empty where shard-level metrics were off. */
export async function readShardValues({ db }: Database, window: HistoryWindow, stride: number) {
  const rows = await db
    .select({
      periodStart: frame.periodStart,
      topologyId: frame.topologyId,
      values: frame.shardValues,
    })
    .from(frame)
    .where(
      and(
        inWindow(window),
        sql`extract(epoch from ${frame.periodStart})::bigint / ${frame.periodSeconds} % ${stride} = 0`,
      ),
    );
  return rows.map((row) => ({
    periodStartMs: row.periodStart.getTime(),
    topologyId: row.topologyId,
    values: unpackFloats(row.values),
  }));
}

/**
 * Single values out of the shards' values of each frame, so that few of many thousand shards are cheap.
 *
 * @param indexes for each topology the indexes of the values wanted, in a frame's layout
 * @returns for each frame of those topologies its values in the order of `indexes`; fewer where it has none
 */
export async function readPickedValues(
  { db }: Database,
  window: HistoryWindow,
  indexes: ReadonlyMap<number, readonly number[]>,
) {
  if (indexes.size === 0) return [];
  const byTopology = JSON.stringify(Object.fromEntries(indexes));
  // The values of a wide stream are stored compressed. They are unpacked once a frame, not once for each value
  // that is cut out: || makes the whole of them, and OFFSET 0 keeps the planner from making it for each cut.
  const whole = sql`(select ${frame.shardValues} || ''::bytea as shard_values offset 0)`;
  const rows = await db
    .select({
      periodStart: frame.periodStart,
      topologyId: frame.topologyId,
      values: sql<Buffer | null>`(
        select string_agg(substring(whole.shard_values from 4 * at::int + 1 for 4), ''::bytea order by place)
        from ${whole} as whole,
          jsonb_array_elements_text(${byTopology}::jsonb -> ${frame.topologyId}::text)
          with ordinality as wanted(at, place)
      )`,
    })
    .from(frame)
    .where(inWindow(window));
  return rows.map((row) => ({
    periodStartMs: row.periodStart.getTime(),
    topologyId: row.topologyId,
    values: row.values === null ? new Float32Array() : unpackFloats(row.values),
  }));
}
