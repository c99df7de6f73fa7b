import { uniformRanges } from '#lib/domain/hash-range.ts';
import { RECORD_BYTES_MAX_DEFAULT } from '#lib/domain/limits.ts';
import type { Account } from '#server/local-aws/engine/account.ts';
import type { RecordDistribution, StreamMode } from '#server/local-aws/engine/engine-stream.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { assertRecordDistribution } from './record-distribution.ts';
import { assertTags } from './tags.ts';
import { assertWarmThroughput } from './warm-throughput.ts';

/** Shards that an on-demand stream begins with: 4 MB/s. */
const ON_DEMAND_SHARDS = 4;

const RECORD_KIB_DEFAULT = RECORD_BYTES_MAX_DEFAULT / 1_024;

export type CreateStreamInput = {
  readonly streamName: string;
  readonly mode?: StreamMode | undefined;
  /** Required for provisioned streams, refused for on-demand ones. */
  readonly shardCount?: number | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** 1,024 unless it is given. */
  readonly maxRecordKiB?: number | undefined;
  /** For on-demand streams of accounts that have committed to throughput. */
  readonly warmMiBps?: number | undefined;
  /** For on-demand streams; `USER_PARTITION_KEY` unless it is given. */
  readonly distribution?: RecordDistribution | undefined;
};

/** @throws KinesisError ResourceInUse, LimitExceeded, InvalidArgument or ValidationException. */
export function createStream(account: Account, input: CreateStreamInput, nowMs: number): void {
  const mode = input.mode ?? 'PROVISIONED';
  const { warmMiBps = null } = input;
  const shardCount = Math.max(shardCountOf(mode, input.shardCount), warmMiBps ?? 0);
  if (warmMiBps !== null) {
    assertWarmThroughput(account, mode, warmMiBps, nowMs);
  }
  if (input.distribution !== undefined) {
    assertRecordDistribution(mode, input.distribution);
  }
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
  const stream = account.addStream(
    {
      streamName: input.streamName,
      mode,
      initialShardCount: shardCount,
      maxRecordKiB: input.maxRecordKiB ?? RECORD_KIB_DEFAULT,
    },
    nowMs,
  );
  stream.distribution = input.distribution ?? stream.distribution;
  if (warmMiBps !== null) {
    stream.warmThroughput = { targetMiBps: warmMiBps, currentMiBps: warmMiBps };
  }
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
