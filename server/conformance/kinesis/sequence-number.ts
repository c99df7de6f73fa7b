/** What a sequence number of version 2 says. */
export interface SequenceNumberParts {
  readonly version: number;
  readonly shardIndex: number;
  /** Seconds since 1970. */
  readonly recordedAt: number;
  /** Seconds since 1970. */
  readonly shardCreatedAt: number;
}

/**
 * The fields of a sequence number, of which AWS says nothing, but which every published one has: a leading 2 (bits 184
 * and up), the shard's creation in seconds (148-183), the shard's index (4-35), the record's time in seconds (36-71),
 * and the version 2 (0-3).
 *
 * @returns undefined for what is no number of this layout
 */
export function readSequenceNumber(text: string | undefined): SequenceNumberParts | undefined {
  if (text === undefined || !/^\d+$/.test(text)) return undefined;
  const number = BigInt(text);
  if (number >> 184n !== 2n) return undefined;
  return {
    version: bits(number, 0n, 4n),
    shardIndex: bits(number, 4n, 32n),
    recordedAt: bits(number, 36n, 36n),
    shardCreatedAt: bits(number, 148n, 36n),
  };
}

/** "shardId-000000000012" -> 12; undefined for another form. */
export function shardIndexOf(shardId: string | undefined): number | undefined {
  const digits = /^shardId-(\d{12})$/.exec(shardId ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Whether every number is larger than the one before it; numbers that are none are not. */
export function increases(sequenceNumbers: readonly (string | undefined)[]): boolean {
  return sequenceNumbers.every((text, index) => {
    const before = index === 0 ? '-1' : sequenceNumbers[index - 1];
    return isNumber(text) && isNumber(before) && BigInt(text) > BigInt(before);
  });
}

function isNumber(text: string | undefined): text is string {
  return text !== undefined && /^-?\d+$/.test(text);
}

function bits(number: bigint, from: bigint, count: bigint): number {
  return Number((number >> from) & ((1n << count) - 1n));
}
