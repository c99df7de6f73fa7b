import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { Compressors } from 'hyparquet';
import { decodeSnappyBlock } from '#lib/domain/replay/transform/decompress/snappy-block.ts';
import { ParquetFault } from './parquet-fault.ts';

/** Of a page, decompressed; writers make pages of 1 MiB, dictionaries too. */
const PAGE_BYTES_MAX = 64 * 1_048_576;

/** Codecs of pages that are read: each gives at most as many bytes as the page's header says. */
export const PAGE_CODECS = {
  SNAPPY: (page, length) => {
    const bytes = decodeSnappyBlock(page, bounded(length));
    if (typeof bytes === 'string') throw new ParquetFault('container-corrupt');
    return bytes;
  },
  GZIP: (page, length) => gunzipSync(page, { maxOutputLength: bounded(length) }),
  ZSTD: (page, length) => zstdDecompressSync(page, { maxOutputLength: bounded(length) }),
  BROTLI: (page, length) => brotliDecompressSync(page, { maxOutputLength: bounded(length) }),
} satisfies Compressors;

function bounded(length: number): number {
  if (!(length >= 0)) throw new ParquetFault('container-corrupt');
  if (length > PAGE_BYTES_MAX) throw new ParquetFault('container-too-large');
  return Math.max(length, 1);
}
