import { coldPairs } from '#lib/domain/advice/cold-pairs.ts';
import type { AdviceFacts, AdviceSettings } from '#lib/domain/advice/facts.ts';
import type { FindingOf } from '#lib/domain/advice/finding.ts';
import { DOLLARS_PER_SHARD_HOUR, HOURS_PER_MONTH } from '#lib/domain/prices.ts';
import { windowOf } from './windows.ts';

/** Shorter, and a pause of the producers would look cold. */
const WINDOW_MS_MIN = 15 * 60_000;
/** Share of the window's periods that must have been read of each shard. */
const PERIODS_SHARE_MIN = 0.9;

/** Neighbours that one shard would carry: each merge saves one. */
export function coldRule(
  facts: AdviceFacts,
  settings: AdviceSettings,
): readonly FindingOf<'cold-neighbours'>[] {
  const day = facts.history?.dayShards ?? null;
  if (facts.mode === 'ON_DEMAND' || facts.status === 'DELETING' || day === null) return [];
  const spanMs = day.toMs - day.fromMs;
  if (spanMs < WINDOW_MS_MIN) return [];
  const periods = spanMs / (day.periodSeconds * 1000);
  // A shard that is younger than the window keeps its place, so that its neighbours are not taken for neighbours.
  const shards = day.shards.map((shard) =>
    shard.periods >= periods * PERIODS_SHARE_MIN
      ? shard
      : { ...shard, peak: { ...shard.peak, writeBytes: Number.NaN } },
  );
  const pairs = coldPairs(shards, settings.coldShare);
  if (pairs.length === 0) return [];
  return [
    {
      id: 'cold-neighbours',
      severity: 'info',
      pairs,
      coldShare: settings.coldShare,
      savedDollarsPerMonth: pairs.length * DOLLARS_PER_SHARD_HOUR * HOURS_PER_MONTH,
      window: windowOf(day),
    },
  ];
}
