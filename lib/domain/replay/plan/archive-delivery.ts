/** What a delivery stream of Firehose says of the objects that it writes. What is null, it does not say. */
export type ArchiveDelivery = {
  readonly deliveryStream: string;
  readonly deliveryStreamArn: string;
  /** E.g. `ACTIVE`. */
  readonly status: string;
  /** The Kinesis stream that it reads; null where its source is another. */
  readonly sourceStreamArn: string | null;
  /** `backup`: records as they came, where a function or a conversion changes those of `main`. */
  readonly part: 'main' | 'backup';
  readonly bucket: string;
  /** As it was set up: with expressions such as `!{timestamp:yyyy}` in it. */
  readonly prefixExpression: string;
  readonly errorPrefixExpression: string | null;
  readonly bufferIntervalMs: number | null;
  readonly bufferBytes: number | null;
  /** As Firehose names it, e.g. `GZIP`. */
  readonly compression: string | null;
  /** What records are converted to; null where they are not. */
  readonly convertsTo: 'parquet' | 'orc' | null;
  /** IANA name. */
  readonly timeZone: string;
  readonly isTransformed: boolean;
  readonly isDelimited: boolean;
  readonly isPartitioned: boolean;
};

const EXPRESSION = '!{';

/**
 * What all keys begin with, up to the first thing that differs between them.
 * @example literalPrefix('raw/!{timestamp:yyyy/MM}/') // 'raw/'
 */
export function literalPrefix(expression: string): string {
  const at = expression.indexOf(EXPRESSION);
  return at < 0 ? expression : expression.slice(0, at);
}

/** Whether something else than the time stands in the folders: keys are then not in the order of time. */
export function hasOtherFolders(expression: string): boolean {
  return /!\{(?!timestamp:)/.test(expression);
}
