/**
 * How far a reader is behind the tip of a shard: the instant that is looked at, less the arrival of the last record
 * that was worked off; 0 where nothing came after that record. Always an interval, since neither is known exactly:
 * a sequence number carries its record's time to within 2.5 s, and a checkpoint was written at some instant between
 * two observations. Only the table's committed place counts: what was read since would be read again.
 */
export type Lag =
  | {
      readonly kind: 'interval';
      readonly atLeastMs: number;
      readonly atMostMs: number;
      /** The instant that the interval is of, epoch milliseconds on AWS's clock. */
      readonly asOfMs: number;
      readonly method: LagMethod;
    }
  /** The closed shard is worked off. */
  | { readonly kind: 'done' }
  | { readonly kind: 'unknown'; readonly reason: UnknownLag };

/**
 * `checkpoint`: as of the instant at which the newest checkpoint was written, the only one at which the reader's place
 * is certain. `standing`: the checkpoint has not moved for longer than this application takes between two, so its place
 * is of now. `caught-up`: no record arrived after the checkpoint. `probe`: a record was read. `metric`: what
 * CloudWatch was told by AWS itself (enhanced fan-out, Lambda, Firehose).
 */
export type LagMethod = 'checkpoint' | 'standing' | 'caught-up' | 'probe' | 'metric';

/** Why no lag may be told. Words are in lib/consumers. */
export type UnknownLag =
  /** TRIM_HORIZON, LATEST or AT_TIMESTAMP: the lease holds no place yet. */
  | 'nothing-checkpointed'
  /** A sequence number whose layout is not version 2, or no number at all. */
  | 'unreadable-checkpoint'
  /** One observation is too few: when its checkpoint was written is not known. */
  | 'seen-once'
  /** The shard has no lease. */
  | 'no-lease'
  /** CloudWatch has no datapoint of it. */
  | 'no-metric';
