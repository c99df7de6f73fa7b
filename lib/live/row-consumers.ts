import type { ConsumerKind } from '#lib/domain/consumers/application.ts';
import type { Lag } from '#lib/domain/consumers/lag.ts';
import type { ConsumerStatus } from '#lib/domain/consumers/status.ts';
import type { CollectionState } from '#lib/domain/freshness.ts';

/** What a stream's row says of those who read it. */
export type RowConsumers = {
  /** Consumers of every kind that are there. */
  readonly count: number;
  /** Of these, those that keep leases: each has a row below the strip. */
  readonly withLeases: number;
  /**
   * When the newest reading of any of them was stored, on the database's clock; null before the first. With each
   * reading it is another instant: who shows consumers asks again when it changes.
   */
  readonly readAtMs: number | null;
  /** The consumer that is worst off; null where none has been judged. */
  readonly worst: WorstConsumer | null;
};

export type WorstConsumer = {
  readonly applicationId: number;
  readonly kind: ConsumerKind;
  readonly name: string;
  readonly status: ConsumerStatus;
  /** Of its worst shard. */
  readonly lag: Lag;
  /** Unread data has used up half of retention, or more. */
  readonly lossAhead: boolean;
  /** How its reading goes. */
  readonly collection: CollectionState;
};
