import { beginsWith, isAllZero } from '#lib/domain/replay/transform/split/bytes.ts';
import type { Block, BlockFormat } from './block-format.ts';
import { crc32c } from './crc32c.ts';
import type { InputReader } from './input-reader.ts';
import type { StoredFault } from './report.ts';
import { couldBeSnappyBlock, decodeSnappyBlock } from './snappy-block.ts';
import { SnappyElements } from './snappy-elements.ts';

/** What an object of the framing format begins with (google/snappy, framing_format.txt): a chunk of its own. */
export const FRAMED_MAGIC = Uint8Array.of(0xff, 6, 0, 0, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59);

/** What snappy-java's SnappyOutputStream begins with; two numbers of four bytes follow, its versions. */
export const JAVA_MAGIC = Uint8Array.of(0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0);
const JAVA_HEADER_BYTES = JAVA_MAGIC.length + 8;

const COMPRESSED = 0x00;
const UNCOMPRESSED = 0x01;
const STREAM_IDENTIFIER = 0xff;
/** Chunks above, up to the stream identifier, may be passed over by whoever does not know them. */
const SKIPPABLE = 0x80;
const CHECKSUM_BYTES = 4;

const FRAMED: BlockFormat = {
  async take(input, bytesMax) {
    const header = await input.peek(4);
    if (await takeZeros(input, 1)) return 'padding';
    if (header.length < 4) return 'truncated';
    const type = header[0] ?? 0;
    const length = (header[1] ?? 0) | ((header[2] ?? 0) << 8) | ((header[3] ?? 0) << 16);
    const chunk = await input.peek(4 + length);
    if (chunk.length < 4 + length) return 'truncated';
    const body = chunk.subarray(4, 4 + length);
    input.take(4 + length);
    if (type === STREAM_IDENTIFIER) {
      return beginsWith(chunk, FRAMED_MAGIC) ? new Uint8Array() : 'corrupt-stream';
    }
    if (type >= SKIPPABLE) return new Uint8Array();
    if (type > UNCOMPRESSED || length < CHECKSUM_BYTES) return 'corrupt-stream';
    const stored = body.subarray(CHECKSUM_BYTES);
    const out = type === COMPRESSED ? decoded(stored, bytesMax) : stored;
    if (typeof out === 'string') return out;
    return littleEndian(body) === masked(crc32c(out)) ? out : 'checksum-mismatch';
  },
};

const JAVA: BlockFormat = {
  async take(input, bytesMax) {
    const head = await input.peek(JAVA_HEADER_BYTES);
    if (beginsWith(head, JAVA_MAGIC)) {
      if (head.length < JAVA_HEADER_BYTES) return 'truncated';
      input.take(JAVA_HEADER_BYTES);
      return new Uint8Array();
    }
    return (await takeZeros(input, 4)) ? 'padding' : takeSized(input, bytesMax);
  },
};

/** The whole object is one block. */
const RAW: BlockFormat = {
  async take(input, bytesMax) {
    const block = await input.peek(bytesMax + 1);
    if (block.length > bytesMax) return 'object-too-large';
    input.take(block.length);
    return decoded(block, bytesMax);
  },
};

/** @returns how an object lies of which Firehose says `Snappy`: it tells itself by its first bytes, or is one block. */
export async function snappyFormatOf(input: InputReader): Promise<BlockFormat> {
  const head = await input.peek(FRAMED_MAGIC.length);
  if (beginsWith(head, FRAMED_MAGIC)) return FRAMED;
  return beginsWith(head, JAVA_MAGIC) ? JAVA : RAW;
}

/** As Hadoop's BlockCompressorStream writes: how much comes out of the next chunks, then each chunk with its size. */
export class HadoopSnappy implements BlockFormat {
  /** What has yet to come out before the next such number. */
  #dueBytes = 0;

  get isWhole(): boolean {
    return this.#dueBytes === 0;
  }

  async take(input: InputReader, bytesMax: number): Promise<Block> {
    if (this.#dueBytes === 0) {
      const header = await input.peek(4);
      if (await takeZeros(input, 4)) return 'padding';
      if (header.length < 4) return 'truncated';
      this.#dueBytes = bigEndian(header);
      input.take(4);
    }
    const out = await takeSized(input, Math.min(bytesMax, this.#dueBytes));
    // More than was said would come is no larger object, but another one.
    if (out === 'object-too-large' && this.#dueBytes <= bytesMax) return 'length-mismatch';
    if (typeof out !== 'string') this.#dueBytes -= out.length;
    return out;
  }
}

/**
 * Whether an object begins as blocks of Hadoop do, which have no magic number: with what comes out, and the first of the
 * chunks that it comes out of, whose own length is no larger.
 */
export function looksLikeHadoopSnappy(head: Uint8Array): boolean {
  if (head.length < 10) return false;
  const [decodedBytes, storedBytes] = [bigEndian(head), bigEndian(head.subarray(4))];
  const chunk = head.subarray(8, 8 + storedBytes);
  const { length } = new SnappyElements(chunk);
  return (
    storedBytes > 0 &&
    storedBytes <= STORED_BYTES_MAX &&
    length !== null &&
    length > 0 &&
    length <= decodedBytes &&
    decodedBytes <= STORED_BYTES_MAX &&
    couldBeSnappyBlock(chunk)
  );
}

/** A block with its size before it, in four bytes. */
async function takeSized(
  input: InputReader,
  outBytesMax: number,
): Promise<Uint8Array | StoredFault> {
  const header = await input.peek(4);
  if (header.length < 4) return 'truncated';
  const size = bigEndian(header);
  // A block of nothing is a byte long, and none grows by more than a sixth.
  if (size === 0 || size > STORED_BYTES_MAX) return 'corrupt-stream';
  const block = await input.peek(4 + size);
  if (block.length < 4 + size) return 'truncated';
  input.take(4 + size);
  return decoded(block.subarray(4, 4 + size), outBytesMax);
}

/** Far more than any writer puts into a block, and little enough to be held. */
const STORED_BYTES_MAX = 2 ** 26;

function decoded(block: Uint8Array, bytesMax: number): Uint8Array | StoredFault {
  const out = decodeSnappyBlock(block, bytesMax);
  if (out === 'corrupt') return 'corrupt-stream';
  return out === 'too-large' ? 'object-too-large' : out;
}

/**
 * Takes zeros where no block begins with so many: storage pads with them.
 * @param unit so many at a time, since what follows may begin with zeros itself
 * @returns whether there were any
 */
async function takeZeros(input: InputReader, unit: number): Promise<boolean> {
  let isFirst = true;
  for (;;) {
    const bytes = (await input.peek(4)).subarray(0, 4);
    const isPadding = bytes.length > 0 && isAllZero(bytes);
    if (!isPadding && isFirst) return false;
    const zeros = bytes.findIndex((byte) => byte !== 0);
    if (isPadding) input.take(bytes.length);
    else if (unit === 1 && zeros > 0) input.take(zeros);
    if (!isPadding) return true;
    isFirst = false;
  }
}

function littleEndian(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
}

function bigEndian(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, false);
}

/** As the framing format has its checksums, so that one of data that holds checksums is no special one. */
function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
