import { STREAM_SHARDS_MAX } from '#lib/domain/limits.ts';

/** When a stream is scaled by itself. Uses are of the write limits of one shard, 0 .. 1. */
export type AutoscalePolicy = {
  /** What its shards shall be used on average, at the highest of the time looked back at. */
  readonly targetUse: number;
  readonly shardsMin: number;
  readonly shardsMax: number;
  /** So far back the highest load counts. */
  readonly lookBackMs: number;
  /** After any change, so long nothing is added, and nothing taken away. */
  readonly outCoolOffMs: number;
  readonly inCoolOffMs: number;
  /** From this use of a single shard on, load is moved though the whole stream has room; null: never. */
  readonly hotShardUse: number | null;
  /** Nothing is taken away while a consumer is, or may be, further behind; null: whatever they are. */
  readonly lagMsMax: number | null;
  /** Reshards in 24 hours. */
  readonly reshardsPerDayMax: number;
};

/** `advise`: proposals that a person applies. `act`: reshards that nobody is asked about. */
export const AUTOSCALE_MODES = ['off', 'advise', 'act'] as const;
export type AutoscaleMode = (typeof AUTOSCALE_MODES)[number];

/** Adds soon and takes away late: too few shards refuse records, too many cost 0.015 $ an hour each. */
export const AUTOSCALE_DEFAULTS: AutoscalePolicy = {
  targetUse: 0.7,
  shardsMin: 1,
  shardsMax: 20,
  lookBackMs: 15 * 60_000,
  outCoolOffMs: 5 * 60_000,
  inCoolOffMs: 60 * 60_000,
  hotShardUse: 0.9,
  lagMsMax: 5 * 60_000,
  reshardsPerDayMax: 8,
};

/** What a stream of so many shards begins with: neither bound is crossed already, nor far from what is. */
export function suggestedPolicy(openShardCount: number): AutoscalePolicy {
  return {
    ...AUTOSCALE_DEFAULTS,
    shardsMin: Math.max(1, Math.ceil(openShardCount / 2)),
    shardsMax: Math.min(STREAM_SHARDS_MAX, Math.max(10, openShardCount * 2)),
  };
}

const DAY_MS = 86_400_000;

/** Less than a period of CloudWatch tells nothing; more than two days is not kept in periods of a minute. */
const LOOK_BACK_MS = { min: 60_000, max: DAY_MS } as const;
const COOL_OFF_MS_MAX = 7 * DAY_MS;
const RESHARDS_PER_DAY_MAX = 100;

/** What is wrong with a policy, by its field; null: nothing. */
export function policyFault(policy: AutoscalePolicy): keyof AutoscalePolicy | null {
  const { targetUse, shardsMin, shardsMax, hotShardUse, lookBackMs } = policy;
  if (!(targetUse > 0 && targetUse <= 1)) return 'targetUse';
  if (!Number.isInteger(shardsMin) || shardsMin < 1) return 'shardsMin';
  if (!Number.isInteger(shardsMax) || shardsMax < shardsMin || shardsMax > STREAM_SHARDS_MAX)
    return 'shardsMax';
  // A shard that is used as all shall be is not hot.
  if (hotShardUse !== null && !(hotShardUse > targetUse && hotShardUse <= 10)) return 'hotShardUse';
  if (!(lookBackMs >= LOOK_BACK_MS.min && lookBackMs <= LOOK_BACK_MS.max)) return 'lookBackMs';
  for (const field of ['outCoolOffMs', 'inCoolOffMs'] as const) {
    if (!(policy[field] >= 0 && policy[field] <= COOL_OFF_MS_MAX)) return field;
  }
  const perDay = policy.reshardsPerDayMax;
  if (!Number.isInteger(perDay) || perDay < 0 || perDay > RESHARDS_PER_DAY_MAX) {
    return 'reshardsPerDayMax';
  }
  const { lagMsMax } = policy;
  return lagMsMax !== null && !(lagMsMax >= 0 && lagMsMax <= COOL_OFF_MS_MAX) ? 'lagMsMax' : null;
}
