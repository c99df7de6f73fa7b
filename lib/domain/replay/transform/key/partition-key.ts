import { PARTITION_KEY_LENGTH_MAX } from '#lib/domain/limits.ts';

/** Whether Kinesis takes a text as a partition key: 1 to 256 Unicode characters (PutRecord, API reference). */
export function isPartitionKey(text: string): boolean {
  if (text.length <= PARTITION_KEY_LENGTH_MAX) return text !== '';
  return (
    text.length <= 2 * PARTITION_KEY_LENGTH_MAX && [...text].length <= PARTITION_KEY_LENGTH_MAX
  );
}
