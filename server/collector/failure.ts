import { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { CollectionFailure } from '#lib/domain/freshness.ts';

/**
 * A failure that goes on keeps its beginning, whatever its words become.
 * @param nowMs the database's clock, by which screens judge ages: not AWS's, by which periods end
 */
export function failureSince(
  before: CollectionFailure | null,
  error: AwsFailure,
  nowMs: number,
): CollectionFailure {
  return {
    sinceMs: before?.sinceMs ?? nowMs,
    message: error.message,
    ...(error.deniedAction !== null && { deniedAction: error.deniedAction }),
  };
}

/** @throws `error` where it is none of AWS: of those a collector knows no remedy. */
export function awsFailureOf(error: unknown): AwsFailure {
  if (error instanceof AwsFailure) return error;
  throw error;
}

export function sameFailure(a: CollectionFailure | null, b: CollectionFailure | null): boolean {
  return a?.message === b?.message && a?.sinceMs === b?.sinceMs;
}
