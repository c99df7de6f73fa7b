import type { Account } from '#server/local-aws/engine/account.ts';

export type AccountLimits = {
  readonly shardLimit: number;
  readonly openShardCount: number;
  readonly onDemandStreamLimit: number;
  readonly onDemandStreamCount: number;
  readonly channelLimit: number;
  readonly channelCount: number;
};

/**
 * One to a bucket and one to a table. Source: "Delivery quotas and limits", which has no quota of an account besides.
 */
const CHANNELS_PER_STREAM = 2;

export function describeLimits(account: Account, nowMs: number): AccountLimits {
  return {
    shardLimit: account.options.shardLimit,
    openShardCount: account.openShardCount(nowMs),
    onDemandStreamLimit: account.options.onDemandStreamLimit,
    onDemandStreamCount: account.streams(nowMs).filter(({ mode }) => mode === 'ON_DEMAND').length,
    channelLimit: account.options.onDemandStreamLimit * CHANNELS_PER_STREAM,
    channelCount: account.channels.list(nowMs).length,
  };
}
