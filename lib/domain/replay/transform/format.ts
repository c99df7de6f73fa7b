import type { EnvelopeMap } from './payload/envelope-map.ts';
import type { LineEnds } from './split/split-lines.ts';

/** How records lie in an object once it is decompressed. */
export type RecordFormat =
  /**
   * JSON values with white space between them, which belongs to none, or with nothing, which is Firehose's default.
   * Where producers end their records with a line end themselves, `lines` with `kept` gives them back whole.
   */
  | { readonly kind: 'json' }
  | { readonly kind: 'lines'; readonly lineEnds: LineEnds }
  | { readonly kind: 'base64-lines' }
  /** A JSON object for each record, with its payload in base64 and what else was kept of it. */
  | { readonly kind: 'envelope'; readonly map: EnvelopeMap };
