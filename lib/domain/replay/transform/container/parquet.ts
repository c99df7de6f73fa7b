import type { InputReader } from '#lib/domain/replay/transform/decompress/input-reader.ts';
import type { ContainerPart } from './container-part.ts';

/** What all Parquet files begin and end with (Parquet format, "File format"). */
export const PARQUET_MAGIC = Uint8Array.of(0x50, 0x41, 0x52, 0x31);

/**
 * Reads one Parquet file to its end, a row a payload, in the order of the file. Its values lie by columns, so no row has
 * bytes of its own: of its row group's bytes each row has the share that its number is of the group's rows.
 * @param options `recordBytesMax` are what a record may have
 * @throws only what the input throws, or a failure of this machine
 */
export type ParquetReader = (
  input: InputReader,
  options: { readonly recordBytesMax: number },
) => AsyncGenerator<ContainerPart>;
