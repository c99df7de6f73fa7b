import {
  type Compression,
  decompress,
} from '#lib/domain/replay/transform/decompress/decompress.ts';
import type {
  DecompressLimits,
  DecompressReport,
} from '#lib/domain/replay/transform/decompress/report.ts';
import { NODE_DECODERS } from '#server/replay/node-decoders.ts';

/** Low enough for what is small here to go beyond them. */
export const UNPACK_LIMITS: DecompressLimits = {
  decodedBytesMax: 4_000_000,
  ratioMax: 200,
  ratioFromBytes: 1_000_000,
  heldBytesMax: 500_000,
  blockBytesMax: 500_000,
};

type Unpacked = { readonly bytes: Uint8Array; readonly report: DecompressReport };

/** All that comes out of an object, which comes in chunks. */
export async function unpack(
  compression: Compression,
  chunks: readonly Uint8Array[],
  limits = UNPACK_LIMITS,
): Promise<Unpacked> {
  const storedBytes = chunks.reduce((sum, { length }) => sum + length, 0);
  const options = { compression, storedBytes, limits, decoders: NODE_DECODERS };
  const pieces: Uint8Array[] = [];
  const stream = decompress(sourceOf(chunks), options);
  for (;;) {
    const { done, value } = await stream.next();
    if (done === true) return { bytes: new Uint8Array(Buffer.concat(pieces)), report: value };
    pieces.push(value);
  }
}

/** Stored bytes that have their place; all of them, if all is well. */
export function accounted({ memberBytes, paddingBytes, faultyBytes }: DecompressReport): number {
  return memberBytes + paddingBytes + faultyBytes;
}

async function* sourceOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
