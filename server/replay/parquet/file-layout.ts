import type { FileMetaData } from 'hyparquet';
import { PARQUET_MAGIC } from '#lib/domain/replay/transform/container/parquet.ts';
import { PAGE_CODECS } from './page-codecs.ts';
import { ParquetFault } from './parquet-fault.ts';

/** Where a row group lies in the file, and how many rows it has. */
export type RowGroupSpan = {
  readonly start: number;
  readonly end: number;
  readonly rows: number;
  /** So many are decoded at a time. */
  readonly rowsAtATime: number;
};

const STORED_BYTES_MAX = 512 * 1_048_576;
const COLUMN_BYTES_MAX = 128 * 1_048_576;
const BATCH_BYTES = 4 * 1_048_576;
const BATCH_ROWS_MAX = 10_000;

/**
 * The row groups by their places, which lie one behind the other between the magic numbers.
 * @param footerStart where the metadata begins
 * @throws ParquetFault where they overlap, lie elsewhere, or are compressed in a way that is not read
 */
export function rowGroupsOf(metadata: FileMetaData, footerStart: number): RowGroupSpan[] {
  let last = PARQUET_MAGIC.length;
  return metadata.row_groups.map(({ columns, num_rows: said }) => {
    const rows = numberOf(said);
    const chunks = columns.map(({ meta_data: chunk, file_path: elsewhere }) => {
      if (chunk === undefined) throw new ParquetFault('container-corrupt');
      if (
        elsewhere !== undefined ||
        !(chunk.codec in PAGE_CODECS || chunk.codec === 'UNCOMPRESSED')
      ) {
        throw new ParquetFault('container-unsupported');
      }
      const start = numberOf(chunk.dictionary_page_offset ?? chunk.data_page_offset);
      const bytes = numberOf(chunk.total_compressed_size);
      if (bytes > COLUMN_BYTES_MAX) throw new ParquetFault('container-too-large');
      return { start, end: start + bytes, decoded: numberOf(chunk.total_uncompressed_size) };
    });
    const start = Math.min(...chunks.map((chunk) => chunk.start), footerStart);
    const end = Math.max(...chunks.map((chunk) => chunk.end), start);
    if (start < last || end > footerStart) throw new ParquetFault('container-corrupt');
    if (end - start > STORED_BYTES_MAX) throw new ParquetFault('container-too-large');
    if (rows > 0 && chunks.length === 0) throw new ParquetFault('container-corrupt');
    last = end;
    const decoded = chunks.reduce((sum, chunk) => sum + chunk.decoded, 1);
    const rowsAtATime = Math.ceil(Math.min((rows * BATCH_BYTES) / decoded, BATCH_ROWS_MAX));
    return { start, end, rows, rowsAtATime: Math.max(rowsAtATime, 1) };
  });
}

function numberOf(value: bigint | number): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) throw new ParquetFault('container-corrupt');
  return number;
}
