import type { ShardId } from '#lib/domain/shard.ts';
import type { StoredSent } from '#server/db/replay/stored.ts';

/** Divides each period of CloudWatch that a connection may ask for. */
export const SENT_PERIOD_MS = 5_000;

/** Counts what this process wrote to each shard of a target, by periods of the database's clock. */
export class SentBook {
  readonly #periods = new Map<number, Map<ShardId, [number, number, number]>>();

  note(
    shardId: ShardId,
    nowMs: number,
    {
      bytes = 0,
      records = 0,
      throttled = 0,
    }: Partial<Record<'bytes' | 'records' | 'throttled', number>>,
  ): void {
    const start = nowMs - (nowMs % SENT_PERIOD_MS);
    const period = this.#periods.get(start) ?? new Map<ShardId, [number, number, number]>();
    this.#periods.set(start, period);
    const sums = period.get(shardId);
    if (sums === undefined) {
      period.set(shardId, [bytes, records, throttled]);
      return;
    }
    sums[0] += bytes;
    sums[1] += records;
    sums[2] += throttled;
  }

  /**
   * All periods that something was noted in since they were last asked for, as far as they went; those that are over are
   * forgotten then.
   */
  take(nowMs: number): readonly { readonly startMs: number; readonly shards: StoredSent }[] {
    const taken = [...this.#periods].map(([startMs, shards]) => ({
      startMs,
      shards: Object.fromEntries(shards),
    }));
    for (const { startMs } of taken) {
      if (startMs + SENT_PERIOD_MS <= nowMs) this.#periods.delete(startMs);
    }
    return taken;
  }
}
