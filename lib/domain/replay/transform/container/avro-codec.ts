import type { Decoders, StreamDecoder } from '#lib/domain/replay/transform/decompress/decoders.ts';
import { decodeSnappyBlock } from '#lib/domain/replay/transform/decompress/snappy-block.ts';
import type { ContainerFault } from './container-part.ts';

/** What comes out of a block, or why nothing does. */
export type AvroCodec = (block: Uint8Array) => Promise<Uint8Array | ContainerFault>;

const CHECKSUM_BYTES = 4;

/**
 * The codec of a file by its name (Avro 1.12 specification, "Required Codecs" and "Optional Codecs").
 * @param bytesMax of what comes out of a block
 * @returns null for one that is not read
 */
export function avroCodec(name: string, decoders: Decoders, bytesMax: number): AvroCodec | null {
  switch (name) {
    case 'null':
      return async (block) => block;
    case 'deflate':
      return (block) => decoded(block, decoders.inflate(), bytesMax);
    case 'zstandard':
      return (block) => decoded(block, decoders.zstd(), bytesMax);
    case 'snappy':
      return async (block) => unsnapped(block, decoders, bytesMax);
    default:
      return null;
  }
}

async function decoded(
  block: Uint8Array,
  decoder: StreamDecoder,
  bytesMax: number,
): Promise<Uint8Array | ContainerFault> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for (const read of [() => decoder.decode(block), () => decoder.finish()]) {
      if (decoder.state !== 'open') break;
      for await (const piece of read()) {
        pieces.push(piece);
        length += piece.length;
        if (length > bytesMax) return 'container-too-large';
      }
    }
    return decoder.state === 'whole' && decoder.takenBytes === block.length
      ? joined(pieces, length)
      : 'container-corrupt';
  } finally {
    decoder.close();
  }
}

/** One Snappy block, and the CRC-32 of what comes out of it. */
function unsnapped(
  block: Uint8Array,
  { crc32 }: Decoders,
  bytesMax: number,
): Uint8Array | ContainerFault {
  const end = block.length - CHECKSUM_BYTES;
  if (end < 0) return 'container-corrupt';
  const out = decodeSnappyBlock(block.subarray(0, end), bytesMax);
  if (out === 'too-large') return 'container-too-large';
  const checksum = new DataView(block.buffer, block.byteOffset + end, CHECKSUM_BYTES);
  return out !== 'corrupt' && checksum.getUint32(0, false) === crc32(out, 0)
    ? out
    : 'container-corrupt';
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
