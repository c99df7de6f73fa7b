import type { KinesisErrorCode } from '#server/local-aws/engine/kinesis-error.ts';

/** Whose calls are counted together. */
type RateScope = 'account' | 'stream' | 'shard';

/** How often an operation may be called. */
export type ApiRate = {
  readonly perSecond: number;
  readonly scope: RateScope;
  /** What a call beyond it is answered with. */
  readonly code: KinesisErrorCode;
};

const ofAccount = (perSecond: number): ApiRate => ({
  perSecond,
  scope: 'account',
  code: 'LimitExceededException',
});
const ofStream = (perSecond: number): ApiRate => ({ ...ofAccount(perSecond), scope: 'stream' });

/**
 * Calls a second, as the API reference of each operation states them ("This operation has a limit of ...
 * transactions per second per account"), and "Delivery quotas and limits" for channels. An operation that is
 * not here states none: puts and gets are limited by their shards, subscriptions by the 5 s after each.
 *
 * UpdateShardCount says "make over 10 TPS" without saying per what: an account is assumed.
 */
export const API_RATES: ReadonlyMap<string, ApiRate> = new Map<string, ApiRate>([
  ['AddTagsToStream', ofAccount(5)],
  ['CreateChannel', ofAccount(5)],
  ['CreateStream', ofAccount(5)],
  ['DeleteChannel', ofAccount(5)],
  ['DeleteStream', ofAccount(5)],
  ['DeregisterStreamConsumer', ofStream(5)],
  ['DescribeAccountSettings', ofAccount(5)],
  ['DescribeChannel', ofAccount(5)],
  ['DescribeLimits', ofAccount(1)],
  ['DescribeStream', ofAccount(10)],
  ['DescribeStreamConsumer', ofStream(20)],
  ['DescribeStreamSummary', ofAccount(20)],
  [
    'GetShardIterator',
    { perSecond: 5, scope: 'shard', code: 'ProvisionedThroughputExceededException' },
  ],
  ['ListChannels', ofAccount(5)],
  ['ListShards', ofStream(1_000)],
  ['ListStreamConsumers', ofStream(5)],
  ['ListStreams', ofAccount(5)],
  ['ListTagsForStream', ofAccount(5)],
  ['MergeShards', ofAccount(5)],
  ['RegisterStreamConsumer', ofAccount(5)],
  ['RemoveTagsFromStream', ofAccount(5)],
  ['SplitShard', ofAccount(5)],
  ['UpdateAccountSettings', ofAccount(5)],
  ['UpdateChannel', ofAccount(5)],
  ['UpdateShardCount', ofAccount(10)],
  ['UpdateStreamWarmThroughput', ofAccount(5)],
]);
