import type { Database } from '#server/db/client.ts';
import { readLagTiers } from '#server/db/consumers/read-lag-columns.ts';
import { chooseTier } from '#server/services/streams/choose-tier.ts';

/** The periods that a span is told in; `startsMs` has no gap. */
export type LagPeriods = {
  readonly periodSeconds: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly startsMs: readonly number[];
};

const NOTHING: LagPeriods = { periodSeconds: 60, fromMs: 0, toMs: 0, startsMs: [] };

/** The shortest periods that are recorded of an application and of which the span has at most `countMax`. */
export async function lagPeriods(
  database: Database,
  of: { readonly applicationId: number; readonly fromMs: number; readonly toMs: number },
  countMax: number,
): Promise<LagPeriods> {
  const tiers = await readLagTiers(database, of.applicationId);
  const tier = chooseTier(tiers, of.fromMs, of.toMs, countMax);
  if (tier === null) return NOTHING;
  const { periodSeconds } = tier;
  const periodMs = periodSeconds * 1_000;
  const count = Math.max(0, Math.min(countMax, Math.ceil((of.toMs - tier.fromMs) / periodMs)));
  return {
    periodSeconds,
    fromMs: tier.fromMs,
    toMs: tier.fromMs + count * periodMs,
    startsMs: Array.from({ length: count }, (_, i) => tier.fromMs + i * periodMs),
  };
}
