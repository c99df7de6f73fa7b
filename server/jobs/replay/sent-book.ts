import type { ShardId } from '#lib/domain/shard.ts';
import type { StoredSent } from '#server/db/replay/stored.ts';

/** Divides each period of CloudWatch that a connection may ask for. */
export const SENT_PERIOD_MS = 5_000;

type Sums = [bytes: number, records: number, throttled: number];

/** Counts what this process wrote to each shard of a target, by periods of the database's clock. */
export class SentBook {
  readonly #periods = new Map<number, Map<ShardId, Sums>>();

  /** A record that the shard took. */
  written(shardId: ShardId, nowMs: number, bytes: number): void {
    const sums = this.#sumsOf(shardId, nowMs);
    sums[0] += bytes;
    sums[1] += 1;
  }

  throttled(shardId: ShardId, nowMs: number): void {
    this.#sumsOf(shardId, nowMs)[2] += 1;
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

  #sumsOf(shardId: ShardId, nowMs: number): Sums {
    const start = nowMs - (nowMs % SENT_PERIOD_MS);
    const period = this.#periods.get(start) ?? new Map<ShardId, Sums>();
    this.#periods.set(start, period);
    const sums: Sums = period.get(shardId) ?? [0, 0, 0];
    period.set(shardId, sums);
    return sums;
  }
}
