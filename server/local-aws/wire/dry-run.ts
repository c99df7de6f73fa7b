import type { StreamRef } from '#server/local-aws/engine/account.ts';
import type { Engine } from '#server/local-aws/engine/engine.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';

/**
 * A dry run ends in an error by definition: this one where it would have gone well. Nothing is
 * written, read, charged or counted.
 * @throws KinesisError DryRunOperationException, or ResourceNotFoundException.
 */
export function refuseDryRun(
  isDryRun: boolean | undefined,
  engine: Engine,
  stream: StreamRef,
  nowMs: number,
): void {
  if (isDryRun === true) {
    engine.describeStreamSummary(stream, nowMs);
    throw new KinesisError(
      'DryRunOperationException',
      'Request would have succeeded, but the DryRun parameter was specified.',
    );
  }
}
