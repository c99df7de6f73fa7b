import { RETENTION_HOURS_MAX, RETENTION_HOURS_MIN } from '#lib/domain/limits.ts';
import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import type { EngineStream } from '#server/local-aws/engine/engine-stream.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';

export type RetentionInput = StreamRef & { readonly retentionHours: number };

/** @throws KinesisError InvalidArgument, ResourceInUse, ResourceNotFound. */
export function increaseRetention(account: Account, input: RetentionInput, nowMs: number): void {
  const stream = account.activeStream(input, nowMs);
  assertInBounds(input.retentionHours);
  if (input.retentionHours < stream.retentionHours) {
    throw mismatch(stream, input.retentionHours, 'shorter', 'Decrease');
  }
  change(account, stream, input.retentionHours, nowMs);
}

/**
 * What is older than the new period is lost at once.
 * @throws KinesisError InvalidArgument, ResourceInUse, ResourceNotFound.
 */
export function decreaseRetention(account: Account, input: RetentionInput, nowMs: number): void {
  const stream = account.activeStream(input, nowMs);
  assertInBounds(input.retentionHours);
  if (input.retentionHours > stream.retentionHours) {
    throw mismatch(stream, input.retentionHours, 'longer', 'Increase');
  }
  change(account, stream, input.retentionHours, nowMs);
}

function change(account: Account, stream: EngineStream, hours: number, nowMs: number): void {
  if (hours !== stream.retentionHours) {
    account.update(stream, nowMs, () => {
      stream.retentionHours = hours;
    });
  }
}

function mismatch(stream: EngineStream, hours: number, word: string, other: string): KinesisError {
  return new KinesisError(
    'InvalidArgumentException',
    `Requested retention period (${hours} hours) for stream ${stream.name} can not be ${word} than existing retention period (${stream.retentionHours} hours). Use ${other}RetentionPeriod API.`,
  );
}

function assertInBounds(hours: number): void {
  if (hours < RETENTION_HOURS_MIN) {
    throw new KinesisError(
      'InvalidArgumentException',
      `Minimum allowed retention period is ${RETENTION_HOURS_MIN} hours. Requested retention period (${hours} hours) is too short.`,
    );
  }
  if (hours > RETENTION_HOURS_MAX) {
    throw new KinesisError(
      'InvalidArgumentException',
      `Maximum allowed retention period is ${RETENTION_HOURS_MAX} hours. Requested retention period (${hours} hours) is too long.`,
    );
  }
}
