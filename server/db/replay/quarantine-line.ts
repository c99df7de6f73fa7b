import type { QuarantinedRow } from './read-quarantine.ts';

/**
 * A row of a quarantine as a line of the envelope format, by which it can be replayed once it is mended. Where only a beginning
 * was kept, it is called `partialData`, so that nobody sends it for the whole.
 */
export function envelopeLine(row: QuarantinedRow): string {
  const { partitionKey, explicitHashKey, bytes, byteCount, objectKey, etag, reason, message } = row;
  const { first, last, start, end, sub } = row;
  const isWhole = bytes.length === byteCount;
  return `${JSON.stringify({
    [isWhole ? 'data' : 'partialData']: bytes.toString('base64'),
    ...(partitionKey !== null && { partitionKey }),
    ...(explicitHashKey !== null && { explicitHashKey }),
    quarantine: { reason, message, objectKey, etag, first, last, start, end, sub, byteCount },
  })}\n`;
}
