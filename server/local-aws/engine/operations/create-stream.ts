import { uniformRanges } from '#lib/domain/hash-range.ts';
import type { Account } from '#server/local-aws/engine/account.ts';
import type { StreamMode } from '#server/local-aws/engine/engine-stream.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { assertTags } from './tags.ts';

/** Shards that an on-demand stream begins with: 4 MB/s. */
const ON_DEMAND_SHARDS = 4;

export type CreateStreamInput = {
  readonly streamName: string;
  readonly mode?: StreamMode | undefined;
  /** Required for provisioned streams, refused for on-demand ones. */
  readonly shardCount?: number | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
};

/** @throws KinesisError ResourceInUse, LimitExceeded, InvalidArgument or ValidationException. */
export function createStream(account: Account, input: CreateStreamInput, nowMs: number): void {
  const mode = input.mode ?? 'PROVISIONED';
  const shardCount = shardCountOf(mode, input.shardCount);
  if (account.hasStream(input.streamName, nowMs)) {
    throw new KinesisError(
      'ResourceInUseException',
      `Stream ${input.streamName} under account ${account.options.accountId} already exists.`,
    );
  }
  if (mode === 'ON_DEMAND') {
    assertOnDemandQuota(account, nowMs);
  }
  account.assertShardQuota(shardCount, nowMs);
  const tags = new Map(Object.entries(input.tags ?? {}));
  assertTags(input.streamName, account, tags);
  const stream = account.addStream(input.streamName, mode, shardCount, nowMs);
  for (const [key, value] of tags) {
    stream.tags.set(key, value);
  }
  stream.begin('CREATING', nowMs + account.options.transitionMs, (atMs) => {
    stream.replaceShards(uniformRanges(shardCount), [], atMs);
  });
  stream.settle(nowMs);
}

function shardCountOf(mode: StreamMode, shardCount: number | undefined): number {
  if (mode === 'ON_DEMAND') {
    if (shardCount !== undefined) {
      throw new KinesisError(
        'ValidationException',
        'ShardCount can not be specified for a stream in On-Demand mode.',
      );
    }
    return ON_DEMAND_SHARDS;
  }
  if (shardCount === undefined) {
    throw new KinesisError(
      'ValidationException',
      'ShardCount is required to create a stream in Provisioned mode.',
    );
  }
  return shardCount;
}

/** @throws KinesisError LimitExceededException when one more on-demand stream is too many. */
export function assertOnDemandQuota(account: Account, nowMs: number): void {
  const count = account.streams(nowMs).filter(({ mode }) => mode === 'ON_DEMAND').length;
  const { onDemandStreamLimit, accountId } = account.options;
  if (count >= onDemandStreamLimit) {
    throw new KinesisError(
      'LimitExceededException',
      `This request would exceed the limit of ${onDemandStreamLimit} On-Demand streams for the account ${accountId}.`,
    );
  }
}
