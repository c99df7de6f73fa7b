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
  /** Nothing is taken away while a consumer is further behind; null: whatever they are. */
  readonly lagMsMax: number | null;
  /** Reshards in 24 hours. */
  readonly reshardsPerDayMax: number;
};

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

/** What is wrong with a policy, by its field; null: nothing. */
export function policyFault(policy: AutoscalePolicy): keyof AutoscalePolicy | null {
  const { targetUse, shardsMin, shardsMax, hotShardUse } = policy;
  if (!(targetUse > 0 && targetUse <= 1)) return 'targetUse';
  if (!Number.isInteger(shardsMin) || shardsMin < 1) return 'shardsMin';
  if (!Number.isInteger(shardsMax) || shardsMax < shardsMin || shardsMax > 10_000)
    return 'shardsMax';
  if (hotShardUse !== null && !(hotShardUse > 0)) return 'hotShardUse';
  for (const field of ['lookBackMs', 'outCoolOffMs', 'inCoolOffMs', 'reshardsPerDayMax'] as const) {
    if (!(policy[field] >= 0)) return field;
  }
  return policy.lagMsMax !== null && !(policy.lagMsMax >= 0) ? 'lagMsMax' : null;
}
