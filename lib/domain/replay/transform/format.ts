import type { EnvelopeMap } from './payload/envelope-map.ts';
import type { LineEnds } from './split/split-lines.ts';

/** How records lie in an object once it is decompressed. */
export type RecordFormat = SplitFormat | ContainerFormat;

/** Formats in which records are bytes of the object, or bytes that it holds in base64: they come back as they were. */
export type SplitFormat =
  /**
   * JSON values with white space between them, which belongs to none, or with nothing, which is Firehose's default.
   * Where producers end their records with a line end themselves, `lines` with `kept` gives them back whole.
   */
  | { readonly kind: 'json' }
  /** Elements of a JSON array around all records of an object; what stands between them belongs to none. */
  | { readonly kind: 'json-array' }
  | { readonly kind: 'lines'; readonly lineEnds: LineEnds }
  | { readonly kind: 'base64-lines' }
  /** As Kafka Connect writes JSON with its schema beside it. */
  | { readonly kind: 'connect-json' }
  /** A JSON object for each record, with its payload in base64 and what else was kept of it. */
  | { readonly kind: 'envelope'; readonly map: EnvelopeMap };

/** Formats whose parts have to be read before what is in them is known. */
export type ContainerFormat =
  /** Records of a stream that CloudWatch Logs writes to, each a gzip member, kept byte for byte. */
  | { readonly kind: 'cloudwatch-logs' }
  /** As Kafka Connect writes files to S3. Values are written anew, as JSON, but for bytes and text. */
  | { readonly kind: 'avro' }
  /** Rows, which are written anew as JSON. */
  | { readonly kind: 'parquet' };

export function isContainer(format: RecordFormat): format is ContainerFormat {
  return format.kind === 'cloudwatch-logs' || format.kind === 'avro' || format.kind === 'parquet';
}

/** Whether an object says what is in it at its end alone, so that nothing can be made of its beginning. */
export function isReadWhole(format: RecordFormat): boolean {
  return format.kind === 'parquet';
}
