import { buffer } from 'node:stream/consumers';
import { crc32, deflateRawSync, zstdCompressSync } from 'node:zlib';
import { type Schema, streams } from 'avsc';
import { compress } from 'snappyjs';
import { joined } from '#lib/domain/replay/testing/chunks.ts';

export const AVRO_CODECS = ['null', 'deflate', 'snappy', 'zstandard'] as const;

type AvroFileOptions = {
  readonly schema: Schema;
  readonly codec?: string;
  /** As many bytes of values make a block. */
  readonly blockSize?: number;
};

/** An Avro file as the library writes it. */
export async function avroFile(
  values: readonly unknown[],
  { schema, codec = 'null', blockSize = 400 }: AvroFileOptions,
): Promise<Uint8Array> {
  const encoder = new streams.BlockEncoder(schema, {
    codec,
    blockSize,
    writeHeader: 'always',
    syncMarker: Buffer.alloc(16, 0xa7),
    codecs: {
      null: (bytes, done) => done(null, bytes),
      deflate: (bytes, done) => done(null, deflateRawSync(bytes)),
      snappy: (bytes, done) => done(null, Buffer.from(snappyBlock(bytes))),
      zstandard: (bytes, done) => done(null, zstdCompressSync(bytes)),
      lzma: (bytes, done) => done(null, bytes),
    },
  });
  for (const value of values) encoder.write(value);
  encoder.end();
  return new Uint8Array(await buffer(encoder));
}

/** With the CRC-32 of what is in it behind it. */
function snappyBlock(bytes: Buffer): Uint8Array {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(bytes));
  return joined([compress(Uint8Array.from(bytes)), checksum]);
}
