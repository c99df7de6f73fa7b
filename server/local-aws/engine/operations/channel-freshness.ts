import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';

/** Source: the developer guide's general purpose delivery to Amazon S3, "Data freshness is 300-900 seconds". */
const FRESHNESS_SECONDS = { least: 300, most: 900 };

/** @throws KinesisError InvalidArgumentException outside 300 to 900 s. */
export function assertFreshness(seconds: number): void {
  const { least, most } = FRESHNESS_SECONDS;
  if (seconds < least || seconds > most) {
    throw new KinesisError(
      'InvalidArgumentException',
      `DataFreshnessInSeconds must be between ${least} and ${most}; it was ${seconds}.`,
    );
  }
}
