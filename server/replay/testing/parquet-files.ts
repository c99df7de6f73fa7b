import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { compress } from 'snappyjs';

export const PARQUET_CODECS = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'ZSTD', 'BROTLI'] as const;

type ParquetFileOptions = {
  readonly schema: readonly SchemaElement[];
  readonly codec?: (typeof PARQUET_CODECS)[number];
  readonly rowsAGroup?: number;
  readonly pageBytes?: number;
};

/** A Parquet file as the library writes it, of rows by the names of their columns. */
export function parquetFile(
  rows: readonly Readonly<Record<string, unknown>>[],
  { schema, codec = 'SNAPPY', rowsAGroup = 1_000, pageBytes = 400 }: ParquetFileOptions,
): Uint8Array {
  const [root] = schema;
  const names = columnNames(schema);
  if (root === undefined) throw new RangeError('A schema has a root');
  return new Uint8Array(
    parquetWriteBuffer({
      schema: [...schema],
      codec,
      rowGroupSize: rowsAGroup,
      pageSize: pageBytes,
      columnData: names.map((name) => ({ name, data: rows.map((row) => row[name]) })),
      compressors: {
        SNAPPY: (bytes) => compress(Uint8Array.from(bytes)),
        GZIP: (bytes) => gzipSync(bytes),
        ZSTD: (bytes) => zstdCompressSync(bytes),
        BROTLI: (bytes) => brotliCompressSync(bytes),
      },
    }),
  );
}

/** A schema of leaves, or with groups where `elements` have children of their own. */
export function schemaOf(...elements: readonly SchemaElement[]): SchemaElement[] {
  return [{ name: 'root', num_children: topLevel(elements).length }, ...elements];
}

function columnNames([, ...elements]: readonly SchemaElement[]): string[] {
  return topLevel(elements).map(({ name }) => name);
}

function topLevel(elements: readonly SchemaElement[]): SchemaElement[] {
  const found: SchemaElement[] = [];
  let pending = 0;
  for (const element of elements) {
    if (pending === 0) found.push(element);
    else pending -= 1;
    pending += element.num_children ?? 0;
  }
  return found;
}
