/**
 * What a lease, or a whole application, is up to. Statuses of reference section 3, after Burrow's evaluator
 * (linkedin/Burrow core/internal/evaluator/caching.go); unlike Burrow's, thin data is UNKNOWN, never OK.
 */
export type ConsumerStatus =
  | 'OK'
  /** Its lag grew over the whole window. */
  | 'WARN'
  /** Its counter is renewed, its checkpoint stands still, and data arrives. */
  | 'STALL'
  /** Its counter is not renewed: its owner is gone, and nobody took over. */
  | 'STOP'
  /** Its checkpoint went back. */
  | 'REWIND'
  /** Nobody owns it, and nobody is handing it over. */
  | 'UNASSIGNED'
  /** Its parent is not worked off yet: normal after a reshard. */
  | 'WAITING_PARENT'
  /** The shard should have a lease and has none. */
  | 'MISSING_LEASE'
  /** A lease of a shard that the stream no longer has. */
  | 'ORPHAN'
  /** Its place is older than what the stream retains: records were lost. */
  | 'DATA_LOSS'
  /** The closed shard is worked off. */
  | 'DONE'
  | 'UNKNOWN';

/** Worst first: an application is as well as its worst lease. Of no lease: UNKNOWN. */
export const STATUSES_WORST_FIRST: readonly ConsumerStatus[] = [
  'DATA_LOSS',
  'STOP',
  'MISSING_LEASE',
  'UNASSIGNED',
  'STALL',
  'REWIND',
  'WARN',
  'UNKNOWN',
  'ORPHAN',
  'WAITING_PARENT',
  'OK',
  'DONE',
];

/** What lies behind a status, or will. Rules and constants: reference section 3. */
export type SymptomKind =
  | 'dead-owner'
  | 'zombie'
  | 'unassigned'
  | 'stuck-handoff'
  | 'missing-lease'
  | 'waiting-for-parent'
  | 'churn'
  | 'excess-workers'
  | 'skew'
  | 'growing-lag'
  | 'rewound'
  | 'orphan'
  /** Unread data has passed retention, */
  | 'data-loss'
  /** or will: half of retention is used up. */
  | 'data-loss-ahead';

/** `sinceMs`: epoch milliseconds on AWS's clock; null where it began before anybody looked. */
export type Symptom = {
  readonly kind: SymptomKind;
  readonly sinceMs: number | null;
  /** The shards it is about, worst first; none: the application as a whole. */
  readonly shardIds: readonly string[];
  /** Workers that it is about. */
  readonly workers: readonly string[];
  /** One sentence each, with figures: what is wrong, and since when; what to do. */
  readonly what: string;
  readonly todo: string;
};
