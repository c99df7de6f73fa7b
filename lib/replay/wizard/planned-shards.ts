import { parseHashKey } from '#lib/domain/hash-key.ts';
import type { Rates } from '#lib/domain/replay/emit/caps.ts';
import type { PlannedShardView, PlanView } from '#lib/replay/view/plan.ts';
import { addRates } from './target-strip.ts';

/** With what it carries while the replay goes on, on average; null: live traffic or the duration is not known. */
export type PlannedShard = PlannedShardView & { readonly rates: Rates | null };

/** The shards of a dry run in the order of the ring. */
export function plannedShards(
  plan: Pick<PlanView, 'target' | 'duration' | 'records' | 'bytes'>,
): readonly PlannedShard[] {
  const { records, bytes, duration } = plan;
  const ms = duration?.ms ?? null;
  // Shorter than a second it is one: rates are of a second.
  const seconds = ms === null ? null : Math.max(1, ms / 1_000);
  return plan.target.shards
    .map((shard) => ({
      ...shard,
      rates:
        shard.live === null || seconds === null || records === null || bytes === null
          ? null
          : addRates(shard.live, {
              bytesPerSecond: (bytes * shard.recordShare) / seconds,
              recordsPerSecond: (records * shard.recordShare) / seconds,
            }),
    }))
    .sort((a, b) => ((parseHashKey(a.start) ?? 0n) < (parseHashKey(b.start) ?? 0n) ? -1 : 1));
}
