import type { Brand } from './brand.ts';

/**
 * A Kinesis sequence number, version 2. The layout is undocumented; bits as read in mhart/kinesalite
 * db/index.js and checked against public samples of AWS:
 *
 * | bits    | field                                   |
 * | 0-3     | version = 2                             |
 * | 4-35    | shard index                             |
 * | 36-71   | record time, epoch seconds              |
 * | 72-79   | 0                                       |
 * | 80-143  | sequence index                          |
 * | 144-147 | shard index, low nibble                 |
 * | 148-183 | shard creation, epoch seconds           |
 * | 184+    | 2                                       |
 */
export type SequenceNumber = Brand<bigint, 'SequenceNumber'>;

export type SequenceFields = {
  readonly shardCreatedSeconds: number;
  readonly sequenceIndex: bigint;
  readonly recordSeconds: number;
  readonly shardIndex: number;
};

const SMALLEST = 1n << 185n;
const BEYOND = SMALLEST + (SMALLEST >> 1n);

export function encodeSequenceNumber(fields: SequenceFields): SequenceNumber {
  const shardIndex = BigInt(fields.shardIndex);
  return ((2n << 184n) |
    (BigInt(fields.shardCreatedSeconds) << 148n) |
    ((shardIndex & 0xfn) << 144n) |
    (fields.sequenceIndex << 80n) |
    (BigInt(fields.recordSeconds) << 36n) |
    (shardIndex << 4n) |
    2n) as SequenceNumber;
}

/**
 * @returns null where the text is not a decimal integer of the pattern `0|([1-9]\d{0,128})`. A number
 * that parses may still carry no time: see `decodeSequenceNumber`.
 */
export function parseSequenceNumber(text: string): SequenceNumber | null {
  return /^(?:0|[1-9]\d{0,128})$/.test(text) ? (BigInt(text) as SequenceNumber) : null;
}

/**
 * The fields of a version-2 sequence number.
 * @returns null for any other layout: unknown, never guessed. Decoded times are 1-2.5 s earlier than
 * ApproximateArrivalTimestamp on the public samples.
 * @example decodeSequenceNumber(49657540666418930171109502259426480070896488208763191298n)
 * // recordSeconds 1731198236, shardIndex 0
 */
export function decodeSequenceNumber(n: SequenceNumber): SequenceFields | null {
  if (n <= SMALLEST || n >= BEYOND || (n & 0xfn) !== 2n) {
    return null;
  }
  const shardIndex = (n >> 4n) & 0xffffffffn;
  if (((n >> 144n) & 0xfn) !== (shardIndex & 0xfn) || ((n >> 72n) & 0xffn) !== 0n) {
    return null;
  }
  return {
    shardCreatedSeconds: Number((n >> 148n) & 0xfffffffffn),
    sequenceIndex: (n >> 80n) & 0xffffffffffffffffn,
    recordSeconds: Number((n >> 36n) & 0xfffffffffn),
    shardIndex: Number(shardIndex),
  };
}
