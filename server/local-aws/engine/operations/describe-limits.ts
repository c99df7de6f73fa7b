import type { Account } from '#server/local-aws/engine/account.ts';

export type AccountLimits = {
  readonly shardLimit: number;
  readonly openShardCount: number;
  readonly onDemandStreamLimit: number;
  readonly onDemandStreamCount: number;
};

export function describeLimits(account: Account, nowMs: number): AccountLimits {
  return {
    shardLimit: account.options.shardLimit,
    openShardCount: account.openShardCount(nowMs),
    onDemandStreamLimit: account.options.onDemandStreamLimit,
    onDemandStreamCount: account.streams(nowMs).filter(({ mode }) => mode === 'ON_DEMAND').length,
  };
}
