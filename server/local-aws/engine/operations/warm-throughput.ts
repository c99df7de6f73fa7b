import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import type { EngineStream, StreamMode } from '#server/local-aws/engine/engine-stream.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { reshardUniformly } from './update-shard-count.ts';

/** 10 GiB/s by default. Source: UpdateStreamWarmThroughput. */
const WARM_MIBPS_MAX = 10_240;

export type UpdateWarmThroughputInput = StreamRef & { readonly warmMiBps: number };

/** MiB/s that a stream is, and is to be, ready to take. */
export type WarmThroughput = {
  readonly targetMiBps: number;
  readonly currentMiBps: number | null;
};

export type UpdateWarmThroughputOutput = {
  readonly streamName: string;
  readonly streamArn: string;
  readonly warmThroughput: WarmThroughput;
};

/**
 * Makes an on-demand stream ready for so much: a shard takes 1 MiB/s, so it gets a shard for each where it
 * has fewer. How AWS releases what is too much is not documented; here the shards stay.
 * @throws KinesisError ResourceInUse, ResourceNotFound, LimitExceeded, Validation.
 */
export function updateStreamWarmThroughput(
  account: Account,
  input: UpdateWarmThroughputInput,
  nowMs: number,
): UpdateWarmThroughputOutput {
  const stream = account.activeStream(input, nowMs);
  const { warmMiBps } = input;
  assertWarmThroughput(account, stream.mode, warmMiBps, nowMs);
  account.assertShardQuota(Math.max(0, warmMiBps - stream.openShards.length), nowMs);
  const warmThroughput = {
    targetMiBps: warmMiBps,
    currentMiBps: stream.warmThroughput?.currentMiBps ?? null,
  };
  stream.warmThroughput = warmThroughput;
  account.update(stream, nowMs, (atMs) => warmUp(stream, warmMiBps, atMs));
  return { streamName: stream.name, streamArn: stream.arn, warmThroughput };
}

/** Gives a stream the shards that so much needs. */
export function warmUp(stream: EngineStream, warmMiBps: number, atMs: number): void {
  if (warmMiBps > stream.openShards.length) {
    reshardUniformly(stream, warmMiBps, atMs);
  }
  stream.warmThroughput = { targetMiBps: warmMiBps, currentMiBps: warmMiBps };
}

/** @throws KinesisError ValidationException or LimitExceededException where a stream cannot have so much. */
export function assertWarmThroughput(
  account: Account,
  mode: StreamMode,
  warmMiBps: number,
  nowMs: number,
): void {
  if (mode !== 'ON_DEMAND') {
    throw new KinesisError(
      'ValidationException',
      'Warm throughput is only supported for streams in On-Demand mode.',
    );
  }
  if (!account.commitment.isEnabledAt(nowMs)) {
    throw new KinesisError(
      'ValidationException',
      `Warm throughput needs MinimumThroughputBillingCommitment, which account ${account.options.accountId} has not enabled.`,
    );
  }
  if (warmMiBps > WARM_MIBPS_MAX) {
    throw new KinesisError(
      'LimitExceededException',
      `The warm throughput of a stream cannot exceed ${WARM_MIBPS_MAX} MiBps.`,
    );
  }
}
