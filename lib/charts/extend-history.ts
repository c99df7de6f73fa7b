import { type Line, type StreamHistory, shardLinesOf, streamLinesOf } from './stream-history.ts';

/**
 * A history with what came since. `tail` is of periods as long, and goes before the history where both know a
 * period; what neither knows is a gap. Of shards, those of the history keep their lines.
 *
 * @param lengthMs periods that began longer than this before the newest one ended fall out
 */
export function extendHistory(
  history: StreamHistory,
  tail: StreamHistory,
  lengthMs: number,
): StreamHistory {
  if (tail.periodStartMs.length === 0) return history;
  if (history.periodStartMs.length === 0) return tail;
  if (tail.periodSeconds !== history.periodSeconds) return history;
  const periodMs = history.periodSeconds * 1_000;
  const firstMs = Math.min(history.periodStartMs[0] ?? 0, tail.periodStartMs[0] ?? 0);
  const tailEnds = (tail.periodStartMs.at(-1) ?? 0) >= (history.periodStartMs.at(-1) ?? 0);
  const lastMs = Math.max(history.periodStartMs.at(-1) ?? 0, tail.periodStartMs.at(-1) ?? 0);
  const lost = Math.max(0, Math.floor((lastMs + periodMs - lengthMs - firstMs) / periodMs));
  const startMs = firstMs + lost * periodMs;
  const periodStartMs = Array.from(
    { length: (lastMs - startMs) / periodMs + 1 },
    (_, i) => startMs + i * periodMs,
  );

  const tailPlace = new Map(tail.periodStartMs.map((ms, i) => [ms, i]));
  const oldPlace = new Map(history.periodStartMs.map((ms, i) => [ms, i]));
  const join = (old: Line, late: Line | undefined): Line =>
    periodStartMs.map((ms) => {
      const at = tailPlace.get(ms);
      return (at === undefined ? old[oldPlace.get(ms) ?? -1] : late?.[at]) ?? null;
    });
  return {
    ...history,
    periodStartMs,
    partialSeconds: tailEnds ? tail.partialSeconds : history.partialSeconds,
    stream: streamLinesOf((name) => join(history.stream[name], tail.stream[name])),
    hottest: history.hottest.map((shard) => {
      const late = tail.hottest.find(({ shardId }) => shardId === shard.shardId);
      return {
        shardId: shard.shardId,
        lines: shardLinesOf((name) => join(shard.lines[name], late?.lines[name])),
      };
    }),
  };
}

/**
 * From when on a history is to be continued, epoch milliseconds: its last period is asked for again, as that may
 * not have been over. null where it has none.
 */
export function continuesFrom(history: StreamHistory): number | null {
  return history.periodStartMs.at(-1) ?? null;
}
