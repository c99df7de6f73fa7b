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

/** 0 is worst. */
export function rankOf(status: ConsumerStatus): number {
  return STATUSES_WORST_FIRST.indexOf(status);
}

/**
 * What lies behind a status, or will, with the figures that it rests on. Rules and constants: reference section 3. Spans
 * are milliseconds.
 */
export type SymptomFigures = {
  /** `limitMs`: how long a counter may stand. */
  'dead-owner': { readonly frozenMs: number; readonly limitMs: number };
  /** `waitingRecords`: unread, at least, over its shards. */
  zombie: { readonly frozenMs: number; readonly waitingRecords: number };
  unassigned: { readonly unownedMs: number };
  'stuck-handoff': { readonly handoffMs: number };
  'missing-lease': { readonly missingMs: number };
  'waiting-for-parent': Record<never, never>;
  /** Changes of the owner of the lease that changed it most, within `windowMs`. */
  churn: { readonly changes: number; readonly windowMs: number };
  'excess-workers': { readonly workers: number; readonly leases: number };
  /** What the busiest worker carries, and the mean: leases, or KiB/s. */
  skew: {
    readonly by: 'leases' | 'throughput';
    readonly most: number;
    readonly mean: number;
  };
  /** Lower bounds of lag, at the window's two ends. */
  'growing-lag': {
    readonly fromMs: number;
    readonly toMs: number;
    readonly overMs: number;
  };
  /** How far back the furthest went; null where its checkpoints carry no times. */
  rewound: { readonly backMs: number | null };
  orphan: Record<never, never>;
  /** Unread data has passed retention, */
  'data-loss': { readonly ageMs: number; readonly retentionMs: number };
  /** or will: half of retention is used up. `lossInMs` null: not at this pace. */
  'data-loss-ahead': {
    readonly ageMs: number;
    readonly retentionMs: number;
    readonly lossInMs: number | null;
  };
  /** Somebody, or AWS itself, switched it off. */
  'switched-off': Record<never, never>;
};

export type SymptomKind = keyof SymptomFigures;

/** At most so many shards are named; `shardCount` tells of how many it is true. */
export const NAMED_SHARDS_MAX = 20;

/** `sinceMs`: epoch milliseconds on AWS's clock; null where it began before anybody looked. Words: lib/consumers. */
export type SymptomOf<Kind extends SymptomKind> = {
  readonly kind: Kind;
  readonly sinceMs: number | null;
  /** The shards it is about, worst first; none: the application as a whole. */
  readonly shardIds: readonly string[];
  readonly shardCount: number;
  /** Workers that it is about. */
  readonly workers: readonly string[];
  readonly figures: SymptomFigures[Kind];
};

export type Symptom = { readonly [Kind in SymptomKind]: SymptomOf<Kind> }[SymptomKind];
