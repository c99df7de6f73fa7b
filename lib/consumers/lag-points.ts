/** Lag and status of the shards of an application in one period, the worst of it. Columns run beside `shards`. */
export type LagPoints = {
  /** The number in each shard's id. */
  readonly shards: ArrayLike<number>;
  /** Seconds; NaN where unknown. */
  readonly atLeast: ArrayLike<number>;
  readonly atMost: ArrayLike<number>;
  /** Place in STATUSES_WORST_FIRST. */
  readonly status: ArrayLike<number>;
};
