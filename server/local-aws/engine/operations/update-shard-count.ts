import type { HashKey } from '#lib/domain/hash-key.ts';
import { type HashRange, mergeRanges, splitRange, uniformRanges } from '#lib/domain/hash-range.ts';
import { STREAM_SHARDS_MAX, UPDATE_SHARD_COUNT_PER_DAY_MAX } from '#lib/domain/limits.ts';
import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import type { EngineShard } from '#server/local-aws/engine/engine-shard.ts';
import type { EngineStream } from '#server/local-aws/engine/engine-stream.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';

const DAY_MS = 86_400_000;

/** Scaling is always uniform: the API knows no other type. */
export type UpdateShardCountInput = StreamRef & { readonly targetShardCount: number };

export type UpdateShardCountOutput = {
  readonly streamName: string;
  readonly streamArn: string;
  readonly currentShardCount: number;
  readonly targetShardCount: number;
};

/**
 * Makes the open shards `targetShardCount` equal ranges, by splits and merges that leave the lineage
 * AWS leaves: short-lived shards included.
 * @throws KinesisError LimitExceeded, ResourceInUse, ResourceNotFound, and ValidationException for an
 * on-demand stream.
 */
export function updateShardCount(
  account: Account,
  input: UpdateShardCountInput,
  nowMs: number,
): UpdateShardCountOutput {
  const stream = account.activeProvisionedStream(input, nowMs);
  const current = stream.openShards.length;
  const target = input.targetShardCount;
  assertWithinRules(stream, current, target, nowMs);
  account.assertShardQuota(Math.max(0, target - current), nowMs);
  const recent = stream.shardCountUpdatesMs.filter((atMs) => atMs > nowMs - DAY_MS);
  stream.shardCountUpdatesMs = [...recent, nowMs];
  account.update(stream, nowMs, (atMs) => reshardUniformly(stream, target, atMs));
  return {
    streamName: stream.name,
    streamArn: stream.arn,
    currentShardCount: current,
    targetShardCount: target,
  };
}

function assertWithinRules(
  stream: EngineStream,
  current: number,
  target: number,
  nowMs: number,
): void {
  const counts = `Current open shard count: ${current}, Target shard count: ${target}`;
  if (target > current * 2) {
    throw limitExceeded(
      `UpdateShardCount cannot scale up over double your current open shard count. ${counts}`,
    );
  }
  if (target < current / 2) {
    throw limitExceeded(
      `UpdateShardCount cannot scale down below half your current open shard count. ${counts}`,
    );
  }
  if (target > STREAM_SHARDS_MAX) {
    throw limitExceeded(
      `UpdateShardCount cannot scale a stream over ${STREAM_SHARDS_MAX} shards. ${counts}`,
    );
  }
  const recent = stream.shardCountUpdatesMs.filter((atMs) => atMs > nowMs - DAY_MS);
  if (recent.length >= UPDATE_SHARD_COUNT_PER_DAY_MAX) {
    throw limitExceeded(
      `UpdateShardCount cannot be called more than ${UPDATE_SHARD_COUNT_PER_DAY_MAX} times per rolling 24 hour period for stream ${stream.name}.`,
    );
  }
}

function limitExceeded(message: string): KinesisError {
  return new KinesisError('LimitExceededException', message);
}

/**
 * Cuts at the wanted boundaries that are missing, then merges over those that are not wanted: every
 * state between is a finer one of the old or of the new.
 */
export function reshardUniformly(stream: EngineStream, target: number, atMs: number): void {
  const wanted = uniformRanges(target);
  cutAt(
    stream,
    wanted.map(({ start }) => start),
    atMs,
  );
  mergeInto(stream, wanted, atMs);
}

/** @param starts ascending. */
function cutAt(stream: EngineStream, starts: readonly HashKey[], atMs: number): void {
  const remaining = starts.values();
  let start = remaining.next().value;
  for (const shard of stream.openShards) {
    let right: EngineShard = shard;
    while (start !== undefined && start <= right.range.end) {
      if (start > right.range.start) {
        const [, cut] = stream.replaceShards(splitRange(right.range, start), [right], atMs);
        right = cut ?? right;
      }
      start = remaining.next().value;
    }
  }
}

/** @param wanted ascending; each holds one or more open shards whole. */
function mergeInto(stream: EngineStream, wanted: readonly HashRange[], atMs: number): void {
  const pieces = stream.openShards.values();
  let piece = pieces.next().value;
  for (const { end } of wanted) {
    let left = piece;
    piece = pieces.next().value;
    while (left !== undefined && piece !== undefined && piece.range.end <= end) {
      [left] = stream.replaceShards([mergeRanges(left.range, piece.range)], [left, piece], atMs);
      piece = pieces.next().value;
    }
  }
}
