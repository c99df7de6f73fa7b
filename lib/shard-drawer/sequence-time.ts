import { decodeSequenceNumber, parseSequenceNumber } from '#lib/domain/sequence-number.ts';

/** The time that a sequence number carries, epoch milliseconds to the second; null for another layout. */
export function sequenceTimeMs(text: string): number | null {
  const parsed = parseSequenceNumber(text);
  const fields = parsed === null ? null : decodeSequenceNumber(parsed);
  return fields === null ? null : fields.recordSeconds * 1_000;
}
