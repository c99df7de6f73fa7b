import type { Span } from './position.ts';

/**
 * What a worker writes down of its slice. A request is written down before it is sent (`intent`), what was heard of it
 * after (`answer`): so whatever is unknown after a crash is known to be unknown.
 */
export type JournalEntry =
  | Intent
  | Answer
  /** Units that are not sent. */
  | {
      readonly kind: 'settle';
      readonly as: 'filtered' | 'deduplicated' | 'quarantined';
      readonly spans: readonly Span[];
    }
  /** The decoder can begin at this byte of an object, with this unit. Only of objects that can be read from a byte on. */
  | {
      readonly kind: 'mark';
      readonly object: number;
      readonly ordinal: number;
      readonly byte: number;
    }
  /** So many records were acknowledged after a later one of their partition key. */
  | { readonly kind: 'inversions'; readonly records: number }
  /** The decoder came to the end of an object and counted so many units in all. */
  | { readonly kind: 'object-end'; readonly object: number; readonly units: number };

/** One attempt of one request; a record that is sent again is in another. */
export type Intent = {
  readonly kind: 'intent';
  readonly request: string;
  readonly spans: readonly Span[];
};

/** Its four parts are together what the intent names, each unit once. */
export type Answer = {
  readonly kind: 'answer';
  readonly request: string;
  readonly acknowledged: readonly Span[];
  /** Data and partition keys of `acknowledged`. */
  readonly acknowledgedBytes: number;
  readonly throttled: readonly Span[];
  readonly failed: readonly Span[];
  readonly unknown: readonly Span[];
};

/** What is written in one transaction, and only while the lease of this token holds. */
export type JournalGroup = { readonly token: number; readonly entries: readonly JournalEntry[] };
