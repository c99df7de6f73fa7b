import { readSync } from 'node:fs';
import {
  type AsyncBuffer,
  type DecodedArray,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
} from 'hyparquet';
import { PARQUET_MAGIC } from '#lib/domain/replay/transform/container/parquet.ts';
import { beginsWith } from '#lib/domain/replay/transform/split/bytes.ts';
import { type RowGroupSpan, rowGroupsOf } from './file-layout.ts';
import { PAGE_CODECS } from './page-codecs.ts';
import { ParquetFault } from './parquet-fault.ts';
import { type RowSchema, rowSchemaOf } from './row-schema.ts';
import type { ParquetAnswer, ParquetRequest } from './thread-messages.ts';

/** Behind the metadata: its length, and the magic number. */
const TAIL_BYTES = 8;
/** No more is answered at a time than with the row that goes beyond it. */
const ANSWER_BYTES = 4 * 1_048_576;

type Chunk = { readonly start: number; readonly data: DecodedArray };

/** One Parquet file, read row by row from its columns, of which one is held at a time as it is stored. */
export class OpenParquet {
  readonly groups: readonly RowGroupSpan[];
  readonly #file: AsyncBuffer;
  readonly #metadata: FileMetaData;
  readonly #schema: RowSchema;

  private constructor(
    file: AsyncBuffer,
    metadata: FileMetaData,
    schema: RowSchema,
    groups: readonly RowGroupSpan[],
  ) {
    this.#file = file;
    this.#metadata = metadata;
    this.#schema = schema;
    this.groups = groups;
  }

  /** @throws ParquetFault, or whatever the library makes of what is damaged */
  static async open(descriptor: number, bytes: number): Promise<OpenParquet> {
    const file = bufferOf(descriptor, bytes);
    const tail = new Uint8Array(await file.slice(Math.max(0, bytes - TAIL_BYTES), bytes));
    if (bytes < PARQUET_MAGIC.length + TAIL_BYTES || !beginsWith(tail.subarray(4), PARQUET_MAGIC)) {
      throw new ParquetFault('cut-off');
    }
    const footerBytes = new DataView(tail.buffer).getUint32(0, true);
    const given = await parquetMetadataAsync(file, { geoparquet: false });
    const schema = rowSchemaOf(given.schema);
    const metadata = { ...given, schema: schema.stored };
    const groups = rowGroupsOf(metadata, bytes - TAIL_BYTES - footerBytes);
    return new OpenParquet(file, metadata, schema, groups);
  }

  /** Rows from one on: as many as are decoded at a time, or as go into an answer. */
  async read(request: Extract<ParquetRequest, { kind: 'read' }>): Promise<ParquetAnswer> {
    const { group, fromRow, rowBytesMax } = request;
    const { rows, rowsAtATime } = this.#groupAt(group);
    const before = this.groups.slice(0, group).reduce((sum, one) => sum + one.rows, 0);
    const from = before + fromRow;
    const to = before + Math.min(fromRow + rowsAtATime, rows);
    const columns: ((row: number) => unknown)[] = [];
    for (const { name } of this.#schema.columns) columns.push(await this.#column(name, from, to));
    const encoder = new TextEncoder();
    const written: Uint8Array[] = [];
    const lengths: (number | null)[] = [];
    let answered = 0;
    for (let row = from; row < to && answered < ANSWER_BYTES; row += 1) {
      const json = encoder.encode(this.#rowAt(row, columns));
      const isTooLarge = json.length > rowBytesMax;
      lengths.push(isTooLarge ? null : json.length);
      answered += json.length;
      if (!isTooLarge) written.push(json);
    }
    const bytes = new Uint8Array(written.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const json of written) {
      bytes.set(json, at);
      at += json.length;
    }
    return { kind: 'rows', bytes, lengths };
  }

  #rowAt(row: number, columns: readonly ((row: number) => unknown)[]): string {
    const members = this.#schema.columns.map(
      ({ label, write }, i) => label + write(columns[i]?.(row)),
    );
    return `{${members.join(',')}}`;
  }

  /** @throws ParquetFault where the column has no value for a row that is to be read */
  async #column(name: string, from: number, to: number): Promise<(row: number) => unknown> {
    const chunks: Chunk[] = [];
    await parquetRead({
      file: this.#file,
      metadata: this.#metadata,
      columns: [name],
      rowStart: from,
      rowEnd: to,
      compressors: PAGE_CODECS,
      utf8: false,
      geoparquet: false,
      parsers: { timestampFromNanoseconds: (nanos) => nanos },
      onChunk: ({ columnData, rowStart }) => {
        if (columnData.length > 0) chunks.push({ start: rowStart, data: columnData });
      },
    });
    chunks.sort((one, other) => one.start - other.start);
    let covered = from;
    for (const { start, data } of chunks) {
      if (start <= covered) covered = Math.max(covered, start + data.length);
    }
    if (covered < to) throw new ParquetFault('container-corrupt');
    return (row) => {
      const chunk = chunks.find(({ start, data }) => row >= start && row < start + data.length);
      return chunk?.data[row - chunk.start];
    };
  }

  #groupAt(group: number): RowGroupSpan {
    const found = this.groups[group];
    if (found === undefined) throw new ParquetFault('container-corrupt');
    return found;
  }
}

/** The library reads by places, of which a damaged file may name any. */
function bufferOf(descriptor: number, byteLength: number): AsyncBuffer {
  return {
    byteLength,
    slice(start, end = byteLength) {
      if (!(start >= 0 && start <= end && end <= byteLength)) {
        throw new ParquetFault('container-corrupt');
      }
      const bytes = new Uint8Array(end - start);
      for (let at = 0; at < bytes.length; ) {
        const read = readSync(descriptor, bytes, at, bytes.length - at, start + at);
        if (read === 0) throw new Error('The spooled file is shorter than what was written to it.');
        at += read;
      }
      return bytes.buffer;
    },
  };
}
