import type { Account } from '#server/local-aws/engine/account.ts';
import type { RecordDistribution, StreamMode } from '#server/local-aws/engine/engine-stream.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';

export type UpdateRecordDistributionInput = {
  readonly streamArn: string;
  readonly strategy: RecordDistribution;
};

/**
 * Takes effect at once: "without downtime, data loss, or disruption"; hence the stream stays ACTIVE.
 * @throws KinesisError ResourceInUse, ResourceNotFound, InvalidArgument for a provisioned stream.
 */
export function updateRecordDistribution(
  account: Account,
  { streamArn, strategy }: UpdateRecordDistributionInput,
  nowMs: number,
): void {
  const stream = account.activeStream({ streamArn }, nowMs);
  assertRecordDistribution(stream.mode, strategy);
  stream.distribution = strategy;
}

/**
 * AWS says it of AUTO ("results in an InvalidArgumentException"); that a provisioned stream refuses to be told its
 * own default as well is assumed: it "does not support the record distribution strategy setting".
 * @throws KinesisError InvalidArgumentException for a provisioned stream.
 */
export function assertRecordDistribution(mode: StreamMode, strategy: RecordDistribution): void {
  if (mode === 'PROVISIONED') {
    throw new KinesisError(
      'InvalidArgumentException',
      `RecordDistributionStrategy ${strategy} is not supported for streams in Provisioned mode.`,
    );
  }
}
